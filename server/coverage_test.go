package server_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect/all"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// The lists in testdata/rows say what each ORM refuses, or passes over in silence: a
// file for each ORM, whose first line is its title, and a row on each other line.
//
//	gorm2 | target-not-model | the field is an array of models
//	gorm20 | - | Replace on an owner without key | the key is data
//
// A row names the rules that report it, or has a dash in their place and says why it
// cannot be told from the source. The diag marks of the cases name the rows that they
// show; the page is made of both.
const (
	rowsFolder   = casesFolder + "/rows"
	coveragePage = "../docs/coverage.md"
)

// coverage is what one ORM reports.
type coverage struct {
	title string // "GORM: gorm.io/gorm v1.31, ..."
	rows  []coveredRow
}

// coveredRow is one thing that an ORM reports, or should.
type coveredRow struct {
	id, meaning string
	rules       []string // that report it; none where it cannot be told
	why         string   // it cannot be told
	cases       []string // that show it
}

// TestCoverage holds the lists of rows against the cases, and the page against both.
func TestCoverage(t *testing.T) {
	lists := readRows(t)
	rows := map[string]*coveredRow{}
	for _, c := range lists {
		for i := range c.rows {
			r := &c.rows[i]
			if rows[r.id] != nil {
				t.Errorf("the row %s is listed twice", r.id)
			}
			rows[r.id] = r
		}
	}
	for _, path := range cases(t) {
		showRows(t, path, rows)
	}
	for _, r := range rows {
		r.check(t)
	}
	want := writeCoverage(lists)
	if *update && !t.Failed() {
		if err := os.WriteFile(coveragePage, want, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(coveragePage)
	if err != nil || !bytes.Equal(bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")), want) {
		t.Errorf("docs/coverage.md is not what the cases say: go test ./server -run TestCoverage -update (%v)", err)
	}
}

func readRows(t *testing.T) []*coverage {
	t.Helper()
	paths, err := filepath.Glob(rowsFolder + "/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no lists of rows: %v", err)
	}
	var lists []*coverage
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		title, body, _ := strings.Cut(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
		c := &coverage{title: strings.TrimPrefix(title, "# ")}
		for line := range strings.Lines(body) {
			row, err := parseRow(strings.TrimSpace(line))
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			c.rows = append(c.rows, row)
		}
		lists = append(lists, c)
	}
	return lists
}

func parseRow(line string) (coveredRow, error) {
	cells := strings.Split(line, " | ")
	if slices.Contains(cells, "") || len(cells) < 3 {
		return coveredRow{}, fmt.Errorf("want id | rules | meaning, got %q", line)
	}
	r := coveredRow{id: cells[0], meaning: cells[2]}
	switch {
	case cells[1] == "-" && len(cells) == 4:
		r.why = cells[3]
	case cells[1] != "-" && len(cells) == 3:
		r.rules = strings.Fields(cells[1])
	default:
		return coveredRow{}, fmt.Errorf("a row has either rules or a reason: %q", line)
	}
	return r, nil
}

// showRows notes which rows a case shows. A mistake that a dialect made out for one
// row shows no other.
func showRows(t *testing.T, path string, rows map[string]*coveredRow) {
	t.Helper()
	c := readScenario(t, path)
	var made map[string][]string
	for _, m := range c.marks {
		if m.name != "diag" || len(m.args) == 3 {
			continue
		}
		if made == nil {
			made = rowsMade(t, c)
		}
		shown := m.args[3:]
		for _, id := range shown {
			r := rows[id]
			if r == nil || !slices.Contains(r.rules, m.args[1]) {
				t.Errorf("%s: %s shows %s, which is not a row of %s", path, m.at, id, m.args[1])
				continue
			}
			if name := caseName(path); !slices.Contains(r.cases, name) {
				r.cases = append(r.cases, name)
			}
		}
		line := fmt.Sprintf("%s:%d %s", m.at.file, m.at.line, m.args[1])
		if of := made[line]; len(of) > 0 && !slices.ContainsFunc(of, func(id string) bool { return slices.Contains(shown, id) }) {
			t.Errorf("%s: %s shows %q, but the mistake is of %q", path, m.at, shown, of)
		}
	}
}

// rowsMade lists the rows that dialects name for the mistakes of a case, by file,
// line and rule.
func rowsMade(t *testing.T, c *scenario) map[string][]string {
	t.Helper()
	root := t.TempDir()
	for name, text := range c.sources {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	x := index.New(index.Options{Roots: []string{root}, Dialects: all.Dialects})
	if err := x.Load(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	made := map[string][]string{}
	s := x.Snapshot()
	for n := range s.Nodes() {
		for _, m := range n.Models {
			for _, mistake := range m.Mistakes {
				file, ok := s.File(mistake.Place.File)
				if rel, err := filepath.Rel(root, mistake.Place.File); ok && err == nil && mistake.Row != "" {
					line := fmt.Sprintf("%s:%d %s", filepath.ToSlash(rel), lineOf(file.Facts, mistake.Place.Span.Start), ruleOf(mistake.Kind))
					made[line] = append(made[line], mistake.Row)
				}
			}
		}
	}
	return made
}

// lineOf is the 1-based line of an offset.
func lineOf(f *facts.File, offset int32) int {
	line, found := slices.BinarySearch(f.Lines, offset)
	if found {
		line++
	}
	return line
}

// ruleOf is the rule that claims a kind of mistake.
func ruleOf(kind relation.MistakeKind) string {
	for _, r := range diagnostics.Rules() {
		if slices.Contains(r.Claims, kind) {
			return r.Name
		}
	}
	return ""
}

func (r *coveredRow) check(t *testing.T) {
	for _, rule := range r.rules {
		if diagnostics.RuleNamed(rule) == nil {
			t.Errorf("%s: there is no rule %s", r.id, rule)
		}
	}
	if len(r.rules) > 0 && len(r.cases) == 0 {
		t.Errorf("no case shows %s", r.id)
	}
}

// writeCoverage makes the page.
func writeCoverage(lists []*coverage) []byte {
	var b bytes.Buffer
	b.WriteString(`# Coverage

What the ORMs report about relations, when a program runs or by a line in its log, and
what they pass over in silence; and the rule of rells that says so beforehand. Each row
that can be told from the source is shown by a case below [testdata](../testdata), which
names it. This page is made of those cases and of the lists in
[testdata/rows](../testdata/rows): ` + "`go test ./server -run TestCoverage -update`." + `

| ORM | reported | not to be told from the source |
|---|---|---|
`)
	for _, c := range lists {
		name, _, _ := strings.Cut(c.title, ":")
		told := slices.DeleteFunc(slices.Clone(c.rows), func(r coveredRow) bool { return len(r.rules) == 0 })
		fmt.Fprintf(&b, "| %s | %d | %d |\n", name, len(told), len(c.rows)-len(told))
	}
	for _, c := range lists {
		c.write(&b)
	}
	return b.Bytes()
}

func (c *coverage) write(b *bytes.Buffer) {
	name, source, _ := strings.Cut(c.title, ": ")
	fmt.Fprintf(b, "\n## %s\n\nOf %s.\n\n| row | what is wrong | rule | case |\n|---|---|---|---|\n", name, source)
	for _, r := range c.rows {
		if len(r.rules) == 0 {
			fmt.Fprintf(b, "| %s | %s | | not to be told: %s |\n", r.id, r.meaning, r.why)
			continue
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", r.id, r.meaning,
			links(r.rules, "../diagnostics/docs/%s.md"), links(r.cases, "../testdata/%s.txtar"))
	}
}

func links(names []string, address string) string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = fmt.Sprintf("[%s](%s)", name, fmt.Sprintf(address, name))
	}
	return strings.Join(list, ", ")
}

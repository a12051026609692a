package diagnostics

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index"
)

// pageSections are the sections of every page, in order; pythonSection stands before the last
// where the rule is about models of both languages.
var pageSections = []string{"What it means", "Why it hurts", "Example", "How to silence it"}

const pythonSection = "With SQLAlchemy"

// example is a page's example: the declarations of a package of Go, or of a module of
// Python.
type example struct{ language, bad, good string }

var exampleOfPage = regexp.MustCompile("(?s)\nBad:\n\n```(go|python)\n(.*?)```\n\nGood:\n\n```(?:go|python)\n(.*?)```\n")

// examplesOf are the examples of a page, the one of the section Example first.
func examplesOf(page string) []example {
	var list []example
	for _, m := range exampleOfPage.FindAllStringSubmatch(page, -1) {
		list = append(list, example{language: m[1], bad: m[2], good: m[3]})
	}
	return list
}

// file is the name of the file that an example is, and source what is in it.
func (e example) file() string {
	if e.language == "python" {
		return "models.py"
	}
	return "models.go"
}

func (e example) source(declarations string) string {
	if e.language == "python" {
		return declarations
	}
	return "package models\n\n" + declarations
}

// load indexes a workspace that holds one side of the example.
func (e example) load(t *testing.T, declarations string) *workspace {
	t.Helper()
	return open(t, gormModule, e.file(), e.source(declarations))
}

func TestEveryRuleHasItsPage(t *testing.T) {
	files, err := pages.ReadDir("docs")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if RuleNamed(strings.TrimSuffix(f.Name(), ".md")) == nil {
			t.Errorf("docs/%s is the page of no rule", f.Name())
		}
	}
	for _, r := range Rules() {
		page := r.Page()
		title, text, _ := strings.Cut(page, "\n")
		if title != "# "+r.Name {
			t.Errorf("docs/%s.md is missing, or is called %q", r.Name, title)
			continue
		}
		var sections []string
		for line := range strings.Lines(text) {
			if section, ok := strings.CutPrefix(line, "## "); ok {
				sections = append(sections, strings.TrimSpace(section))
			}
		}
		sections = slices.DeleteFunc(sections, func(s string) bool { return s == pythonSection })
		if !slices.Equal(sections, pageSections) {
			t.Errorf("docs/%s.md has the sections %q, want %q", r.Name, sections, pageSections)
		}
		if len(examplesOf(page)) == 0 {
			t.Errorf("docs/%s.md has no example", r.Name)
		}
	}
}

// TestPagesSpeakOfSQLAlchemy holds that who reads about a problem of a Python file finds an
// example in Python.
func TestPagesSpeakOfSQLAlchemy(t *testing.T) {
	rows, err := os.ReadFile("../testdata/rows/sqlalchemy.txt")
	if err != nil {
		t.Fatal(err)
	}
	rules := []string{"back-populates-one-sided", "foreign-key-mismatch", "join-table-mismatch", "references-unknown", "primary-key-missing"}
	for line := range strings.Lines(string(rows)) {
		if columns := strings.Split(line, "|"); len(columns) == 3 {
			rules = append(rules, strings.Fields(columns[1])...)
		}
	}
	for _, name := range rules {
		if !slices.ContainsFunc(examplesOf(RuleNamed(name).Page()), func(e example) bool { return e.language == "python" }) {
			t.Errorf("docs/%s.md has no example in Python", name)
		}
	}
}

// TestExamplesOfPages holds that the bad example has one problem, of that rule, that
// the good one has none and that, where there is a fix, it turns the one into the
// other.
func TestExamplesOfPages(t *testing.T) {
	for _, r := range Rules() {
		for _, e := range examplesOf(r.Page()) {
			t.Run(r.Name+"/"+e.language, func(t *testing.T) { e.hold(t, r) })
		}
	}
}

func (e example) hold(t *testing.T, r *Rule) {
	rules := withRule(r)
	good := e.load(t, e.good)
	if problems := good.problems(rules); len(problems) > 0 {
		t.Errorf("the good example is not:\n%s", good.print(problems))
	}
	bad := e.load(t, e.bad)
	problems := bad.problems(rules)
	if len(problems) != 1 || problems[0].Rule != r.Name {
		t.Fatalf("the bad example must have one problem, of %s; it has\n%s", r.Name, bad.print(problems))
	}
	bad.expectSilenced(t, e, problems[0])
	bad.expectFixedTo(t, e, problems[0])
}

// expectFixedTo expects the preferred fix of a problem to make the good example, or,
// of several between which people choose, one; nothing where there is no fix.
func (w *workspace) expectFixedTo(t *testing.T, e example, p Problem) {
	t.Helper()
	fixes := Fixes(w.index.Snapshot(), p.Data)
	if i := slices.IndexFunc(fixes, func(f Fix) bool { return f.Preferred }); i >= 0 {
		fixes = fixes[i : i+1]
	}
	var made []string
	for _, fix := range fixes {
		made = append(made, w.apply(t, fix)[e.file()])
	}
	if len(made) > 0 && !slices.Contains(made, e.source(e.good)) {
		t.Errorf("fixes make of the bad example\n%s\nnot\n%s", strings.Join(made, "\nor\n"), e.source(e.good))
	}
}

// withRule are all rules, the given one turned on.
func withRule(r *Rule) []*Rule {
	rules := Rules()
	if r.Severity == Off {
		rules[slices.Index(rules, r)] = r.At(Hint)
	}
	return rules
}

// expectSilenced puts a comment above the line of the problem, as the page says, and
// expects silence; save for what is said about such comments.
func (w *workspace) expectSilenced(t *testing.T, e example, p Problem) {
	t.Helper()
	file, _ := w.index.Snapshot().File(p.Place.File)
	line := bytes.LastIndexByte(file.Source[:p.Place.Span.Start], '\n') + 1
	comment := map[string]string{"go": "//", "python": "# "}[e.language]
	silenced := string(file.Source[:line]) + comment + "rells:ignore " + p.Rule + " a reason\n" + string(file.Source[line:])
	w.edit(e.file(), silenced)
	if left := w.problems(withRule(RuleNamed(p.Rule))); (len(left) == 0) != (p.Rule != ignoreUnusedName) {
		t.Errorf("with a comment there is left:\n%s", w.print(left))
	}
	w.index.Update(index.Change{Path: p.Place.File, Kind: index.Closed})
}

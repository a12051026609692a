package diagnostics

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index"
)

// pageSections are the sections of every page, in order.
var pageSections = []string{"What it means", "Why it hurts", "Example", "How to silence it"}

// example is a page's example: the declarations of a package.
type example struct{ bad, good string }

var exampleOfPage = regexp.MustCompile("(?s)\nBad:\n\n```go\n(.*?)```\n\nGood:\n\n```go\n(.*?)```\n")

// exampleOf finds the example of a page, false for a page without one.
func exampleOf(page string) (example, bool) {
	m := exampleOfPage.FindStringSubmatch(page)
	if m == nil {
		return example{}, false
	}
	return example{bad: m[1], good: m[2]}, true
}

// inPackage makes a file of an example.
func inPackage(declarations string) string { return "package models\n\n" + declarations }

// loadExample indexes a module that holds one side of an example.
func loadExample(t *testing.T, declarations string) *workspace {
	t.Helper()
	return open(t, gormModule, "models.go", inPackage(declarations))
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
		if !slices.Equal(sections, pageSections) {
			t.Errorf("docs/%s.md has the sections %q, want %q", r.Name, sections, pageSections)
		}
		if _, ok := exampleOf(page); ok == slices.Contains(withoutCase, r.Name) {
			t.Errorf("docs/%s.md: has an example: %t", r.Name, ok)
		}
	}
}

// TestExamplesOfPages holds that the bad example has one problem, of that rule, that
// the good one has none and that, where there is a fix, it turns the one into the
// other.
func TestExamplesOfPages(t *testing.T) {
	for _, r := range Rules() {
		e, ok := exampleOf(r.Page())
		if !ok {
			continue
		}
		t.Run(r.Name, func(t *testing.T) {
			rules := withRule(r)
			good := loadExample(t, e.good)
			if problems := good.problems(rules); len(problems) > 0 {
				t.Errorf("the good example is not:\n%s", good.print(problems))
			}
			bad := loadExample(t, e.bad)
			problems := bad.problems(rules)
			if len(problems) != 1 || problems[0].Rule != r.Name {
				t.Fatalf("the bad example must have one problem, of %s; it has\n%s", r.Name, bad.print(problems))
			}
			bad.expectSilenced(t, problems[0])
			bad.expectFixedTo(t, problems[0], e.good)
		})
	}
}

// expectFixedTo expects the preferred fix of a problem to make the good example, or,
// of several between which people choose, one; nothing where there is no fix.
func (w *workspace) expectFixedTo(t *testing.T, p Problem, good string) {
	t.Helper()
	fixes := Fixes(w.index.Snapshot(), p.Data)
	if i := slices.IndexFunc(fixes, func(f Fix) bool { return f.Preferred }); i >= 0 {
		fixes = fixes[i : i+1]
	}
	var made []string
	for _, fix := range fixes {
		made = append(made, w.apply(t, fix)["models.go"])
	}
	if len(made) > 0 && !slices.Contains(made, inPackage(good)) {
		t.Errorf("fixes make of the bad example\n%s\nnot\n%s", strings.Join(made, "\nor\n"), inPackage(good))
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
func (w *workspace) expectSilenced(t *testing.T, p Problem) {
	t.Helper()
	file, _ := w.index.Snapshot().File(p.Place.File)
	line := bytes.LastIndexByte(file.Source[:p.Place.Span.Start], '\n') + 1
	silenced := string(file.Source[:line]) + "//rells:ignore " + p.Rule + " a reason\n" + string(file.Source[line:])
	w.edit("models.go", silenced)
	if left := w.problems(withRule(RuleNamed(p.Rule))); (len(left) == 0) != (p.Rule != ignoreUnusedName) {
		t.Errorf("with a comment there is left:\n%s", w.print(left))
	}
	w.index.Update(index.Change{Path: p.Place.File, Kind: index.Closed})
}

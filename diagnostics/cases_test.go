package diagnostics

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/index"
)

func cases(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	return paths
}

func TestCases(t *testing.T) {
	for _, path := range cases(t) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			w := load(t, path)
			want, ok := w.part(problemsPart)
			if !ok {
				t.Fatal("the case expects nothing")
			}
			problems := w.problems(Rules())
			if diff := cmp.Diff(want, w.print(problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			w.checkFixes(t, problems)
		})
	}
}

// checkFixes compares what fixes make of the files with the fix parts, and
// expects every fix to make its problem go away.
func (w *workspace) checkFixes(t *testing.T, problems []Problem) {
	t.Helper()
	applied := map[string]bool{}
	for _, p := range problems {
		fixes := Fixes(w.index.Snapshot(), p.Data)
		if p.Fixable != (len(fixes) > 0) {
			t.Errorf("%s: fixable is %t, but there are %d fixes", p.Message, p.Fixable, len(fixes))
		}
		for _, fix := range fixes {
			got := w.apply(t, fix)
			w.expectGone(t, p, fix, got)
			for name, text := range got {
				part := fixPart + fix.Title + "/" + name
				if want, ok := w.part(part); ok && !applied[part] {
					applied[part] = true
					if diff := cmp.Diff(want, text); diff != "" {
						t.Errorf("%s (-want +got):\n%s", part, diff)
					}
				}
			}
		}
	}
	for _, f := range w.archive.Files {
		if strings.HasPrefix(f.Name, fixPart) && !applied[f.Name] {
			t.Errorf("no fix makes %s", f.Name)
		}
	}
}

// expectGone applies a fix for a moment and expects its problem to be gone.
func (w *workspace) expectGone(t *testing.T, p Problem, fix Fix, texts map[string]string) {
	t.Helper()
	for name, text := range texts {
		w.edit(name, text)
	}
	if slices.ContainsFunc(w.problems(Rules()), func(q Problem) bool { return q.Data == p.Data }) {
		t.Errorf("%q leaves %s", fix.Title, p.Message)
	}
	for name := range texts {
		w.index.Update(index.Change{Path: filepath.Join(w.root, filepath.FromSlash(name)), Kind: index.Closed})
	}
}

// turnedOn are all rules, those that are off by themselves too.
func turnedOn() []*Rule {
	on := Rules()
	for i, r := range on {
		if r.Severity == Off {
			on[i] = r.At(Hint)
		}
	}
	return on
}

func TestEveryRuleIsNeededByACase(t *testing.T) {
	on := turnedOn()
	found := map[string]bool{}
	for _, path := range cases(t) {
		w := load(t, path)
		for _, p := range w.problems(on) {
			found[p.Rule] = true
		}
	}
	for _, r := range Rules() {
		if !found[r.Name] {
			t.Errorf("no case has a problem of the rule %s", r.Name)
		}
	}
}

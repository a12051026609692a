package diagnostics

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is found in one file is what a checker finds there.
func TestProblemsIn(t *testing.T) {
	for _, path := range cases(t) {
		w := load(t, path)
		s := w.index.Snapshot()
		checker := NewChecker(Rules())
		checker.Update(s)
		for file := range s.Files() {
			got := ProblemsIn(s, file, func(string) []*Rule { return Rules() })
			if diff := cmp.Diff(checker.Problems(file), got); diff != "" {
				t.Errorf("%s: %s (-checker +got):\n%s", filepath.Base(path), filepath.Base(file), diff)
			}
		}
	}
}

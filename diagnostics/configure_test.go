package diagnostics

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestConfigure asks with rules by file: another severity, none, and a rule that
// is off.
func TestConfigure(t *testing.T) {
	for _, path := range cases(t) {
		w := load(t, path)
		s := w.index.Snapshot()
		checker := NewChecker(Rules())
		checker.Update(s)
		found := checker.All()
		if len(found) == 0 {
			continue
		}
		first := found[0]
		with := func(severity Severity) []*Rule { return []*Rule{RuleNamed(first.Rule).At(severity)} }
		home := s.Node(first.Model).Models[0].Place.File
		for _, severity := range []Severity{Off, Hint, Warning, Error} {
			checker.Configure(func(file string) []*Rule {
				if file != home {
					return nil
				}
				return with(severity)
			})
			checker.Update(s)
			for _, p := range checker.All() {
				if p.Severity != severity || p.Rule != first.Rule || s.Node(p.Model).Models[0].Place.File != home {
					t.Errorf("%s: %s only at %s finds %+v", filepath.Base(path), first.Rule, severity, p)
				}
			}
			if there := slices.ContainsFunc(checker.All(), func(p Problem) bool { return p.Data == first.Data }); there != (severity != Off) {
				t.Errorf("%s: found at %s: %t", filepath.Base(path), severity, there)
			}
		}
	}
}

func TestParseSeverity(t *testing.T) {
	for _, text := range strings.Fields("off hint warning error") {
		if s, ok := ParseSeverity(text); !ok || s.String() != text {
			t.Errorf("%s is read as %s, %t", text, s, ok)
		}
	}
	if s, ok := ParseSeverity("grave"); ok {
		t.Errorf("grave is read as %s", s)
	}
}

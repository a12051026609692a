package diagnostics

import (
	"regexp"
	"slices"
	"testing"

	"github.com/rells-dev/rells/index/relation"
)

func TestEveryMistakeIsClaimedByOneRule(t *testing.T) {
	for _, kind := range relation.MistakeKinds() {
		var claimed []string
		for _, r := range Rules() {
			if r.claims(kind) {
				claimed = append(claimed, r.Name)
			}
		}
		if len(claimed) != 1 {
			t.Errorf("mistake kind %d is claimed by %q, want exactly one rule", kind, claimed)
		}
	}
}

func TestRulesAreWellFormed(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	var seen []string
	for _, r := range Rules() {
		if !name.MatchString(r.Name) || slices.Contains(seen, r.Name) {
			t.Errorf("rule name %q is not kebab-case, or not the only one", r.Name)
		}
		seen = append(seen, r.Name)
		if s, ok := ParseSeverity(r.Severity.String()); !ok || s != r.Severity {
			t.Errorf("%s: severity %d is none", r.Name, r.Severity)
		}
		if r.Summary == "" || (len(r.Claims) == 0 && r.Check == nil) {
			t.Errorf("%s: has no summary, or finds nothing", r.Name)
		}
		if RuleNamed(r.Name) != r {
			t.Errorf("%s: not found by its name", r.Name)
		}
	}
}

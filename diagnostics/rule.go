package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index/relation"
)

// Rule is one check.
type Rule struct {
	Name     string   // kebab-case, stable: also the code of the diagnostic
	Severity Severity // unless the settings say otherwise; Off: only when they ask for it
	Summary  string   // one line: what it means that the rule has found something
	// Claims are the mistakes of dialects that the rule reports.
	Claims []relation.MistakeKind
	// NearOnly drops the mistakes for which nothing near is found: what is like
	// nothing that is known may be somebody else's.
	NearOnly bool
	// Once says that what several models find at one place, because they embed the
	// struct that stands there, is told of the first of them alone: no model is refused
	// because of it.
	Once bool
	// Check looks at the node of the pass and reports what is wrong with it; nil
	// for a rule that only claims mistakes.
	Check func(*Pass)
	// Fix proposes edits that make the problem go away, the best first; nil for a
	// rule that has nothing to propose. The problem is as fresh as the pass.
	Fix func(*Pass, Problem) []Fix
}

// rules is the table of all rules, family by family.
var rules = slices.Concat(
	pairingRules,
	keyRules,
	joinTableRules,
	polymorphicRules,
	targetRules,
	declarationRules,
	tagRules,
	directiveRules,
)

// Rules lists every rule, family by family. The slice is the caller's, the rules
// are shared and not to be changed.
func Rules() []*Rule { return slices.Clone(rules) }

// RuleNamed finds a rule, nil where there is none of that name.
func RuleNamed(name string) *Rule {
	for _, r := range rules {
		if r.Name == name {
			return r
		}
	}
	return nil
}

// At is the rule with another severity.
func (r *Rule) At(s Severity) *Rule {
	changed := *r
	changed.Severity = s
	return &changed
}

func namesOf(rules []*Rule) []string {
	names := make([]string, len(rules))
	for i, r := range rules {
		names[i] = r.Name
	}
	return names
}

func (r *Rule) claims(kind relation.MistakeKind) bool { return slices.Contains(r.Claims, kind) }

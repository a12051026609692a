package server_test

import (
	"slices"
	"testing"

	"go.uber.org/zap"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/server"
)

// TestEveryRuleIsHeld plays, for every rule, the cases that expect a problem of it
// without that rule: each must then miss its problem. A rule that no case expects
// is held by nothing.
func TestEveryRuleIsHeld(t *testing.T) {
	expecting := map[string][]string{}
	for _, path := range cases(t) {
		for _, m := range readScenario(t, path).marks {
			if m.name == "diag" && !slices.Contains(expecting[m.args[1]], path) {
				expecting[m.args[1]] = append(expecting[m.args[1]], path)
			}
		}
	}
	for _, rule := range diagnostics.Rules() {
		t.Run(rule.Name, func(t *testing.T) {
			t.Parallel()
			if len(expecting[rule.Name]) == 0 {
				t.Fatalf("no case expects a problem of %s", rule.Name)
			}
			others := slices.DeleteFunc(diagnostics.Rules(), func(r *diagnostics.Rule) bool { return r == rule })
			for _, path := range expecting[rule.Name] {
				c := readScenario(t, path)
				p := c.start(t, capable, server.Options{Rules: others, Logger: zap.NewNop()})
				if len(p.mismatches()) == 0 {
					t.Errorf("%s does not need the rule", caseName(path))
				}
			}
		})
	}
	for name := range expecting {
		if diagnostics.RuleNamed(name) == nil {
			t.Errorf("%q expects problems of %s, which is no rule", expecting[name], name)
		}
	}
}

// TestEveryFixIsHeld looks, for every rule that has fixes, for a case that applies one
// of them: a fix that is not offered any more fails the case.
func TestEveryFixIsHeld(t *testing.T) {
	applied := map[string]bool{}
	for _, path := range cases(t) {
		marks := readScenario(t, path).marks
		for _, problem := range marks {
			applied[ruleExpected(problem)] = applied[ruleExpected(problem)] || slices.ContainsFunc(marks, func(m mark) bool {
				return m.name == "fix" && m.at == problem.at
			})
		}
	}
	for _, rule := range diagnostics.Rules() {
		if rule.Fix != nil && !applied[rule.Name] {
			t.Errorf("no case applies a fix of %s", rule.Name)
		}
	}
}

// ruleExpected is the rule whose problem a mark expects, "" for one that expects none.
func ruleExpected(m mark) string {
	if m.name != "diag" {
		return ""
	}
	return m.args[1]
}

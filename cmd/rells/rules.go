package main

import (
	"fmt"

	"github.com/rells-dev/rells/cmd/rells/internal/report"
	"github.com/rells-dev/rells/cmd/rells/internal/terminal"
	"github.com/rells-dev/rells/diagnostics"
)

type rulesCommand struct {
	Name   string         `arg:"" optional:"" help:"Rule whose page to show (default: a table of all)."`
	Format string         `default:"text" enum:"text,json" help:"Format of the output: ${enum}."`
	Color  terminal.Color `default:"auto" enum:"auto,always,never" help:"When to use colours: ${enum}."`
}

// Run prints what there is to say about the rules, or about one.
func (c *rulesCommand) Run(p *process) error {
	rules := diagnostics.Rules()
	if c.Name != "" {
		rule := diagnostics.RuleNamed(c.Name)
		if rule == nil {
			return unknownRule(c.Name)
		}
		rules = []*diagnostics.Rule{rule}
	}
	switch {
	case c.Format == "json":
		return writeJSON(p.stdout, report.NewRules(rules, c.Name != ""))
	case c.Name == "":
		return report.RuleTable(p.stdout, rules)
	}
	return report.RulePage(terminal.Colorable(p.stdout), rules[0], c.Color.On(terminal.Is(p.stdout), p.getenv))
}

func unknownRule(name string) error {
	var names []string
	for _, r := range diagnostics.Rules() {
		names = append(names, r.Name)
	}
	return fmt.Errorf("no rule is called %s%s", name, didYouMean(name, names))
}

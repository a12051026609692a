package report

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/rells-dev/rells/diagnostics"
)

// Rules is the output of `rells rules --format json`.
type Rules struct {
	Version int    `json:"version"` // 1
	Rules   []Rule `json:"rules"`   // family by family
}

// Rule is one check.
type Rule struct {
	Name     string `json:"name"`
	Severity string `json:"severity"`
	Summary  string `json:"summary"`
	URL      string `json:"url"`            // of the page
	Page     string `json:"page,omitempty"` // in Markdown, where the rule was asked for by name
}

// NewRules lists rules, with their pages if that is wanted.
func NewRules(rules []*diagnostics.Rule, pages bool) *Rules {
	list := &Rules{Version: 1, Rules: make([]Rule, 0, len(rules))}
	for _, r := range rules {
		rule := Rule{Name: r.Name, Severity: r.Severity.String(), Summary: r.Summary, URL: r.URL()}
		if pages {
			rule.Page = r.Page()
		}
		list.Rules = append(list.Rules, rule)
	}
	return list
}

// RuleTable prints a line for each rule: name, severity, summary.
func RuleTable(w io.Writer, rules []*diagnostics.Rule) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range rules {
		fmt.Fprintf(table, "%s\t%s\t%s\n", r.Name, r.Severity, r.Summary)
	}
	return table.Flush()
}

// RulePage prints the page of a rule for people at a terminal.
func RulePage(w io.Writer, r *diagnostics.Rule, colored bool) error {
	paint := newPalette(colored)
	_, page, _ := strings.Cut(r.Page(), "\n") // the title is the name
	_, err := fmt.Fprintf(w, "%s %s %s\n%s", paint.message(r.Name+":"), paint.severity(r.Severity, r.Severity.String()+":"),
		r.Summary, plain(page, paint))
	return err
}

// plain turns the Markdown of a page into text: headings stand alone, code is
// indented in the place of its fences.
func plain(page string, paint *palette) string {
	var b strings.Builder
	code := false
	for line := range strings.Lines(page) {
		heading, isHeading := strings.CutPrefix(line, "## ")
		switch {
		case strings.HasPrefix(line, "```"):
			code = !code
		case code && line != "\n":
			b.WriteString("    " + strings.ReplaceAll(line, "\t", "    "))
		case code:
			b.WriteString(line)
		case isHeading:
			b.WriteString(paint.message(strings.TrimSpace(heading)) + "\n")
		default:
			b.WriteString(strings.ReplaceAll(line, "`", ""))
		}
	}
	return b.String()
}

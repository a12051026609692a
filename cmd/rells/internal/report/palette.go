package report

import (
	"github.com/fatih/color"

	"github.com/rells-dev/rells/diagnostics"
)

// palette paints the parts of a text, or leaves them as they are.
type palette struct {
	path, message, rule, gutter, related, added, removed func(string) string
	severities                                           map[diagnostics.Severity]func(string) string
}

func newPalette(on bool) *palette {
	paint := func(attributes ...color.Attribute) func(string) string {
		c := color.New(attributes...)
		if on {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
		return func(text string) string { return c.Sprint(text) }
	}
	return &palette{
		path:    paint(color.Bold),
		message: paint(color.Bold),
		rule:    paint(color.FgMagenta),
		gutter:  paint(color.FgBlue),
		related: paint(color.FgBlue, color.Bold),
		added:   paint(color.FgGreen),
		removed: paint(color.FgRed),
		severities: map[diagnostics.Severity]func(string) string{
			diagnostics.Error:   paint(color.FgRed, color.Bold),
			diagnostics.Warning: paint(color.FgYellow, color.Bold),
			diagnostics.Hint:    paint(color.FgCyan, color.Bold),
		},
	}
}

func (p *palette) severity(s diagnostics.Severity, text string) string {
	return p.severities[s](text)
}

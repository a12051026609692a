package diagram

import (
	"path"
	"slices"
	"strings"

	"github.com/rells-dev/rells/diagnostics"
)

// severities are those that are coloured, the gravest first; the page has its own
// colours, for light and for dark.
var severities = []struct{ name, colour string }{
	{diagnostics.Error.String(), "#d92d20"},
	{diagnostics.Warning.String(), "#dc6803"},
	{diagnostics.Hint.String(), "#1570ef"},
}

// colourOf is the colour of a severity, the other one for "".
func colourOf(severity, other string) string {
	for _, s := range severities {
		if s.name == severity {
			return s.colour
		}
	}
	return other
}

// severity is that of the worst problem of the model and its fields, "" for none.
func (m *Model) severity() string {
	return worst(m.Problems, func(Problem) bool { return true })
}

// told are the fields that a small box has room for: keys, relations, and what has problems.
func (m *Model) told() []Field {
	var fields []Field
	for _, f := range m.Fields {
		if f.Primary || f.Foreign || f.Relation || m.fieldSeverity(f.Name) != "" {
			fields = append(fields, f)
		}
	}
	return fields
}

// fieldSeverity is that of the worst problem of a field, "" for none.
func (m *Model) fieldSeverity(field string) string {
	return worst(m.Problems, func(p Problem) bool { return p.Field == field })
}

func worst(problems []Problem, counts func(Problem) bool) string {
	for _, s := range severities {
		if slices.ContainsFunc(problems, func(p Problem) bool { return p.Severity == s.name && counts(p) }) {
			return s.name
		}
	}
	return ""
}

// tooltip is what is said of a model beside its box.
func (m *Model) tooltip() string {
	lines := []string{m.ID}
	for _, p := range m.Problems {
		lines = append(lines, p.Severity+": "+p.Message)
	}
	return strings.Join(lines, "\n")
}

// text names a line: by its label, else by the relations at its ends.
func (l *Line) text() string {
	switch {
	case l.Label != "":
		return l.Label
	case l.From.Field == "" || l.To.Field == "":
		return l.From.Field + l.To.Field
	}
	return l.From.Field + " / " + l.To.Field
}

// shortNames are the names of models by id, qualified by the last part of their package
// where another one is called alike, and by all of it where even that is.
func shortNames(models []Model) map[string]string {
	plain, qualified := map[string]int{}, map[string]int{}
	for i := range models {
		plain[models[i].Name]++
		qualified[models[i].qualified()]++
	}
	names := make(map[string]string, len(models))
	for i := range models {
		m := &models[i]
		switch {
		case plain[m.Name] == 1:
			names[m.ID] = m.Name
		case qualified[m.qualified()] == 1:
			names[m.ID] = m.qualified()
		default:
			names[m.ID] = m.ID
		}
	}
	return names
}

func (m *Model) qualified() string { return path.Base(m.Package) + "." + m.Name }

// places are the places of models in a list, by id.
func places(models []Model) map[string]int {
	at := make(map[string]int, len(models))
	for i := range models {
		at[models[i].ID] = i
	}
	return at
}

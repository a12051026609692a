package report

import "github.com/rells-dev/rells/diagnostics"

// Check is the output of `rells check --format json`.
type Check struct {
	Version  int       `json:"version"`  // 1
	Problems []Problem `json:"problems"` // by file, then place, then rule
}

// Problem is one finding of a rule.
type Problem struct {
	Rule     string    `json:"rule"`
	Severity string    `json:"severity"`
	Message  string    `json:"message"`
	File     string    `json:"file"`
	Range    Range     `json:"range"`
	Model    string    `json:"model"`
	Field    string    `json:"field"` // "" where the model itself is meant
	Related  []Related `json:"related"`
	Fixable  bool      `json:"fixable"`
}

// Related is another place that explains a problem.
type Related struct {
	File    string `json:"file"`
	Range   Range  `json:"range"`
	Message string `json:"message"`
}

// NewCheck describes the problems, which are in order, with paths relative to root.
func NewCheck(problems []diagnostics.Problem, files Files, root string) *Check {
	c := &Check{Version: 1, Problems: make([]Problem, 0, len(problems))}
	for _, p := range problems {
		described := Problem{
			Rule:     p.Rule,
			Severity: p.Severity.String(),
			Message:  p.Message,
			File:     relative(root, p.Place.File),
			Range:    files.rangeOf(p.Place),
			Model:    p.Model.String(),
			Field:    p.Field,
			Related:  make([]Related, 0, len(p.Related)),
			Fixable:  p.Fixable,
		}
		for _, r := range p.Related {
			described.Related = append(described.Related, Related{
				File:    relative(root, r.Place.File),
				Range:   files.rangeOf(r.Place),
				Message: r.Text,
			})
		}
		c.Problems = append(c.Problems, described)
	}
	return c
}

package report

import "github.com/rells-dev/rells/diagnostics"

// Check is the output of `rells check --format json`.
type Check struct {
	Version  int       `json:"version"`  // 1
	Problems []Problem `json:"problems"` // by file, then place, then rule
	// Fixed is what --fix has done, in that order; it is left out where that is nothing.
	Fixed []FixedProblem `json:"fixed,omitempty"`
}

// FixedProblem is a problem that is gone.
type FixedProblem struct {
	Rule  string `json:"rule"`
	File  string `json:"file"` // in which the problem was; a fix may change others
	Model string `json:"model"`
	Field string `json:"field"`
	Fix   string `json:"fix"` // title of the fix
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

// NewCheck describes the problems, which are in order, and what has been fixed before,
// with paths relative to root.
func NewCheck(problems []diagnostics.Problem, fixed []diagnostics.Fixed, files Files, root string) *Check {
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
	for _, f := range fixed {
		c.Fixed = append(c.Fixed, FixedProblem{
			Rule:  f.Problem.Rule,
			File:  relative(root, f.Problem.Place.File),
			Model: f.Problem.Model.String(),
			Field: f.Problem.Field,
			Fix:   f.Title,
		})
	}
	return c
}

package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index"
)

// ProblemsIn finds the problems in one file without a checker, at the cost of the
// models that have a part in it, ordered by place, then by rule. rules gives the
// rules for the nodes that a file declares.
func ProblemsIn(s *index.Snapshot, file string, rules func(file string) []*Rule) []Problem {
	var found []Problem
	for _, n := range s.NodesIn(file) {
		problems, _ := check(s, n.Ref, rules(n.Models[0].Place.File), nil)
		for _, p := range problems {
			if p.Place.File == file {
				found = append(found, p)
			}
		}
	}
	slices.SortFunc(found, compareProblems)
	return once(found)
}

package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index"
)

// Summary says in one line what a check came to: "2 errors, 1 warning in 14 models
// with 22 relations".
func Summary(problems []diagnostics.Problem, s *index.Snapshot) string {
	models, relations := 0, 0
	for node := range s.Nodes() {
		if len(node.Models) == 0 || node.Models[0].Misused() {
			continue
		}
		models++
		fields := map[string]bool{} // several dialects may read one field
		for _, m := range node.Models {
			for i := range m.Relations {
				fields[m.Relations[i].ID.Field] = true
			}
		}
		relations += len(fields)
	}
	certain := func(p diagnostics.Problem) bool {
		return slices.ContainsFunc(diagnostics.Fixes(s, p.Data), func(f diagnostics.Fix) bool { return f.Preferred })
	}
	return summary(problems, models, relations, certain)
}

func summary(problems []diagnostics.Problem, models, relations int, certain func(diagnostics.Problem) bool) string {
	counts := map[diagnostics.Severity]int{}
	fixable, uncertain := 0, 0
	for _, p := range problems {
		counts[p.Severity]++
		switch {
		case p.Fixable && certain(p):
			fixable++
		case p.Fixable:
			uncertain++
		}
	}
	var parts []string
	for s := diagnostics.Error; s >= diagnostics.Hint; s-- {
		if counts[s] > 0 {
			parts = append(parts, count(counts[s], s.String()))
		}
	}
	found := "no problems"
	if len(parts) > 0 {
		found = strings.Join(parts, ", ")
	}
	line := fmt.Sprintf("%s in %s with %s", found, count(models, "model"), count(relations, "relation"))
	switch {
	case fixable > 0 && uncertain > 0:
		line += fmt.Sprintf("; %d can be fixed with --fix, %d more from an editor", fixable, uncertain)
	case fixable > 0:
		line += fmt.Sprintf("; %d can be fixed with --fix", fixable)
	case uncertain > 0:
		line += fmt.Sprintf("; %d can be fixed from an editor", uncertain)
	}
	return line
}

// count is "1 model" or "3 models".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

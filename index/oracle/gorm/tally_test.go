package oracle

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/gorm/truth"
)

// tally sums up what was generated and what came of it.
type tally struct {
	models, spoilt, refused, spread, relations int

	compared    int // relation fields held against each other
	differences map[string]int
	shown       []shownDifference
}

type shownDifference struct {
	Difference
	source string
}

// maxShown is how many differences of one kind are printed with their source.
const maxShown = 3

func (s *tally) countWorld(w renderedWorld, verdicts map[string]truth.Model) {
	for _, m := range w.grown.Models() {
		s.models++
		if m.Mistake {
			s.spoilt++
		}
		v := verdicts[w.home(m.Name)+"."+m.Name]
		s.relations += len(v.Relations)
		if v.OwnError != "" {
			s.refused++
		} else if v.Error != "" {
			s.spread++
		}
	}
}

func (s *tally) countComparison(c *comparison, b *batch) {
	s.compared += c.compared
	if s.differences == nil {
		s.differences = map[string]int{}
	}
	for _, d := range c.differences {
		s.differences[d.Kind]++
		if s.differences[d.Kind] <= maxShown {
			s.shown = append(s.shown, shownDifference{d, b.sourceOf(d.Model)})
		}
	}
}

func (s *tally) print(w io.Writer) {
	fmt.Fprintf(w, "%d models, %s with a mistake; GORM refuses %s, and %s for their targets' sake; %d relation fields\n",
		s.models, percent(s.spoilt, s.models), percent(s.refused, s.models), percent(s.spread, s.models), s.relations)
	slices.SortStableFunc(s.shown, func(a, b shownDifference) int { return strings.Compare(a.Kind, b.Kind) })
	for _, d := range s.shown {
		fmt.Fprintf(w, "\n=== %s: %s\n%s\n%s", d.Kind, d.ID, d.Text, d.source)
	}
	total := 0
	fmt.Fprintln(w)
	for _, kind := range slices.Sorted(maps.Keys(s.differences)) {
		fmt.Fprintf(w, "%-22s %6d\n", kind, s.differences[kind])
		total += s.differences[kind]
	}
	fmt.Fprintf(w, "%d differences over %d relation fields of %d models; relations that agree: %s\n",
		total, s.compared, s.models, percent(s.compared-s.wrongRelations(), s.compared))
}

// wrongRelations is how many relation fields differ, are missing or are extra.
func (s *tally) wrongRelations() int {
	wrong := 0
	for kind, n := range s.differences {
		switch kind {
		case "missing model", "table", "unknown model", "not reported", "false alarm", "reported at a spread":
		default:
			wrong += n
		}
	}
	return wrong
}

func percent(part, of int) string {
	if of == 0 {
		return "none"
	}
	return fmt.Sprintf("%.2f %%", 100*float64(part)/float64(of))
}

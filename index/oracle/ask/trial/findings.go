package trial

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// Findings is what came of comparing worlds.
type Findings struct {
	Compared    int // relation fields held against each other: those of either side, and refused ones
	Differences []Difference
}

// Difference is one thing that rells and the ORM do not agree on.
type Difference struct {
	Kind  string // what they disagree on: "missing relation", "keys"
	Where string // id of the model or field
	Text  string // both views
}

// Note adds a difference.
func (f *Findings) Note(kind, where, format string, args ...any) {
	f.Differences = append(f.Differences, Difference{kind, where, fmt.Sprintf(format, args...)})
}

// Sort orders the differences by kind.
func (f *Findings) Sort() {
	slices.SortStableFunc(f.Differences, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Where, b.Where), cmp.Compare(a.Text, b.Text))
	})
}

// tally sums up the findings of a run.
type tally struct {
	compared int
	kinds    map[string]int // how many differences there are of each
	shown    []string
}

// maxShown is how many differences of one kind are printed with their source.
const maxShown = 3

func (s *tally) add(f *Findings, sources map[string][]byte) {
	s.compared += f.Compared
	if s.kinds == nil {
		s.kinds = map[string]int{}
	}
	for _, d := range f.Differences {
		if s.kinds[d.Kind]++; s.kinds[d.Kind] <= maxShown {
			world, _, _ := strings.Cut(strings.TrimPrefix(d.Where, ask.ModulePath+"/"), ".")
			s.shown = append(s.shown, fmt.Sprintf("=== %s: %s\n%s\n%s", d.Kind, d.Where, d.Text, sources[world]))
		}
	}
}

func (s *tally) print(w io.Writer) {
	for _, text := range s.shown {
		fmt.Fprintln(w, text)
	}
	for _, kind := range slices.Sorted(maps.Keys(s.kinds)) {
		fmt.Fprintf(w, "%-22s %6d\n", kind, s.kinds[kind])
	}
	fmt.Fprintf(w, "%d kinds of differences over %d relation fields\n", len(s.kinds), s.compared)
}

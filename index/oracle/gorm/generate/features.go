package generate

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Features counts how often each feature was generated.
type Features struct {
	total, sealed map[string]int
}

func (f *Features) add(name string, sealed bool) {
	if f.total == nil {
		f.total, f.sealed = map[string]int{}, map[string]int{}
	}
	f.total[name]++
	if sealed {
		f.sealed[name]++
	}
}

// Rarest returns the case that was generated least, of those given, and how
// often.
func (f *Features) Rarest(cases []Case) (name string, times int) {
	rarest := slices.MinFunc(cases, func(a, b Case) int { return cmp.Compare(f.total[a.Name], f.total[b.Name]) })
	return rarest.Name, f.total[rarest.Name]
}

// Print writes a table of all features, the rarest first within each rule or
// kind: the weight of a case, how often it was generated, and how often of
// these on its own, where GORM's answer was held against the case's own words.
func (f *Features) Print(w io.Writer, cases []Case) {
	weight := map[string]int{}
	for _, c := range cases {
		weight[c.Name] = c.Weight
	}
	for name := range f.total {
		if _, ok := weight[name]; !ok {
			weight[name] = 0
		}
	}
	features := slices.SortedFunc(maps.Keys(weight), func(a, b string) int {
		kindA, _, _ := strings.Cut(a, "/")
		kindB, _, _ := strings.Cut(b, "/")
		return cmp.Or(cmp.Compare(len(kindA), len(kindB)), cmp.Compare(kindA, kindB),
			cmp.Compare(f.total[a], f.total[b]), cmp.Compare(a, b))
	})
	fmt.Fprintf(w, "%-45s %6s %9s %9s\n", "feature", "weight", "generated", "on its own")
	for _, name := range features {
		weighs, alone := "-", "-"
		if weight[name] > 0 {
			weighs, alone = fmt.Sprint(weight[name]), fmt.Sprint(f.sealed[name])
		}
		fmt.Fprintf(w, "%-45s %6s %9d %9s\n", name, weighs, f.total[name], alone)
	}
}

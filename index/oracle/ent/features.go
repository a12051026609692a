package oracle

import (
	"fmt"
	"io"
	"maps"
	"slices"
)

// features counts how often each feature was generated.
type features map[string]int

func (f features) add(name string) { f[name]++ }

func (f features) print(w io.Writer) {
	fmt.Fprintf(w, "%-55s %9s\n", "feature", "generated")
	for _, name := range slices.Sorted(maps.Keys(f)) {
		fmt.Fprintf(w, "%-55s %9d\n", name, f[name])
	}
}

// rarest is the feature that was generated least, and how often.
func (f features) rarest() (name string, times int) {
	for _, n := range slices.Sorted(maps.Keys(f)) {
		if name == "" || f[n] < times {
			name, times = n, f[n]
		}
	}
	return name, times
}

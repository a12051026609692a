package ask

import (
	"fmt"
	"io"
	"maps"
	"slices"
)

// Features counts how often a generator made use of each of its features.
type Features map[string]int

// Print writes a table of them.
func (f Features) Print(w io.Writer) {
	width := len("feature")
	for name := range f {
		width = max(width, len(name))
	}
	fmt.Fprintf(w, "%-*s %9s\n", width, "feature", "generated")
	for _, name := range slices.Sorted(maps.Keys(f)) {
		fmt.Fprintf(w, "%-*s %9d\n", width, name, f[name])
	}
}

// Rarest is the feature that was used least, the first by name among equals, and how
// often.
func (f Features) Rarest() (name string, times int) {
	for _, n := range slices.Sorted(maps.Keys(f)) {
		if name == "" || f[n] < times {
			name, times = n, f[n]
		}
	}
	return name, times
}

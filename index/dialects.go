package index

import (
	"iter"
	"math/bits"
	"slices"

	"github.com/rells-dev/rells/index/dialect"
)

// A workspace speaks one or two of all dialects, and most of its structs concern none. So
// what is kept and asked by dialect is kept and asked for those alone that are concerned.

// dialectSet is a set of dialects, by their places in the linker's list, of which there
// are no more than 64.
type dialectSet uint64

func (s *dialectSet) add(d int) { *s |= 1 << d }

func (s dialectSet) has(d int) bool { return s&(1<<d) != 0 }

// all yields the dialects of the set in their order.
func (s dialectSet) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		for ; s != 0; s &= s - 1 {
			if !yield(bits.TrailingZeros64(uint64(s))) {
				return
			}
		}
	}
}

// tagOwners tells, for each key of struct tags, whose it alone is.
func tagOwners(dialects []*dialect.Dialect) map[string]dialectSet {
	owners := map[string]dialectSet{}
	for d := range dialects {
		for _, key := range dialects[d].Keys {
			if !slices.Contains(dialects[d].Shared, key) {
				owners[key] |= 1 << d
			}
		}
	}
	return owners
}

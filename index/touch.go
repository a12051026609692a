package index

import (
	"sync"

	"github.com/rells-dev/rells/index/facts"
)

// touchMemory is how many generations back TouchedSince can tell apart; whoever
// is further behind asks every node again.
const touchMemory = 256

// touchLog remembers which nodes each of the last generations touched. It is the
// one thing that the snapshots of an index share and change, hence the lock; it
// is taken once a query for problems, never in the way of another.
type touchLog struct {
	mu    sync.Mutex
	last  uint64
	nodes [touchMemory][]facts.Ref
	whole [touchMemory]bool
}

func (l *touchLog) record(generation uint64, refs []facts.Ref, all bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = generation
	l.nodes[generation%touchMemory] = refs
	l.whole[generation%touchMemory] = all
}

// since collects what the generations (from, to] touched.
func (l *touchLog) since(from, to uint64) (refs []facts.Ref, all bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if from == 0 || from+touchMemory <= l.last {
		return nil, true
	}
	if to == from+1 { // as nearly always
		return l.nodes[to%touchMemory], l.whole[to%touchMemory]
	}
	seen := map[facts.Ref]bool{}
	for g := from + 1; g <= to; g++ {
		if l.whole[g%touchMemory] {
			return nil, true
		}
		for _, ref := range l.nodes[g%touchMemory] {
			if !seen[ref] {
				seen[ref] = true
				refs = append(refs, ref)
			}
		}
	}
	return refs, false
}

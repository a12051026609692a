package index

import (
	"runtime/debug"
	"sync"
)

// loadingGC is how much garbage, in percent of what lives, may pile up while a
// workspace is read. Reading is mostly waiting for the operating system: running
// the collector twice as often as it does by itself costs a few percent of the
// time and saves a sixth of the largest memory. Edits want it back as it was.
const loadingGC = 40

// frugality counts the loads that go on, of all indexes of the process: the
// collector is shared.
var frugality struct {
	sync.Mutex
	loads  int
	before int // percent, when none went on
}

// saveMemory lets little garbage pile up until done is called. A process that was
// told to be even more frugal stays so.
func saveMemory() (done func()) {
	f := &frugality
	f.Lock()
	defer f.Unlock()
	if f.loads++; f.loads == 1 {
		f.before = debug.SetGCPercent(loadingGC)
		if 0 <= f.before && f.before < loadingGC {
			debug.SetGCPercent(f.before)
		}
	}
	return func() {
		f.Lock()
		defer f.Unlock()
		if f.loads--; f.loads == 0 {
			debug.SetGCPercent(f.before)
		}
	}
}

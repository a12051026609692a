package index

import (
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// loadingGC is how much garbage, in percent of what lives, may pile up while a
// workspace is read. Reading is mostly waiting for the operating system: running
// the collector twice as often as it does by itself costs a few percent of the
// time and saves a sixth of the largest memory. Edits want it back as it was.
const loadingGC = 40

// defaultGC is that percentage where nobody has set it. It means a collection after every
// few edits, for the sake of a few megabytes, and while Go collects, whoever allocates has
// to help: the more, the less room there is left. So the garbage of a hundred edits,
// garbageRoom, may pile up where edits follow each other without a pause.
const (
	defaultGC   = 100
	garbageRoom = 128 << 20
)

// frugality counts the loads that go on, of all indexes of the process: the
// collector is shared.
var frugality struct {
	sync.Mutex
	loads  int
	before int // percent that somebody else has set
	ours   int // percent that was set here; 0 for none
}

// saveMemory lets little garbage pile up until done is called. A process that was
// told to be even more frugal stays so.
func saveMemory() (done func()) {
	f := &frugality
	f.Lock()
	defer f.Unlock()
	if f.loads++; f.loads == 1 {
		if was := debug.SetGCPercent(loadingGC); was != f.ours {
			f.before = was
		}
		if 0 <= f.before && f.before < loadingGC {
			debug.SetGCPercent(f.before)
		}
	}
	return func() {
		f.Lock()
		defer f.Unlock()
		if f.loads--; f.loads == 0 {
			f.ours = f.before
			if f.before == defaultGC {
				f.ours = roomFor(liveHeap())
			}
			debug.SetGCPercent(f.ours)
		}
	}
}

// makeRoom sees to it that there is as much room for garbage as there should be, after
// an update: what lives may have become more, or less.
func makeRoom() {
	f := &frugality
	f.Lock()
	defer f.Unlock()
	if f.loads > 0 || f.ours == 0 || f.before != defaultGC {
		return
	}
	if percent := roomFor(liveHeap()); percent < f.ours*3/4 || percent > f.ours*4/3 {
		f.ours = percent
		debug.SetGCPercent(percent)
	}
}

// roomFor is the percentage that leaves room for garbage beside so many bytes that live.
func roomFor(live uint64) int {
	return int(max(defaultGC, 100*garbageRoom/max(live, 1<<20)))
}

// liveHeap is how many bytes the last collection has left.
func liveHeap() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

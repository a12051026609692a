package index

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// loadingGC is how much garbage, in percent of what lives, may pile up while a
// workspace is read. Reading is mostly waiting for the operating system: running
// the collector twice as often as it does by itself costs a few percent of the
// time and saves a sixth of the largest memory. Edits want it back as it was.
const loadingGC = 40

// loadingRoom is how large the heap may be, in bytes, before the collector looks at it while
// a workspace is read: most are read by then, or with one collection, and those that are
// not have no larger heap in the end. smallestHeap is where Go collects first, at a hundred
// percent.
const (
	loadingRoom  = 24 << 20
	smallestHeap = 4 << 20
)

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
var frugality frugal

type frugal struct {
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
		if was := debug.SetGCPercent(roomToLoad(liveHeap())); was != f.ours {
			f.before = was
		}
		if 0 <= f.before && f.before < loadingGC {
			debug.SetGCPercent(f.before)
		} else {
			afterCollection(f.goOn)
		}
	}
	return func() {
		f.Lock()
		defer f.Unlock()
		if f.loads--; f.loads == 0 {
			f.ours = f.before
			if f.before == defaultGC {
				f.ours = roomFor(survivors())
			}
			debug.SetGCPercent(f.ours)
		}
	}
}

// goOn sets when the collector runs next, if a workspace is still being read.
func (f *frugal) goOn() {
	f.Lock()
	defer f.Unlock()
	if f.loads > 0 {
		debug.SetGCPercent(roomToLoad(liveHeap()))
		afterCollection(f.goOn)
	}
}

// afterCollection calls a function when the collector has run: it takes what nobody holds
// for garbage then, as this is.
func afterCollection(call func()) {
	runtime.AddCleanup(&struct{ _ *int }{}, func(call func()) { call() }, call)
}

// roomToLoad is the percentage with which the next collection comes when the heap, of which
// so many bytes live, has used up loadingRoom.
func roomToLoad(live uint64) int {
	if live == 0 {
		return 100 * loadingRoom / smallestHeap
	}
	return max(loadingGC, int(100*loadingRoom/live)-100)
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
	if percent := roomFor(survivors()); percent < f.ours*3/4 || percent > f.ours*4/3 {
		f.ours = percent
		debug.SetGCPercent(percent)
	}
}

// roomFor is the percentage that leaves room for garbage beside so many bytes that live.
func roomFor(live uint64) int {
	return int(max(defaultGC, 100*garbageRoom/max(live, 1<<20)))
}

// survivors is how many bytes would live after a collection, at most: where there has been
// none, all that there is.
func survivors() uint64 {
	if live := liveHeap(); live > 0 {
		return live
	}
	return heldHeap()
}

// liveHeap is how many bytes the last collection has left; before the first one, 0.
func liveHeap() uint64 { return heap("/gc/heap/live:bytes") }

// heldHeap is how many bytes of the heap are taken, garbage included.
func heldHeap() uint64 { return heap("/memory/classes/heap/objects:bytes") }

func heap(metric string) uint64 {
	sample := []metrics.Sample{{Name: metric}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

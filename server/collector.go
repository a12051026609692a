package server

import (
	"context"
	"runtime"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

// collector collects garbage while nobody waits for an answer. Left to itself, the
// garbage collector of Go runs just when much is made, which is in the middle of an
// edit or a request, and makes that several times as long.
type collector struct {
	working atomic.Int32  // how many are at work
	rested  chan struct{} // has room for one: somebody has done with work
}

// resting is for how long nobody may have been at work before garbage is collected. Who
// types, or reads an answer, takes longer; what a client sends by itself follows sooner.
// Collecting takes all processors for as long as an edit or two, which the editor and other
// servers want for themselves when an edit has just been answered.
const resting = 8 * time.Millisecond

func newCollector() *collector { return &collector{rested: make(chan struct{}, 1)} }

// busy puts collecting off until the function that it returns is called. It may be called
// from any goroutine.
func (c *collector) busy() (rest func()) {
	c.working.Add(1)
	return c.rest
}

func (c *collector) rest() {
	c.working.Add(-1)
	select {
	case c.rested <- struct{}{}:
	default:
	}
}

// run collects until ctx ends.
func (c *collector) run(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.rested:
			timer.Reset(resting)
		case <-timer.C:
			if c.working.Load() == 0 && worthCollecting() {
				runtime.GC()
			}
		}
	}
}

// litter is how much garbage is collected when nobody waits. It is far less than what may
// pile up while somebody does (index, garbageRoom): the pauses of who types, not the room,
// then say how large the process becomes.
const litter = 24 << 20

// worthCollecting reports whether there is that much garbage, or, where a lot lives, enough
// for what it costs to look through that.
func worthCollecting() bool {
	samples := []metrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"},
		{Name: "/gc/heap/live:bytes"},
	}
	metrics.Read(samples)
	held, live := samples[0].Value.Uint64(), samples[1].Value.Uint64()
	return held > live+max(litter, live/2)
}

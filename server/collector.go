package server

import (
	"context"
	"runtime"
	"runtime/metrics"
	"time"
)

// collector collects garbage while nobody waits for an answer. Left to itself, the
// garbage collector of Go runs just when much is made, which is in the middle of an
// edit or a request, and makes that several times as long.
type collector struct {
	work chan struct{} // has room for one: there is something to do, or it has just been done
}

// resting is for how long nothing may have happened before garbage is collected. Who
// types, or reads an answer, takes longer.
const resting = 3 * time.Millisecond

func newCollector() *collector { return &collector{work: make(chan struct{}, 1)} }

// busy puts collecting off. It may be called from any goroutine.
func (c *collector) busy() {
	select {
	case c.work <- struct{}{}:
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
		case <-c.work:
			timer.Reset(resting)
		case <-timer.C:
			if worthCollecting() {
				runtime.GC()
			}
		}
	}
}

// worthCollecting reports whether most of the room that there is for garbage has been
// used up.
func worthCollecting() bool {
	samples := []metrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"},
		{Name: "/gc/heap/live:bytes"},
		{Name: "/gc/heap/goal:bytes"},
	}
	metrics.Read(samples)
	held, live, goal := samples[0].Value.Uint64(), samples[1].Value.Uint64(), samples[2].Value.Uint64()
	return held > live && 4*(held-live) > 3*(goal-min(live, goal))
}

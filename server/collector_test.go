package server

import (
	"context"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

// TestCollector makes garbage, is at work for a while and then does nothing.
func TestCollector(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(1000))
	runtime.GC()
	if worthCollecting() {
		t.Fatal("there is nothing to collect")
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	c := newCollector()
	go c.run(ctx)
	for n := 0; !worthCollecting(); n++ {
		if n == 1<<20 {
			t.Fatal("a gigabyte of garbage is not worth collecting")
		}
		garbage = make([]byte, 1<<10)
	}
	before := collections()
	rest, other := c.busy(), c.busy()
	other()
	time.Sleep(4 * resting)
	if collections() != before {
		t.Fatal("garbage is collected while somebody is at work")
	}
	rest()
	for deadline := time.Now().Add(10 * time.Second); collections() == before; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the garbage is not collected")
		}
	}
}

var garbage []byte // on the heap

// collections counts those that somebody asked for.
func collections() uint64 {
	sample := []metrics.Sample{{Name: "/gc/cycles/forced:gc-cycles"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

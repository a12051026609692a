package server

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"sync"

	"go.uber.org/zap"

	"github.com/rells-dev/rells/diagram"
)

// watcher tells a client that has asked for a diagram, or for the summary, when that is
// not what it was answered any more: once, since it asks again then. Who never asks is
// never told, and costs nothing.
type watcher struct {
	server *server
	latest chan world // has room for one: the newest world that was offered

	mu      sync.Mutex
	graphs  map[graphParams]digest // what was answered, and may be shown still
	summary *summaryResult         // likewise
}

// changed says what is not as it was answered.
type changed struct {
	Graph   bool `json:"graph"`
	Summary bool `json:"summary"`
}

// digest is the same for equal diagrams, and for no others.
type digest [sha256.Size]byte

func digestOf(g *diagram.Graph) digest {
	raw, err := json.Marshal(g)
	if err != nil {
		return digest{}
	}
	return sha256.Sum256(raw)
}

func newWatcher(s *server) *watcher {
	return &watcher{server: s, latest: make(chan world, 1), graphs: map[graphParams]digest{}}
}

// drawn notes what a client was answered.
func (x *watcher) drawn(p graphParams, g *diagram.Graph) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.graphs[p] = digestOf(g)
}

// counted notes what a client was answered.
func (x *watcher) counted(counts summaryResult) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.summary = &counts
}

// offer replaces the world that answers are compared with. Only one goroutine may call it.
func (x *watcher) offer(w world) {
	select {
	case <-x.latest:
	default:
	}
	x.latest <- w
}

// run compares until ctx ends.
func (x *watcher) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case w := <-x.latest:
			x.tell(ctx, x.compare(w))
		}
	}
}

// compare tells what has changed, and forgets what was answered of that.
func (x *watcher) compare(w world) changed {
	x.mu.Lock()
	defer x.mu.Unlock()
	var c changed
	for p, before := range x.graphs {
		g, err := x.server.draw(w, &p)
		c.Graph = c.Graph || err != nil || digestOf(g) != before
	}
	c.Summary = x.summary != nil && *x.summary != x.server.count(w)
	if c.Graph {
		clear(x.graphs)
	}
	if c.Summary {
		x.summary = nil
	}
	return c
}

func (x *watcher) tell(ctx context.Context, c changed) {
	if c == (changed{}) {
		return
	}
	if err := x.server.client.Notify(ctx, methodChanged, c); err != nil && ctx.Err() == nil {
		x.server.log.Warn("the client was not told of a change", zap.Error(err))
	}
}

package wire

import (
	"context"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"go.lsp.dev/jsonrpc2"
)

// inflight knows the work that is being done beside the read loop, to cancel
// calls and to await everything.
type inflight struct {
	mu     sync.Mutex
	calls  map[jsonrpc2.ID]*call
	active int           // calls, and functions given to Client.Go
	idle   chan struct{} // if somebody waits: closed when active falls to 0
}

type call struct{ cancel context.CancelFunc }

// begin registers a call. It runs on the read loop, so that a cancellation that
// follows the call finds it. session must be the session's context: the
// library's request context is zeroed when its handler returns, and a context
// derived from it takes the process down.
func (f *inflight) begin(session context.Context, id jsonrpc2.ID) (ctx context.Context, done func()) {
	ctx, cancel := context.WithCancel(session)
	c := &call{cancel}
	f.add()
	f.mu.Lock()
	f.calls[id] = c
	f.mu.Unlock()
	return ctx, func() {
		cancel()
		f.mu.Lock()
		if f.calls[id] == c { // a client may use an id twice at a time
			delete(f.calls, id)
		}
		f.mu.Unlock()
		f.done()
	}
}

func (f *inflight) add() {
	f.mu.Lock()
	f.active++
	f.mu.Unlock()
}

func (f *inflight) done() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.active--
	if f.active == 0 && f.idle != nil {
		close(f.idle)
		f.idle = nil
	}
}

// await waits until nothing is active, but not longer than patience, and
// reports whether it came to that.
func (f *inflight) await(patience time.Duration) bool {
	f.mu.Lock()
	if f.active == 0 {
		f.mu.Unlock()
		return true
	}
	idle := make(chan struct{})
	f.idle = idle
	f.mu.Unlock()
	select {
	case <-idle:
		return true
	case <-time.After(patience):
		return false
	}
}

// cancel ends the context of the call with that id, if there is one.
func (f *inflight) cancel(id jsonrpc2.ID) {
	f.mu.Lock()
	c := f.calls[id]
	f.mu.Unlock()
	if c != nil {
		c.cancel()
	}
}

// cancelledID reads the params of $/cancelRequest. An id outside of 32 bits,
// which the protocol's own type refuses, is one like any other.
func cancelledID(params []byte) (jsonrpc2.ID, bool) {
	var p struct {
		ID jsontext.Value `json:"id"`
	}
	if json.Unmarshal(params, &p, jsontext.AllowDuplicateNames(true)) != nil {
		return jsonrpc2.ID{}, false
	}
	id, ok := looseID(p.ID)
	return id, ok && id.IsValid()
}

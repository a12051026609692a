package wire_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server/wire"
	"github.com/rells-dev/rells/server/wiretest"
)

func TestNotificationsKeepTheirOrder(t *testing.T) {
	const count = 10_000
	var got []int
	f := start(t, func(_ *wire.Client, r *router) {
		wire.Notify(r, "test/note", func(_ context.Context, p *number) error {
			got = append(got, p.N)
			return nil
		})
	})
	f.Initialize(nil)
	for i := range count {
		f.Notify("test/note", number{i})
	}
	if code, err := f.Shutdown(); code != 0 || err != nil {
		t.Fatalf("left with %d, %v", code, err)
	}
	if len(got) != count {
		t.Fatalf("%d of %d notifications arrived", len(got), count)
	}
	for i, n := range got {
		if n != i {
			t.Fatalf("notification %d came in place %d", n, i)
		}
	}
}

// A call sees what was sent before it and nothing of what was sent after it,
// however long it takes to get to work.
func TestCallsPinOnTheReadLoop(t *testing.T) {
	const count = 1000
	var counted, wrong atomic.Int64
	f := start(t, func(_ *wire.Client, r *router) {
		wire.Call(r, "test/expect", func(_ context.Context, pinned int, p *number) (any, error) {
			for counted.Load() < count { // until every later notification is handled
				time.Sleep(time.Millisecond)
			}
			if pinned != p.N {
				wrong.Add(1)
			}
			return nil, nil
		})
		wire.Notify(r, "test/counted", func(context.Context, *struct{}) error { counted.Add(1); return nil })
	})
	f.Initialize(nil)
	for i := range count {
		f.Notify("test/count", number{})
		f.Notify("test/counted", nil)
		f.Frame(request(fmt.Sprint(i), "test/expect", fmt.Sprintf(`{"N":%d}`, i+1)))
	}
	for i := range count {
		f.Answer(fmt.Sprint(i))
	}
	if wrong.Load() != 0 {
		t.Errorf("%d of %d calls pinned another state than the one before them", wrong.Load(), count)
	}
}

// Calls that return without ever having waited, that wait, that fail, panic or do
// not exist: cancelling any of them, early or late, harms nothing.
func TestCancelledCallsAreClean(t *testing.T) {
	for round := range 3 {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			const count = 3000
			f := start(t, nil)
			f.Initialize(nil)
			for i := range count {
				id := fmt.Sprint(i)
				method := []string{"test/wait", "test/echo", "test/panic", "test/unknown", "test/wait"}[i%5]
				f.Frame(request(id, method, "{}"))
				f.Frame(notification("$/cancelRequest", fmt.Sprintf(`{"id":%q}`, id)))
			}
			for i := range count {
				err := f.Answer(fmt.Sprint(i)).Err()
				if want := protocol.CodeRequestCancelled; i%5 == 0 && wiretest.Code(err) != want {
					t.Fatalf("a cancelled call was answered with %v, want %d", err, want)
				}
			}
			f.alive(t)
			if code, err := f.Shutdown(); code != 0 || err != nil {
				t.Fatalf("left with %d, %v", code, err)
			}
		})
	}
}

func TestCancelByNumber(t *testing.T) {
	f := start(t, nil)
	f.Initialize(nil)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	// When ctx ends, the client sends $/cancelRequest with the call's number.
	if err := f.Call(ctx, "test/wait", nil, nil); err == nil {
		t.Fatal("a call that waits for its cancellation returned")
	}
	if code, err := f.Shutdown(); code != 0 || err != nil {
		t.Fatalf("left with %d, %v", code, err)
	}
	if f.logged("still running") {
		t.Error("the cancelled call was still running at the end")
	}
}

// A client that uses an id twice at a time can still cancel the later call.
func TestCancelAnIdUsedTwice(t *testing.T) {
	hold, cancelled := make(chan struct{}), make(chan struct{})
	f := start(t, func(_ *wire.Client, r *router) {
		wire.Call(r, "test/hold", func(context.Context, int, *struct{}) (any, error) { <-hold; return nil, nil })
		wire.Call(r, "test/later", func(ctx context.Context, _ int, _ *struct{}) (any, error) {
			<-ctx.Done()
			close(cancelled)
			return nil, ctx.Err()
		})
	})
	f.Initialize(nil)
	f.Frame(request("twice", "test/hold", "{}"))
	f.Frame(request("twice", "test/later", "{}"))
	close(hold)
	f.Answer("twice")
	f.Frame(notification("$/cancelRequest", `{"id":"twice"}`))
	if !happens(cancelled) {
		t.Error("the later call was not cancelled")
	}
}

// A handler's context may be kept: it is not the library's, which is zeroed when
// the handler returns.
func TestContextsOutliveTheirHandlers(t *testing.T) {
	var kept context.Context
	f := start(t, func(_ *wire.Client, r *router) {
		wire.Notify(r, "test/keep", func(ctx context.Context, _ *struct{}) error { kept = ctx; return nil })
	})
	f.Initialize(nil)
	f.Notify("test/keep", nil)
	for range 100 { // requests that would reuse a pooled context
		f.alive(t)
	}
	derived, cancel := context.WithTimeout(kept, time.Hour)
	defer cancel()
	if derived.Err() != nil {
		t.Errorf("a kept context ended with its handler: %v", derived.Err())
	}
	f.Shutdown()
	if kept.Err() == nil {
		t.Error("a kept context outlives the session")
	}
}

// A client that sends everything before it reads anything must not block a
// server that writes while it reads.
func TestServerNeverWaitsForAReader(t *testing.T) {
	const count = 2000
	hold := make(chan struct{})
	f := start(t, func(client *wire.Client, r *router) {
		wire.Notify(r, "test/tell", func(ctx context.Context, p *number) error {
			return client.Notify(ctx, "test/told", p)
		})
	})
	f.Initialize(nil)
	f.On("test/told", func(context.Context, jsonrpc2.RawMessage) (any, error) { <-hold; return nil, nil })
	for i := range count {
		f.Notify("test/tell", number{i})
	}
	close(hold)
	f.alive(t)
	if got := len(f.Notifications("test/told")); got != count {
		t.Errorf("%d of %d notifications came back", got, count)
	}
}

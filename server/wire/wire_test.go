package wire_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/rells-dev/rells/server/wire"
	"github.com/rells-dev/rells/server/wiretest"
)

// TestMain lets a test run this binary as a server or a crash dummy; see process_test.go.
func TestMain(m *testing.M) {
	if probe := probes[os.Getenv("WIRE_PROBE")]; probe != nil {
		os.Exit(probe())
	}
	os.Exit(m.Run())
}

// router is the router of the test servers. What their calls pin is how many
// test/count notifications came before.
type router = wire.Router[int]

// fixture is a session with a test server.
type fixture struct {
	*wiretest.Client
	logs *observer.ObservedLogs
	lost []string // read it after the session
}

type number struct{ N int }

// start runs a server with the handlers that register adds to these:
//
//	test/echo   answers its params
//	test/count  is counted
//	test/pinned answers how many test/count came before it
//	test/wait   waits until it is cancelled
//	test/panic  panics, as a call and as a notification
func start(t testing.TB, register func(*wire.Client, *router)) *fixture {
	t.Helper()
	f := &fixture{}
	core, logs := observer.New(zapcore.DebugLevel)
	f.logs = logs
	f.Client = wiretest.Start(t, func(ctx context.Context, rw io.ReadWriter) (int, error) {
		opts := wire.Options{Logger: zap.New(core), ParentPoll: 20 * time.Millisecond, Patience: 2 * time.Second, MaxMessage: 16 << 20}
		return wire.Serve(ctx, rw, opts, func(client *wire.Client) *router {
			r := newRouter()
			r.OnLost(func(reason string) { f.lost = append(f.lost, reason) })
			if register != nil {
				register(client, r)
			}
			return r
		})
	})
	return f
}

func newRouter() *router {
	count := 0
	r := wire.NewRouter(func() int { return count })
	wire.Notify(r, "test/count", func(context.Context, *number) error { count++; return nil })
	wire.Call(r, "test/pinned", func(_ context.Context, n int, _ *struct{}) (number, error) { return number{n}, nil })
	wire.Call(r, "test/echo", func(_ context.Context, _ int, p *number) (*number, error) { return p, nil })
	wire.Call(r, "test/wait", func(ctx context.Context, _ int, _ *struct{}) (any, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	})
	wire.Call(r, "test/panic", func(context.Context, int, *struct{}) (any, error) { panic("as asked") })
	wire.Notify(r, "test/panic", func(context.Context, *struct{}) error { panic("as asked") })
	wire.Notify(r, "test/fail", func(context.Context, *struct{}) error { return errors.New("as asked") })
	return r
}

// alive fails the test unless the server still answers.
func (f *fixture) alive(t testing.TB) {
	t.Helper()
	var got number
	if err := f.Call(t.Context(), "test/echo", number{7}, &got); err != nil || got.N != 7 {
		t.Fatalf("the server does not answer any more: %v, %v", got, err)
	}
}

// logged reports whether a line of the log holds part.
func (f *fixture) logged(part string) bool {
	for _, entry := range f.logs.All() {
		if strings.Contains(fmt.Sprintln(entry.Message, entry.ContextMap()), part) {
			return true
		}
	}
	return false
}

// request is the body of a request with a string id.
func request(id, method, params string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%q,"method":%q,"params":%s}`, id, method, params)
}

// notification is the body of a notification.
func notification(method, params string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s}`, method, params)
}

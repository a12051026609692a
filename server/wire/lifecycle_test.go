package wire_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server/wire"
	"github.com/rells-dev/rells/server/wiretest"
)

func wantCode(t *testing.T, err error, want jsonrpc2.Code) {
	t.Helper()
	if got := wiretest.Code(err); got != want {
		t.Errorf("answered with code %d (%v), want %d", got, err, want)
	}
}

func TestLifecycle(t *testing.T) {
	initialized := 0
	f := start(t, func(_ *wire.Client, r *router) {
		wire.Notify(r, protocol.MethodInitialized, func(context.Context, *protocol.InitializedParams) error {
			initialized++
			return nil
		})
	})
	call := func(method string) error { return f.Call(t.Context(), method, nil, nil) }

	wantCode(t, call("test/echo"), jsonrpc2.ServerNotInitialized)
	wantCode(t, call(protocol.MethodShutdown), jsonrpc2.ServerNotInitialized)
	f.Notify("test/count", number{}) // dropped
	f.Notify(protocol.MethodInitialized, nil)

	f.Initialize(nil)
	wantCode(t, call(protocol.MethodInitialize), jsonrpc2.InvalidRequest)
	f.Notify("test/count", number{})
	var counted number
	if err := f.Call(t.Context(), "test/pinned", nil, &counted); err != nil || counted.N != 1 {
		t.Errorf("%d notifications were counted (%v), want the one after initialize", counted.N, err)
	}
	wantCode(t, call("test/unknown"), jsonrpc2.MethodNotFound)

	f.Frame(request("shutdown", protocol.MethodShutdown, "null"))
	if got := f.Answer("shutdown"); got.Err() != nil || string(got.Result()) != "null" {
		t.Errorf("shutdown was answered with %s, %v, want null", got.Result(), got.Err())
	}
	wantCode(t, call("test/echo"), jsonrpc2.InvalidRequest)
	wantCode(t, call(protocol.MethodInitialize), jsonrpc2.InvalidRequest)
	wantCode(t, call(protocol.MethodShutdown), jsonrpc2.InvalidRequest)
	f.Notify("test/count", number{}) // dropped
	f.Notify(protocol.MethodExit, nil)
	if code, err := f.Exit(); code != 0 || err != nil {
		t.Errorf("left with %d, %v, want 0", code, err)
	}
	if initialized != 1 {
		t.Errorf("initialized was handled %d times, want once", initialized)
	}
}

func TestExitCodes(t *testing.T) {
	tests := []struct {
		name string
		send func(*fixture)
		code int
		err  error
	}{
		{"exit at once", func(f *fixture) { f.Notify(protocol.MethodExit, nil) }, 1, wire.ErrNoShutdown},
		{"exit without shutdown", func(f *fixture) { f.Initialize(nil); f.Notify(protocol.MethodExit, nil) }, 1, wire.ErrNoShutdown},
		{"end of input", func(f *fixture) { f.Hangup() }, 1, wire.ErrDisconnected},
		{"end of input after initialize", func(f *fixture) { f.Initialize(nil); f.Hangup() }, 1, wire.ErrDisconnected},
		{"end of input within a message", func(f *fixture) { f.Raw("Content-Length: 10\r\n\r\n{"); f.Hangup() }, 1, io.ErrUnexpectedEOF},
		{"shutdown and end of input", func(f *fixture) {
			f.Initialize(nil)
			f.Frame(request("s", protocol.MethodShutdown, "null"))
			f.Answer("s")
			f.Hangup()
		}, 0, nil},
		{"shutdown, exit and end of input at once", func(f *fixture) {
			f.Initialize(nil)
			f.Frame(request("s", protocol.MethodShutdown, "null"))
			f.Frame(notification(protocol.MethodExit, "null"))
			f.Answer("s")
			f.Hangup()
		}, 0, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := start(t, nil)
			tt.send(f)
			code, err := f.Exit()
			if code != tt.code || !errors.Is(err, tt.err) {
				t.Errorf("left with %d, %v, want %d, %v", code, err, tt.code, tt.err)
			}
			if n := f.logs.FilterMessage("session ended").Len(); n != 1 {
				t.Errorf("%d log lines say that the session ended, want 1", n)
			}
		})
	}
}

// A failed initialize may be tried again (LSP 3.18, InitializeError.retry).
func TestInitializeAgainAfterAnError(t *testing.T) {
	attempts := 0
	f := start(t, func(_ *wire.Client, r *router) {
		r.OnInitialize(func(context.Context, *wire.InitializeParams) (*protocol.InitializeResult, error) {
			if attempts++; attempts == 1 {
				return nil, errors.New("not yet")
			}
			return &protocol.InitializeResult{ServerInfo: protocol.ServerInfo{Name: "test"}}, nil
		})
	})
	wantCode(t, f.Call(t.Context(), protocol.MethodInitialize, nil, nil), -32803)
	wantCode(t, f.Call(t.Context(), "test/echo", nil, nil), jsonrpc2.ServerNotInitialized)
	if got := f.Initialize(nil); got.ServerInfo.Name != "test" {
		t.Errorf("the second initialize was answered with %+v", got)
	}
	f.alive(t)
}

// exit does not wait for handlers that ignore their context, nor for the input
// to end.
func TestExitLeavesWithHandlersInFlight(t *testing.T) {
	never, entered := make(chan struct{}), make(chan struct{})
	defer close(never)
	f := start(t, func(_ *wire.Client, r *router) {
		wire.Call(r, "test/stuck", func(context.Context, int, *struct{}) (any, error) {
			close(entered)
			<-never
			return nil, nil
		})
	})
	f.Initialize(nil)
	f.Frame(request("stuck", "test/stuck", "{}"))
	<-entered
	if code, err := f.Shutdown(); code != 0 || err != nil {
		t.Errorf("left with %d, %v, want 0", code, err)
	}
	if !f.logged("still running") {
		t.Error("nothing says that a handler was left behind")
	}
}

func TestDisconnectCancelsHandlers(t *testing.T) {
	entered, cancelled := make(chan struct{}), make(chan struct{})
	f := start(t, func(_ *wire.Client, r *router) {
		wire.Call(r, "test/work", func(ctx context.Context, _ int, _ *struct{}) (any, error) {
			close(entered)
			<-ctx.Done()
			close(cancelled)
			return nil, ctx.Err()
		})
	})
	f.Initialize(nil)
	f.Frame(request("work", "test/work", "{}"))
	<-entered
	f.Hangup()
	if code, _ := f.Exit(); code != 1 {
		t.Errorf("left with %d, want 1", code)
	}
	<-cancelled
	if f.logged("still running") {
		t.Error("the handler was cancelled after it had been waited for")
	}
}

func TestLeavesWithTheClientsProcess(t *testing.T) {
	editor := exec.Command("sleep", "600")
	if err := editor.Start(); err != nil {
		t.Fatal(err)
	}
	f := start(t, nil)
	f.Initialize(fmt.Sprintf(`{"processId":%d,"rootUri":null,"capabilities":{}}`, editor.Process.Pid))
	f.alive(t)
	editor.Process.Kill()
	editor.Wait()
	if code, err := f.Exit(); code != 1 || !errors.Is(err, wire.ErrOrphaned) {
		t.Errorf("left with %d, %v, want 1, %v", code, err, wire.ErrOrphaned)
	}
}

// A client in another container has a number that means nothing here.
func TestStaysWithoutTheClientsProcess(t *testing.T) {
	gone := exec.Command("true")
	if err := gone.Run(); err != nil {
		t.Fatal(err)
	}
	for _, pid := range []int{gone.Process.Pid, 0, -1} {
		f := start(t, nil)
		f.Initialize(fmt.Sprintf(`{"processId":%d,"rootUri":null,"capabilities":{}}`, pid))
		time.Sleep(60 * time.Millisecond) // three looks
		f.alive(t)
		f.Shutdown()
	}
}

package wire_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server/wire"
	"github.com/rells-dev/rells/server/wiretest"
)

// background is a server whose test/go call, and notification, run do.
func background(do func(context.Context, *wire.Client) error) func(*wire.Client, *router) {
	return func(client *wire.Client, r *router) {
		wire.Call(r, "test/go", func(ctx context.Context, _ int, _ *struct{}) (any, error) {
			return nil, do(ctx, client)
		})
		wire.Notify(r, "test/go", func(ctx context.Context, _ *struct{}) error { return do(ctx, client) })
	}
}

// Calls, which have left the read loop, ask the client as they like.
func TestCallsAskTheClient(t *testing.T) {
	f := start(t, background(func(ctx context.Context, client *wire.Client) error {
		if err := client.RegisterCapability(ctx, &protocol.RegistrationParams{}); err != nil {
			return err
		}
		if got, err := client.ApplyEdit(ctx, &protocol.ApplyWorkspaceEditParams{}); err != nil || !got.Applied {
			return fmt.Errorf("applyEdit: %v, %w", got, err)
		}
		if got, err := client.Configuration(ctx, &protocol.ConfigurationParams{Items: make([]protocol.ConfigurationItem, 2)}); err != nil || len(got) != 2 {
			return fmt.Errorf("configuration: %s, %w", got, err)
		}
		var got number // what protocol.Client does not know
		if err := client.Call(ctx, "custom/ask", number{1}, &got); err != nil || got.N != 2 {
			return fmt.Errorf("custom/ask: %v, %w", got, err)
		}
		if err := errors.Join(client.CodeLensRefresh(ctx), client.InlayHintRefresh(ctx), client.DiagnosticRefresh(ctx)); err != nil {
			return err
		}
		return errors.Join(
			client.ShowMessage(ctx, &protocol.ShowMessageParams{Type: protocol.MessageTypeInfo, Message: "hello"}),
			client.LogMessage(ctx, &protocol.LogMessageParams{Type: protocol.MessageTypeLog, Message: "hello"}),
			client.Notify(ctx, "custom/tell", number{3}))
	}))
	f.On("custom/ask", func(context.Context, jsonrpc2.RawMessage) (any, error) { return number{2}, nil })
	f.Initialize(nil)
	if err := f.Call(t.Context(), "test/go", nil, nil); err != nil {
		t.Error(err)
	}
	var methods []string
	for _, n := range f.Notifications() {
		methods = append(methods, n.Method)
	}
	if diff := cmp.Diff([]string{"window/showMessage", "window/logMessage", "custom/tell"}, methods); diff != "" {
		t.Errorf("notifications (-want +got):\n%s", diff)
	}
}

// On the read loop a call to the client fails at once instead of blocking both.
func TestReadLoopCannotAskTheClient(t *testing.T) {
	errs := make(chan error, 3)
	ask := func(ctx context.Context, client *wire.Client) {
		_, err := client.ApplyEdit(ctx, &protocol.ApplyWorkspaceEditParams{})
		errs <- err
	}
	f := start(t, func(client *wire.Client, r *router) {
		r.OnInitialize(func(ctx context.Context, _ *wire.InitializeParams) (*protocol.InitializeResult, error) {
			ask(ctx, client)
			return &protocol.InitializeResult{}, nil
		})
		r.OnShutdown(func(ctx context.Context) error { ask(ctx, client); return nil })
		wire.Notify(r, "test/go", func(ctx context.Context, _ *struct{}) error { ask(ctx, client); return nil })
	})
	f.Initialize(nil)
	f.Notify("test/go", nil)
	f.Shutdown()
	for range 3 {
		if err := <-errs; !errors.Is(err, wire.ErrReadLoop) {
			t.Errorf("the call returned %v, want %v", err, wire.ErrReadLoop)
		}
	}
}

// A notification may start work that asks the client, and that may panic.
func TestGo(t *testing.T) {
	f := start(t, func(client *wire.Client, r *router) {
		wire.Notify(r, "test/go", func(context.Context, *struct{}) error {
			client.Go(func(ctx context.Context) {
				got, err := client.ApplyEdit(ctx, &protocol.ApplyWorkspaceEditParams{})
				client.Notify(ctx, "test/done", map[string]bool{"ok": err == nil && got.Applied})
				panic("as asked")
			})
			return nil
		})
	})
	f.Initialize(nil)
	f.Notify("test/go", nil)
	done := f.Await("test/done", func(n wiretest.Notification) bool { return n.Method == "test/done" })
	if string(done.Params) != `{"ok":true}` {
		t.Errorf("the work ended with %s", done.Params)
	}
	f.Shutdown()
	if !f.logged("background work") {
		t.Error("the panic was not logged")
	}
}

// Until initialize is answered the server may only show messages.
func TestSendsNothingBeforeInitialize(t *testing.T) {
	f := start(t, func(client *wire.Client, r *router) {
		r.OnInitialize(func(ctx context.Context, _ *wire.InitializeParams) (*protocol.InitializeResult, error) {
			early := client.PublishDiagnostics(ctx, &protocol.PublishDiagnosticsParams{})
			var asked error
			done := make(chan struct{})
			client.Go(func(ctx context.Context) { asked = client.CodeLensRefresh(ctx); close(done) })
			<-done
			if early == nil || asked == nil {
				return nil, fmt.Errorf("sent too early: %v, %v", early, asked)
			}
			return &protocol.InitializeResult{}, client.LogMessage(ctx, &protocol.LogMessageParams{Message: "hello"})
		})
	})
	f.Initialize(nil)
	f.Await("the message", func(n wiretest.Notification) bool { return n.Method == protocol.MethodWindowLogMessage })
}

// A call whose context ends is cancelled at the client.
func TestCancelsCallsToTheClient(t *testing.T) {
	f := start(t, background(func(ctx context.Context, client *wire.Client) error {
		return client.Call(ctx, "test/ask", nil, nil)
	}))
	asked, silent := make(chan struct{}), make(chan struct{})
	defer close(silent)
	f.On("test/ask", func(context.Context, jsonrpc2.RawMessage) (any, error) { close(asked); <-silent; return nil, nil })
	f.Initialize(nil)
	f.Frame(request("go", "test/go", "{}"))
	<-asked
	f.Frame(notification("$/cancelRequest", `{"id":"go"}`))
	wantCode(t, f.Answer("go").Err(), protocol.CodeRequestCancelled)
	cancel := f.Await("the cancellation", func(n wiretest.Notification) bool { return n.Method == protocol.MethodCancelRequest })
	if string(cancel.Params) != `{"id":1}` {
		t.Errorf("cancelled with %s", cancel.Params)
	}
}

// An error response of the client leaves the traffic going.
func TestClientErrors(t *testing.T) {
	f := start(t, background(func(ctx context.Context, client *wire.Client) error {
		err := client.Call(ctx, "test/ask", nil, nil)
		var peer *wire.PeerError
		if !errors.As(err, &peer) || peer.Code != jsonrpc2.MethodNotFound {
			return fmt.Errorf("the call ended with %w", err)
		}
		return err
	}))
	f.On("test/ask", func(context.Context, jsonrpc2.RawMessage) (any, error) {
		return nil, jsonrpc2.Errorf(jsonrpc2.MethodNotFound, "no such method")
	})
	f.Initialize(nil)
	for range 3 {
		err := f.Call(t.Context(), "test/go", nil, nil)
		wantCode(t, err, -32803) // the client's code is not ours
		if err == nil || !strings.Contains(err.Error(), "no such method") {
			t.Errorf("answered with %v", err)
		}
	}
}

func TestErrorCodes(t *testing.T) {
	var next error
	f := start(t, background(func(context.Context, *wire.Client) error { return next }))
	f.Initialize(nil)
	for _, tt := range []struct {
		err  error
		code jsonrpc2.Code
		text string
	}{
		{errors.New("plain"), -32803, "plain"},
		{context.Canceled, -32800, "request cancelled"},
		{fmt.Errorf("reading: %w", context.Canceled), -32800, "request cancelled"},
		{context.DeadlineExceeded, -32803, "context deadline exceeded"},
		{wire.ErrContentModified, -32801, "content modified"},
		{fmt.Errorf("a.go: %w", wire.ErrContentModified), -32801, "a.go: content modified"},
		{wire.InvalidParams("no line %d", 7), -32602, "no line 7"},
		{&jsonrpc2.Error{Message: "codeless"}, -32803, "codeless"},
		{jsonrpc2.NewError(5, "own"), 5, "own"},
	} {
		next = tt.err
		err := f.Call(t.Context(), "test/go", nil, nil)
		if wiretest.Code(err) != tt.code || err == nil || err.Error() != tt.text {
			t.Errorf("%v goes out as %d %v, want %d %s", tt.err, wiretest.Code(err), err, tt.code, tt.text)
		}
	}
	wantCode(t, f.Call(t.Context(), "test/panic", nil, nil), jsonrpc2.InternalError)
	wantCode(t, f.Call(t.Context(), "test/unknown", nil, nil), jsonrpc2.MethodNotFound)
	wantCode(t, f.Call(t.Context(), "test/echo", jsonrpc2.RawMessage(`{"N":"x"}`), nil), jsonrpc2.InvalidParams)
	f.alive(t)
}

// Whatever a handler makes of its cancellation, the client reads that it was one.
func TestCancelledErrors(t *testing.T) {
	f := start(t, func(_ *wire.Client, r *router) {
		wire.Call(r, "test/grumble", func(ctx context.Context, _ int, _ *struct{}) (any, error) {
			<-ctx.Done()
			return nil, errors.New("gave up")
		})
		wire.Call(r, "test/modified", func(ctx context.Context, _ int, _ *struct{}) (any, error) {
			<-ctx.Done()
			return nil, wire.ErrContentModified
		})
	})
	f.Initialize(nil)
	for method, want := range map[string]jsonrpc2.Code{"test/grumble": -32800, "test/modified": -32801} {
		f.Frame(request(method, method, "{}"))
		f.Frame(notification("$/cancelRequest", fmt.Sprintf(`{"id":%q}`, method)))
		wantCode(t, f.Answer(method).Err(), want)
	}
}

func TestResults(t *testing.T) {
	results := map[string]any{
		"test/nil":     nil,
		"test/pointer": (*protocol.Hover)(nil),
		"test/slice":   []protocol.Location(nil),
		"test/raw":     jsonrpc2.RawMessage(`{"a":1}`),
		"test/any":     protocol.LSPAny(nil),
		"test/union":   protocol.String("s"),
	}
	f := start(t, func(_ *wire.Client, r *router) {
		for method, result := range results {
			wire.Call(r, method, func(context.Context, int, *struct{}) (any, error) { return result, nil })
		}
		wire.Call(r, "test/unwritable", func(context.Context, int, *struct{}) (any, error) { return make(chan int), nil })
	})
	f.Initialize(nil)
	for method, want := range map[string]string{
		"test/nil": "null", "test/pointer": "null", "test/slice": "[]", "test/raw": `{"a":1}`, "test/any": "null", "test/union": `"s"`,
	} {
		f.Frame(request(method, method, "{}"))
		if got := f.Answer(method); string(got.Result()) != want || got.Err() != nil {
			t.Errorf("%s: %s, %v, want %s", method, got.Result(), got.Err(), want)
		}
	}
	wantCode(t, f.Call(t.Context(), "test/unwritable", nil, nil), -32803)
	f.alive(t)
}

func TestProgress(t *testing.T) {
	var cancelled atomic.Bool
	f := start(t, background(func(ctx context.Context, client *wire.Client) error {
		work, progress := client.Begin(ctx, "indexing")
		progress.Report("a.go", 1, 3)
		<-work.Done() // the user presses the button
		cancelled.Store(ctx.Err() == nil)
		progress.End("cancelled")
		return nil
	}))
	f.On(protocol.MethodProgress, func(_ context.Context, params jsonrpc2.RawMessage) (any, error) {
		if strings.Contains(string(params), `"report"`) {
			f.Frame(notification("window/workDoneProgress/cancel", `{"token":{}}`)) // none of ours
			f.Frame(notification("window/workDoneProgress/cancel", `{"token":"rells-1"}`))
		}
		return nil, nil
	})
	f.Initialize(`{"capabilities":{"window":{"workDoneProgress":true}}}`)
	if err := f.Call(t.Context(), "test/go", nil, nil); err != nil || !cancelled.Load() {
		t.Errorf("the work was not cancelled alone: %v", err)
	}
	var kinds []string
	for _, n := range f.Notifications(protocol.MethodProgress) {
		var p struct {
			Token string
			Value struct {
				Kind, Title, Message string
				Percentage           *int
			}
		}
		if err := json.Unmarshal(n.Params, &p); err != nil {
			t.Fatal(err)
		}
		percentage := -1
		if p.Value.Percentage != nil {
			percentage = *p.Value.Percentage
		}
		kinds = append(kinds, fmt.Sprint(p.Token, " ", p.Value.Kind, " ", p.Value.Title+p.Value.Message, " ", percentage))
	}
	want := []string{"rells-1 begin indexing 0", "rells-1 report a.go 33", "rells-1 end cancelled -1"}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
}

// A client that cannot show progress, or does not want to, sees none.
func TestProgressIsOptional(t *testing.T) {
	for _, capabilities := range []string{`{}`, `{"window":{"workDoneProgress":true}}`} {
		f := start(t, background(func(ctx context.Context, client *wire.Client) error {
			work, progress := client.Begin(ctx, "indexing")
			progress.Report("a.go", 1, 3)
			progress.End("done")
			return work.Err()
		}))
		f.On(protocol.MethodWindowWorkDoneProgressCreate, func(context.Context, jsonrpc2.RawMessage) (any, error) {
			return nil, errors.New("no")
		})
		f.Initialize(`{"capabilities":` + capabilities + `}`)
		if err := f.Call(t.Context(), "test/go", nil, nil); err != nil {
			t.Error(err)
		}
		if got := f.Notifications(protocol.MethodProgress); len(got) != 0 {
			t.Errorf("progress was shown: %s", got)
		}
	}
}

// What the libraries log through slog arrives in the zap logger.
func TestSlogBridge(t *testing.T) {
	f := start(t, background(func(ctx context.Context, _ *wire.Client) error {
		protocol.LoggerFromContext(ctx).Warn("from a library", "n", 7)
		return nil
	}))
	f.Initialize(nil)
	if err := f.Call(t.Context(), "test/go", nil, nil); err != nil {
		t.Fatal(err)
	}
	if !f.logged("from a library map[n:7]") {
		t.Errorf("not in the log: %v", f.logs.All())
	}
}

func TestRegisteringTwicePanics(t *testing.T) {
	for _, again := range []func(*router){
		func(r *router) {
			wire.Call(r, "test/echo", func(context.Context, int, *struct{}) (any, error) { return nil, nil })
		},
		func(r *router) { wire.Notify(r, "test/count", func(context.Context, *struct{}) error { return nil }) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("a second handler was taken")
				}
			}()
			again(newRouter())
		}()
	}
}

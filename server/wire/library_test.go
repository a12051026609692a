package wire_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/rells-dev/rells/server/wire"
	"github.com/rells-dev/rells/server/wiretest"
)

// The tests of this file pin what go.lsp.dev/jsonrpc2 and go.lsp.dev/protocol do
// that this package works around. One that fails after an update of them is good
// news: look whether the work-around is still needed.

// briefly is how long something must not happen to count as blocked.
const briefly = 200 * time.Millisecond

// libraryPair connects a client to what serve starts with the libraries' own means.
func libraryPair(t *testing.T, serve func(jsonrpc2.Stream) jsonrpc2.Conn) (*wiretest.Client, jsonrpc2.Conn) {
	t.Helper()
	server, client := net.Pipe()
	t.Cleanup(func() { server.Close(); client.Close() })
	conn := serve(jsonrpc2.NewStream(server))
	return wiretest.Connect(t, client), conn
}

// plain serves a handler as it is.
func plain(handler jsonrpc2.Handler) func(jsonrpc2.Stream) jsonrpc2.Conn {
	return func(stream jsonrpc2.Stream) jsonrpc2.Conn {
		conn := jsonrpc2.NewConn(stream, jsonrpc2.WithCodec(wire.Codec{}))
		conn.Go(context.Background(), handler)
		return conn
	}
}

// ready serves the protocol package's server, as its documentation advises.
func ready(server protocol.Server) func(jsonrpc2.Stream) jsonrpc2.Conn {
	return func(stream jsonrpc2.Stream) jsonrpc2.Conn {
		_, conn, _ := protocol.NewServer(context.Background(), server, stream)
		return conn
	}
}

// happens reports whether c is closed soon; blocked, that it is not for a while.
func happens(c <-chan struct{}) bool { return within(c, wiretest.Patience) }
func blocked(c <-chan struct{}) bool { return !within(c, briefly) }

func within(c <-chan struct{}, d time.Duration) bool {
	select {
	case <-c:
		return true
	case <-time.After(d):
		return false
	}
}

// overtaking is a server whose first didChange waits for the second.
type overtaking struct {
	protocol.UnimplementedServer
	second, overtaken chan struct{}
}

func (s *overtaking) DidChange(_ context.Context, p *protocol.DidChangeTextDocumentParams) error {
	if p.TextDocument.Version == 2 {
		close(s.second)
		return nil
	}
	<-s.second
	close(s.overtaken)
	return nil
}

func TestLibraryRunsNotificationsConcurrently(t *testing.T) {
	s := &overtaking{second: make(chan struct{}), overtaken: make(chan struct{})}
	c, _ := libraryPair(t, ready(s))
	c.Replace("file:///a.go", 1, "one")
	c.Replace("file:///a.go", 2, "two")
	if !happens(s.overtaken) {
		t.Error("protocol.NewServer no longer starts a notification before the one before it is done")
	}
}

func TestLibraryPanicsOnSecondAsync(t *testing.T) {
	c, conn := libraryPair(t, plain(func(ctx context.Context, _ *jsonrpc2.Request) (any, error) {
		jsonrpc2.Async(ctx)
		jsonrpc2.Async(ctx)
		return nil, nil
	}))
	err := c.Call(t.Context(), "x", nil, nil)
	wantCode(t, err, jsonrpc2.InternalError)
	if !happens(conn.Done()) || conn.Err() == nil {
		t.Error("a second Async no longer closes the connection")
	}
}

func TestLibraryCallFromUnreleasedHandlerBlocks(t *testing.T) {
	errs := make(chan error, 1)
	var conn jsonrpc2.Conn
	c, _ := libraryPair(t, func(stream jsonrpc2.Stream) jsonrpc2.Conn {
		conn = jsonrpc2.NewConn(stream)
		conn.Go(context.Background(), func(context.Context, *jsonrpc2.Request) (any, error) {
			ctx, cancel := context.WithTimeout(context.Background(), briefly)
			defer cancel()
			_, err := conn.Call(ctx, "back", nil, nil)
			errs <- err
			return nil, nil
		})
		return conn
	})
	c.Notify("x", nil)
	if err := <-errs; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a call from a handler on the read loop ended with %v, want no answer", err)
	}
}

func TestLibraryClientHasNoCustomRequests(t *testing.T) {
	client := reflect.TypeFor[protocol.Client]()
	if _, has := client.MethodByName("Request"); has {
		t.Error("protocol.Client has got a method for custom messages")
	}
}

func TestLibraryClosesOnNotificationErrorAndPanic(t *testing.T) {
	for name, handler := range map[string]jsonrpc2.Handler{
		"error": func(context.Context, *jsonrpc2.Request) (any, error) { return nil, errors.New("no") },
		"panic": func(context.Context, *jsonrpc2.Request) (any, error) { panic("no") },
	} {
		c, conn := libraryPair(t, plain(handler))
		c.Notify("x", nil)
		if !happens(conn.Done()) || conn.Err() == nil {
			t.Errorf("%s: the connection stays open", name)
		}
	}
}

func TestLibraryCloseBlocks(t *testing.T) {
	t.Run("within a handler", func(t *testing.T) {
		closed := make(chan struct{})
		var conn jsonrpc2.Conn
		c, _ := libraryPair(t, func(stream jsonrpc2.Stream) jsonrpc2.Conn {
			conn = jsonrpc2.NewConn(stream)
			conn.Go(context.Background(), func(context.Context, *jsonrpc2.Request) (any, error) {
				conn.Close()
				close(closed)
				return nil, nil
			})
			return conn
		})
		c.Notify("exit", nil)
		if !blocked(closed) {
			t.Error("Close returned within a handler")
		}
	})
	t.Run("on an input that does not end", func(t *testing.T) {
		conn := jsonrpc2.NewConn(jsonrpc2.NewStream(unclosable{}))
		conn.Go(context.Background(), jsonrpc2.MethodNotFoundHandler)
		closed := make(chan struct{})
		go func() { conn.Close(); close(closed) }()
		if !blocked(closed) {
			t.Error("Close returned while a read was blocked")
		}
	})
}

// unclosable is a standard input on which nobody writes.
type unclosable struct{}

func (unclosable) Read([]byte) (int, error)    { select {} }
func (unclosable) Write(p []byte) (int, error) { return len(p), nil }
func (unclosable) Close() error                { return nil }

func TestLibraryDisconnectLeavesHandlersRunning(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	ctxs := make(chan context.Context, 1)
	c, conn := libraryPair(t, plain(func(ctx context.Context, _ *jsonrpc2.Request) (any, error) {
		jsonrpc2.Async(ctx)
		ctxs <- ctx
		close(entered)
		<-release
		return nil, nil
	}))
	c.Frame(request("1", "x", "{}"))
	<-entered
	c.Hangup()
	if ctx := <-ctxs; !blocked(ctx.Done()) {
		t.Error("a disconnect cancels the handlers in flight")
	}
	if !blocked(conn.Done()) {
		t.Error("Done does not wait for the handlers in flight")
	}
	close(release)
	if !happens(conn.Done()) {
		t.Error("Done waits for nothing")
	}
}

func TestLibraryLoggingStreamHangsAfterAnError(t *testing.T) {
	var conn jsonrpc2.Conn
	c, _ := libraryPair(t, func(stream jsonrpc2.Stream) jsonrpc2.Conn {
		conn = jsonrpc2.NewConn(protocol.LoggingStream(stream, io.Discard))
		conn.Go(context.Background(), jsonrpc2.MethodNotFoundHandler)
		return conn
	})
	c.On("back", func(context.Context, jsonrpc2.RawMessage) (any, error) { return nil, errors.New("no") })
	if _, err := conn.Call(t.Context(), "back", nil, nil); err == nil {
		t.Fatal("the client's error did not arrive")
	}
	sent := make(chan struct{})
	go func() { conn.Notify(context.Background(), "note", nil); close(sent) }()
	if !blocked(sent) {
		t.Error("protocol.LoggingStream survives an error response")
	}
}

func TestLibraryErrorCodes(t *testing.T) {
	for _, err := range []error{errors.New("plain"), context.Canceled} {
		c, _ := libraryPair(t, plain(func(context.Context, *jsonrpc2.Request) (any, error) { return nil, err }))
		wantCode(t, c.Call(t.Context(), "x", nil, nil), 0)
	}
	c, _ := libraryPair(t, ready(protocol.UnimplementedServer{}))
	err := c.Call(t.Context(), protocol.MethodTextDocumentHover, jsonrpc2.RawMessage(`{"position":1}`), nil)
	wantCode(t, err, jsonrpc2.ParseError)
}

// A frame's header alone makes the library allocate the body. It takes up to a
// GiB; less shows it as well.
func TestLibraryAllocatesWhatAHeaderSays(t *testing.T) {
	const said = 64 << 20
	in := strings.NewReader(fmt.Sprintf("Content-Length: %d\r\n\r\n", said))
	before := allocated()
	jsonrpc2.NewStream(struct {
		io.Reader
		io.WriteCloser
	}{in, nil}).Read(t.Context())
	if got := allocated() - before; got < said {
		t.Errorf("the library allocated %d bytes for a header that says %d", got, said)
	}
}

// allocated is how many bytes have been allocated so far.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

func TestLibraryTakesUnreadableRangesForWholeDocuments(t *testing.T) {
	const at00 = `{"start":{"line":0,"character":0},"end":{"line":0,"character":0}}`
	for _, change := range []string{
		`{"range":{"start":{"line":-1,"character":0},"end":{"line":0,"character":0}},"text":"x"}`,
		`{"range":{"start":{"line":5.0,"character":0},"end":{"line":6,"character":0}},"text":"x"}`,
		`{"range":` + at00 + `,"rangeLength":1.0,"text":"x"}`,
	} {
		var p protocol.DidChangeTextDocumentParams
		err := protocol.Unmarshal([]byte(`{"textDocument":{"uri":"file:///a","version":1},"contentChanges":[`+change+`]}`), &p)
		if err != nil {
			t.Fatal(err)
		}
		if _, whole := p.ContentChanges[0].(*protocol.TextDocumentContentChangeWholeDocument); !whole {
			t.Errorf("%s is read as %T", change, p.ContentChanges[0])
		}
	}
	var p protocol.DidChangeTextDocumentParams
	if err := protocol.Unmarshal([]byte(`{"contentChanges":[{"range":null,"text":"x"}]}`), &p); err != nil {
		t.Fatal(err)
	}
	if partial, ok := p.ContentChanges[0].(*protocol.TextDocumentContentChangePartial); !ok || partial.Range != (protocol.Range{}) {
		t.Errorf("a null range is read as %#v, no longer as an insertion at 0:0", p.ContentChanges[0])
	}
}

func TestLibraryRefusesWhatClientsSend(t *testing.T) {
	code := func(code string) string {
		return `{"context":{"diagnostics":[{"range":{},"message":"m","code":` + code + `}]}}`
	}
	tests := []struct {
		params string
		into   any
	}{
		{code("1.0"), &protocol.CodeActionParams{}},
		{code("true"), &protocol.CodeActionParams{}},
		{code("{}"), &protocol.CodeActionParams{}},
		{code("4294967296"), &protocol.CodeActionParams{}},
		{`{"context":{"diagnostics":[{"range":{},"message":"m","severity":null}]}}`, &protocol.CodeActionParams{}},
		{`{"trace":null}`, &protocol.InitializeParams{}},
		{`{"capabilities":[]}`, &protocol.InitializeParams{}},
	}
	for _, tt := range tests {
		if protocol.Unmarshal([]byte(tt.params), tt.into) == nil {
			t.Errorf("%s now decodes", tt.params)
		}
	}
}

func TestLibraryManglesInvalidUTF8(t *testing.T) {
	var got protocol.TextDocumentItem
	if err := protocol.Unmarshal([]byte("{\"text\":\"a\xffb\"}"), &got); err != nil || got.Text != "a\uFFFDb" {
		t.Errorf("read as %q, %v", got.Text, err)
	}
	raw, err := protocol.Marshal(&protocol.TextDocumentItem{Text: "a\xffb"})
	if err != nil || !bytes.Contains(raw, []byte("a\uFFFDb")) && !bytes.Contains(raw, []byte(`a\ufffdb`)) {
		t.Errorf("written as %q, %v", raw, err)
	}
}

func TestLibraryLeavesKindsEmpty(t *testing.T) {
	for _, v := range []any{
		&protocol.WorkDoneProgressBegin{}, &protocol.WorkDoneProgressReport{}, &protocol.WorkDoneProgressEnd{},
		&protocol.CreateFile{}, &protocol.RenameFile{}, &protocol.DeleteFile{},
	} {
		if raw, err := protocol.Marshal(v); err != nil || !bytes.Contains(raw, []byte(`"kind":""`)) {
			t.Errorf("%T is written as %s, %v", v, raw, err)
		}
	}
}

func TestLibraryURIs(t *testing.T) {
	decoded := func(spelled string) uri.URI {
		var id protocol.TextDocumentIdentifier
		if err := protocol.Unmarshal(fmt.Appendf(nil, `{"uri":%q}`, spelled), &id); err != nil {
			t.Errorf("%s: %v", spelled, err)
		}
		return id.URI
	}
	if got := decoded(""); got != "file:///" {
		t.Errorf(`"" is read as %s`, got)
	}
	if got := decoded("file:///a(b)+c.go"); got != "file:///a%28b%29%2Bc.go" {
		t.Errorf("brackets and plus are read as %s", got)
	}
	if got := decoded("git:/x.go").FsPath(); got != "/x.go" {
		t.Errorf("git:/x.go has the path %s", got)
	}
	if got := decoded("file://localhost/x").FsPath(); got != "//localhost/x" {
		t.Errorf("file://localhost/x has the path %s", got)
	}
	if got := decoded("file:///a%FFb.go"); got != "file:///a%25FFb.go" {
		t.Errorf("a path that is not UTF-8 is read as %s", got)
	}
}

// Decoded strings keep their whole message in memory.
func TestLibraryStringsPinTheirMessage(t *testing.T) {
	kept := retained(t, func(message []byte) any {
		var p protocol.DidOpenTextDocumentParams
		if err := protocol.Unmarshal(message, &p); err != nil {
			t.Fatal(err)
		}
		return p.TextDocument.URI
	})
	if kept < 10<<20 {
		t.Errorf("20 URIs keep %d bytes", kept)
	}
}

// retained is how many bytes stay in memory for what keep returns for 20
// didOpen messages of 1 MiB.
func retained(t *testing.T, keep func(message []byte) any) int64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var all []any
	for i := range 20 {
		all = append(all, keep(fmt.Appendf(nil, `{"textDocument":{"uri":"file:///w/%d.go","languageId":"go","version":1,"text":"%s"}}`,
			i, strings.Repeat("x", 1<<20))))
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(all)
	return int64(after.HeapAlloc) - int64(before.HeapAlloc)
}

// What is fine as it is, and this package relies on.
func TestLibraryIsFineWith(t *testing.T) {
	encode := func(v any) string {
		raw, err := protocol.Marshal(v)
		if err != nil {
			t.Errorf("%T: %v", v, err)
		}
		return string(raw)
	}
	if got := encode(&protocol.PublishDiagnosticsParams{}); !strings.Contains(got, `"diagnostics":[]`) {
		t.Errorf("nil slices: %s", got)
	}
	if got := encode(&protocol.Position{}); got != `{"line":0,"character":0}` {
		t.Errorf("zero positions: %s", got)
	}
	var p protocol.CodeActionParams
	if err := protocol.Unmarshal([]byte(`{"context":{"diagnostics":[],"only":["x.y"],"triggerKind":99},"new":{"a":[1]}}`), &p); err != nil || p.Context.TriggerKind != 99 {
		t.Errorf("unknown enum values and members: %+v, %v", p, err)
	}
}

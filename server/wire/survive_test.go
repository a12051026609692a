package wire_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server/wire"
	"github.com/rells-dev/rells/server/wiretest"
)

// hostile are message bodies on which the libraries close the connection, or
// would with a server that is built the obvious way.
var hostile = []struct {
	name, body  string
	stray       jsonrpc2.Code // of the answer with a null id, if there must be one
	lost        bool          // it may have been an edit
	libraryGoes bool          // protocol.NewServer closes the connection
}{
	{name: "initialized without params", body: `{"jsonrpc":"2.0","method":"initialized"}`, libraryGoes: true},
	{name: "initialized with null", body: notification("initialized", "null"), libraryGoes: true},
	{name: "initialized with []", body: notification("initialized", "[ ]"), libraryGoes: true},
	{name: "unknown notification", body: notification("foo/bar", `{"a":1}`), libraryGoes: true},
	{name: "unknown $/ notification", body: notification("$/foo", "{}"), libraryGoes: true},
	{name: "huge method name", body: notification(strings.Repeat("x", 1<<20), "{}"), libraryGoes: true},
	{name: "bad uri", body: notification("textDocument/didOpen", `{"textDocument":{"uri":"a b:c","languageId":"go","version":1,"text":""}}`), lost: true, libraryGoes: true},
	{name: "uri of another type", body: notification("textDocument/didOpen", `{"textDocument":{"uri":[],"text":""}}`), lost: true, libraryGoes: true},
	{name: "null version", body: notification("textDocument/didChange", `{"textDocument":{"uri":"file:///a","version":null},"contentChanges":[{"text":""}]}`), libraryGoes: true},
	{name: "cancel id over int32", body: notification("$/cancelRequest", `{"id":4294967296}`), libraryGoes: true},
	{name: "cancel id over int64", body: notification("$/cancelRequest", `{"id":18446744073709551616}`), libraryGoes: true},
	{name: "cancel id of another type", body: notification("$/cancelRequest", `{"id":{}}`), libraryGoes: true},
	{name: "cancel without params", body: `{"jsonrpc":"2.0","method":"$/cancelRequest"}`, libraryGoes: true},
	{name: "malformed JSON", body: `{"jsonrpc":"2.0","method":"x",`, stray: jsonrpc2.ParseError, lost: true, libraryGoes: true},
	{name: "malformed JSON in params", body: notification("textDocument/didOpen", `{"textDocument":{]}}`), lost: true, libraryGoes: true},
	{name: "not JSON", body: `hello`, stray: jsonrpc2.ParseError, lost: true, libraryGoes: true},
	{name: "a number", body: `1`, stray: jsonrpc2.ParseError, lost: true, libraryGoes: true},
	{name: "byte order mark", body: "\xef\xbb\xbf" + notification("test/count", `{}`), libraryGoes: true},
	{name: "only a byte order mark", body: "\xef\xbb\xbf", stray: jsonrpc2.ParseError, libraryGoes: true},
	{name: "request without jsonrpc, null id", body: `{"id":null,"method":"test/count"}`, stray: jsonrpc2.InvalidRequest, lost: true, libraryGoes: true},
	{name: "notification without jsonrpc", body: `{"method":"test/count"}`, stray: jsonrpc2.InvalidRequest, lost: true, libraryGoes: true},
	{name: "jsonrpc 1.0", body: `{"jsonrpc":"1.0","method":"test/count"}`, stray: jsonrpc2.InvalidRequest, lost: true, libraryGoes: true},
	{name: "fractional id", body: `{"jsonrpc":"2.0","id":1.5,"method":"test/echo"}`, stray: jsonrpc2.InvalidRequest, libraryGoes: true},
	{name: "method of another type", body: `{"jsonrpc":"2.0","method":1}`, stray: jsonrpc2.InvalidRequest, lost: true, libraryGoes: true},
	{name: "empty object", body: `{}`, stray: jsonrpc2.InvalidRequest, libraryGoes: true},
	{name: "empty message", body: ``, stray: jsonrpc2.ParseError, libraryGoes: true},
	{name: "white space", body: " \r\n", stray: jsonrpc2.ParseError, libraryGoes: true},
	{name: "batch", body: `[` + notification("test/count", "{}") + `]`, stray: jsonrpc2.InvalidRequest, lost: true, libraryGoes: true},
	{name: "empty batch", body: `[]`, stray: jsonrpc2.InvalidRequest, lost: true},
	{name: "response with neither result nor error", body: `{"jsonrpc":"2.0","id":77}`, libraryGoes: true},
	{name: "response with both", body: `{"jsonrpc":"2.0","id":77,"result":1,"error":{"code":1,"message":"m"}}`, libraryGoes: true},
	{name: "response with a null error", body: `{"jsonrpc":"2.0","id":77,"result":1,"error":null}`, libraryGoes: true},
	{name: "response with a fractional id", body: `{"jsonrpc":"2.0","id":1.5,"result":1}`, libraryGoes: true},
	{name: "response nobody waits for", body: `{"jsonrpc":"2.0","id":77,"result":1}`},
	{name: "response without id", body: `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"m"}}`},
	{name: "a panicking notification", body: notification("test/panic", "{}"), lost: true, libraryGoes: true},
	{name: "a failing notification", body: notification("test/fail", "{}"), lost: true, libraryGoes: true},
	{name: "an answered notification", body: `{"jsonrpc":"2.0","id":null,"method":"test/count"}`, libraryGoes: true},
	{name: "invalid UTF-8", body: notification("test/count", "{\"a\":\"\xff\"}"), libraryGoes: true},
}

func TestSurvives(t *testing.T) {
	for _, tt := range hostile {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := start(t, registerDocuments)
			f.Initialize(nil)
			f.Frame(tt.body)
			f.alive(t)
			if tt.stray != 0 {
				wantCode(t, f.Stray(0).Err(), tt.stray)
			}
			if code, err := f.Shutdown(); code != 0 || err != nil {
				t.Errorf("left with %d, %v", code, err)
			}
			if got := len(f.lost) > 0; got != tt.lost {
				t.Errorf("lost %q, want something: %v", f.lost, tt.lost)
			}
		})
	}
}

func registerDocuments(_ *wire.Client, r *router) {
	wire.Notify(r, protocol.MethodInitialized, func(context.Context, *protocol.InitializedParams) error { return nil })
	wire.Notify(r, protocol.MethodTextDocumentDidOpen, func(context.Context, *wire.DidOpenParams) error { return nil })
	wire.Notify(r, protocol.MethodTextDocumentDidChange, func(context.Context, *wire.DidChangeParams) error { return nil })
}

func TestLibraryClosesOn(t *testing.T) {
	for _, tt := range hostile {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, conn := libraryPair(t, ready(protocol.UnimplementedServer{}))
			c.Frame(tt.body)
			if tt.libraryGoes && !happens(conn.Done()) {
				t.Error("the library survives this now")
			}
			if !tt.libraryGoes && !blocked(conn.Done()) {
				t.Errorf("the library closes the connection: %v", conn.Err())
			}
		})
	}
}

// A request that is broken, but says its id, is answered under it.
func TestAnswersBrokenRequestsById(t *testing.T) {
	f := start(t, nil)
	f.Initialize(nil)
	for id, tt := range map[string]struct {
		body string
		code jsonrpc2.Code
	}{
		"no version": {`{"id":"no version","method":"test/echo"}`, jsonrpc2.InvalidRequest},
		"mixed":      {`{"jsonrpc":"2.0","id":"mixed","method":"test/echo","result":1}`, jsonrpc2.InvalidRequest},
		"bad params": {request("bad params", "test/echo", `{"N":"x"}`), jsonrpc2.InvalidParams},
		"array":      {request("array", "test/echo", `[1]`), jsonrpc2.InvalidParams},
		"unreadable": {request("unreadable", "test/echo", `{"N" 1}`), jsonrpc2.InvalidParams},
		"unknown":    {request("unknown", "$/unknown", `{}`), jsonrpc2.MethodNotFound},
		"deep":       {request("deep", "test/echo", strings.Repeat("[", 1e6)+strings.Repeat("]", 1e6)), jsonrpc2.InvalidParams},
	} {
		f.Frame(tt.body)
		if got := wiretest.Code(f.Answer(id).Err()); got != tt.code {
			t.Errorf("%s: answered with %v, want %d", id, f.Answer(id).Err(), tt.code)
		}
	}
	f.alive(t)
}

// Missing, null and [] params are {}.
func TestMissingParams(t *testing.T) {
	f := start(t, nil)
	f.Initialize(nil)
	for i, params := range []string{`,"params":null`, ``, `,"params":[]`, `,"params":{}`} {
		id := fmt.Sprint(i)
		f.Frame(`{"jsonrpc":"2.0","id":"` + id + `","method":"test/echo"` + params + `}`)
		if got := f.Answer(id); got.Err() != nil || string(got.Result()) != `{"N":0}` {
			t.Errorf("params%q: %s, %v", params, got.Result(), got.Err())
		}
	}
}

// Our call ends, whatever the client makes of its answer.
func TestRepairsResponses(t *testing.T) {
	for _, tt := range []struct{ name, members, want string }{
		{"neither", ``, "<nil>"},
		{"null error", `,"error":null,"result":{"N":1}`, "<nil>"},
		{"both", `,"error":{"code":1,"message":"no"},"result":1`, "client: test/ask: no (-32001)"},
		{"error without code", `,"error":{"message":"no"}`, "client: test/ask: no (-32001)"},
		{"unreadable error", `,"error":"no"`, "client: test/ask: unreadable error (-32001)"},
		{"error code out of range", `,"error":{"code":99999999999,"message":"no"}`, "client: test/ask: no (-32001)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			asked := make(chan error, 1)
			f := start(t, func(client *wire.Client, r *router) {
				wire.Call(r, "test/go", func(ctx context.Context, _ int, _ *struct{}) (any, error) {
					asked <- client.Call(ctx, "test/ask", nil, nil)
					return nil, nil
				})
			})
			silent := make(chan struct{})
			defer close(silent)
			f.On("test/ask", func(context.Context, jsonrpc2.RawMessage) (any, error) { <-silent; return nil, nil })
			f.Initialize(nil)
			f.Frame(request("go", "test/go", "{}"))
			f.alive(t) // by now the server may have asked; its first id is 1
			for {      // it may not have asked yet
				f.Frame(`{"id":1` + tt.members + `}`)
				select {
				case err := <-asked:
					if got := fmt.Sprint(err); got != tt.want {
						t.Errorf("the call ended with %s, want %s", got, tt.want)
					}
					return
				case <-time.After(20 * time.Millisecond):
				}
			}
		})
	}
}

func TestFraming(t *testing.T) {
	echo := request("echo", "test/echo", `{"N":1}`)
	framed := func(header string) string { return header + "\r\n\r\n" + echo }
	length := fmt.Sprintf("Content-Length: %d", len(echo))
	for _, tt := range []struct {
		name, raw string
		err       error // with which the session ends; nil: echo is answered
	}{
		{"as it should be", framed(length), nil},
		{"bare line feeds", strings.ReplaceAll(framed(length), "\r", ""), nil},
		{"no space, other case", framed(fmt.Sprintf("content-LENGTH:%d", len(echo))), nil},
		{"content type", framed(length + "\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8"), nil},
		{"old content type", framed("Content-Type: application/vscode-jsonrpc; charset=utf8\r\n" + length), nil},
		{"unknown header", framed("X-Y: z\r\n" + length), nil},
		{"twice the same length", framed(length + "\r\n" + length), nil},
		{"blank lines before", "\r\n\n" + framed(length), nil},
		{"byte order mark before", "\xef\xbb\xbf" + framed(length), nil},
		{"length 0 before", "Content-Length: 0\r\n\r\n" + framed(length), nil},
		{"other charset before", "Content-Length: 4\r\nContent-Type: a/b; charset=utf-16\r\n\r\n{ } " + framed(length), nil},
		{"too long before", fmt.Sprintf("Content-Length: %d\r\n\r\n%s%s", 17<<20, strings.Repeat(" ", 17<<20), framed(length)), nil},

		{"no colon", "hello\r\n\r\n", wire.ErrFraming},
		{"no length", "X: y\r\n\r\n{}", wire.ErrFraming},
		{"negative length", "Content-Length: -1\r\n\r\n", wire.ErrFraming},
		{"signed length", "Content-Length: +2\r\n\r\n{}", wire.ErrFraming},
		{"fractional length", "Content-Length: 2.0\r\n\r\n{}", wire.ErrFraming},
		{"no number", "Content-Length: x\r\n\r\n{}", wire.ErrFraming},
		{"absurd length", "Content-Length: 99999999999999999999\r\n\r\n", wire.ErrFraming},
		{"two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", wire.ErrFraming},
		{"endless line", strings.Repeat("x", 10_000), wire.ErrFraming},
		{"endless header", strings.Repeat("X: y\r\n", 100), wire.ErrFraming},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := start(t, nil)
			f.Initialize(nil)
			f.Raw(tt.raw)
			if tt.err == nil {
				if got := f.Answer("echo"); string(got.Result()) != `{"N":1}` {
					t.Errorf("answered with %s, %v", got.Result(), got.Err())
				}
				return
			}
			if code, err := f.Exit(); code != 1 || !errors.Is(err, tt.err) {
				t.Errorf("left with %d, %v, want 1, %v", code, err, tt.err)
			}
			if n := f.logs.FilterMessage("session ended").Len(); n != 1 {
				t.Errorf("%d log lines say that the session ended, want 1", n)
			}
		})
	}
}

// A header that promises a large body does not get the memory in advance.
func TestHeadersDoNotAllocate(t *testing.T) {
	for _, said := range []int{1 << 30, 15 << 20} { // over the limit, and below
		before := allocated()
		in := strings.NewReader(fmt.Sprintf("Content-Length: %d\r\n\r\n{", said))
		code, err := wire.Serve(t.Context(), struct {
			io.Reader
			io.Writer
		}{in, io.Discard}, wire.Options{MaxMessage: 16 << 20}, func(*wire.Client) *router { return newRouter() })
		if code != 1 || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("left with %d, %v", code, err)
		}
		if got := allocated() - before; got > 4<<20 {
			t.Errorf("a header that says %d allocated %d bytes", said, got)
		}
	}
}

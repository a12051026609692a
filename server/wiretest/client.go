// Package wiretest is a language client for tests. It speaks to a real server
// over an in-memory pipe, or to a server process over its standard streams,
// remembers every notification in the order it came, answers the server's
// requests, and can send any bytes at all.
//
//	c := wiretest.Start(t, func(ctx context.Context, rw io.ReadWriter) (int, error) {
//		return server.Serve(ctx, rw, options)
//	})
//	c.Initialize(nil)
//	c.Open("file:///w/a.go", "go", 1, "package a\n")
//	diagnostics := c.Diagnostics("file:///w/a.go", 1)
package wiretest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server/wire"
)

// Patience is how long anything may take before the test fails.
const Patience = 30 * time.Second

// Handler answers a request of the server. Its result is sent as JSON; its
// error as it is, if it is a [jsonrpc2.Error].
type Handler func(ctx context.Context, params jsonrpc2.RawMessage) (result any, err error)

// Client is a language client. It is safe for concurrent use.
type Client struct {
	t    testing.TB
	conn jsonrpc2.Conn
	pipe io.ReadWriteCloser

	writing sync.Mutex // one frame at a time

	mu            sync.Mutex
	changed       chan struct{} // closed and replaced with each arrival
	notifications []Notification
	strays        []*jsonrpc2.Response
	answers       map[string]*jsonrpc2.Response
	handlers      map[string]Handler

	ended chan struct{} // closed when the server has returned
	code  int
	err   error
}

// Notification is a notification of the server.
type Notification struct {
	Method string
	Params jsonrpc2.RawMessage
}

// Start runs serve, a language server, on one end of an in-memory pipe and
// returns a client on the other. When the test ends the client hangs up, and the
// test fails unless the server then leaves.
func Start(t testing.TB, serve func(ctx context.Context, rw io.ReadWriter) (code int, err error)) *Client {
	t.Helper()
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	c := Connect(t, &duplex{toClient, fromClient})
	c.ended = make(chan struct{})
	go func() {
		defer close(c.ended)
		c.code, c.err = serve(context.Background(), &duplex{toServer, fromServer})
		fromServer.Close()
	}()
	t.Cleanup(func() {
		c.Hangup()
		c.Exit()
	})
	return c
}

// Connect returns a client that speaks over pipe, such as the standard streams
// of a server process. Ending the server is up to the caller.
func Connect(t testing.TB, pipe io.ReadWriteCloser) *Client {
	c := &Client{t: t, pipe: pipe, changed: make(chan struct{}), handlers: map[string]Handler{}, answers: map[string]*jsonrpc2.Response{}}
	c.conn = jsonrpc2.NewConn(&tap{Stream: jsonrpc2.NewStream(&locked{pipe, &c.writing}), c: c}, jsonrpc2.WithCodec(wire.Codec{}))
	c.conn.Go(context.Background(), c.receive)
	return c
}

// Call sends a request and waits for its answer, which it decodes into result
// (nil to ignore it). An error of the server is a [jsonrpc2.Error]. When ctx
// ends first, the request is cancelled at the server and ctx's error returned.
func (c *Client) Call(ctx context.Context, method string, params, result any) error {
	ctx, cancel := context.WithTimeoutCause(ctx, Patience, fmt.Errorf("no answer to %s in %v", method, Patience))
	defer cancel()
	return protocol.Call(ctx, c.conn, method, params, result)
}

// Code returns the JSON-RPC error code of an error of Call, 0 if it has none.
func Code(err error) jsonrpc2.Code {
	var coded *jsonrpc2.Error
	if errors.As(err, &coded) {
		return coded.Code
	}
	return 0
}

// Notify sends a notification.
func (c *Client) Notify(method string, params any) {
	c.t.Helper()
	if err := c.conn.Notify(context.Background(), method, params); err != nil {
		c.t.Errorf("notify %s: %v", method, err)
	}
}

// Frame sends body as one message, with a correct header, whatever it holds. If
// it is a request, its id should be a string, for [Client.Answer].
func (c *Client) Frame(body string) {
	c.t.Helper()
	c.Raw(fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body))
}

// Raw sends bytes as they are.
func (c *Client) Raw(bytes string) {
	c.t.Helper()
	c.writing.Lock()
	defer c.writing.Unlock()
	if _, err := io.WriteString(c.pipe, bytes); err != nil {
		c.t.Logf("the server does not read any more: %v", err)
	}
}

// Hangup closes the connection, as a client that crashed.
func (c *Client) Hangup() { c.pipe.Close() }

// Exit waits until the server has ended by itself, and returns what it returned.
func (c *Client) Exit() (code int, err error) {
	c.t.Helper()
	select {
	case <-c.ended:
		return c.code, c.err
	case <-time.After(Patience):
		c.t.Fatalf("the server still runs after %v", Patience)
		return 0, nil
	}
}

// On sets the handler of a request or notification of the server. Without one,
// a request is answered with null, save workspace/applyEdit (applied) and
// workspace/configuration (a null for each item). Notifications are recorded
// whether they have a handler or not; a handler of one runs in order.
func (c *Client) On(method string, handler Handler) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.handlers[method] = handler
}

// receive serves one message of the server.
func (c *Client) receive(ctx context.Context, req *jsonrpc2.Request) (any, error) {
	req = req.Clone()
	c.mu.Lock()
	handler := c.handlers[req.Method()]
	if !req.IsCall() {
		c.notifications = append(c.notifications, Notification{req.Method(), req.Params()})
		c.arrived()
	}
	c.mu.Unlock()
	if !req.IsCall() {
		if handler != nil {
			if _, err := handler(ctx, req.Params()); err != nil {
				c.t.Errorf("handler of %s: %v", req.Method(), err)
			}
		}
		return nil, nil
	}
	jsonrpc2.Async(ctx)
	if handler == nil {
		handler = defaults[req.Method()]
	}
	if handler == nil {
		return nil, nil
	}
	return handler(context.Background(), req.Params())
}

// arrived wakes those who wait; c.mu is held.
func (c *Client) arrived() {
	close(c.changed)
	c.changed = make(chan struct{})
}

// defaults are the answers to requests that want more than null.
var defaults = map[string]Handler{
	protocol.MethodWorkspaceApplyEdit: func(context.Context, jsonrpc2.RawMessage) (any, error) {
		return &protocol.ApplyWorkspaceEditResult{Applied: true}, nil
	},
	protocol.MethodWorkspaceConfiguration: func(_ context.Context, params jsonrpc2.RawMessage) (any, error) {
		var p protocol.ConfigurationParams
		err := protocol.Unmarshal(params, &p)
		return make([]protocol.LSPAny, len(p.Items)), err
	},
}

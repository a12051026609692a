package wire

import (
	"context"
	"errors"
	"fmt"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// ErrReadLoop is what a call to the client returns on the read loop, in
// handlers of notifications, initialize and shutdown: the answer could never be
// read. Start such work with [Client.Go].
var ErrReadLoop = errors.New("a call to the client cannot be made on the read loop")

// errTooEarly is what sending returns before the answer to initialize.
var errTooEarly = errors.New("the session has not been initialized")

// Client is the editor, as the server sees it. The methods of
// [protocol.Client] send the standard requests and notifications. It is safe
// for concurrent use. A call whose context ends is cancelled at the client too;
// an error with which the client answers is a [PeerError]. Notifications are
// queued and do not block.
type Client struct {
	protocol.Client
	conn  guard
	run   func(func(context.Context))
	shown progresses
}

// Call sends a request that the protocol package does not know and waits for
// its result, which may be nil.
func (c *Client) Call(ctx context.Context, method string, params, result any) error {
	return protocol.Call(ctx, c.conn, method, params, result)
}

// Notify sends a notification that the protocol package does not know.
func (c *Client) Notify(ctx context.Context, method string, params any) error {
	return c.conn.Notify(ctx, method, params)
}

// Go runs fn beside the read loop, with a context that lasts as long as the
// session. A panic of fn is logged.
func (c *Client) Go(fn func(ctx context.Context)) { c.run(fn) }

// loopKey marks contexts of handlers that run on the read loop.
type loopKey struct{}

// guard is the connection with the sending side made safe.
type guard struct {
	jsonrpc2.Conn
	life *lifecycle
}

func (g guard) Call(ctx context.Context, method string, params, result any) (jsonrpc2.ID, error) {
	if ctx.Value(loopKey{}) != nil {
		return jsonrpc2.ID{}, fmt.Errorf("%s: %w", method, ErrReadLoop)
	}
	if !g.life.admitOutgoing(method) {
		return jsonrpc2.ID{}, fmt.Errorf("%s: %w", method, errTooEarly)
	}
	id, err := g.Conn.Call(ctx, method, params, result)
	var answered *jsonrpc2.Error
	if errors.As(err, &answered) {
		err = &PeerError{Method: method, Code: answered.Code, Message: answered.Message}
	}
	return id, err
}

func (g guard) Notify(ctx context.Context, method string, params any) error {
	if !g.life.admitOutgoing(method) {
		return fmt.Errorf("%s: %w", method, errTooEarly)
	}
	return g.Conn.Notify(ctx, method, params)
}

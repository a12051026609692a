package wire

import (
	"context"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// Router holds the handlers of a server, one per method. S is what a call pins
// on the read loop: the state of the world as of the messages before it.
//
// The router itself answers initialize (a second time: -32600), shutdown, exit,
// $/cancelRequest and window/workDoneProgress/cancel.
type Router[S any] struct {
	pin           func() S
	calls         map[string]callHandler[S]
	notifications map[string]notificationHandler
	initialize    func(context.Context, *InitializeParams) (*protocol.InitializeResult, error)
	shutdown      func(context.Context) error
	lost          func(reason string)
}

type (
	callHandler[S any]  func(ctx context.Context, pinned S, params []byte) (jsonrpc2.RawMessage, error)
	notificationHandler func(ctx context.Context, params []byte) error
)

// NewRouter returns a router without handlers. pin runs on the read loop for
// each call and must be quick: the load of an atomic pointer.
func NewRouter[S any](pin func() S) *Router[S] {
	return &Router[S]{
		pin:           pin,
		calls:         map[string]callHandler[S]{},
		notifications: map[string]notificationHandler{},
		initialize: func(context.Context, *InitializeParams) (*protocol.InitializeResult, error) {
			return &protocol.InitializeResult{}, nil
		},
		shutdown: func(context.Context) error { return nil },
		lost:     func(string) {},
	}
}

// OnInitialize sets the handler of initialize. It runs on the read loop, once,
// or again after it returned an error.
func (r *Router[S]) OnInitialize(fn func(context.Context, *InitializeParams) (*protocol.InitializeResult, error)) {
	r.initialize = fn
}

// OnShutdown sets the handler of shutdown. It runs on the read loop, once.
func (r *Router[S]) OnShutdown(fn func(context.Context) error) { r.shutdown = fn }

// OnLost sets what runs, on the read loop, when a message that may have been an
// edit could not be read or handled. From then on no open document is certain
// until its next full text.
func (r *Router[S]) OnLost(fn func(reason string)) { r.lost = fn }

// Call registers the handler of a request. It runs beside the read loop, with
// what was pinned when the request came and a context that the client can
// cancel. P is decoded by its UnmarshalJSON method, if it has one, else by the
// protocol package; a request whose params do not decode is answered with
// -32602. See [wireError] for what becomes of the error. A method that is
// already registered panics.
func Call[S, P, R any](r *Router[S], method string, fn func(ctx context.Context, pinned S, params *P) (R, error)) {
	if _, taken := r.calls[method]; taken {
		panic("wire: two handlers for request " + method)
	}
	r.calls[method] = func(ctx context.Context, pinned S, params []byte) (jsonrpc2.RawMessage, error) {
		p := new(P)
		if err := decodeParams(params, p); err != nil {
			return nil, err
		}
		result, err := fn(ctx, pinned, p)
		if err != nil {
			return nil, err
		}
		return Codec{}.Marshal(result)
	}
}

// Notify registers the handler of a notification. It runs on the read loop, in
// order, and must be quick; longer work starts with [Client.Go]. Its error is
// logged. Params are decoded as for [Call]; what does not decode is logged and
// reported to [Router.OnLost]. A method that is already registered panics.
func Notify[S, P any](r *Router[S], method string, fn func(ctx context.Context, params *P) error) {
	if _, taken := r.notifications[method]; taken {
		panic("wire: two handlers for notification " + method)
	}
	r.notifications[method] = func(ctx context.Context, params []byte) error {
		p := new(P)
		if err := decodeParams(params, p); err != nil {
			return err
		}
		return fn(ctx, p)
	}
}

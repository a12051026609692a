package wire

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

// session is one connection being served. Its handle method is the handler that
// jsonrpc2 calls on the read loop, once per request and notification.
type session[S any] struct {
	router   *Router[S]
	client   *Client
	inflight inflight
	life     *lifecycle
	log      *zap.Logger
	onLoop   context.Context // for handlers that run on the read loop

	exit  chan struct{} // closed by the exit notification
	watch func(pid int) // starts watching the client's process
}

// handle serves one message. It never returns an error for a notification and
// never panics: either would close the connection.
func (s *session[S]) handle(ctx context.Context, req *jsonrpc2.Request) (any, error) {
	s.life.heard()
	if !req.IsCall() {
		s.notification(req.Method(), req.Params())
		return nil, nil
	}
	result, err := s.call(ctx, req)
	if err != nil {
		return nil, wireError(err)
	}
	return result, nil
}

// call serves a request: on the read loop it checks the lifecycle, pins and
// registers; then it lets the read loop go, once, and works.
func (s *session[S]) call(ctx context.Context, req *jsonrpc2.Request) (result jsonrpc2.RawMessage, err error) {
	method := strings.Clone(req.Method()) // the original's bytes are reused after Async
	defer s.recovered(method, &err)
	if err := s.life.admitCall(method); err != nil {
		return nil, err
	}
	switch method {
	case protocol.MethodInitialize:
		return s.initialize(req.Params())
	case protocol.MethodShutdown:
		s.life.enter(shutDown)
		return nil, s.router.shutdown(s.onLoop)
	}
	handler, ok := s.router.calls[method]
	if !ok {
		return nil, jsonrpc2.Errorf(jsonrpc2.MethodNotFound, "no method %s", clip(method))
	}
	pinned := s.router.pin()
	work, done := s.inflight.begin(jsonrpc2.DetachContext(ctx), req.ID())
	defer done()
	jsonrpc2.Async(ctx) // from here on req owns its bytes, and ctx is not to be used
	result, err = handler(work, pinned, req.Params())
	if err != nil && work.Err() != nil && !isCoded(err) {
		err = work.Err() // whatever the handler made of it, it was cancelled
	}
	return result, err
}

func isCoded(err error) bool {
	var coded *jsonrpc2.Error
	return errors.As(err, &coded)
}

func (s *session[S]) initialize(params []byte) (jsonrpc2.RawMessage, error) {
	p := &InitializeParams{}
	if err := decodeParams(params, p); err != nil {
		return nil, err
	}
	for _, member := range p.Dropped {
		s.log.Warn("ignored an unreadable part of initialize", zap.String("member", clip(member)))
	}
	if w := p.Capabilities.Window; w != nil && w.WorkDoneProgress != nil {
		s.client.shown.supported.Store(*w.WorkDoneProgress)
	}
	result, err := s.router.initialize(s.onLoop, p)
	if err != nil {
		return nil, err
	}
	raw, err := Codec{}.Marshal(result)
	if err != nil {
		return nil, err
	}
	if p.ProcessID != nil {
		s.watch(int(*p.ProcessID))
	}
	s.life.enter(answering)
	return raw, nil
}

// notification serves a notification. What goes wrong is logged, and reported
// as lost, since it may have been an edit.
func (s *session[S]) notification(method string, params []byte) {
	if method == protocol.MethodExit {
		if s.life.phase() != exited {
			s.life.enter(exited)
			close(s.exit)
		}
		return
	}
	if !s.life.admitNotification() {
		s.log.Warn("dropped a notification outside of the session", zap.String("method", clip(method)))
		return
	}
	handler, ok := s.router.notifications[method]
	if !ok {
		handler, ok = s.builtin(method)
	}
	if !ok {
		s.log.Debug("ignored an unknown notification", zap.String("method", clip(method)))
		return
	}
	err := func() (err error) {
		defer s.recovered(method, &err)
		return handler(s.onLoop, params)
	}()
	if err != nil {
		s.log.Error("notification failed", zap.String("method", clip(method)), zap.Error(err))
		s.lost(fmt.Sprintf("%s: %v", clip(method), err))
	}
}

// builtin returns the handler of a notification that concerns this package alone.
func (s *session[S]) builtin(method string) (notificationHandler, bool) {
	switch method {
	case protocol.MethodCancelRequest:
		return s.cancelRequest, true
	case protocol.MethodWindowWorkDoneProgressCancel:
		return s.client.shown.cancelled, true
	}
	return nil, false
}

func (s *session[S]) cancelRequest(_ context.Context, params []byte) error {
	id, ok := cancelledID(params)
	if !ok {
		s.log.Warn("ignored a cancellation without a usable id")
		return nil
	}
	s.inflight.cancel(id)
	return nil
}

// lost runs the router's OnLost function.
func (s *session[S]) lost(reason string) {
	defer s.recovered("OnLost", new(error))
	s.router.lost(reason)
}

// recovered turns a panic into an internal error and logs its stack. It must be
// deferred directly.
func (s *session[S]) recovered(method string, err *error) {
	if r := recover(); r != nil {
		s.log.Error("handler panicked", zap.String("method", clip(method)),
			zap.Any("panic", r), zap.ByteString("stack", debug.Stack()))
		*err = jsonrpc2.Errorf(jsonrpc2.InternalError, "internal error in %s: %v", clip(method), r)
	}
}

// clip copies a name from a message, which may be huge and whose bytes are
// about to be reused, for a log line.
func clip(name string) string {
	const most = 100 // bytes
	if len(name) > most {
		return fmt.Sprintf("%s... (%d bytes)", name[:most], len(name))
	}
	return strings.Clone(name)
}

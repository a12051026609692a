package wire

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.uber.org/zap"
	"go.uber.org/zap/exp/zapslog"
)

// Why a session ended other than by shutdown and exit.
var (
	ErrNoShutdown   = errors.New("exit without shutdown")
	ErrDisconnected = errors.New("the client closed the connection without exit")
	ErrOrphaned     = errors.New("the client's process has ended")
)

// Options are the knobs of [Serve]. The zero value is good for production,
// except that it logs nothing.
type Options struct {
	Logger     *zap.Logger   // where to log; never standard output
	MaxMessage int64         // bytes of one message body, default 64 MiB; a larger one is skipped and refused
	ParentPoll time.Duration // how often to look for the client's process, default 3 s
	Patience   time.Duration // how long running handlers and unsent messages may delay the end, default 1 s
}

func (o Options) withDefaults() Options {
	if o.Logger == nil {
		o.Logger = zap.NewNop()
	}
	if o.MaxMessage <= 0 {
		o.MaxMessage = 64 << 20
	}
	if o.ParentPoll <= 0 {
		o.ParentPoll = 3 * time.Second
	}
	if o.Patience <= 0 {
		o.Patience = time.Second
	}
	return o
}

// Serve speaks LSP over rwc until the session ends, and returns the exit code
// that the protocol asks for: 0 if the client has sent shutdown, else 1. The
// error, which Serve has already logged, says what else but shutdown and exit
// ended the session.
//
// routes is called once, before the first message is read.
//
// Serve does not wait for handlers that ignore their context, and does not close
// rwc (closing a blocked standard input hangs): the caller is expected to leave
// the process with the code.
func Serve[S any](ctx context.Context, rwc io.ReadWriter, opts Options, routes func(*Client) *Router[S]) (code int, err error) {
	opts = opts.withDefaults()
	ctx = protocol.WithLogger(ctx, Slog(opts.Logger))
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	s := &session[S]{
		inflight: inflight{calls: map[jsonrpc2.ID]*call{}},
		life:     &lifecycle{},
		log:      opts.Logger,
		onLoop:   context.WithValue(ctx, loopKey{}, true),
		exit:     make(chan struct{}),
	}
	orphaned := make(chan struct{})
	s.watch = func(pid int) { watchParent(ctx, pid, opts.ParentPoll, opts.Logger, orphaned) }
	out := newOutbox(rwc)
	in := newStream(rwc, out, opts.MaxMessage, opts.Logger, s.lost)
	s.client = s.newClient(ctx, jsonrpc2.NewConn(in, jsonrpc2.WithCodec(Codec{})))
	s.router = routes(s.client)
	s.client.conn.Go(ctx, s.handle)

	select {
	case <-s.exit:
		err = ErrNoShutdown
	case <-in.ended:
		err = in.reason()
		if s.life.phase() == exited { // the client hung up right after exit
			err = ErrNoShutdown
		}
	case <-out.failed:
		err = out.reason()
	case <-orphaned:
		err = ErrOrphaned
	case <-ctx.Done():
		err = context.Cause(ctx)
	}
	cancel()
	if !s.inflight.await(opts.Patience) {
		s.log.Warn("left with handlers still running")
	}
	out.flush(opts.Patience)

	code = s.life.exitCode()
	if code == 0 && (errors.Is(err, ErrNoShutdown) || errors.Is(err, ErrDisconnected)) {
		err = nil // both are in order after shutdown
	}
	s.logEnd(code, err)
	return code, err
}

// newClient returns the client of a session that lives as long as ctx.
func (s *session[S]) newClient(ctx context.Context, conn jsonrpc2.Conn) *Client {
	g := guard{Conn: conn, life: s.life}
	return &Client{
		Client: protocol.ClientDispatcher(g),
		conn:   g,
		run: func(fn func(context.Context)) {
			s.inflight.add()
			go func() {
				defer s.inflight.done()
				defer s.recovered("background work", new(error))
				fn(ctx)
			}()
		},
	}
}

// logEnd writes the one line that says how the session ended.
func (s *session[S]) logEnd(code int, err error) {
	if err != nil {
		s.log.Error("session ended", zap.Int("code", code), zap.Error(err))
		return
	}
	s.log.Info("session ended", zap.Int("code", code))
}

// Slog returns log as the standard library's logger, which is what the protocol
// libraries log through.
func Slog(log *zap.Logger) *slog.Logger {
	return slog.New(zapslog.NewHandler(log.Core()))
}

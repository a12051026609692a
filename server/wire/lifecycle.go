package wire

import (
	"sync/atomic"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// phase is where a session stands (LSP 3.18, "Lifecycle Messages").
type phase int32

const (
	created   phase = iota // before initialize
	answering              // initialize succeeded, its answer is on the way
	running                // the client has spoken again, so it has the answer or may have it
	shutDown               // after shutdown
	exited                 // after exit
)

// lifecycle decides which messages a session takes. It moves on the read loop
// only and may be read from anywhere.
type lifecycle struct {
	now         atomic.Int32
	hadShutdown atomic.Bool
}

func (l *lifecycle) phase() phase { return phase(l.now.Load()) }

func (l *lifecycle) enter(next phase) {
	if next == shutDown {
		l.hadShutdown.Store(true)
	}
	l.now.Store(int32(next))
}

// heard notes that a message came.
func (l *lifecycle) heard() {
	if l.phase() == answering {
		l.enter(running)
	}
}

// admitCall returns the error with which a request must be answered now, if any.
func (l *lifecycle) admitCall(method string) error {
	switch p := l.phase(); {
	case p >= shutDown:
		return jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the server has been shut down")
	case p == created && method != protocol.MethodInitialize:
		return jsonrpc2.NewError(jsonrpc2.ServerNotInitialized, "the server has not been initialized")
	case p != created && method == protocol.MethodInitialize:
		return jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the server has already been initialized")
	}
	return nil
}

// admitNotification reports whether a notification is to be handled now. exit
// always is, and is not asked for here.
func (l *lifecycle) admitNotification() bool {
	p := l.phase()
	return p == answering || p == running
}

// admitOutgoing reports whether the server may send method now: before the
// answer to initialize there are only messages to the user.
func (l *lifecycle) admitOutgoing(method string) bool {
	switch l.phase() {
	case running, shutDown, exited:
		return true
	}
	switch method {
	case protocol.MethodWindowShowMessage, protocol.MethodWindowLogMessage, protocol.MethodTelemetryEvent,
		protocol.MethodWindowShowMessageRequest, protocol.MethodProgress, protocol.MethodCancelRequest:
		return true
	}
	return false
}

// exitCode is what the process ends with: 0 after shutdown, else 1.
func (l *lifecycle) exitCode() int {
	if l.hadShutdown.Load() {
		return 0
	}
	return 1
}

package wire

import (
	"errors"
	"io"
	"strconv"
	"sync"
	"time"

	"go.lsp.dev/jsonrpc2"
)

// maxQueued is how many bytes may wait for a client that does not read.
const maxQueued = 256 << 20

var errNotRead = errors.New("the client does not read its messages")

// outbox writes messages in the order they were sent, from its own goroutine:
// were the read loop to write, a client that writes much before it reads would
// block both sides.
type outbox struct {
	out    io.Writer
	failed chan struct{} // closed once nothing can be written any more
	idle   chan struct{} // closed when a closing outbox has written everything

	mu      sync.Mutex
	wake    *sync.Cond
	queue   []byte // framed messages
	body    []byte // scratch
	closing bool
	err     error // why failed is closed
}

func newOutbox(out io.Writer) *outbox {
	o := &outbox{out: out, failed: make(chan struct{}), idle: make(chan struct{})}
	o.wake = sync.NewCond(&o.mu)
	go o.run()
	return o
}

// send queues one message.
func (o *outbox) send(msg jsonrpc2.Message) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return o.err
	}
	o.body = jsonrpc2.AppendMessage(o.body[:0], msg)
	if len(o.queue)+len(o.body) > maxQueued {
		o.fail(errNotRead)
		return o.err
	}
	o.queue = append(o.queue, "Content-Length: "...)
	o.queue = strconv.AppendInt(o.queue, int64(len(o.body)), 10)
	o.queue = append(o.queue, "\r\n\r\n"...)
	o.queue = append(o.queue, o.body...)
	if cap(o.body) > keptBody {
		o.body = nil
	}
	o.wake.Signal()
	return nil
}

// run writes what is queued until the outbox is closed or broken.
func (o *outbox) run() {
	defer close(o.idle)
	var writing []byte
	for {
		o.mu.Lock()
		for len(o.queue) == 0 && !o.closing && o.err == nil {
			o.wake.Wait()
		}
		if o.err != nil || len(o.queue) == 0 {
			o.mu.Unlock()
			return
		}
		if cap(writing) > keptBody {
			writing = nil
		}
		writing, o.queue = o.queue, writing[:0]
		o.mu.Unlock()

		if _, err := o.out.Write(writing); err != nil {
			o.mu.Lock()
			o.fail(err)
			o.mu.Unlock()
			return
		}
	}
}

// fail records why nothing can be sent any more; o.mu is held.
func (o *outbox) fail(err error) {
	if o.err == nil {
		o.err = err
		o.queue = nil
		close(o.failed)
		o.wake.Signal()
	}
}

// reason is why failed was closed.
func (o *outbox) reason() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// flush writes what is queued and ends the outbox. It gives up after patience.
func (o *outbox) flush(patience time.Duration) {
	o.mu.Lock()
	o.closing = true
	o.wake.Signal()
	o.mu.Unlock()
	select {
	case <-o.idle:
	case <-time.After(patience):
	}
}

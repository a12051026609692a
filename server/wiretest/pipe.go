package wiretest

import (
	"context"
	"errors"
	"io"
	"sync"

	"go.lsp.dev/jsonrpc2"
)

// duplex is one end of two one-way pipes.
type duplex struct {
	io.ReadCloser
	out io.WriteCloser
}

func (d *duplex) Write(p []byte) (int, error) { return d.out.Write(p) }

func (d *duplex) Close() error { return errors.Join(d.out.Close(), d.ReadCloser.Close()) }

// locked is a pipe that is written to under a lock, so that raw bytes never fall
// into the middle of a frame.
type locked struct {
	io.ReadWriteCloser
	mu *sync.Mutex
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ReadWriteCloser.Write(p)
}

// tap is a stream that keeps the answers which the connection drops, because no
// Call waits for them.
type tap struct {
	jsonrpc2.Stream
	c *Client
}

func (s *tap) Read(ctx context.Context) (jsonrpc2.Message, int64, error) {
	msg, n, err := s.Stream.Read(ctx)
	if r, ok := msg.(*jsonrpc2.Response); ok && err == nil && !r.ID().IsNumber() {
		s.c.mu.Lock()
		if id, ok := r.ID().StringValue(); ok {
			s.c.answers[id] = r
		} else {
			s.c.strays = append(s.c.strays, r)
		}
		s.c.arrived()
		s.c.mu.Unlock()
	}
	return msg, n, err
}

package wire_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"

	"github.com/rells-dev/rells/server/wire"
)

// inOut is a client that has already sent everything it will.
type inOut struct {
	io.Reader
	bytes.Buffer
}

func (p *inOut) Read(b []byte) (int, error) { return p.Reader.Read(b) }

// session serves input to its end and returns what the server wrote.
func session(t *testing.T, input string) (out []byte, code int, err error) {
	t.Helper()
	p := &inOut{Reader: strings.NewReader(input)}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	code, err = wire.Serve(ctx, p, wire.Options{MaxMessage: 1 << 20, ParentPoll: time.Hour}, func(client *wire.Client) *router {
		r := newRouter()
		registerDocuments(client, r)
		return r
	})
	if errors.Is(err, context.DeadlineExceeded) {
		t.Fatal("the session does not end with its input")
	}
	return p.Bytes(), code, err
}

// frames cuts out what a server wrote; anything else than well-formed messages
// fails the test.
func frames(t *testing.T, out []byte) []jsonrpc2.Message {
	t.Helper()
	stream := jsonrpc2.NewStream(struct {
		io.Reader
		io.WriteCloser
	}{bytes.NewReader(out), nil})
	var all []jsonrpc2.Message
	for {
		msg, _, err := stream.Read(t.Context())
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("the server wrote something else than messages: %v\n%q", err, out)
		}
		all = append(all, msg)
	}
}

func framed(body string) string {
	return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

const initialize = `{"jsonrpc":"2.0","id":"i","method":"initialize","params":{"capabilities":{}}}`

// FuzzWire: any bytes at all end a session with a code, 0 only after a shutdown
// was answered, and are answered in well-formed messages only.
func FuzzWire(f *testing.F) {
	for _, tt := range hostile[:20] {
		f.Add(framed(initialize) + framed(tt.body))
	}
	f.Add(framed(initialize) + framed(request("s", "shutdown", "null")) + framed(notification("exit", "null")))
	f.Add("Content-Length: 5\r\n\r\n{}")
	f.Add("Content-Length: 99999999999999999999\r\n\r\n{}")
	f.Add("\xef\xbb\xbfContent-Length: 2\n\n{}\r\n\r\n")
	f.Fuzz(func(t *testing.T, input string) {
		out, code, err := session(t, input)
		shutdown := false
		for _, msg := range frames(t, out) {
			if r, ok := msg.(*jsonrpc2.Response); ok && r.Err() == nil && string(r.Result()) == "null" {
				shutdown = true
			}
		}
		if code != 0 && code != 1 || code == 0 && !shutdown || code == 1 && err == nil {
			t.Errorf("left with %d, %v; shutdown was answered: %v", code, err, shutdown)
		}
	})
}

// FuzzMessage: no message whatever takes a session down or changes what comes
// after it: a shutdown that follows it is answered.
func FuzzMessage(f *testing.F) {
	for _, tt := range hostile {
		f.Add(tt.body)
	}
	f.Add(request("a", "test/echo", `{"N":1}`))
	f.Add(`{"jsonrpc":"2.0","id":1,"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///a"},"contentChanges":[{"range":-1}]}}`)
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 1<<20 || strings.Contains(body, "exit") || strings.Contains(body, `\`) {
			return // exit ends the session, however its name is escaped
		}
		out, code, err := session(t, framed(initialize)+framed(body)+framed(request("the end", "shutdown", "null")))
		if code != 0 || err != nil {
			t.Errorf("left with %d, %v", code, err)
		}
		for _, msg := range frames(t, out) {
			if r, ok := msg.(*jsonrpc2.Response); ok && r.ID() == jsonrpc2.NewStringID("the end") {
				return
			}
		}
		t.Errorf("the shutdown after %q was not answered: %q", body, out)
	})
}

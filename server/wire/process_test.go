package wire_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"github.com/rells-dev/rells/server/wire"
	"github.com/rells-dev/rells/server/wiretest"
)

// probes are what this test binary does in a process of its own, by the value of
// WIRE_PROBE; see TestMain.
var probes = map[string]func() int{
	"serve":  serveStdio,
	"cancel": crashCancelHandler,
}

// serveStdio is a language server process that prints where it should not.
func serveStdio() int {
	rw := wire.Stdio()
	log, err := zap.NewDevelopment()
	if err != nil {
		return 3
	}
	code, _ := wire.Serve(context.Background(), rw, wire.Options{Logger: log}, func(*wire.Client) *router {
		r := newRouter()
		wire.Notify(r, "test/print", func(ctx context.Context, _ *struct{}) error {
			fmt.Println("a stray print")
			protocol.LoggerFromContext(ctx).Info("a library's log line")
			return nil
		})
		return r
	})
	return code
}

// crashCancelHandler runs protocol.CancelHandler around a handler that returns
// without having called Async.
func crashCancelHandler() int {
	server, client := net.Pipe()
	conn := jsonrpc2.NewConn(jsonrpc2.NewStream(server))
	conn.Go(context.Background(), protocol.CancelHandler(func(context.Context, *jsonrpc2.Request) (any, error) { return nil, nil }))
	caller := jsonrpc2.NewConn(jsonrpc2.NewStream(client))
	caller.Go(context.Background(), jsonrpc2.MethodNotFoundHandler)
	for range 50_000 {
		if _, err := caller.Call(context.Background(), "x", nil, nil); err != nil {
			return 4
		}
	}
	return 0
}

// process starts this test binary with a probe.
func process(t *testing.T, probe string) (cmd *exec.Cmd, stderr *bytes.Buffer) {
	t.Helper()
	cmd = exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "WIRE_PROBE="+probe)
	stderr = &bytes.Buffer{}
	cmd.Stderr = stderr
	return cmd, stderr
}

// The ready-made cancel handler takes the whole process down.
func TestLibraryCancelHandlerCrashes(t *testing.T) {
	cmd, stderr := process(t, "cancel")
	err := cmd.Run()
	// "cannot create context from nil parent", or a nil dereference, by timing.
	if err == nil || !strings.Contains(stderr.String(), "incomingRequest") {
		t.Errorf("protocol.CancelHandler survived 50,000 calls: %v\n%.500s", err, stderr)
	}
}

// pipes are the standard streams of a process.
type pipes struct {
	io.Reader
	io.WriteCloser
}

// A server process keeps its standard output clean, survives its own panics, and
// leaves with the code it should, though nobody closes its input.
func TestServerProcess(t *testing.T) {
	for _, tt := range []struct {
		name string
		end  func(*wiretest.Client)
		code int
	}{
		{"shutdown and exit", func(c *wiretest.Client) {
			if err := c.Call(t.Context(), protocol.MethodShutdown, nil, nil); err != nil {
				t.Error(err)
			}
			c.Notify(protocol.MethodExit, nil)
		}, 0},
		{"exit", func(c *wiretest.Client) { c.Notify(protocol.MethodExit, nil) }, 1},
		{"end of input", func(c *wiretest.Client) { c.Hangup() }, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cmd, stderr := process(t, "serve")
			stdin, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			stdout, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			var copied bytes.Buffer
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			c := wiretest.Connect(t, pipes{io.TeeReader(stdout, &copied), stdin})
			c.Initialize(fmt.Sprintf(`{"processId":%d,"capabilities":{}}`, os.Getpid()))
			c.Notify("test/print", nil)
			c.Notify("test/panic", nil)
			wantCode(t, c.Call(t.Context(), "test/panic", nil, nil), jsonrpc2.InternalError)
			tt.end(c)

			left := make(chan struct{})
			go func() { cmd.Wait(); close(left) }()
			if !within(left, 10*time.Second) {
				cmd.Process.Kill()
				t.Fatal("the process stays")
			}
			if code := cmd.ProcessState.ExitCode(); code != tt.code {
				t.Errorf("left with %d, want %d\n%s", code, tt.code, stderr)
			}
			for _, want := range []string{"a stray print", "a library's log line", "as asked", "session ended"} {
				if !strings.Contains(stderr.String(), want) {
					t.Errorf("standard error does not have %q", want)
				}
			}
			if err := onlyFrames(copied.Bytes()); err != nil {
				t.Errorf("standard output: %v\n%s", err, copied.Bytes())
			}
		})
	}
}

// onlyFrames reports whether out is a sequence of well-formed messages.
func onlyFrames(out []byte) error {
	stream := jsonrpc2.NewStream(struct {
		io.Reader
		io.WriteCloser
	}{bytes.NewReader(out), nil})
	for {
		if _, _, err := stream.Read(context.Background()); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// A client that no longer reads ends the process with a code and a log line, not
// with a signal.
func TestServerProcessWithoutReader(t *testing.T) {
	cmd, stderr := process(t, "serve")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	read.Close()
	cmd.Stdout = write
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	write.Close()
	io.WriteString(stdin, framed(initialize))
	cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 1 || !strings.Contains(stderr.String(), "session ended") {
		t.Errorf("left with %v\n%s", cmd.ProcessState, stderr)
	}
}

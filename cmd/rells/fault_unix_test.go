//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/rells-dev/rells/server/wiretest"
)

// served is a process of rells serve with its streams.
type served struct {
	*exec.Cmd
	stdin  io.WriteCloser
	stdout io.ReadCloser
	stderr bytes.Buffer
}

func serving(t *testing.T, args ...string) *served {
	t.Helper()
	s := &served{Cmd: exec.Command("rells", append([]string{"serve"}, args...)...)}
	var err error
	if s.stdin, err = s.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if s.stdout, err = s.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	s.Stderr = &s.stderr
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Process.Kill() })
	return s
}

// leaves waits for the end of the process: with a code, and without a panic.
func (s *served) leaves(t *testing.T, code int) {
	t.Helper()
	left := make(chan struct{})
	go func() { s.Wait(); close(left) }()
	select {
	case <-left:
	case <-time.After(time.Minute):
		t.Fatal("rells stays")
	}
	if got := s.ProcessState.ExitCode(); got != code || strings.Contains(s.stderr.String(), "goroutine ") {
		t.Errorf("rells leaves with %d, want %d:\n%s", got, code, &s.stderr)
	}
}

func frame(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }

// TestClientIsKilled has the client gone, at any moment and however much of that rells
// gets to see: it leaves too, and says why.
func TestClientIsKilled(t *testing.T) {
	initialize := frame(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`)
	asked := initialize + strings.Repeat(frame(`{"jsonrpc":"2.0","id":2,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///x.go"},"position":{"line":0,"character":0}}}`), 5000)
	for name, sent := range map[string]string{
		"before a word":                "",
		"in the middle of a header":    "Content-Le",
		"in the middle of a message":   initialize[:60],
		"after the greeting":           initialize,
		"with thousands of questions":  asked,
		"in the middle of a character": initialize + "Content-Length: 300\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"\xe2\x82",
	} {
		t.Run(name, func(t *testing.T) {
			s := serving(t)
			if _, err := io.WriteString(s.stdin, sent); err != nil {
				t.Fatal(err)
			}
			s.stdin.Close()
			s.stdout.Close()
			s.leaves(t, 1)
			if lines := strings.Count(s.stderr.String(), "\n"); lines == 0 {
				t.Error("rells leaves without a word")
			}
		})
	}
}

// TestEditorIsKilled has another process hold the streams of a client that is gone: its
// process id tells.
func TestEditorIsKilled(t *testing.T) {
	editor := exec.Command("sleep", "600")
	if err := editor.Start(); err != nil {
		t.Fatal(err)
	}
	s := serving(t)
	c := wiretest.Connect(t, struct {
		io.Reader
		io.WriteCloser
	}{s.stdout, s.stdin})
	c.Initialize(fmt.Sprintf(`{"processId":%d,"rootUri":null,"capabilities":{}}`, editor.Process.Pid))
	editor.Process.Kill()
	editor.Wait()
	s.leaves(t, 1)
}

// TestLogOnFullDisk serves a whole session, with everything logged to where there is no
// room.
func TestLogOnFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has a disk that is always full")
	}
	s := serving(t, "--log-file", "/dev/full", "--log-level", "debug")
	c := wiretest.Connect(t, struct {
		io.Reader
		io.WriteCloser
	}{s.stdout, s.stdin})
	workspace := t.TempDir()
	path := filepath.Join(workspace, "a.go")
	write(t, path, "package a\n\ntype Author struct {\n\tID    int64\n\tBooks []Author `rel:\"has-many,back_populates:Nobody\"`\n}\n")
	c.Initialize(fmt.Sprintf(`{"processId":%d,"rootUri":%q,"capabilities":{}}`, os.Getpid(), uri.File(workspace)))
	c.Notify(protocol.MethodInitialized, map[string]any{})
	c.Notify("$/unknown", nil)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c.Open(string(uri.File(path)), "go", 1, string(text))
	if len(c.Diagnostics(string(uri.File(path)), 1)) == 0 {
		t.Error("without a log there are no problems")
	}
	if err := c.Call(t.Context(), protocol.MethodShutdown, nil, nil); err != nil {
		t.Error(err)
	}
	c.Notify(protocol.MethodExit, nil)
	s.leaves(t, 0)
}

package server_test

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"

	"github.com/rells-dev/rells/server"
	"github.com/rells-dev/rells/server/wiretest"
)

// connect is a client in front of a server that has not been initialized.
func connect(t *testing.T) *wiretest.Client {
	return wiretest.Start(t, func(ctx context.Context, rw io.ReadWriter) (int, error) {
		return server.Serve(ctx, rw, server.Options{Settle: time.Millisecond, Logger: zap.NewNop(), Version: "v0"})
	})
}

func TestCapabilities(t *testing.T) {
	tests := []struct {
		name, client string
		encoding     protocol.PositionEncodingKind
		actions      bool
		resolve      bool
	}{
		{"nothing", `{}`, "utf-16", false, false},
		{"an array", `[]`, "utf-16", false, false},
		{"utf-8 of several", `{"general":{"positionEncodings":["utf-16","utf-8"]}}`, "utf-8", false, false},
		{"actions", `{"textDocument":{"codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":[""]}}}}}`, "utf-16", true, false},
		{"resolve without data", `{"textDocument":{"codeAction":{"resolveSupport":{"properties":["edit"]},
			"codeActionLiteralSupport":{"codeActionKind":{"valueSet":[""]}}}}}`, "utf-16", true, false},
		{"all", capable, "utf-16", true, true},
	}
	for _, test := range tests {
		c := connect(t)
		result := c.Initialize(`{"processId":null,"rootUri":null,"capabilities":` + test.client + `}`)
		got := result.Capabilities
		if got.PositionEncoding != test.encoding {
			t.Errorf("%s: the encoding is %s, want %s", test.name, got.PositionEncoding, test.encoding)
		}
		options, _ := got.CodeActionProvider.(*protocol.CodeActionOptions)
		if (options != nil) != test.actions {
			t.Errorf("%s: code actions are %+v, want %t", test.name, options, test.actions)
		}
		if options != nil && *options.ResolveProvider != test.resolve {
			t.Errorf("%s: resolving is %t, want %t", test.name, *options.ResolveProvider, test.resolve)
		}
		if got.DiagnosticProvider != nil {
			t.Errorf("%s: problems are pushed and pulled", test.name)
		}
		sync, ok := got.TextDocumentSync.(*protocol.TextDocumentSyncOptions)
		if !ok || *sync.Change != protocol.TextDocumentSyncKindIncremental || !*sync.OpenClose {
			t.Errorf("%s: documents are synced by %+v", test.name, got.TextDocumentSync)
		}
		if version, _ := result.ServerInfo.Version.Get(); result.ServerInfo.Name != "rells" || version != "v0" {
			t.Errorf("%s: the server is %+v", test.name, result.ServerInfo)
		}
		if code, err := c.Shutdown(); code != 0 || err != nil {
			t.Errorf("%s: left with %d, %v", test.name, code, err)
		}
	}
}

// TestActionsForLspMode has a client that can ask for the edit of an action, and asks
// every server of the document: it gets edits at once.
func TestActionsForLspMode(t *testing.T) {
	for client, want := range map[string]bool{"emacs": false, "Eglot": true} {
		c := connect(t)
		result := c.Initialize(`{"processId":null,"rootUri":null,"clientInfo":{"name":"` + client + `"},"capabilities":` + capable + `}`)
		options, offered := result.Capabilities.CodeActionProvider.(*protocol.CodeActionOptions)
		if !offered || *options.ResolveProvider != want {
			t.Errorf("%s: code actions are %+v, want resolving to be %t", client, options, want)
		}
		c.Shutdown()
	}
}

// TestFolders initializes with every way to name the workspace.
func TestFolders(t *testing.T) {
	root := workspace(t, blog)
	address, _ := json.Marshal(uri.File(root))
	path, _ := json.Marshal(root)
	tests := []struct {
		name, members string
		found         bool
	}{
		{"workspaceFolders", `"workspaceFolders":[{"name":"w","uri":` + string(address) + `}]`, true},
		{"rootUri", `"rootUri":` + string(address), true},
		{"rootPath", `"rootUri":null,"rootPath":` + string(path), true},
		{"folders before rootUri", `"rootUri":"file:///nowhere","workspaceFolders":[{"name":"w","uri":` + string(address) + `}]`, true},
		{"none", `"rootUri":null,"workspaceFolders":null`, false},
		{"empty rootUri", `"rootUri":""`, false},
		{"a folder that is no file", `"workspaceFolders":[{"name":"w","uri":"vscode-vfs://a/b"}]`, false},
	}
	for _, test := range tests {
		s := &session{t: t, Client: connect(t), root: root, texts: maps.Clone(blog), versions: map[string]int32{}}
		s.beacon = string(uri.File(filepath.Join(t.TempDir(), "beacon.go")))
		s.Initialize(`{"processId":null,"capabilities":` + capable + `,` + test.members + `}`)
		s.settle()
		if found := len(s.problems()) == 1; found != test.found {
			t.Errorf("%s: the problems are %v", test.name, s.problems())
		}
		s.Shutdown()
	}
}

func TestFoldersAddedAndRemoved(t *testing.T) {
	s := start(t, map[string]string{"empty.go": "package empty\n"}, capable, server.Options{})
	s.expectRules("an empty folder", "")
	other := workspace(t, blog)
	folder := map[string]any{"name": "other", "uri": uri.File(other)}
	s.root, s.texts = other, maps.Clone(blog)
	for range 2 { // adding it twice is adding it
		s.Notify(protocol.MethodWorkspaceDidChangeWorkspaceFolders, map[string]any{
			"event": map[string]any{"added": []any{folder}, "removed": []any{}},
		})
		s.expectRules("added", "author.go "+problem)
	}
	s.set("book.go", blog["book.go"])
	s.Notify(protocol.MethodWorkspaceDidChangeWorkspaceFolders, map[string]any{
		"event": map[string]any{"added": []any{}, "removed": []any{folder}},
	})
	s.expectRules("removed", "")
	s.set("author.go", blog["author.go"])
	s.expectRules("outside, but open", "author.go "+problem)
}

// TestWatchers checks what the server asks a client to watch that can.
func TestWatchers(t *testing.T) {
	c := connect(t)
	asked := make(chan jsonrpc2.RawMessage, 1)
	c.On(protocol.MethodClientRegisterCapability, func(_ context.Context, params jsonrpc2.RawMessage) (any, error) {
		asked <- params
		return nil, nil
	})
	c.Initialize(`{"processId":null,"rootUri":null,"capabilities":{"workspace":{"didChangeWatchedFiles":{"dynamicRegistration":true}}}}`)
	select {
	case params := <-asked:
		for _, want := range []string{watchFiles, `"**/*.go"`, `"**/go.mod"`, `"**/go.work"`, `"**/.gitignore"`} {
			if !strings.Contains(string(params), want) {
				t.Errorf("no %s in %s", want, params)
			}
		}
	case <-time.After(wiretest.Patience):
		t.Error("nothing is watched")
	}
	c.Shutdown()
}

// progress lists the kinds of progress notifications of a client, in order.
func progress(c *wiretest.Client) []string {
	var kinds []string
	for _, n := range c.Notifications(protocol.MethodProgress) {
		var p struct{ Value struct{ Kind string } }
		if json.Unmarshal(n.Params, &p) == nil {
			kinds = append(kinds, p.Value.Kind)
		}
	}
	return kinds
}

func TestIndexingIsShown(t *testing.T) {
	s := start(t, blog, capable, server.Options{})
	s.Await("the end of indexing", func(n wiretest.Notification) bool {
		return n.Method == protocol.MethodProgress && strings.Contains(string(n.Params), `"end"`)
	})
	kinds := progress(s.Client)
	if kinds[0] != "begin" || kinds[len(kinds)-1] != "end" || slices.Contains(kinds[1:len(kinds)-1], "end") {
		t.Errorf("the progress is %q", kinds)
	}
}

// TestSlowClient has a client that never answers whether it shows progress: the
// server works all the same.
func TestSlowClient(t *testing.T) {
	var asked atomic.Bool
	root := workspace(t, blog)
	s := &session{t: t, Client: connect(t), root: root, texts: maps.Clone(blog), versions: map[string]int32{}}
	s.beacon = string(uri.File(filepath.Join(t.TempDir(), "beacon.go")))
	hold := make(chan struct{})
	defer close(hold)
	s.On(protocol.MethodWindowWorkDoneProgressCreate, func(context.Context, jsonrpc2.RawMessage) (any, error) {
		asked.Store(true)
		<-hold
		return nil, nil
	})
	s.Initialize(`{"processId":null,"capabilities":` + capable + `,"workspaceFolders":[{"name":"w","uri":"` + string(uri.File(root)) + `"}]}`)
	s.expectRules("loaded", "author.go "+problem)
	for end := time.Now().Add(10 * time.Second); !asked.Load(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the client was not asked")
		}
	}
	if kinds := progress(s.Client); kinds != nil {
		t.Errorf("the progress is %q before the client has agreed", kinds)
	}
	s.Shutdown()
}

func TestCancelledRequest(t *testing.T) {
	s := start(t, blog, capable, server.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := s.Call(ctx, protocol.MethodTextDocumentHover, map[string]any{
		"textDocument": map[string]any{"uri": s.uri("author.go")}, "position": protocol.Position{Line: 4, Character: 2},
	}, nil)
	if err == nil {
		t.Error("a cancelled request has a result")
	}
	s.expectRules("afterwards", "author.go "+problem)
}

// TestNeverInitialized has a client that never says that it is initialized.
func TestNeverInitialized(t *testing.T) {
	for name, speak := range map[string]func(*session){
		"a document": func(s *session) { s.set("author.go", blog["author.go"]) },
		"a request": func(s *session) {
			s.ask(protocol.MethodTextDocumentHover, location{file: "author.go", line: 5}, 1, nil, nil)
		},
	} {
		s := &session{t: t, Client: connect(t), root: workspace(t, blog), texts: maps.Clone(blog), versions: map[string]int32{}}
		s.beacon = string(uri.File(filepath.Join(t.TempDir(), "beacon.go")))
		params := jsonrpc2.RawMessage(`{"capabilities":{},"rootUri":"` + string(uri.File(s.root)) + `"}`)
		if err := s.Call(t.Context(), protocol.MethodInitialize, params, nil); err != nil {
			t.Fatal(err)
		}
		speak(s)
		s.expectRules(name, "author.go "+problem)
		s.Shutdown()
	}
}

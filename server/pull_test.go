package server_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server"
	"github.com/rells-dev/rells/server/wiretest"
)

const (
	pulling = `{
		"workspace": {"diagnostics": {"refreshSupport": true}},
		"textDocument": {"diagnostic": {"relatedInformation": true}, "publishDiagnostics": {}}
	}`
	refreshProblems = protocol.MethodWorkspaceDiagnosticRefresh
)

// report is any report on one file.
type report struct {
	Kind     string `json:"kind"`
	ResultID string `json:"resultId"`
	URI      string `json:"uri"`
	Version  *int32 `json:"version"`
	Items    []struct {
		Code string `json:"code"`
	} `json:"items"`
}

func (r report) String() string {
	text := r.Kind
	for _, item := range r.Items {
		text += " " + item.Code
	}
	return text
}

func (s *session) pull(name, previous string) report {
	s.t.Helper()
	params := map[string]any{"textDocument": map[string]any{"uri": s.uri(name)}}
	if previous != "" {
		params["previousResultId"] = previous
	}
	var r report
	if err := s.Call(context.Background(), protocol.MethodTextDocumentDiagnostic, params, &r); err != nil {
		s.t.Fatal(err)
	}
	return r
}

// pullAll lists the reports on the workspace: "author.go v1: full code". previous are
// those that the client has, and becomes those that it has then.
func (s *session) pullAll(previous map[string]string) []string {
	s.t.Helper()
	ids := []map[string]string{}
	for name, id := range previous {
		ids = append(ids, map[string]string{"uri": s.uri(name), "value": id})
	}
	var result struct {
		Items []report `json:"items"`
	}
	if err := s.Call(context.Background(), protocol.MethodWorkspaceDiagnostic, map[string]any{"previousResultIds": ids}, &result); err != nil {
		s.t.Fatal(err)
	}
	var list []string
	for _, r := range result.Items {
		name := s.name(r.URI)
		previous[name] = r.ResultID
		if r.Version != nil {
			name += fmt.Sprintf(" v%d", *r.Version)
		}
		list = append(list, name+": "+r.String())
	}
	return list
}

// awaitPush waits until the client shows n pushed problems of a file.
func (s *session) awaitPush(name string, n int) {
	s.t.Helper()
	for end := time.Now().Add(wiretest.Patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if p, ok := s.Published()[s.uri(name)]; ok && len(p.Diagnostics) == n {
			return
		}
	}
	s.t.Fatalf("there are not %d problems of %s", n, name)
}

// TestPulledOnlyWithRefresh has clients that cannot be told to ask again: they get
// their problems pushed, and may not pull them too.
func TestPulledOnlyWithRefresh(t *testing.T) {
	for client, want := range map[string]bool{
		`{}`:                                   false,
		`{"textDocument": {"diagnostic": {}}}`: false,
		`{"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": false}}}`: false,
		`{"workspace": {"diagnostics": {"refreshSupport": true}}}`:                                      false,
		pulling: true,
	} {
		c := connect(t)
		got := c.Initialize(`{"processId":null,"rootUri":null,"capabilities":` + client + `}`).Capabilities.DiagnosticProvider
		options, offered := got.(*protocol.DiagnosticOptions)
		if offered != want || want && !(options.InterFileDependencies && options.WorkspaceDiagnostics) {
			t.Errorf("%s: pulling is offered by %+v", client, got)
		}
		c.Shutdown()
	}
	s := start(t, blog, `{"textDocument": {"diagnostic": {}}}`, server.Options{})
	s.expectRules("pushed", "author.go "+problem)
	for method, params := range map[string]any{
		protocol.MethodTextDocumentDiagnostic: map[string]any{"textDocument": map[string]any{"uri": s.uri("author.go")}},
		protocol.MethodWorkspaceDiagnostic:    map[string]any{"previousResultIds": []any{}},
	} {
		if err := s.Call(context.Background(), method, params, nil); err == nil || !strings.Contains(err.Error(), "pushed to this client") {
			t.Errorf("%s: %v, want a refusal", method, err)
		}
	}
}

// TestPulledWorkspaceIsForgetful has clients of which some drop what a report on the
// workspace says of open documents: those are offered no such reports.
func TestPulledWorkspaceIsForgetful(t *testing.T) {
	for client, want := range map[string]bool{
		`{"name": "Neovim", "version": "0.12.4+v0.12.4"}`: false,
		`{"name": "Neovim", "version": "0.13.0"}`:         true,
		`{"name": "Neovim"}`:                              true,
		`{"name": "Code", "version": "0.12.4"}`:           true,
	} {
		c := connect(t)
		got := c.Initialize(`{"processId":null,"rootUri":null,"clientInfo":` + client + `,"capabilities":` + pulling + `}`)
		options, offered := got.Capabilities.DiagnosticProvider.(*protocol.DiagnosticOptions)
		if !offered || options.WorkspaceDiagnostics != want {
			t.Errorf("%s: pulling is offered by %+v", client, got.Capabilities.DiagnosticProvider)
		}
		c.Shutdown()
	}
}

// TestPullDocument pulls the problems of an open document. Those of closed files are
// pushed then, and those of the open one never.
func TestPullDocument(t *testing.T) {
	files := map[string]string{"author.go": blog["author.go"], "book.go": blog["book.go"]}
	for name, text := range blog {
		files["other/"+name] = text
	}
	s := launch(t, files, pulling, server.Options{})
	s.set("author.go", blog["author.go"])
	first := s.pull("author.go", "")
	if first.String() != "full "+problem || first.ResultID == "" {
		t.Fatalf("the report is %+v", first)
	}
	if again := s.pull("author.go", first.ResultID); again.Kind != "unchanged" || again.ResultID != first.ResultID {
		t.Errorf("the second report is %+v", again)
	}
	s.awaitPush("other/author.go", 1)
	s.set("author.go", paired["author.go"])
	mended := s.pull("author.go", first.ResultID)
	if mended.String() != "full" || mended.ResultID == first.ResultID {
		t.Errorf("after the edit the report is %+v", mended)
	}
	if broken := s.pull("book.go", ""); broken.String() != "full" {
		t.Errorf("the report on a clean file is %+v", broken)
	}

	s.set("other/author.go", files["other/author.go"])
	s.awaitPush("other/author.go", 0)
	if got := s.pull("other/author.go", ""); got.String() != "full "+problem {
		t.Errorf("the report on what was pushed before is %+v", got)
	}
	s.Close(s.uri("other/author.go"))
	s.awaitPush("other/author.go", 1)
	if p, told := s.Published()[s.uri("author.go")]; told {
		t.Errorf("pushed of a document that is pulled: %+v", p)
	}
}

// TestPullWorkspace pulls the problems of the whole workspace: nothing is pushed any
// more, and what was is taken back.
func TestPullWorkspace(t *testing.T) {
	s := launch(t, blog, pulling, server.Options{})
	s.pull("book.go", "")
	s.awaitPush("author.go", 1)
	has := map[string]string{}
	for _, want := range []string{"author.go: full " + problem, "author.go: unchanged"} {
		if got := s.pullAll(has); !slices.Equal(got, []string{want}) {
			t.Errorf("the reports are %q, want %q", got, want)
		}
	}
	s.awaitPush("author.go", 0)
	pushes := len(s.Notifications(protocol.MethodTextDocumentPublishDiagnostics))

	s.set("author.go", blog["author.go"])
	if got := s.pullAll(has); !slices.Equal(got, []string{"author.go v1: unchanged"}) {
		t.Errorf("opened: the reports are %q", got)
	}
	s.set("author.go", paired["author.go"])
	for _, want := range []string{"author.go v2: full", "author.go v2: unchanged"} {
		if got := s.pullAll(has); !slices.Equal(got, []string{want}) {
			t.Errorf("mended: the reports are %q, want %q", got, want)
		}
	}
	s.Close(s.uri("author.go"))
	if got := s.pullAll(has); !slices.Equal(got, []string{"author.go: full " + problem}) {
		t.Errorf("closed: the reports are %q", got)
	}
	if more := s.Notifications(protocol.MethodTextDocumentPublishDiagnostics)[pushes:]; len(more) > 0 {
		t.Errorf("pushed to a client that pulls the workspace: %s", more[0].Params)
	}
}

// TestPullBeforeAnything pulls the workspace first: nothing is ever pushed.
func TestPullBeforeAnything(t *testing.T) {
	s := launch(t, blog, pulling, server.Options{})
	s.pullAll(map[string]string{})
	s.set("author.go", paired["author.go"])
	s.pull("author.go", "")
	if got := s.Notifications(protocol.MethodTextDocumentPublishDiagnostics); len(got) > 0 {
		t.Errorf("pushed: %s", got[0].Params)
	}
}

// TestPullAgain edits one document so that the problems of another change: the client
// is told to ask again, once, and not for what it knows.
func TestPullAgain(t *testing.T) {
	for name, pull := range map[string]func(*session){
		"a document":    func(s *session) { s.pull("author.go", "") },
		"the workspace": func(s *session) { s.pullAll(map[string]string{}) },
	} {
		s := launch(t, paired, pulling, server.Options{Asking: wiretest.Patience})
		told := make(chan struct{}, 9)
		s.On(refreshProblems, func(context.Context, jsonrpc2.RawMessage) (any, error) {
			told <- struct{}{}
			return nil, nil
		})
		s.set("author.go", paired["author.go"])
		s.set("book.go", paired["book.go"])
		pull(s)
		s.set("author.go", blog["author.go"]) // asked for by the client itself
		pull(s)
		s.set("author.go", paired["author.go"])
		pull(s)
		time.Sleep(20 * time.Millisecond) // longer than an edit waits for the next
		if len(told) > 0 {
			t.Errorf("%s: told to ask again for what was pulled", name)
		}
		s.set("book.go", "package blog\n\ntype Book struct{ ID int64 }\n")
		select {
		case <-told:
		case <-time.After(wiretest.Patience):
			t.Fatalf("%s: not told to ask again", name)
		}
		if got := s.pull("author.go", ""); !strings.HasSuffix(got.String(), " "+problem) {
			t.Errorf("%s: the report is %+v", name, got)
		}
	}
}

// TestPullAgainWhatWasHeldBack asks for the workspace between an edit of one document and
// the news that it has changed the problems of another: VS Code, which does so every two
// seconds, heeds nothing of the answer about a document that it asks for by itself.
func TestPullAgainWhatWasHeldBack(t *testing.T) {
	s := launch(t, paired, pulling, server.Options{Asking: wiretest.Patience, Settle: 200 * time.Millisecond})
	told := make(chan struct{}, 9)
	s.On(refreshProblems, func(context.Context, jsonrpc2.RawMessage) (any, error) {
		told <- struct{}{}
		return nil, nil
	})
	s.set("author.go", paired["author.go"])
	s.set("book.go", paired["book.go"])
	s.pull("author.go", "")
	s.pull("book.go", "")
	s.pullAll(map[string]string{})
	s.set("book.go", "package blog\n\ntype Book struct{ ID int64 }\n")
	s.pullAll(map[string]string{})
	select {
	case <-told:
	case <-time.After(wiretest.Patience):
		t.Fatal("not told to ask again for the document")
	}
}

// TestPullOfHidden opens and edits documents for whose problems the client does not ask,
// because it shows them in no window: it is told to ask, once for each version.
func TestPullOfHidden(t *testing.T) {
	s := launch(t, blog, pulling, server.Options{Asking: 50 * time.Millisecond})
	told := make(chan struct{}, 9)
	s.On(refreshProblems, func(context.Context, jsonrpc2.RawMessage) (any, error) {
		told <- struct{}{}
		return nil, nil
	})
	await := func(what string) {
		t.Helper()
		select {
		case <-told:
		case <-time.After(wiretest.Patience):
			t.Fatal("not told to ask for " + what)
		}
	}
	s.set("book.go", blog["book.go"]) // has no problem
	s.pull("book.go", "")
	s.awaitPush("author.go", 1)
	s.set("author.go", blog["author.go"])
	await("what was opened")
	s.pull("author.go", "")
	s.set("author.go", paired["author.go"])
	await("what was edited")
	s.set("author.go", blog["author.go"])
	await("what was edited again")
	time.Sleep(200 * time.Millisecond) // the client asks for none of it, and is left in peace
	if len(told) > 0 {
		t.Error("told twice of one version")
	}
}

// TestPullLost pulls a document whose text is not certain.
func TestPullLost(t *testing.T) {
	s := launch(t, blog, pulling, server.Options{})
	s.set("author.go", blog["author.go"])
	s.Notify(protocol.MethodTextDocumentDidChange, []int{1})
	if got := s.pull("author.go", ""); got.String() != "full" {
		t.Errorf("the report is %+v", got)
	}
	s.set("author.go", blog["author.go"])
	if got := s.pull("author.go", ""); got.String() != "full "+problem {
		t.Errorf("found again, the report is %+v", got)
	}
}

package server_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server"
	"github.com/rells-dev/rells/server/wiretest"
)

// paired is blog with its problem mended.
var paired = map[string]string{"author.go": mended("author.go", "Writer", "Author"), "book.go": blog["book.go"]}

const shows = `{"window": {"showDocument": {"support": true}}}`

// lens is the one code lens of author.go, resolved.
func (s *session) lens() protocol.CodeLens {
	s.t.Helper()
	var lenses []protocol.CodeLens
	params := map[string]any{"textDocument": map[string]any{"uri": s.uri("author.go")}}
	if err := s.Call(context.Background(), protocol.MethodTextDocumentCodeLens, params, &lenses); err != nil || len(lenses) != 1 {
		s.t.Fatalf("the lenses are %+v, %v", lenses, err)
	}
	if err := s.Call(context.Background(), protocol.MethodCodeLensResolve, &lenses[0], &lenses[0]); err != nil {
		s.t.Fatal(err)
	}
	return lenses[0]
}

func (s *session) execute(command protocol.Command) error {
	params := map[string]any{"command": command.Command, "arguments": command.Arguments}
	return s.Call(context.Background(), protocol.MethodWorkspaceExecuteCommand, params, nil)
}

// TestLensLeadsToInverse follows a lens, before and after an edit has moved what it
// leads to.
func TestLensLeadsToInverse(t *testing.T) {
	s := start(t, paired, shows, server.Options{})
	asked := make(chan protocol.ShowDocumentParams, 1)
	s.On(protocol.MethodWindowShowDocument, func(_ context.Context, params jsonrpc2.RawMessage) (any, error) {
		var p protocol.ShowDocumentParams
		err := protocol.Unmarshal(params, &p)
		asked <- p
		return &protocol.ShowDocumentResult{Success: true}, err
	})
	command := s.lens().Command
	for i, text := range []string{blog["book.go"], "// moved\n" + blog["book.go"]} {
		s.set("book.go", text)
		if err := s.execute(command); err != nil {
			t.Fatal(err)
		}
		p := <-asked
		if string(p.URI) != s.uri("book.go") || p.Selection.Start != (protocol.Position{Line: uint32(5 + i), Character: 1}) ||
			p.Selection.End.Character != 7 || p.TakeFocus == nil || !*p.TakeFocus {
			t.Errorf("asked to show %+v", p)
		}
	}
	s.set("book.go", "package blog\n")
	if err := s.execute(command); err == nil || !strings.Contains(err.Error(), "no relation Book.Author") {
		t.Errorf("following a lens to what is gone: %v", err)
	}
	for name, wrong := range map[string]protocol.Command{
		"another command": {Command: "rells.other", Arguments: command.Arguments},
		"no argument":     {Command: command.Command},
		"a wrong one":     {Command: command.Command, Arguments: []protocol.LSPAny{protocol.LSPAny("1")}},
	} {
		if err := s.execute(wrong); wiretest.Code(err) != -32602 {
			t.Errorf("%s: %v, want invalid params", name, err)
		}
	}
}

// TestLensWithoutShowing has a client that cannot show a place on request: its lenses
// name the inverse, and lead nowhere.
func TestLensWithoutShowing(t *testing.T) {
	for client, want := range map[string]string{`{}`: "", shows: "rells.showRelation"} {
		c := connect(t)
		got := c.Initialize(`{"processId":null,"rootUri":null,"capabilities":` + client + `}`).Capabilities.ExecuteCommandProvider
		if strings.Join(got.Commands, " ") != want {
			t.Errorf("%s: the commands are %q", client, got.Commands)
		}
		c.Shutdown()
	}
	s := start(t, paired, `{}`, server.Options{})
	command := s.lens().Command
	if command.Title != "inverse Book.Author" || command.Command != "" {
		t.Errorf("the command is %+v", command)
	}
}

// TestHintTooltips asks for what a hint explains: at once, or when it is shown.
func TestHintTooltips(t *testing.T) {
	const lazy = `{"textDocument": {"inlayHint": {"resolveSupport": {"properties": ["tooltip"]}}}}`
	for client, resolves := range map[string]bool{`{}`: false, lazy: true} {
		s := start(t, paired, client, server.Options{})
		var hints []protocol.InlayHint
		err := s.Call(context.Background(), protocol.MethodTextDocumentInlayHint, map[string]any{
			"textDocument": map[string]any{"uri": s.uri("book.go")},
			"range":        protocol.Range{End: protocol.Position{Line: 99}},
		}, &hints)
		if err != nil || len(hints) != 1 {
			t.Fatalf("the hints are %+v, %v", hints, err)
		}
		if resolves != (hints[0].Tooltip == nil) {
			t.Errorf("%s: the tooltip is %v", client, hints[0].Tooltip)
		}
		if resolves {
			if err := s.Call(context.Background(), protocol.MethodInlayHintResolve, &hints[0], &hints[0]); err != nil {
				t.Fatal(err)
			}
		}
		if text, _ := hints[0].Tooltip.(protocol.String); !strings.HasSuffix(string(text), "both sides name each other") {
			t.Errorf("%s: the tooltip is %q", client, text)
		}
		parts := hints[0].Label.(protocol.InlayHintLabelPartSlice)
		if at := parts[1].Location; string(at.URI) != s.uri("author.go") || at.Range.Start.Line != 4 {
			t.Errorf("%s: the hint leads to %+v", client, at)
		}
	}
}

// TestRefresh changes the inverse of a relation in an open document by an edit of
// another: the client is told, if it can ask anew, and of nothing else.
func TestRefresh(t *testing.T) {
	const both = `{"workspace": {"codeLens": {"refreshSupport": true}, "inlayHint": {"refreshSupport": true}}}`
	for client, want := range map[string]int{both: 1, `{}`: 0} {
		s := start(t, paired, client, server.Options{})
		refreshed := make(chan string, 9)
		for _, method := range []string{protocol.MethodWorkspaceCodeLensRefresh, protocol.MethodWorkspaceInlayHintRefresh} {
			s.On(method, func(context.Context, jsonrpc2.RawMessage) (any, error) {
				refreshed <- method
				return nil, nil
			})
		}
		s.set("author.go", paired["author.go"])
		s.set("book.go", paired["book.go"])
		s.settle()
		s.set("book.go", paired["book.go"]+"\n") // changes no inverse
		s.settle()
		s.set("author.go", "\n"+paired["author.go"]) // asked for anew anyway
		s.settle()
		s.set("book.go", strings.ReplaceAll(paired["book.go"], "Author   *", "Writer   *"))
		for range 2 * want {
			select {
			case <-refreshed:
			case <-time.After(wiretest.Patience):
				t.Fatalf("%s: not told", client)
			}
		}
		s.settle()
		if len(refreshed) > 0 {
			t.Errorf("%s: told of %s without need", client, <-refreshed)
		}
	}
}

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

// coloured is paired, with semantic tokens.
var coloured = map[string]string{
	"author.go": paired["author.go"], "book.go": paired["book.go"], "rells.toml": "semantic_tokens = true\n",
}

// colours are the tokens of a document as a client shows them.
func (s *session) colours(name string, data []uint32) string {
	s.t.Helper()
	var list []string
	for _, c := range s.tokens(name, s.offered(), data) {
		list = append(list, fmt.Sprintf("%d:%s", c.at.line, c.text))
	}
	return strings.Join(list, ", ")
}

// delta asks for what has changed since an earlier result: exactly one of the two
// that are returned is set, unless the answer is null.
func (s *session) delta(name, previous string) (*protocol.SemanticTokensDelta, *protocol.SemanticTokens) {
	s.t.Helper()
	params := map[string]any{"textDocument": map[string]any{"uri": s.uri(name)}, "previousResultId": previous}
	var result protocol.SemanticTokensDeltaResult
	if err := s.Call(context.Background(), protocol.MethodTextDocumentSemanticTokensFullDelta, params, &result); err != nil {
		s.t.Fatal(err)
	}
	edits, _ := result.(*protocol.SemanticTokensDelta)
	full, _ := result.(*protocol.SemanticTokens)
	return edits, full
}

// TestTokenDeltas edits a document in many ways. What a client has after each delta
// must be what it would get for the whole document.
func TestTokenDeltas(t *testing.T) {
	s := start(t, coloured, capable, server.Options{})
	s.set("author.go", paired["author.go"])
	s.set("book.go", paired["book.go"])
	first := s.askTokens("author.go", nil)
	if edits, _ := s.delta("author.go", *first.ResultID); edits == nil || len(edits.Edits) > 0 || *edits.ResultID != *first.ResultID {
		t.Errorf("the edits of nothing are %+v", edits)
	}
	id, has := *first.ResultID, first.Data
	text := paired["author.go"]
	for i, next := range []string{
		strings.Replace(text, "type Author", "// moved\ntype Author", 1),
		strings.Replace(text, "has-many,", "", 1),
		strings.Replace(text, "}", "\tNick string `gorm:\"size:3\"`\n}", 1),
		text,
		strings.Replace(text, "back_populates:Author", "back_populates:Nobody", 1),
		"package blog\n",
		text,
	} {
		s.set("author.go", next)
		edits, full := s.delta("author.go", id)
		if edits == nil {
			t.Fatalf("%d: all is sent: %+v", i, full)
		}
		for _, e := range edits.Edits {
			has = slices.Concat(has[:e.Start], e.Data, has[e.Start+e.DeleteCount:])
			if e.Start%5 != 0 || e.DeleteCount%5 != 0 {
				t.Errorf("%d: the edit %+v splits a token", i, e)
			}
		}
		id = *edits.ResultID
		whole := s.askTokens("author.go", nil)
		if whole == nil {
			whole = &protocol.SemanticTokens{ResultID: &id}
		}
		if !slices.Equal(has, whole.Data) || *whole.ResultID != id {
			t.Errorf("%d: with the edits %s, want %s", i, s.colours("author.go", has), s.colours("author.go", whole.Data))
		}
	}
	if edits, full := s.delta("author.go", "what nobody sent"); edits != nil || full == nil || !slices.Equal(full.Data, has) {
		t.Errorf("a delta to an unknown result is %+v, %+v", edits, full)
	}
	s.Close(s.uri("author.go"))
	s.settle()
	if edits, full := s.delta("author.go", id); edits == nil && full == nil {
		t.Error("a closed document has no tokens")
	}
	s.askTokens("book.go", nil)
	if edits, _ := s.delta("author.go", id); edits != nil {
		t.Error("the tokens of a closed document are kept")
	}
}

// TestTokensOffered has clients of all kinds: tokens are offered to those that can
// show them, at once only where they cannot be offered later, and only where the
// settings ask for them.
func TestTokensOffered(t *testing.T) {
	const shows = `"formats": ["relative"], "tokenTypes": ["property", "keyword"], "tokenModifiers": []`
	for _, test := range []struct{ client, toml, more, want string }{
		{shows, "", "", ""},
		{shows, "semantic_tokens = true", "", "keyword property"},
		{shows, "semantic_tokens = false", `,"initializationOptions":{"semantic_tokens":true}`, "keyword property"},
		{shows, "semantic_tokens = true", `,"initializationOptions":{"semantic_tokens":false}`, ""},
		{`"dynamicRegistration": true, ` + shows, "semantic_tokens = true", "", ""},
		{`"formats": [], "tokenTypes": ["property"], "tokenModifiers": []`, "semantic_tokens = true", "", ""},
		{`"formats": ["relative"], "tokenTypes": ["class"], "tokenModifiers": []`, "semantic_tokens = true", "", ""},
	} {
		files := map[string]string{"author.go": paired["author.go"], "book.go": paired["book.go"], "rells.toml": test.toml}
		s := initialized(t, files, `{"textDocument": {"semanticTokens": {`+test.client+`}}}`, test.more, nil)
		got := ""
		if options, ok := s.offers.SemanticTokensProvider.(*protocol.SemanticTokensOptions); ok {
			types := slices.Sorted(slices.Values(options.Legend.TokenTypes))
			got = strings.Join(types, " ")
		}
		if got != test.want {
			t.Errorf("%s, %s%s: offered %q, want %q", test.client, test.toml, test.more, got, test.want)
		}
		if got == "" {
			continue
		}
		if got := s.colours("book.go", s.askTokens("book.go", nil).Data); got != "6:back_populates keyword, 6:Books property" {
			t.Errorf("the tokens are %s", got)
		}
	}
}

// TestTokensRegistered turns tokens on and off in front of a client that can be told.
func TestTokensRegistered(t *testing.T) {
	const client = `{"textDocument": {"semanticTokens": {"dynamicRegistration": true,
		"formats": ["relative"], "tokenTypes": ["property"], "tokenModifiers": []}}}`
	told := make(chan string, 9)
	s := initialized(t, paired, client, "", func(s *session) {
		for _, method := range []string{protocol.MethodClientRegisterCapability, protocol.MethodClientUnregisterCapability} {
			s.On(method, func(_ context.Context, params jsonrpc2.RawMessage) (any, error) {
				if strings.Contains(string(params), `"textDocument/semanticTokens"`) {
					told <- method
				}
				return nil, nil
			})
		}
	})
	for _, want := range []string{protocol.MethodClientRegisterCapability, protocol.MethodClientUnregisterCapability} {
		on := want == protocol.MethodClientRegisterCapability
		if len(told) > 0 {
			t.Errorf("told of %s too early", <-told)
		}
		s.configure(fmt.Sprintf(`{"rells":{"semantic_tokens":%v}}`, on))
		select {
		case got := <-told:
			if got != want {
				t.Errorf("told of %s, want %s", got, want)
			}
		case <-time.After(wiretest.Patience):
			t.Fatalf("not told of %s", want)
		}
		if result := s.askTokens("book.go", nil); on != (result != nil) {
			t.Errorf("on: %v, but the tokens are %v", on, result)
		}
	}
}

// TestTokensRefreshed changes what a name in an open document leads to by an edit of
// another, and then the settings: the client is told, and of nothing else.
func TestTokensRefreshed(t *testing.T) {
	client := strings.Replace(capable, `"applyEdit": true,`, `"applyEdit": true, "semanticTokens": {"refreshSupport": true},`, 1)
	s := start(t, coloured, client, server.Options{})
	refreshed := make(chan bool, 9)
	s.On(protocol.MethodWorkspaceSemanticTokensRefresh, func(context.Context, jsonrpc2.RawMessage) (any, error) {
		refreshed <- true
		return nil, nil
	})
	s.set("author.go", paired["author.go"])
	s.set("book.go", paired["book.go"])
	s.settle()
	s.set("book.go", paired["book.go"]+"\n")
	s.settle()
	for _, change := range []func(){
		func() { s.set("book.go", strings.ReplaceAll(paired["book.go"], "Author   *", "Writer   *")) },
		func() { s.save("rells.toml", "") },
	} {
		if len(refreshed) > 0 {
			t.Error("told without need")
		}
		change()
		select {
		case <-refreshed:
		case <-time.After(wiretest.Patience):
			t.Fatal("not told")
		}
		s.settle()
	}
	if result := s.askTokens("author.go", nil); result != nil {
		t.Errorf("with the settings off there are tokens: %+v", result)
	}
}

// TestTokensOverLines has a value that goes over the ends of lines, which few clients
// could show as one token.
func TestTokensOverLines(t *testing.T) {
	const text = "package blog\n\ntype Book struct {\n\tName string `gorm:\"column:é\r\n\n  second;size:3\"`\n}\n"
	s := start(t, map[string]string{"book.go": text, "rells.toml": "semantic_tokens = true"}, capable, server.Options{})
	s.set("book.go", text)
	want := "4:gorm decorator, 4:column keyword, 4:é variable, 6:  second variable, 6:size keyword, 6:3 number"
	if got := s.colours("book.go", s.askTokens("book.go", nil).Data); got != want {
		t.Errorf("the tokens are %s, want %s", got, want)
	}
}

package server_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server"
)

func (s *session) workspaceSymbols(query string) []string {
	s.t.Helper()
	var symbols []protocol.SymbolInformation
	if err := s.Call(context.Background(), protocol.MethodWorkspaceSymbol, map[string]any{"query": query}, &symbols); err != nil {
		s.t.Fatal(err)
	}
	var names []string
	for _, symbol := range symbols {
		at := s.location(s.name(string(symbol.Location.URI)), symbol.Location.Range)
		names = append(names, fmt.Sprintf("%s %s", symbol.Name, at))
	}
	return names
}

// TestWorkspaceSymbols looks for relations by letters of their names.
func TestWorkspaceSymbols(t *testing.T) {
	s := start(t, blog, capable, server.Options{})
	const books, author = "Author.Books author.go:5:2", "Book.Author book.go:6:2"
	for query, want := range map[string][]string{
		"":             {books, author},
		"Author.Books": {books},
		"abks":         {books},
		"book.a":       {author},
		"Reader":       nil,
	} {
		if got := s.workspaceSymbols(query); !slices.Equal(got, want) {
			t.Errorf("symbols for %q: %q, want %q", query, got, want)
		}
	}
	s.set("book.go", strings.ReplaceAll(mended("book.go", "Author   *", "Writer   *"), "AuthorID", "WriterID"))
	if got := s.workspaceSymbols("Writer"); !slices.Equal(got, []string{"Book.Writer book.go:6:2"}) {
		t.Errorf("after an edit: %q", got)
	}
}

// TestWorkspaceSymbolsBounded asks for everything in a workspace that has more.
func TestWorkspaceSymbolsBounded(t *testing.T) {
	var text strings.Builder
	text.WriteString("package many\n\nimport \"gorm.io/gorm\"\n")
	for i := range 300 {
		fmt.Fprintf(&text, "\ntype Node%d struct {\n\tgorm.Model\n\tNextID uint\n\tNext   *Node%d\n}\n", i, i)
	}
	s := start(t, map[string]string{"many.go": text.String()}, capable, server.Options{})
	if got := len(s.workspaceSymbols("")); got != 200 {
		t.Errorf("%d symbols, want 200", got)
	}
	if got := s.workspaceSymbols("Node299.Next"); len(got) == 0 || !strings.HasPrefix(got[0], "Node299.Next ") {
		t.Errorf("symbols for Node299.Next: %q", got)
	}
}

// TestSymbolsForPlainClients has a client that knows only lists of symbols.
func TestSymbolsForPlainClients(t *testing.T) {
	s := start(t, blog, `{}`, server.Options{})
	var symbols []protocol.SymbolInformation
	params := map[string]any{"textDocument": map[string]any{"uri": s.uri("book.go")}}
	if err := s.Call(context.Background(), protocol.MethodTextDocumentDocumentSymbol, params, &symbols); err != nil {
		t.Fatal(err)
	}
	if len(symbols) != 1 || symbols[0].Name != "Book.Author" || *symbols[0].ContainerName != "example.com/m" ||
		string(symbols[0].Location.URI) != s.uri("book.go") || symbols[0].Location.Range.Start.Line != 5 {
		t.Errorf("the symbols are %+v", symbols)
	}
}

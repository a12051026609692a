package server_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server"
)

// TestCompletionResolved asks what an option means: at once, or, where the client
// can, when the item is shown.
func TestCompletionResolved(t *testing.T) {
	const lazy = `{"textDocument": {"completion": {"completionItem": {"resolveSupport": {"properties": ["documentation"]}}}}}`
	line := strings.Split(blog["author.go"], "\n")[4]
	begin := strings.Index(line, "back_populates")
	var docs []string
	for _, client := range []string{`{}`, lazy} {
		s := start(t, blog, client, server.Options{})
		m := mark{name: "complete", at: location{file: "author.go", line: 5, start: begin, end: begin}}
		items := (&player{t: t, session: s}).candidates(m)
		i := slices.IndexFunc(items, func(item protocol.CompletionItem) bool { return item.Label == "back_populates" })
		if i < 0 {
			t.Fatalf("the candidates are %q", labels(items))
		}
		item := items[i]
		if (item.Documentation == nil) != (client == lazy) {
			t.Errorf("%s: the item comes with %v", client, item.Documentation)
		}
		if client == lazy {
			if err := s.Call(context.Background(), protocol.MethodCompletionItemResolve, &items[i], &item); err != nil {
				t.Fatal(err)
			}
		}
		text, _ := item.Documentation.(protocol.String)
		docs = append(docs, string(text))
		var plain protocol.CompletionItem
		err := s.Call(context.Background(), protocol.MethodCompletionItemResolve, &protocol.CompletionItem{Label: "x"}, &plain)
		if err != nil || plain.Label != "x" || plain.Documentation != nil {
			t.Errorf("an item that needs nothing: %+v, %v", plain, err)
		}
	}
	if docs[0] == "" || docs[0] != docs[1] {
		t.Errorf("the documentation is %q", docs)
	}
}

package server_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/rells-dev/rells/server"
	"github.com/rells-dev/rells/server/wiretest"
)

// mending opens author.go, whose problem has a fix, and asks for its actions.
func mending(t *testing.T, capabilities string) (*player, mark) {
	t.Helper()
	s := start(t, blog, capabilities, server.Options{})
	s.set("author.go", blog["author.go"])
	s.settle()
	at := s.problems()[0].at
	return &player{t: t, session: s}, mark{name: "fix", args: []string{"Writer"}, at: at}
}

const literals = `"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}`

// TestEditsForPlainClients has a client that can neither resolve actions nor take
// versions.
func TestEditsForPlainClients(t *testing.T) {
	p, m := mending(t, `{"textDocument": {"codeAction": {`+literals+`}}}`)
	actions := p.actions(m, protocol.CodeActionKindQuickFix)
	if len(actions) == 0 || actions[0].Edit == nil || actions[0].Edit.DocumentChanges != nil || actions[0].Data != nil {
		t.Fatalf("the actions are %+v", actions)
	}
	a := actions[0]
	edits := a.Edit.Changes[uri.URI(p.uri("author.go"))]
	if got := p.edited(p.texts["author.go"], edits); got != mended("author.go", "Writer", "Author") {
		t.Errorf("%s makes %q", a.Title, got)
	}
	if a.Kind == nil || *a.Kind != protocol.CodeActionKindQuickFix || len(a.Diagnostics) != 1 {
		t.Errorf("the action is %+v", a)
	}
}

func TestActionsOfOneKind(t *testing.T) {
	p, m := mending(t, capable)
	for kind, want := range map[protocol.CodeActionKind]bool{
		"quickfix": true, "": true, "refactor": false, "source": false, "quick": false, "quickfix.other": false,
	} {
		titles := strings.Join(titles(p.actions(m, kind)), ", ")
		if strings.Contains(titles, "Change to Author") != want {
			t.Errorf("only %q: the actions are %q", kind, titles)
		}
	}
}

// TestOneActionForProblemsOfOneLine asks for the actions of a line with two problems of one
// rule: each has a fix of its own, one comment is about both.
func TestOneActionForProblemsOfOneLine(t *testing.T) {
	tag := "Books []Book `rel:\"back_populates:Writer\"`"
	files := map[string]string{
		"author.go": strings.Replace(blog["author.go"], tag, tag+"; Novels []Book `rel:\"back_populates:Painter\"`", 1),
		"book.go":   blog["book.go"],
	}
	s := start(t, files, capable, server.Options{})
	s.set("author.go", files["author.go"])
	s.settle()
	at := s.problems()[0].at
	at.start, at.end = 0, len(strings.Split(files["author.go"], "\n")[at.line-1])
	p := &player{t: t, session: s}
	brought := map[string][]int{} // with how many problems each title comes
	for _, a := range p.actions(mark{at: at}, protocol.CodeActionKindQuickFix) {
		brought[a.Title] = append(brought[a.Title], len(a.Diagnostics))
	}
	ignore := "Ignore " + problem + " here"
	if got := brought[ignore]; !slices.Equal(got, []int{2}) {
		t.Errorf("%s comes with %v problems, want one action with 2: %v", ignore, got, brought)
	}
	for _, fix := range []string{"Change to Author", "Add Book.Painter"} {
		if got := brought[fix]; !slices.Equal(got, []int{1}) {
			t.Errorf("%s comes with %v problems, want one action with 1: %v", fix, got, brought)
		}
	}
}

// TestStaleAction chooses an action after the text has changed: if the problem is
// still there the edit is made for the text as it is, else the action is refused.
func TestStaleAction(t *testing.T) {
	p, m := mending(t, capable)
	action := p.actions(m, protocol.CodeActionKindQuickFix)[0]
	if action.Edit != nil {
		t.Fatalf("an action with an edit before it is chosen: %+v", action)
	}
	resolve := func() (*protocol.CodeAction, error) {
		var chosen protocol.CodeAction
		err := p.Call(context.Background(), protocol.MethodCodeActionResolve, &action, &chosen)
		return &chosen, err
	}
	p.set("author.go", "// moved\n"+blog["author.go"])
	chosen, err := resolve()
	if err != nil {
		t.Fatal(err)
	}
	change := chosen.Edit.DocumentChanges[0].(*protocol.TextDocumentEdit)
	if v := change.TextDocument.Version; v == nil || *v != 2 {
		t.Errorf("the edit is for version %v, want 2", v)
	}
	if got := change.Edits[0].(*protocol.TextEdit).Range.Start.Line; got != 5 {
		t.Errorf("the edit is on line %d, want 5", got)
	}
	p.set("author.go", mended("author.go", "Writer", "Author"))
	if _, err := resolve(); wiretest.Code(err) != protocol.CodeContentModified {
		t.Errorf("choosing an action that is of no use any more: %v, want content modified", err)
	}
	action.Data = nil
	if _, err := resolve(); wiretest.Code(err) != -32602 {
		t.Errorf("choosing an action that is not ours: %v, want invalid params", err)
	}
}

// TestForeignDiagnostics brings along what other servers have to say.
func TestForeignDiagnostics(t *testing.T) {
	p, m := mending(t, capable)
	own := p.problems()[0].diagnostic
	params := map[string]any{
		"textDocument": map[string]any{"uri": p.uri("author.go")}, "range": p.span(m.at),
		"context": map[string]any{"diagnostics": []any{
			map[string]any{"range": p.span(m.at), "message": "m", "code": true, "severity": nil},
			map[string]any{"range": p.span(m.at), "message": "m", "source": "rells", "data": "not ours"},
			&own,
			map[string]any{"range": p.span(m.at), "message": "m", "code": 1.5},
		}},
	}
	var actions []protocol.CodeAction
	if err := p.Call(context.Background(), protocol.MethodTextDocumentCodeAction, params, &actions); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(titles(actions), ", "); !strings.Contains(got, "Change to Author") {
		t.Errorf("the actions are %q", got)
	}
}

// TestMangledDocument opens a text that is not valid Unicode: it is read, but not
// edited.
func TestMangledDocument(t *testing.T) {
	p, m := mending(t, capable)
	text := `package blog // \ud800` + strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(
		strings.TrimPrefix(blog["author.go"], "package blog"), `"`, `\"`), "\n", `\n`), "\t", `\t`)
	p.Frame(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"` + p.uri("author.go") +
		`","languageId":"go","version":5,"text":"` + text + `"}}}`)
	p.expectRules("mangled", "author.go "+problem)
	if got := p.actions(m, protocol.CodeActionKindQuickFix); len(got) > 0 {
		t.Errorf("the actions are %q, want none", titles(got))
	}
}

func TestDefinitionWithoutLinks(t *testing.T) {
	s := start(t, blog, `{}`, server.Options{})
	var locations []protocol.Location
	s.ask(protocol.MethodTextDocumentDefinition, location{file: "book.go", line: 6}, 40, nil, &locations)
	if len(locations) != 1 || string(locations[0].URI) != s.uri("author.go") || locations[0].Range.Start.Line != 4 {
		t.Errorf("the definition is at %+v", locations)
	}
}

func TestMarkdownHover(t *testing.T) {
	s := start(t, blog, `{"textDocument": {"hover": {"contentFormat": ["plaintext", "markdown"]}}}`, server.Options{})
	var hover *protocol.Hover
	s.ask(protocol.MethodTextDocumentHover, location{file: "book.go", line: 6}, 2, nil, &hover)
	content, ok := hover.Contents.(*protocol.MarkupContent)
	if !ok || content.Kind != protocol.MarkupKindMarkdown || !strings.Contains(content.Value, "belongs-to `Book.Author -> Author`") {
		t.Errorf("the hover is %+v", hover.Contents)
	}
}

func TestInsertReplace(t *testing.T) {
	s := start(t, blog, `{"textDocument": {"completion": {"completionItem": {"insertReplaceSupport": true}}}}`, server.Options{})
	var list protocol.CompletionList
	character := strings.Index(strings.Split(blog["author.go"], "\n")[4], "iter")
	s.ask(protocol.MethodTextDocumentCompletion, location{file: "author.go", line: 5}, character, nil, &list)
	edit, ok := list.Items[0].TextEdit.(*protocol.InsertReplaceEdit)
	if !ok || edit.Insert.End.Character != uint32(character) || edit.Replace.End.Character != uint32(character)+4 ||
		edit.Insert.Start != edit.Replace.Start || edit.Replace.Start.Character != uint32(character)-2 {
		t.Errorf("the edit is %+v", list.Items[0].TextEdit)
	}
}

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

// keyed is paired with a key that every tag names, so that only the pairing depends on
// what a relation is called.
var keyed = map[string]string{
	"author.go": "package blog\n\ntype Author struct {\n\tID    int64\n\tBooks []Book `rel:\"back_populates:Author,foreign_key:AuthorID\"`\n}\n",
	"book.go":   "package blog\n\ntype Book struct {\n\tID       int64\n\tAuthorID int64\n\tAuthor   *Author `rel:\"back_populates:Books,foreign_key:AuthorID\"`\n}\n",
	"shelf.go":  "package blog\n\ntype Shelf struct {\n\tID    int64\n\tBooks []Book `rel:\"many-to-many,through:Placement\"`\n}\n\ntype Placement struct{ ShelfID, BookID int64 }\n",
}

// typing renames a word of an open document letter by letter. After every letter the
// client asks for code actions, so that the server takes in each state by itself.
func (p *player) typing(name, before, word, to, after string) {
	p.t.Helper()
	text := p.texts[name]
	head, tail, found := strings.Cut(text, before+word+after)
	if !found {
		p.t.Fatalf("%s has no %q", name, before+word+after)
	}
	at := location{file: name, line: 1 + strings.Count(head+before, "\n"), start: len(before) - 1 - strings.LastIndexByte(before, '\n')}
	at.end = at.start
	show := func(word string) {
		p.set(name, head+before+word+after+tail)
		p.actions(mark{at: at}, protocol.CodeActionKindQuickFix)
	}
	for n := len(word) - 1; n >= 0; n-- {
		show(word[:n])
	}
	for n := range to {
		show(to[:n+1])
	}
}

// named are the titles of the quick fixes at a text of a document.
func (p *player) fixesAt(name, text string) []string {
	p.t.Helper()
	p.settle()
	for i, line := range strings.Split(p.texts[name], "\n") {
		if start := strings.Index(line, text); start >= 0 {
			at := location{file: name, line: i + 1, start: start, end: start + len(text)}
			return titles(p.actions(mark{at: at}, protocol.CodeActionKindQuickFix))
		}
	}
	p.t.Fatalf("%s has no %q", name, text)
	return nil
}

// TestRenamedByTyping renames a field letter by letter, unsaved, and takes that back.
func TestRenamedByTyping(t *testing.T) {
	const update = "Update the tag that names Book.Author to Writer"
	for name, newline := range map[string]string{"\\n": "\n", "\\r\\n": "\r\n"} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{}
			for name, text := range keyed {
				files[name] = strings.ReplaceAll(text, "\n", newline)
			}
			p := &player{t: t, session: start(t, files, capable, server.Options{})}
			p.set("book.go", files["book.go"])
			p.typing("book.go", "\t", "Author", "Writer", "   *Author")
			if got := p.fixesAt("book.go", "Writer"); !slices.Equal(got, []string{update}) {
				t.Errorf("on the field: %q", got)
			}
			if got := p.fixesAt("author.go", "Author,"); len(got) == 0 || got[0] != update {
				t.Errorf("on the tag: %q", got)
			}
			p.expectRules("renamed", "author.go "+problem)
			p.typing("book.go", "\t", "Writer", "Author", "   *Author")
			if got := p.fixesAt("book.go", "Author   *"); len(got) > 0 {
				t.Errorf("taken back: %q", got)
			}
			p.expectRules("taken back", "")
		})
	}
}

// TestRenamedIsUpdated chooses the update of a file that is not open, after the text
// around it has moved; and again, when there is nothing left to do.
func TestRenamedIsUpdated(t *testing.T) {
	p := &player{t: t, session: start(t, keyed, capable, server.Options{})}
	p.set("book.go", strings.Replace(keyed["book.go"], "Author   *", "Writer   *", 1))
	p.set("shelf.go", strings.Replace(keyed["shelf.go"], "type Placement", "type Place", 1))
	p.settle()
	for _, test := range []struct{ at, text, file, want string }{
		{"book.go", "Writer", "author.go", strings.Replace("// moved\n"+keyed["author.go"], ":Author", ":Writer", 1)},
		{"shelf.go", "Place ", "shelf.go", "// moved\n" + strings.ReplaceAll(keyed["shelf.go"], "Placement", "Place")},
	} {
		line := slices.IndexFunc(strings.Split(p.texts[test.at], "\n"), func(line string) bool { return strings.Contains(line, test.text) })
		start := strings.Index(strings.Split(p.texts[test.at], "\n")[line], test.text)
		actions := p.actions(mark{at: location{file: test.at, line: line + 1, start: start, end: start}}, protocol.CodeActionKindQuickFix)
		if len(actions) != 1 || actions[0].IsPreferred == nil || !*actions[0].IsPreferred {
			t.Fatalf("the actions are %+v", actions)
		}
		p.set(test.file, "// moved\n"+p.texts[test.file])
		var chosen protocol.CodeAction
		if err := p.Call(context.Background(), protocol.MethodCodeActionResolve, &actions[0], &chosen); err != nil {
			t.Fatal(err)
		}
		change := chosen.Edit.DocumentChanges[0].(*protocol.TextDocumentEdit)
		var edits []protocol.TextEdit
		for _, e := range change.Edits {
			edits = append(edits, *e.(*protocol.TextEdit))
		}
		if got := p.edited(p.texts[test.file], edits); got != test.want || string(change.TextDocument.URI) != p.uri(test.file) {
			t.Errorf("%s makes of %s %q", actions[0].Title, change.TextDocument.URI, got)
		}
		p.set(test.file, test.want)
		if err := p.Call(context.Background(), protocol.MethodCodeActionResolve, &actions[0], &chosen); wiretest.Code(err) != protocol.CodeContentModified {
			t.Errorf("choosing %s again: %v, want content modified", actions[0].Title, err)
		}
	}
	p.expectRules("updated", "")
}

// TestRenamedByEditsOfManyFiles renames a field as the language's own server does: the
// client edits the struct and all code that uses it, and tells of one document after
// the other. Then it saves and closes them.
func TestRenamedByEditsOfManyFiles(t *testing.T) {
	files := map[string]string{"use.go": "package blog\n\nfunc by(b *Book) *Author { return b.Author }\n"}
	for name, text := range keyed {
		files[name] = text
	}
	p := &player{t: t, session: start(t, files, `{"textDocument": {"codeAction": {`+literals+`}}}`, server.Options{})}
	renamed := map[string]string{
		"use.go":  strings.Replace(files["use.go"], "b.Author", "b.Writer", 1),
		"book.go": strings.Replace(files["book.go"], "Author   *", "Writer   *", 1),
	}
	for _, name := range []string{"use.go", "book.go"} {
		p.set(name, files[name])
	}
	p.set("author.go", files["author.go"])
	for _, name := range []string{"use.go", "book.go"} {
		p.set(name, renamed[name])
	}
	p.set("author.go", files["author.go"]+"\n")
	check := func(when string) {
		t.Helper()
		p.expectRules(when, "author.go "+problem)
		for _, f := range p.problems() {
			if !strings.HasSuffix(f.message, "(Book.Author was renamed to Book.Writer)") {
				t.Errorf("%s: the message is %q", when, f.message)
			}
			actions := p.actions(mark{at: f.at}, protocol.CodeActionKindQuickFix)
			if len(actions) == 0 || actions[0].Edit == nil {
				t.Fatalf("%s: the actions are %+v", when, actions)
			}
			edits := actions[0].Edit.Changes[uri.URI(p.uri("author.go"))]
			if got := p.edited(p.texts["author.go"], edits); !strings.Contains(got, "back_populates:Writer") {
				t.Errorf("%s: %s makes %q", when, actions[0].Title, got)
			}
		}
	}
	check("edited")
	p.texts["author.go"] = files["author.go"]
	for name, text := range renamed {
		write(t, p.root+"/"+name, text)
		p.Notify(protocol.MethodTextDocumentDidSave, map[string]any{"textDocument": map[string]any{"uri": p.uri(name)}, "text": text})
		p.Close(p.uri(name))
	}
	p.Close(p.uri("author.go"))
	check("saved and closed")
}

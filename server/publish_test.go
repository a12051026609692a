package server_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/rells-dev/rells/server"
	"github.com/rells-dev/rells/server/wiretest"
)

// blog is a workspace with one problem, in author.go, that book.go can mend.
var blog = map[string]string{
	"author.go": "package blog\n\ntype Author struct {\n\tID    int64\n\tBooks []Book `rel:\"back_populates:Writer\"`\n}\n",
	"book.go":   "package blog\n\ntype Book struct {\n\tID       int64\n\tAuthorID int64\n\tAuthor   *Author `rel:\"back_populates:Books\"`\n}\n",
}

const (
	problem    = "back-populates-unknown"
	watchFiles = protocol.MethodWorkspaceDidChangeWatchedFiles
)

// mended is a file of blog in which one name is the right one.
func mended(name, from, to string) string { return strings.ReplaceAll(blog[name], from, to) }

func (s *session) rules() string {
	s.t.Helper()
	var rules []string
	for _, f := range s.problems() {
		rules = append(rules, f.at.file+" "+f.rule)
	}
	return strings.Join(rules, ", ")
}

func (s *session) expectRules(when, want string) {
	s.t.Helper()
	s.settle()
	if got := s.rules(); got != want {
		s.t.Errorf("%s: the problems are %q, want %q", when, got, want)
	}
}

// changed tells the server of changes on disk.
func (s *session) changed(names ...string) {
	s.t.Helper()
	var events []map[string]any
	for _, name := range names {
		events = append(events, map[string]any{"uri": s.uri(name), "type": protocol.FileChangeTypeChanged})
	}
	s.Notify(watchFiles, map[string]any{"changes": events})
}

func TestProblemsOfClosedFiles(t *testing.T) {
	s := start(t, blog, capable, server.Options{})
	s.expectRules("on disk", "author.go "+problem)
	p := s.Published()[s.uri("author.go")]
	if p.HasVersion {
		t.Errorf("problems of a closed file have version %d", p.Version)
	}
	if _, told := s.Published()[s.uri("book.go")]; told {
		t.Error("told of a clean file")
	}

	author := mended("author.go", "Writer", "Author")
	write(t, filepath.Join(s.root, "author.go"), author)
	s.texts["author.go"] = author
	s.changed("author.go")
	s.expectRules("written on disk", "")

	if err := os.Remove(filepath.Join(s.root, "book.go")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(s.root, "author.go"), blog["author.go"])
	s.changed("book.go", "author.go")
	s.settle()
	write(t, filepath.Join(s.root, "book.go"), blog["book.go"])
	s.changed("book.go")
	s.expectRules("put back", "author.go "+problem)
}

// TestProblemsFollowTheEditor mends a problem of a closed file by an edit of an
// open one that is never saved, and gives it back.
func TestProblemsFollowTheEditor(t *testing.T) {
	s := start(t, blog, capable, server.Options{})
	s.set("book.go", strings.ReplaceAll(mended("book.go", "Author   *", "Writer   *"), "AuthorID", "WriterID"))
	s.expectRules("edited", "")
	s.Close(s.uri("book.go"))
	s.expectRules("closed unsaved", "author.go "+problem)
}

func TestVersionsOfOpenFiles(t *testing.T) {
	s := start(t, blog, capable, server.Options{})
	author := s.uri("author.go")
	s.set("author.go", blog["author.go"])
	s.settle()
	if got := s.Diagnostics(author, 1); len(got) != 1 {
		t.Errorf("opened: %d problems, want 1", len(got))
	}
	s.set("author.go", mended("author.go", "Writer", "Author"))
	s.settle()
	if p := s.Published()[author]; p.Version != 2 || len(p.Diagnostics) != 0 {
		t.Errorf("mended: %d problems of version %d, want none of version 2", len(p.Diagnostics), p.Version)
	}
	s.set("author.go", "\n"+blog["author.go"])
	s.settle()
	if got := s.Diagnostics(author, 3); len(got) != 1 || got[0].Range.Start.Line != 5 {
		t.Errorf("moved: %v, want one problem on line 5", got)
	}
	s.Close(author)
	s.settle()
	if p := s.Published()[author]; p.HasVersion || len(p.Diagnostics) != 1 || p.Diagnostics[0].Range.Start.Line != 4 {
		t.Errorf("closed: %+v, want one problem on line 4 without version", p)
	}
}

// TestOnlyNewListsAreSent edits a file in a way that changes no list.
func TestOnlyNewListsAreSent(t *testing.T) {
	s := start(t, blog, capable, server.Options{})
	s.set("book.go", blog["book.go"])
	s.settle()
	count := func() (n int) {
		for _, p := range s.Notifications(protocol.MethodTextDocumentPublishDiagnostics) {
			if strings.Contains(string(p.Params), "author.go") {
				n++
			}
		}
		return n
	}
	before := count()
	for range 5 {
		s.set("book.go", s.texts["book.go"]+"\n")
		s.settle()
	}
	if after := count(); after != before {
		t.Errorf("told %d times more of a file that is the same", after-before)
	}
}

// asymmetric is a workspace with one problem, in author.go, to which a place in book.go is
// related.
func asymmetric() map[string]string {
	files := map[string]string{
		"author.go": mended("author.go", "Writer", "Author"),
		"book.go":   mended("book.go", "Books", "Drafts") + "\n",
	}
	files["author.go"] = strings.Replace(files["author.go"], "}\n", "\tDrafts []Book `rel:\"has-many,foreign_key:AuthorID\"`\n}\n", 1)
	return files
}

// TestRelatedPlacesMove edits another file than the one with the problem, such that the
// related place there gets to another line, though no offset changes.
func TestRelatedPlacesMove(t *testing.T) {
	files := asymmetric()
	s := start(t, files, capable, server.Options{})
	line := func() uint32 { return s.problems()[0].diagnostic.RelatedInformation[0].Location.Range.Start.Line }
	s.expectRules("on disk", "author.go back-populates-asymmetric")
	before := line()
	s.set("book.go", strings.Replace(files["book.go"], "\n\n", "\n ", 1))
	s.expectRules("moved", "author.go back-populates-asymmetric")
	if now := line(); now != before-1 {
		t.Errorf("the related place is on line %d, want %d", now, before-1)
	}
}

func TestDiagnosticIsComplete(t *testing.T) {
	s := start(t, asymmetric(), capable, server.Options{})
	s.expectRules("on disk", "author.go back-populates-asymmetric")
	d := s.problems()[0].diagnostic
	if source, _ := d.Source.Get(); source != "rells" || d.Severity != protocol.DiagnosticSeverityError || len(d.Data) == 0 {
		t.Errorf("the diagnostic is %+v", d)
	}
	if len(d.RelatedInformation) == 0 || !strings.HasSuffix(string(d.RelatedInformation[0].Location.URI), "/book.go") {
		t.Errorf("related: %+v, want a place in book.go", d.RelatedInformation)
	}
}

// TestLostDocument sends a change that cannot be read: from then on nothing is
// answered in the document, until its whole text comes again.
func TestLostDocument(t *testing.T) {
	s := start(t, blog, capable, server.Options{})
	author := s.uri("author.go")
	found := map[string]func(){
		"a whole text": func() { s.Replace(author, 9, blog["author.go"]) },
		"opened anew":  func() { s.Client.Open(author, "go", 9, blog["author.go"]) },
		"saved": func() {
			s.Notify(protocol.MethodTextDocumentDidSave, map[string]any{
				"textDocument": map[string]any{"uri": author}, "text": blog["author.go"],
			})
		},
	}
	for how, find := range found {
		s.Client.Open(author, "go", 1, blog["author.go"])
		s.expectRules("opened", "author.go "+problem)
		s.Notify(protocol.MethodTextDocumentDidChange, map[string]any{
			"textDocument":   map[string]any{"uri": author, "version": 2},
			"contentChanges": []any{map[string]any{"range": map[string]any{"start": -1}, "text": "x"}},
		})
		s.expectRules("lost", "")
		place := location{file: "author.go", line: 5, start: 1, end: 6}
		var hover *protocol.Hover
		if s.ask(protocol.MethodTextDocumentHover, place, 1, nil, &hover); hover != nil {
			t.Errorf("a hover in a document that is lost: %+v", hover)
		}
		find()
		s.expectRules(how, "author.go "+problem)
		if s.ask(protocol.MethodTextDocumentHover, place, 1, nil, &hover); hover == nil {
			t.Errorf("%s: no hover in a document that has been found", how)
		}
		s.Close(author)
	}
}

// TestLostByUnreadableMessage sends an edit whose document cannot be read: any may
// be meant.
func TestLostByUnreadableMessage(t *testing.T) {
	s := start(t, blog, capable, server.Options{})
	s.set("author.go", blog["author.go"])
	s.expectRules("opened", "author.go "+problem)
	s.Notify(protocol.MethodTextDocumentDidChange, []int{1})
	s.expectRules("lost", "")
	s.set("author.go", blog["author.go"])
	s.expectRules("found", "author.go "+problem)
}

// TestSpelling opens a file by an address that is spelled in another way than
// rells does: the client hears of it in its own spelling.
func TestSpelling(t *testing.T) {
	files := map[string]string{"a(b)+.go": blog["author.go"], "book.go": blog["book.go"]}
	s := start(t, files, capable, server.Options{})
	s.settle()
	folder := string(uri.File(s.root))
	spelled := folder + "/a(b)+.go"
	s.Client.Open(spelled, "", 1, blog["author.go"])
	s.settle()
	if got := s.Diagnostics(spelled, 1); len(got) != 1 {
		t.Errorf("%d problems in %s, want 1", len(got), spelled)
	}
	for address, p := range s.Published() {
		if address != spelled && strings.HasPrefix(address, folder) && len(p.Diagnostics) > 0 {
			t.Errorf("the problem is shown in %s too", address)
		}
	}
}

// TestAloneDocument opens documents that lie in no folder, and some that are no
// files at all.
func TestAloneDocument(t *testing.T) {
	s := start(t, blog, capable, server.Options{})
	alone := string(uri.File(filepath.Join(t.TempDir(), "alone.go")))
	both := blog["author.go"] + strings.TrimPrefix(blog["book.go"], "package blog\n")
	s.Client.Open("git:/a.go", "go", 1, both)
	s.Client.Open("untitled:Untitled-1", "go", 1, both)
	s.Client.Open(alone, "go", 1, both)
	s.settle()
	if got := s.Diagnostics(alone, 1); len(got) != 1 {
		t.Errorf("%d problems in a document alone, want 1", len(got))
	}
	for address := range s.Published() {
		if !strings.HasPrefix(address, "file:") {
			t.Errorf("told of %s", address)
		}
	}
	var hover *protocol.Hover
	err := s.Call(context.Background(), protocol.MethodTextDocumentHover, map[string]any{
		"textDocument": map[string]any{"uri": "git:/a.go"}, "position": protocol.Position{Line: 4, Character: 2},
	}, &hover)
	if err != nil || hover != nil {
		t.Errorf("hover in git:/a.go: %v, %v; want nothing", hover, err)
	}
}

// TestChangeOfClosedDocument edits a document that is not open: nothing happens.
func TestChangeOfClosedDocument(t *testing.T) {
	s := start(t, blog, capable, server.Options{})
	s.Change(s.uri("author.go"), 1, wiretest.Edit{Text: "x"})
	s.Close(s.uri("book.go"))
	s.expectRules("on disk", "author.go "+problem)
}

// TestDiskBehindTheEditor writes a file on disk while the editor owns it: the
// editor's text counts until it is closed.
func TestDiskBehindTheEditor(t *testing.T) {
	s := start(t, blog, capable, server.Options{})
	s.set("author.go", blog["author.go"])
	author := mended("author.go", "Writer", "Author")
	write(t, filepath.Join(s.root, "author.go"), author)
	s.changed("author.go")
	s.expectRules("written while open", "author.go "+problem)
	s.Close(s.uri("author.go"))
	s.texts["author.go"] = author
	s.expectRules("closed", "")
}

// TestFolderDeleted deletes a folder: its files are gone with it.
func TestFolderDeleted(t *testing.T) {
	files := map[string]string{"blog/author.go": blog["author.go"], "blog/book.go": blog["book.go"]}
	s := start(t, files, capable, server.Options{})
	s.expectRules("on disk", "blog/author.go "+problem)
	if err := os.RemoveAll(filepath.Join(s.root, "blog")); err != nil {
		t.Fatal(err)
	}
	s.changed("blog")
	s.expectRules("deleted", "")
}

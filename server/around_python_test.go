package server_test

import (
	"os"
	"path/filepath"
	"testing"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server"
)

// shelf is a package of two models, the text in one of which names no relationship of the
// other, below a folder.
func shelf(folder string) map[string]string {
	return map[string]string{
		folder + "/shelf/__init__.py":        "",
		folder + "/shelf/base.py":            "from sqlalchemy.orm import declarative_base\n\nBase = declarative_base()\n",
		folder + "/shelf/models/__init__.py": "",
		folder + "/shelf/models/author.py": "from sqlalchemy import Column, Integer\nfrom sqlalchemy.orm import relationship\n\nfrom ..base import Base\n\n\n" +
			"class Author(Base):\n    __tablename__ = \"author\"\n    id = Column(Integer, primary_key=True)\n    books = relationship(\"Book\", back_populates=\"writer\")\n",
		folder + "/shelf/models/book.py": "from sqlalchemy import Column, ForeignKey, Integer\nfrom sqlalchemy.orm import relationship\n\nfrom ..base import Base\n\n\n" +
			"class Book(Base):\n    __tablename__ = \"book\"\n    id = Column(Integer, primary_key=True)\n    author_id = Column(ForeignKey(\"author.id\"))\n    author = relationship(\"Author\")\n",
	}
}

// TestPythonWithoutWorkspace opens a file for which the client names no folder: its project
// is read, or the outermost package around it, and nothing where it is installed.
func TestPythonWithoutWorkspace(t *testing.T) {
	tests := []struct{ name, folder, project, want string }{
		{"in a project", "p", "p/pyproject.toml", "p/shelf/models/author.py back-populates-unknown"},
		{"in a package", "loose", "", "loose/shelf/models/author.py back-populates-unknown"},
		{"installed", "venv/lib/site-packages", "venv/pyproject.toml", ""},
	}
	for _, test := range tests {
		files := shelf(test.folder)
		if test.project != "" {
			files[test.project] = "[project]\nname = \"shelf\"\n"
		}
		s := lone(t, files, capable, nil)
		s.expectRules(test.name+", before", "")
		book := test.folder + "/shelf/models/book.py"
		s.set(book, files[book])
		s.expectRules(test.name, test.want)
	}
}

// TestPythonFilesComeAndGo removes, creates and empties files of Python on disk.
func TestPythonFilesComeAndGo(t *testing.T) {
	files := shelf("p")
	s := start(t, files, capable, server.Options{})
	author, book := "p/shelf/models/author.py", "p/shelf/models/book.py"
	s.expectRules("at first", author+" back-populates-unknown")
	changed := func(name string, kind protocol.FileChangeType) {
		t.Helper()
		s.Notify(protocol.MethodWorkspaceDidChangeWatchedFiles, map[string]any{
			"changes": []any{map[string]any{"uri": s.uri(name), "type": kind}},
		})
	}
	on := func(name string) string { return filepath.Join(s.root, filepath.FromSlash(name)) }
	if err := os.Remove(on(book)); err != nil {
		t.Fatal(err)
	}
	changed(book, protocol.FileChangeTypeDeleted)
	s.expectRules("without the other side", author+" target-unknown")
	write(t, on(book), files[book])
	changed(book, protocol.FileChangeTypeCreated)
	s.expectRules("with it again", author+" back-populates-unknown")
	write(t, on(author), "")
	changed(author, protocol.FileChangeTypeChanged)
	s.expectRules("written empty", book+" target-unknown")
}

// TestPythonBeforeItIsSaved opens what is on no disk: rells says nothing about it.
func TestPythonBeforeItIsSaved(t *testing.T) {
	s := start(t, shelf("p"), capable, server.Options{})
	s.Notify(protocol.MethodTextDocumentDidOpen, map[string]any{"textDocument": map[string]any{
		"uri": "untitled:Untitled-1", "languageId": "python", "version": 1, "text": "from sqlalchemy.orm import relationship\n",
	}})
	s.expectRules("with an untitled document", "p/shelf/models/author.py back-populates-unknown")
}

package neovim

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestThread goes the way of a user who has misspelt an inverse: the editor shows
// the problem, completion puts the right name there, the name leads to the other
// file, the quick fix makes that one name this one, and nothing is left to do.
func TestThread(t *testing.T) {
	find(t)
	root := workspace(t, "blog")
	e := open(t, filepath.Join(root, "author.go"))
	e.until("the problem is shown", func() bool { return e.problems() == "back-populates-unknown" })

	e.keys("/Athor<CR>ce<C-x><C-o>")
	e.until("completion inserts the inverse", func() bool {
		return e.line() == "Books []Book `rel:\"back_populates:Author\"`"
	})
	e.keys("<C-y><Esc>")
	e.until("the other side says nothing back", func() bool { return e.problems() == "back-populates-one-sided" })

	e.keys(":lua vim.lsp.buf.definition()<CR>")
	e.until("the jump lands on the inverse", func() bool {
		return e.file() == "book.go" && e.line() == "Author   *Author"
	})
	e.keys("<C-o>")
	e.until("the cursor is back", func() bool { return e.file() == "author.go" })

	e.keys(":lua vim.lsp.buf.code_action()<CR>")
	e.until("the problem is gone", func() bool { return e.problems() == "" })
	e.keys(":wall<CR>")
	e.until("the other file is mended", func() bool {
		text, err := os.ReadFile(filepath.Join(root, "book.go"))
		return err == nil && strings.Contains(string(text), "\tAuthor   *Author `rel:\"back_populates:Books\"`\n")
	})
	if e.problems() != "" {
		t.Errorf("the problems are %q, want none", e.problems())
	}
}

// TestWithoutModule opens a file in a folder that nothing marks as a workspace: the
// other files beside it count all the same.
func TestWithoutModule(t *testing.T) {
	find(t)
	root := workspace(t, "blog")
	if err := os.Remove(filepath.Join(root, "go.mod")); err != nil {
		t.Fatal(err)
	}
	e := open(t, filepath.Join(root, "author.go"))
	e.until("the problem is shown", func() bool { return e.problems() == "back-populates-unknown" })
	e.keys("/Athor<CR>ceAuthor<Esc>")
	e.until("the other side says nothing back", func() bool { return e.problems() == "back-populates-one-sided" })
}

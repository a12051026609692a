package helix

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestThread goes the way of a user who has misspelt an inverse: the editor shows
// the problem, completion puts the right name there, the name leads to the other
// file, the quick fix makes that one name this one, and nothing is left to do.
func TestThread(t *testing.T) {
	root := workspace(t, "blog")
	e := open(t, root, "author.go")
	e.shows("the problem", `Athor"\x60.* Book has no such field`)

	e.text("/Athor")
	e.keys("Enter")
	e.text("c")
	e.keys("C-x")
	e.shows("the name is offered", `(?m)^ +6  }.* Author +reference`)
	e.keys("C-n", "Enter")
	e.shows("the name is inserted", "back_populates:Author\"`")
	e.normal()
	e.shows("the other side says nothing back", `does not name it back`)

	e.text("bgd")
	e.shows("the cursor is on the inverse", `NOR   book\.go .* 6:2`)
	e.keys("C-o")
	e.shows("the cursor is back", `NOR   author\.go `)

	e.text(" a")
	e.shows("the fix is offered", "Add back_populates to Book.Author")
	e.keys("Enter")
	e.until("the problem is gone", func(screen string) bool {
		return !strings.Contains(screen, "does not name it back") && !strings.Contains(screen, "●")
	})
	e.saved(filepath.Join(root, "book.go"), "\tAuthor   *Author `rel:\"back_populates:Books\"`\n")
	e.saved(filepath.Join(root, "author.go"), "\tBooks []Book `rel:\"back_populates:Author\"`\n")
}

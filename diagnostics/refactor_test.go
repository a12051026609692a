package diagnostics

import "testing"

// GORM v1 is read for pairing alone: a pair can be stated, but no side is written
// in the tags of a library that nobody should begin with any more.
func TestRefactoringsOfGORMv1(t *testing.T) {
	const module = "module example.com/blog\n\ngo 1.26\n\nrequire github.com/jinzhu/gorm v1.9.16\n"
	const source = `package models

import "github.com/jinzhu/gorm"

type Author struct {
	gorm.Model
	Books []Book
	Notes []Note
}

type Book struct {
	gorm.Model
	AuthorID uint
	Author   *Author
}

type Note struct {
	gorm.Model
	AuthorID uint
}
`
	w := open(t, module, "models/models.go", source)
	for name, want := range map[string][]string{
		"Author.Books": {"Add back_populates to Author.Books and Book.Author"},
		"Author.Notes": nil,
	} {
		fixes := Refactorings(w.index.Snapshot(), w.relation(t, name))
		if len(fixes) != len(want) || len(want) > 0 && fixes[0].Title != want[0] {
			t.Errorf("%s: got %v, want %q", name, fixes, want)
		}
	}
}

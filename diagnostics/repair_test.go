package diagnostics

import (
	"go/format"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Several mistakes in one struct, one of which can only be fixed after another, are
// gone in the end, and the file is as formatted as it was.
func TestRepairAll(t *testing.T) {
	const source = `package models

import "gorm.io/gorm"

type Author struct {
	gorm.Model
	Books  []Book ` + "`gorm:\"foreignKey:AutorID\" rel:\"back_populates:Athor\"`" + ` // all of them
	Drafts []Book ` + "`gorm:\"foreignKey:DrafterID\" rel:\"back_populates:Draftr\"`" + ` // not yet
	Name   string
}

type Book struct {
	gorm.Model
	AuthorID  uint
	Author    *Author
	DrafterID uint
	Drafter   *Author
}
`
	const want = `package models

import "gorm.io/gorm"

type Author struct {
	gorm.Model
	Books  []Book ` + "`gorm:\"foreignKey:AuthorID\" rel:\"back_populates:Author\"`" + `   // all of them
	Drafts []Book ` + "`gorm:\"foreignKey:DrafterID\" rel:\"back_populates:Drafter\"`" + ` // not yet
	Name   string
}

type Book struct {
	gorm.Model
	AuthorID  uint
	Author    *Author ` + "`rel:\"back_populates:Books\"`" + `
	DrafterID uint
	Drafter   *Author ` + "`rel:\"back_populates:Drafts\"`" + `
}
`
	w := open(t, gormModule, "models/models.go", gofmt(t, source))
	repaired := RepairAll(w.index, NewChecker(Rules()), func(Problem) bool { return true })
	if diff := cmp.Diff(gofmt(t, want), string(repaired.Texts[filepath.Join(w.root, "models", "models.go")])); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if problems := w.problems(Rules()); len(problems) > 0 {
		t.Errorf("left over:\n%s", w.print(problems))
	}
}

func gofmt(t *testing.T, source string) string {
	t.Helper()
	formatted, err := format.Source([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return string(formatted)
}

// Whatever is wrong with the statements of two models, repairing leaves nothing.
func TestRepairAllConverges(t *testing.T) {
	for seed := range uint64(60) {
		text := spoiltPairs(seed)
		w := open(t, "module example.com/blog\n\ngo 1.26\n", "models/models.go", text)
		RepairAll(w.index, NewChecker(Rules()), func(Problem) bool { return true })
		problems := w.problems(Rules())
		for _, p := range problems {
			for _, fix := range Fixes(w.index.Snapshot(), p.Data) {
				if fix.Preferred {
					t.Errorf("%q was not applied to\n%s\nleft over:\n%s", fix.Title, text, w.print(problems))
				}
			}
		}
	}
}

// Problems that are not wanted stay.
func TestRepairAllOfSome(t *testing.T) {
	w := load(t, "testdata/back-populates-unknown.txtar")
	before := w.problems(Rules())
	repaired := RepairAll(w.index, NewChecker(Rules()), func(Problem) bool { return false })
	if len(repaired.Texts) > 0 || len(repaired.Fixed) > 0 {
		t.Errorf("got %v", repaired)
	}
	if diff := cmp.Diff(before, w.problems(Rules())); diff != "" {
		t.Errorf("-before +after:\n%s", diff)
	}
}

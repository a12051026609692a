package diagnostics

import (
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

const gormModule = "module example.com/blog\n\ngo 1.26\n\nrequire gorm.io/gorm v1.31.2\n"

// open makes a workspace of Go files, given as name and text in turn.
func open(t *testing.T, module string, files ...string) *workspace {
	t.Helper()
	var b strings.Builder
	b.WriteString("-- go.mod --\n" + module)
	for i := 0; i < len(files); i += 2 {
		b.WriteString("-- " + files[i] + " --\n" + files[i+1])
	}
	path := filepath.Join(t.TempDir(), "case.txtar")
	write(t, path, []byte(b.String()))
	return load(t, path)
}

// relation finds a relation of package models by "Model.Field".
func (w *workspace) relation(t *testing.T, name string) *relation.Relation {
	t.Helper()
	model, field, _ := strings.Cut(name, ".")
	id := relation.FieldID{Model: facts.Ref{Package: "example.com/blog/models", Name: model}, Field: field}
	r := w.index.Snapshot().Relation(id, "")
	if r == nil {
		t.Fatalf("no relation %s", name)
	}
	return r
}

func TestAddMissingSide(t *testing.T) {
	const author = `package models

import "gorm.io/gorm"

type Author struct {
	gorm.Model
	Name string
}
`
	const book = `package models

import "gorm.io/gorm"

type Book struct {
	gorm.Model
	AuthorID uint
	Author   *Author
}
`
	w := open(t, gormModule, "models/author.go", author, "models/book.go", book)
	fixes := AddMissingSide(w.index.Snapshot(), w.relation(t, "Book.Author"))
	if len(fixes) != 1 || fixes[0].Title != "Add Author.Books" {
		t.Fatalf("got %v, want to add Author.Books", fixes)
	}
	want := map[string]string{"models/author.go": strings.Replace(author, "Name string", "Name  string\n\tBooks []Book", 1)}
	if diff := cmp.Diff(want, w.apply(t, fixes[0])); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}

	// That another struct embeds the model changes nothing.
	w.edit("models/page.go", "package models\n\ntype BookPage struct {\n\tBook\n\tTitle string `gorm:\"column:title\"`\n}\n")
	if fixes := AddMissingSide(w.index.Snapshot(), w.relation(t, "Book.Author")); len(fixes) != 1 {
		t.Errorf("nothing for a model that another struct embeds: %v", fixes)
	}

	// What the editor has open counts, not the disk.
	edited := strings.Replace(author, "Name string", "Name string\n\tBooks int", 1)
	w.edit("models/author.go", edited)
	fixes = AddMissingSide(w.index.Snapshot(), w.relation(t, "Book.Author"))
	if len(fixes) != 1 || fixes[0].Title == "Add Author.Books" {
		t.Errorf("a name that is taken in the editor is offered: %v", fixes)
	}
}

func TestAddMissingSideStatesThePair(t *testing.T) {
	const source = `package models

type Author struct {
	ID    int64
	Books []Book ` + "`rel:\"has-many,foreign_key:WriterID\"`" + `
}

type Book struct {
	ID       int64
	WriterID int64
}
`
	w := open(t, "module example.com/blog\n\ngo 1.26\n", "models/models.go", source)
	fixes := AddMissingSide(w.index.Snapshot(), w.relation(t, "Author.Books"))
	if len(fixes) != 1 {
		t.Fatalf("got %v, want one fix", fixes)
	}
	w.edit("models/models.go", w.apply(t, fixes[0])["models/models.go"])
	s := w.index.Snapshot()
	if pair := s.Pair(w.relation(t, "Author.Books")); pair.Pairing != relation.Explicit {
		t.Errorf("the new side is no stated inverse: %+v", pair)
	}
	if problems := w.problems(Rules()); len(problems) > 0 {
		t.Errorf("problems after the fix:\n%s", w.print(problems))
	}
}

func TestAddMissingSideWhereThereIsNone(t *testing.T) {
	const source = `package models

import (
	"gorm.io/gorm"

	"example.com/blog/tags"
)

type Author struct {
	gorm.Model
	Books  []Book     // has an inverse
	Toys   []Toy      ` + "`gorm:\"polymorphic:Owner\"`" + `
	Tags   []tags.Tag ` + "`gorm:\"many2many:author_tags\"`" + ` // of a package that cannot import this one
	Alone  *Book      ` + "`gorm:\"foreignKey:AloneID\" rel:\"one-way\"`" + `
}

type Audit struct {
	EditorID uint
	Editor   *Author // of each model that embeds it
}

type Book struct {
	gorm.Model
	Audit
	AuthorID uint
	Author   *Author
	AloneID  uint
}

type Toy struct {
	gorm.Model
	OwnerID   uint
	OwnerType string
}
`
	const tags = "package tags\n\nimport \"gorm.io/gorm\"\n\ntype Tag struct {\n\tgorm.Model\n}\n"
	w := open(t, gormModule, "models/models.go", source, "tags/tags.go", tags)
	for _, name := range []string{"Author.Books", "Author.Toys", "Author.Tags", "Author.Alone", "Book.Author", "Book.Editor"} {
		if fixes := AddMissingSide(w.index.Snapshot(), w.relation(t, name)); len(fixes) > 0 {
			t.Errorf("%s: got %v, want nothing", name, fixes)
		}
	}
}

// Whatever is wrong with the statements of two models, applying the first fix of
// the first problem again and again puts it in order.
func TestFixesConverge(t *testing.T) {
	w := newPairsWorkspace(t)
	for seed := range uint64(60) {
		text := spoiltPairs(seed)
		for left := 20; ; left-- {
			problems := w.problems(text)
			if len(problems) == 0 {
				break
			}
			fixes := Fixes(w.index.Snapshot(), problems[0].Data)
			if len(fixes) == 0 || left == 0 {
				t.Fatalf("%s: %d fixes, and %d rounds left\n%s", problems[0].Message, len(fixes), left, text)
			}
			text = w.apply(text, fixes[0])
		}
	}
}

func spoiltPairs(seed uint64) string {
	random := rand.New(rand.NewPCG(seed, 5))
	p := newPairs(2 + random.IntN(3))
	p.spoil(random, random.IntN(len(p.fields[0])+1))
	return p.source()
}

func (w pairsWorkspace) apply(text string, fix Fix) string {
	for i := len(fix.Edits) - 1; i >= 0; i-- {
		e := fix.Edits[i]
		text = text[:e.Span.Start] + e.NewText + text[e.Span.End:]
	}
	return text
}

package inject

import (
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
)

const source = `package models

import (
	"fmt"
	"time"
)

type User struct {
	ID    uint
	Posts []Post ` + "`gorm:\"foreignKey:AuthorID\"`" + `
	Born  time.Time
}

type Post struct {
	ID       uint
	AuthorID uint
	Author   *User
}

func init() { fmt.Println("loaded") }

func (u User) TableName() string { return "people" }

func (u User) String() string { return fmt.Sprint(u.ID) }
`

var testORM = &Structs{Tag: "gorm", Separator: ";", Methods: []string{"TableName"}}

func testPackage(t *testing.T) *modelPackage {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "models.go"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	return (&asked{orm: testORM, Module: &Module{Dir: dir, Path: "m.test"}}).readPackage(dir)
}

// TestMistakes breaks one relation in each way and looks at the source after it.
func TestMistakes(t *testing.T) {
	p := testPackage(t)
	if got := strings.Join(p.models, " "); got != "Post User" {
		t.Fatalf("models: %s", got)
	}
	file, field, _ := p.field("User", "Posts")
	b := &Breaker{Rand: rand.New(rand.NewPCG(1, 1)), orm: testORM, pkg: p, file: file, Field: field, Relation: ask.Relation{
		ID: "m.test.User.Posts", Model: "m.test.User", Field: "Posts", Kind: ask.HasMany,
		Keys: []ask.Key{{ForeignKey: "m.test.Post.AuthorID", References: "m.test.User.ID"}},
	}}
	if value, ok := b.Option("foreignKey"); !ok || value != "AuthorID" {
		t.Errorf("foreignKey is %q, %t", value, ok)
	}

	for name, want := range map[string]struct {
		mistake     *Mistake
		gone, stays string
	}{
		"an option that is there": {b.MisspellOption("foreignKey", "ID"), "gorm:\"foreignKey:AuthorID\"", "AuthorID uint"},
		"a new option":            {b.MisspellOption("references", "ID"), "`gorm:\"foreignKey:AuthorID\"`", "foreignKey:AuthorID;references:"},
		"a value":                 {b.SetOption("foreignKey", "Other"), "foreignKey:AuthorID", "foreignKey:Other\"`"},
		"a key":                   {b.MisspellKeyField(), "AuthorID uint", "foreignKey:AuthorID"},
		"the field":               {b.MisspellField(), "Posts []Post", "foreignKey:AuthorID"},
	} {
		if want.mistake == nil {
			t.Errorf("%s: no mistake", name)
			continue
		}
		after := string(want.mistake.Apply([]byte(source)))
		if strings.Contains(after, want.gone) || !strings.Contains(after, want.stays) {
			t.Errorf("%s: %s -> %s", name, want.mistake.Was, want.mistake.Text)
		}
		if _, err := parser.ParseFile(token.NewFileSet(), "", after, 0); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if m := b.MisspellOption("many2many", ""); m != nil {
		t.Errorf("a has-many has no join table, but %s -> %s", m.Was, m.Text)
	}
}

func TestStrip(t *testing.T) {
	out, err := (&asked{orm: testORM, Module: &Module{Dir: "."}}).strip([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	text := string(out)
	for _, want := range []string{`"time"`, `return "people"`, "String() (_ string) { return }"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	for _, gone := range []string{"Sprint(", "func init", `"fmt"`} {
		if strings.Contains(text, gone) {
			t.Errorf("%s stays in\n%s", gone, text)
		}
	}
}

// TestStripKeepsLoading holds that imports stay where an ORM may need them.
func TestStripKeepsLoading(t *testing.T) {
	loading := *testORM
	loading.LoadsImports = true
	out, err := (&asked{orm: &loading, Module: &Module{Dir: "."}}).strip([]byte(source))
	if err != nil || !strings.Contains(string(out), `_ "fmt"`) {
		t.Errorf("%v: no import in\n%s", err, out)
	}
}

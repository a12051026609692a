package main

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

func testPackage(t *testing.T) *modelPackage {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "models.go"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	return (&module{dir: dir, path: "m.test"}).readPackage(dir)
}

// TestMistakes breaks one relation in each way and looks at the source after it.
func TestMistakes(t *testing.T) {
	p := testPackage(t)
	if got := strings.Join(p.models, " "); got != "Post User" {
		t.Fatalf("models: %s", got)
	}
	file, field, ident := p.field("User", "Posts")
	b := &breaker{rand.New(rand.NewPCG(1, 1)), p, ask.Relation{
		ID: "m.test.User.Posts", Model: "m.test.User", Field: "Posts", Kind: ask.HasMany,
		Keys: []ask.Key{{ForeignKey: "m.test.Post.AuthorID", References: "m.test.User.ID"}},
	}, file, field, ident}

	for kind, want := range map[string]struct{ gone, stays string }{
		"key":       {"gorm:\"foreignKey:AuthorID\"", "AuthorID uint"},
		"reference": {"`gorm:\"foreignKey:AuthorID\"`", "foreignKey:AuthorID"},
		"key field": {"AuthorID uint", "foreignKey:AuthorID"},
		"inverse":   {"Posts []Post", "foreignKey:AuthorID"},
	} {
		for _, k := range kinds {
			if k.name != kind {
				continue
			}
			m := k.make(b)
			if m == nil {
				t.Errorf("%s: no mistake", kind)
				continue
			}
			after := string(m.apply([]byte(source)))
			if strings.Contains(after, want.gone) || !strings.Contains(after, want.stays) {
				t.Errorf("%s: %s -> %s", kind, m.was, m.text)
			}
			if _, err := parser.ParseFile(token.NewFileSet(), "", after, 0); err != nil {
				t.Errorf("%s: %v", kind, err)
			}
		}
	}
	for _, k := range kinds {
		if m := k.make(b); m != nil && strings.HasPrefix(k.name, "join") {
			t.Errorf("%s: a has-many has no join table, but %s -> %s", k.name, m.was, m.text)
		}
	}
}

func TestStrip(t *testing.T) {
	out, err := (&module{dir: "."}).strip([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	text := string(out)
	for _, want := range []string{`_ "fmt"`, `"time"`, `return "people"`, `panic("emptied")`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	for _, gone := range []string{"Sprint(", "func init"} {
		if strings.Contains(text, gone) {
			t.Errorf("%s stays in\n%s", gone, text)
		}
	}
}

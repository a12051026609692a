package index_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect/all"
	"github.com/rells-dev/rells/index/relation"
)

const twoSides = `package models

type Author struct {
	ID    int64
	Books []Book ` + "`KEY:\"has-many\"`" + `
}

type Book struct {
	ID       int64
	AuthorID int64
}

type Reader struct {
	ID    int64
	Tags  []Book ` + "`gorm:\"many2many:reader_tags\"`" + `
}
`

// TestLocalSettings has two roots, one in the other, with settings of their own.
func TestLocalSettings(t *testing.T) {
	outer := t.TempDir()
	inner := filepath.Join(outer, "inner")
	for _, file := range []struct{ path, text string }{
		{"go.mod", "module example.com/m\n\nrequire gorm.io/gorm v1.31.2\n"},
		{"models/models.go", strings.Replace(twoSides, "KEY", "rel", 1)},
		{"gen/gen.go", strings.Replace(twoSides, "package models", "package gen", 1)},
		{"inner/models/models.go", strings.Replace(twoSides, "KEY", "relation", 1)},
		{"inner/gen/gen.go", strings.Replace(twoSides, "KEY", "relation", 1)},
	} {
		path := filepath.Join(outer, filepath.FromSlash(file.path))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(file.text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	x := index.New(index.Options{
		Roots: []string{outer, inner}, Dialects: all.Dialects,
		Exclude: []string{"gen/"},
		Local: map[string]index.Local{inner: {Settings: map[string]map[string]string{
			"rel": {"key": "relation"}, "gorm": {"table_prefix": "in_"},
		}}},
	})
	if err := x.Load(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	s := x.Snapshot()
	for _, test := range []struct {
		path, key, other, joinTable string
	}{
		{filepath.Join(outer, "models", "models.go"), "rel", "relation", "reader_tags"},
		{filepath.Join(inner, "models", "models.go"), "relation", "rel", "in_reader_tags"},
		{filepath.Join(inner, "gen", "gen.go"), "relation", "rel", "in_reader_tags"},
	} {
		source, err := os.ReadFile(test.path)
		if err != nil {
			t.Fatal(err)
		}
		relations := s.RelationsAt(test.path, strings.Index(string(source), "Books"))
		if len(relations) != 1 || relations[0].Dialect != "rel" || len(relations[0].Keys) != 1 {
			t.Fatalf("%s: the relations are %+v", test.path, relations)
		}
		if tags := s.RelationsAt(test.path, strings.Index(string(source), "Tags")); len(tags) != 1 || tags[0].JoinTable != test.joinTable {
			t.Errorf("%s: the join table is not %s: %+v", test.path, test.joinTable, tags)
		}
		cursor, _ := s.TagCursor(test.path, strings.Index(string(source), "has-many"))
		if cursor.Dialect == nil || cursor.Role != relation.OptionRole {
			t.Errorf("%s: nobody owns the tag %s", test.path, test.key)
		}
		edits, ok := s.Rewrite(index.Rewrite{{Model: relations[0].Target, Fields: s.Propose(relations[0]).Fields}})
		if !ok || !strings.Contains(edits[0].NewText, " "+"`"+test.key+`:"belongs-to`) {
			t.Errorf("%s: the other side is %+v, want it under %s", test.path, edits, test.key)
		}
		edits, ok = s.Rewrite(index.Rewrite{{Model: relations[0].Target, Options: []index.NewOption{{Field: "AuthorID", Option: "one-way"}}}})
		if !ok || !strings.Contains(edits[0].NewText, test.key+`:"one-way"`) {
			t.Errorf("%s: the option is %+v, want it under %s", test.path, edits, test.key)
		}
	}
	if _, ok := s.File(filepath.Join(outer, "gen", "gen.go")); ok {
		t.Error("what is excluded is read")
	}
}

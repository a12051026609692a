package index_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/rells-dev/rells/index"
)

// benchWorkspace writes a module with the given number of model packages, each of
// three linked models, and returns its folder and one of its files.
func benchWorkspace(b *testing.B, packages int) (root, file string) {
	b.Helper()
	root = b.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			b.Fatal(err)
		}
		return path
	}
	write("go.mod", "module example.com/m\n\nrequire gorm.io/gorm v1.31.2\n")
	for n := range packages {
		file = write(fmt.Sprintf("p%04d/models.go", n), benchSource(n, ""))
	}
	return root, file
}

func benchSource(n int, more string) string {
	return fmt.Sprintf(`package p%04d

import "gorm.io/gorm"

type Author struct {
	gorm.Model
	Books []Book
	Tags  []Tag `+"`gorm:\"many2many:author_tags\"`"+`
}

type Book struct {
	gorm.Model
	AuthorID uint
	Author   Author %s
}

type Tag struct {
	gorm.Model
	Authors []Author `+"`gorm:\"many2many:author_tags\"`"+`
}
`, n, more)
}

// BenchmarkUpdate types into one file: the time may not depend on how many other
// packages there are.
func BenchmarkUpdate(b *testing.B) {
	for _, packages := range []int{1, 100, 2000} {
		b.Run(fmt.Sprintf("packages=%d", packages), func(b *testing.B) {
			root, file := benchWorkspace(b, packages)
			x := load(b, root, nil)
			texts := [][]byte{
				[]byte(benchSource(packages-1, "")),
				[]byte(benchSource(packages-1, "`gorm:\"foreignKey:AuthorID\"`")),
			}
			b.ReportAllocs()
			b.ResetTimer()
			for n := range b.N {
				x.Update(index.Change{Path: file, Kind: index.Edited, Text: texts[n%2], Version: int32(n)})
			}
		})
	}
}

// BenchmarkUpdateHub renames, and takes back, a key that 200 models in twenty other
// files refer to: all of them are read again.
func BenchmarkUpdateHub(b *testing.B) {
	root, _ := benchWorkspace(b, 100)
	account := func(key string) []byte {
		return fmt.Appendf(nil, "package hub\n\nimport \"gorm.io/gorm\"\n\ntype Account struct {\n\tgorm.Model\n\t%s string `gorm:\"size:40;uniqueIndex\"`\n}\n", key)
	}
	hub := filepath.Join(root, "hub", "account.go")
	if err := os.Mkdir(filepath.Dir(hub), 0o777); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(hub, account("Code"), 0o666); err != nil {
		b.Fatal(err)
	}
	for n := range 20 {
		text := []byte("package hub\n\nimport \"gorm.io/gorm\"\n")
		for m := range 10 {
			text = fmt.Appendf(text, "\ntype Entry%d_%d struct {\n\tgorm.Model\n\tAccountCode string\n\tAccount Account `gorm:\"foreignKey:AccountCode;references:Code\"`\n}\n", n, m)
		}
		if err := os.WriteFile(filepath.Join(root, "hub", fmt.Sprintf("entries%d.go", n)), text, 0o666); err != nil {
			b.Fatal(err)
		}
	}
	x := load(b, root, nil)
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		key := "Coda"
		if n%2 == 1 {
			key = "Code"
		}
		x.Update(index.Change{Path: hub, Kind: index.Edited, Text: account(key), Version: int32(n)})
	}
}

// BenchmarkLoad reads workspaces from scratch.
func BenchmarkLoad(b *testing.B) {
	for _, packages := range []int{100, 1000} {
		b.Run(fmt.Sprintf("packages=%d", packages), func(b *testing.B) {
			root, _ := benchWorkspace(b, packages)
			b.ResetTimer()
			for range b.N {
				load(b, root, nil)
			}
		})
	}
}

// BenchmarkUpdateSchemas types into one of many schemas of ent, which are linked together:
// into the name of an edge that another names, and into what nobody names.
func BenchmarkUpdateSchemas(b *testing.B) {
	source := func(n int, edge, comment string) []byte {
		return fmt.Appendf(nil, `package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
)

// Node%[1]d %[4]s
type Node%[1]d struct{ ent.Schema }

func (Node%[1]d) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").MaxLen(100).Unique(),
		field.Text("description").Optional(),
		field.Time("created_at").Immutable(),
		field.Int("parent_id").Optional(),
	}
}

func (Node%[1]d) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("%[3]s", Node%[2]d.Type),
		edge.From("parent", Node%[5]d.Type).Ref("children").Field("parent_id").Unique(),
	}
}
`, n, (n+1)%200, edge, comment, (n+199)%200)
	}
	root := b.TempDir()
	if err := os.Mkdir(filepath.Join(root, "schema"), 0o777); err != nil {
		b.Fatal(err)
	}
	file := func(n int) string { return filepath.Join(root, "schema", fmt.Sprintf("node%d.go", n)) }
	for n := range 200 {
		if err := os.WriteFile(file(n), source(n, "children", ""), 0o666); err != nil {
			b.Fatal(err)
		}
	}
	for _, typed := range []struct {
		where string
		texts [2][]byte
	}{
		{"comment", [2][]byte{source(7, "children", "is"), source(7, "children", "is a node")}},
		{"edge", [2][]byte{source(7, "children", ""), source(7, "offspring", "")}},
	} {
		b.Run("in="+typed.where, func(b *testing.B) {
			x := load(b, root, nil)
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				x.Update(index.Change{Path: file(7), Kind: index.Edited, Text: typed.texts[n%2], Version: int32(n)})
			}
		})
	}
}

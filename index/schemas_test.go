package index_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index"
)

// A schema of ent depends on all of its package: what any file says of any of them
// counts for the others, whether the schema leads there or not.
func TestSchemasOfAPackage(t *testing.T) {
	const head = "package schema\n\nimport (\n\t\"entgo.io/ent\"\n\t\"entgo.io/ent/schema/edge\"\n)\n\n"
	const user = "type User struct{ ent.Schema }\n\nfunc (User) Edges() []ent.Edge {\n\treturn []ent.Edge{edge.To(\"pets\", Pet.Type)}\n}\n"
	const pet = "type Pet struct{ ent.Schema }\n\nfunc (Pet) Edges() []ent.Edge {\n\treturn []ent.Edge{edge.From(\"owner\", User.Type).Ref(\"pets\").Unique()}\n}\n"
	root := layOut(t, map[string]string{
		"go.mod": "module shop\n\nrequire entgo.io/ent v0.14.5\n", "schema/user.go": head + user, "schema/pet.go": head + pet,
		"schema/more.go": "package schema\n",
	})
	x := load(t, root, nil)
	for _, step := range []struct{ when, file, text string }{
		{"an edge is renamed", "user.go", strings.Replace(head+user, "pets", "animals", 1)},
		{"it is as before", "user.go", head + user},
		{"a field is added", "pet.go", strings.Replace(head+pet, `Ref("pets")`, `Ref("pets").Field("owner_id")`, 1)},
		{"a schema takes the table of another", "more.go", head + "type Users struct{ ent.Schema }\n\nfunc (Users) Config() ent.Config { return ent.Config{Table: \"users\"} }\n\nvar _ = edge.To\n"},
		{"it is gone", "more.go", "package schema\n"},
		{"a target is no schema any more", "pet.go", "package schema\n\ntype Pet struct{}\n"},
		{"it is one again", "pet.go", head + pet},
	} {
		put(t, filepath.Join(root, "schema", step.file), step.text)
		x.Update(index.Change{Path: filepath.Join(root, "schema", step.file), Kind: index.OnDisk})
		sameAsFresh(t, step.when, root, x)
	}
}

// Schemas of a package that has many look at more than readings note one by one: what any
// of them says counts for all the same.
func TestManySchemasOfAPackage(t *testing.T) {
	source := func(n int, edge string) string {
		return fmt.Sprintf("package schema\n\nimport (\n\t\"entgo.io/ent\"\n\t\"entgo.io/ent/schema/edge\"\n)\n\ntype Node%d struct{ ent.Schema }\n\n"+
			"func (Node%d) Edges() []ent.Edge {\n\treturn []ent.Edge{edge.To(%q, Node%d.Type), edge.From(\"parent\", Node%d.Type).Ref(\"children\")}\n}\n",
			n, n, edge, (n+1)%40, (n+39)%40)
	}
	files := map[string]string{"go.mod": "module shop\n\nrequire entgo.io/ent v0.14.5\n", "plain/plain.go": "package plain\n"}
	for n := range 40 {
		files[fmt.Sprintf("schema/node%d.go", n)] = source(n, "children")
	}
	root := layOut(t, files)
	x := load(t, root, nil)
	for _, step := range []struct{ when, file, text string }{
		{"an edge is renamed", "schema/node7.go", source(7, "offspring")},
		{"it is as before", "schema/node7.go", source(7, "children")},
		{"something else is written", "plain/plain.go", "package plain\n\ntype T struct{}\n"},
		{"a schema is gone", "schema/node9.go", "package schema\n"},
		{"the edge is renamed again", "schema/node7.go", source(7, "offspring")},
		{"the schema is back", "schema/node9.go", source(9, "children")},
	} {
		path := filepath.Join(root, filepath.FromSlash(step.file))
		put(t, path, step.text)
		x.Update(index.Change{Path: path, Kind: index.OnDisk})
		x.Forget()
		sameAsFresh(t, step.when, root, x)
	}
}

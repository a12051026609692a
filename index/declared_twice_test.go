package index_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/index"
)

// TestDeclaredTwice takes one of two declarations of a struct away and puts it back: which
// one counts changes in the file that nobody edits, too, though no name means another shape.
func TestDeclaredTwice(t *testing.T) {
	const (
		head = "package models\n\nimport \"gorm.io/gorm\"\n\n"
		user = "type User struct { gorm.Model; Posts []Post }\n"
		post = "type Post struct { gorm.Model; UserID uint; User User }\n"
	)
	root := t.TempDir()
	a, b := filepath.Join(root, "a.go"), filepath.Join(root, "b.go")
	for path, text := range map[string]string{
		filepath.Join(root, "go.mod"): "module example.com/m\n\nrequire gorm.io/gorm v1.31.2\n",
		a:                             head + user + post,
		b:                             head + post,
	} {
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	x := load(t, root, nil)
	for _, text := range []string{head + user + " " + post, head + user, head + user + post, head + user + "// Post\n", head + user} {
		x.Update(index.Change{Path: a, Kind: index.Edited, Text: []byte(text), Version: 1})
		fresh := load(t, root, map[string]string{a: text}).Snapshot()
		if diff := cmp.Diff(dump(t, fresh), dump(t, x.Snapshot())); diff != "" {
			t.Fatalf("with %q, a fresh snapshot (-) and an updated one (+) differ:\n%s", text, diff)
		}
	}
}

package index_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/index"
)

// layOut writes the files of a module below a new folder.
func layOut(t *testing.T, files map[string]string) (root string) {
	t.Helper()
	root = t.TempDir()
	if _, ok := files["go.mod"]; !ok {
		put(t, filepath.Join(root, "go.mod"), "module example.com/m\n\nrequire gorm.io/gorm v1.31.2\n")
	}
	for name, text := range files {
		put(t, filepath.Join(root, filepath.FromSlash(name)), text)
	}
	return root
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// sameAsFresh compares an updated snapshot with one of the bytes that are there now.
func sameAsFresh(t *testing.T, when string, root string, x *index.Index) {
	t.Helper()
	want := dump(t, load(t, root, nil).Snapshot())
	if diff := cmp.Diff(want, dump(t, x.Snapshot())); diff != "" {
		t.Errorf("%s: updated snapshot differs from a fresh one (-fresh +updated):\n%s", when, diff)
	}
}

const (
	owner       = "package a\n\nimport \"example.com/m/b\"\n\ntype Owner struct {\n\tID uint `gorm:\"primaryKey\"`\n\tKey b.Key\n"
	ownerEnd    = "}\n"
	ownerPet    = "\tPetID uint\n\tPet b.Pet\n}\n"
	keys        = "package b\n\ntype Key string\n"
	pets        = "type Pet struct {\n\tID uint\n\tName string\n}\n"
	petsFarDown = "\n// Everything below has moved down.\n\n"
)

// TestTextChangesUnnoticed has files change before anybody tells of it: the facts
// of a package that was read earlier, and the text that is there when the first
// model gets a place in it, are not of one mind.
func TestTextChangesUnnoticed(t *testing.T) {
	for name, change := range map[string]func(path string){
		"longer":   func(path string) { put(t, path, keys+petsFarDown+pets) },
		"shorter":  func(path string) { put(t, path, "package b\ntype Pet struct{ID uint}\n") },
		"empty":    func(path string) { put(t, path, "") },
		"gone":     func(path string) { os.Remove(path) },
		"a folder": func(path string) { os.Remove(path); os.Mkdir(path, 0o777) },
	} {
		t.Run(name, func(t *testing.T) {
			root := layOut(t, map[string]string{"a/a.go": owner + ownerEnd, "b/b.go": keys + pets})
			x := load(t, root, nil)
			change(filepath.Join(root, "b", "b.go"))
			put(t, filepath.Join(root, "a", "a.go"), owner+ownerPet)
			x.Update(index.Change{Path: filepath.Join(root, "a", "a.go"), Kind: index.OnDisk})
			sameAsFresh(t, "before anybody tells", root, x)
			x.Update(index.Change{Path: filepath.Join(root, "b", "b.go"), Kind: index.OnDisk})
			sameAsFresh(t, "after", root, x)
		})
	}
}

// TestDocumentOutside opens and closes files that are read but do not belong to
// the workspace: closed again, they say what they said before.
func TestDocumentOutside(t *testing.T) {
	files := map[string]string{
		"in/go.mod":      "module example.com/m\n\nrequire (\n\texample.com/base v1.0.0\n\tgorm.io/gorm v1.31.2\n)\n\nreplace example.com/base => ../base\n",
		"in/.gitignore":  "gen.go\n",
		"in/a/a.go":      "package a\n\nimport \"example.com/base\"\n\ntype Post struct {\n\tbase.Model\n\tGen\n\tAuthor *Author\n\tAuthorID uint `gorm:\"index\"`\n}\n\ntype Author struct{ base.Model }\n",
		"in/a/gen.go":    "package a\n\ntype Gen struct{ Made string }\n",
		"base/go.mod":    "module example.com/base\n",
		"base/base.go":   "package base\n\ntype Model struct {\n\tID uint `gorm:\"primaryKey\"`\n}\n",
		"base/x_test.go": "package base\n\ntype Model struct{}\n",
	}
	outer := layOut(t, files)
	root := filepath.Join(outer, "in")
	for _, name := range []string{"base/base.go", "base/x_test.go", "in/a/gen.go"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(outer, filepath.FromSlash(name))
			x := load(t, root, nil)
			x.Update(index.Change{Path: path, Kind: index.Edited, Text: []byte(files[name]), Version: 1})
			x.Update(index.Change{Path: path, Kind: index.Closed})
			sameAsFresh(t, "closed again", root, x)
			put(t, path, files[name]+"\n// More.\n")
			x.Update(index.Change{Path: path, Kind: index.OnDisk})
			sameAsFresh(t, "changed on disk", root, x)
		})
	}
}

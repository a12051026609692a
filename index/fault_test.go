package index_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index"
)

// TestFaultsOnDisk lets things go wrong below an index that is loaded, tells it,
// and puts them right again: it is never of another mind than a fresh one.
func TestFaultsOnDisk(t *testing.T) {
	files := map[string]string{
		"go.mod":         "module example.com/m\n\nrequire gorm.io/gorm v1.31.2\n",
		"a/a.go":         "package a\n\nimport \"example.com/m/b\"\n\ntype Post struct {\n\tID uint `gorm:\"primaryKey\"`\n\tUserID uint\n\tUser b.User `gorm:\"foreignKey:UserID\"`\n}\n",
		"b/b.go":         "package b\n\ntype User struct {\n\tID uint `gorm:\"primaryKey\"`\n}\n",
		"b/deep/in/c.go": "package in\n\ntype Deep struct {\n\tID uint `gorm:\"primaryKey\"`\n}\n",
	}
	for _, test := range []struct {
		name, path string
		fault      func(path string) error
	}{
		{"a folder becomes a file", "b", func(path string) error { os.RemoveAll(path); return os.WriteFile(path, []byte("b"), 0o666) }},
		{"a file becomes a folder", "b/b.go", func(path string) error { os.Remove(path); return os.MkdirAll(filepath.Join(path, "b.go"), 0o777) }},
		{"a folder becomes a link to itself", "b", func(path string) error { os.RemoveAll(path); return os.Symlink("b", path) }},
		{"a file becomes a link to nothing", "b/b.go", func(path string) error { os.Remove(path); return os.Symlink("nothing.go", path) }},
		{"a folder is gone", "b", os.RemoveAll},
		{"a file is too large", "b/b.go", func(path string) error { return os.Truncate(path, 50<<20+1) }},
		{"a file is all zeros", "b/b.go", func(path string) error { return os.WriteFile(path, make([]byte, 1<<20), 0o666) }},
		{"a file is no text", "b/b.go", func(path string) error { return os.WriteFile(path, []byte("\xff\xfe\x00p\x80"), 0o666) }},
		{"go.mod is no module file", "go.mod", func(path string) error { return os.WriteFile(path, []byte("module \"\nrequire (\n\x00("), 0o666) }},
		{"go.mod is empty", "go.mod", func(path string) error { return os.WriteFile(path, nil, 0o666) }},
		{"go.mod is a folder", "go.mod", func(path string) error { os.Remove(path); return os.Mkdir(path, 0o777) }},
		{"go.mod is gone", "go.mod", os.Remove},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := layOut(t, files)
			x := load(t, root, nil)
			whole := dump(t, x.Snapshot())
			if !strings.Contains(whole, "example.com/m/b.User <- example.com/m/a.Post") {
				t.Fatalf("the workspace is not what it should be:\n%s", whole)
			}
			path := filepath.Join(root, filepath.FromSlash(test.path))
			if err := test.fault(path); err != nil {
				t.Fatal(err)
			}
			x.Update(index.Change{Path: path, Kind: index.OnDisk})
			sameAsFresh(t, "at fault", root, x)
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
			for name, text := range files {
				put(t, filepath.Join(root, filepath.FromSlash(name)), text)
			}
			x.Update(index.Change{Path: path, Kind: index.OnDisk})
			if is := dump(t, x.Snapshot()); is != whole {
				t.Errorf("put right, it is:\n%s\nwant\n%s", is, whole)
			}
		})
	}
}

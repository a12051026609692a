package replace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// folder makes a folder with files, given as name and text.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// texts are the files below a folder, links followed.
func texts(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		found[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func change(dir, name, before, after string) File {
	return File{Path: filepath.Join(dir, name), Before: []byte(before), After: []byte(after)}
}

func TestFiles(t *testing.T) {
	dir := folder(t, map[string]string{"a.go": "a", "b/b.go": "b", "c.go": "c"})
	script := filepath.Join(dir, "a.go")
	if err := os.Chmod(script, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Files(dir, []File{change(dir, "a.go", "a", "A"), change(dir, "b/b.go", "b", "B")}); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"a.go": "A", "b/b.go": "B", "c.go": "c"}
	if diff := cmp.Diff(want, texts(t, dir)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if info, err := os.Stat(script); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o755 {
		t.Errorf("the mode is %v, want 0755 (%v)", info.Mode(), err)
	}
}

// Whatever is wrong with one file, none is written and nothing is left behind.
func TestFilesRefuses(t *testing.T) {
	outside := folder(t, map[string]string{"o.go": "o"})
	tests := []struct {
		name  string
		spoil func(t *testing.T, dir string)
		want  error
	}{
		{"changed", func(t *testing.T, dir string) { overwrite(t, filepath.Join(dir, "b.go"), "changed") }, ErrChanged},
		{"gone", func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "b.go")) }, fs.ErrNotExist},
		{"protected", func(t *testing.T, dir string) {
			if err := os.Chmod(filepath.Join(dir, "b.go"), 0o444); err != nil {
				t.Fatal(err)
			}
		}, ErrProtected},
		{"a folder", func(t *testing.T, dir string) {
			remove(t, filepath.Join(dir, "b.go"))
			if err := os.Mkdir(filepath.Join(dir, "b.go"), 0o755); err != nil {
				t.Fatal(err)
			}
		}, ErrNotRegular},
		{"a link out", func(t *testing.T, dir string) {
			remove(t, filepath.Join(dir, "b.go"))
			link(t, filepath.Join(outside, "o.go"), filepath.Join(dir, "b.go"))
		}, ErrOutside},
		{"a link to the other", func(t *testing.T, dir string) {
			remove(t, filepath.Join(dir, "b.go"))
			link(t, "a.go", filepath.Join(dir, "b.go"))
		}, ErrTwice},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := folder(t, map[string]string{"a.go": "a", "b.go": "b"})
			test.spoil(t, dir)
			var before map[string]string
			if test.want != ErrNotRegular {
				before = texts(t, dir)
			}
			err := Files(dir, []File{change(dir, "a.go", "a", "A"), change(dir, "b.go", "b", "B")})
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if diff := cmp.Diff(before, texts(t, dir)); before != nil && diff != "" {
				t.Errorf("-before +after:\n%s", diff)
			}
			if got := texts(t, outside)["o.go"]; got != "o" {
				t.Errorf("outside it says %q", got)
			}
		})
	}
	if err := Files(outside, []File{change(t.TempDir(), "x.go", "", "X")}); err == nil {
		t.Error("a file that does not exist was written")
	}
}

// A link that stays in the workspace stays a link.
func TestFilesFollowsLinks(t *testing.T) {
	dir := folder(t, map[string]string{"real/a.go": "a"})
	link(t, filepath.Join("real", "a.go"), filepath.Join(dir, "a.go"))
	if err := Files(dir, []File{change(dir, "a.go", "a", "A")}); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"a.go": "A", "real/a.go": "A"}
	if diff := cmp.Diff(want, texts(t, dir)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if info, err := os.Lstat(filepath.Join(dir, "a.go")); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is no link any more: %v, %v", info, err)
	}
}

func overwrite(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, to, path string) {
	t.Helper()
	if err := os.Symlink(to, path); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
}

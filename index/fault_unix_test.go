//go:build unix

package index_test

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect/all"
)

// nobody is a user who may read only what everybody may.
const nobody = 65534

// asNobody runs a test as somebody for whom there is something that cannot be read: the
// superuser runs it again, in a process of another user. It returns true in a process
// that is to go on with the test.
func asNobody(t *testing.T) bool {
	t.Helper()
	if os.Getuid() != 0 {
		return true
	}
	folder, err := os.MkdirTemp("", "rells")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	binary := filepath.Join(folder, "index.test")
	if err := copyProgram(os.Args[0], binary); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Dir, cmd.Env = folder, append(os.Environ(), "TMPDIR="+folder, "HOME="+folder)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("as another user: %v\n%s", err, out)
	}
	return false
}

func copyProgram(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

// TestUnreadable has files and folders that may not be read, before and after the index
// is loaded: the rest is read, it is said what was not, and as soon as they may be read
// again they are.
func TestUnreadable(t *testing.T) {
	if !asNobody(t) {
		return
	}
	files := map[string]string{
		"a/a.go": "package a\n\nimport \"example.com/m/b\"\n\ntype Post struct {\n\tID uint `gorm:\"primaryKey\"`\n\tUserID uint\n\tUser b.User `gorm:\"foreignKey:UserID\"`\n}\n",
		"b/b.go": "package b\n\ntype User struct {\n\tID uint `gorm:\"primaryKey\"`\n}\n",
	}
	for _, test := range []struct {
		name, path string
		mode       os.FileMode
		told       bool // that something was not read
	}{
		{"a folder that may not even be listed", "b", 0, true},
		{"a folder that may be listed and not entered", "b", 0o400, true},
		{"a folder that may be entered and not listed", "b", 0o100, true},
		{"a file", "b/b.go", 0, true},
		{"a file that may only be written", "b/b.go", 0o200, true},
		{"go.mod", "go.mod", 0, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := layOut(t, files)
			path := filepath.Join(root, filepath.FromSlash(test.path))
			mode := func(mode os.FileMode) {
				if err := os.Chmod(path, mode); err != nil {
					t.Fatal(err)
				}
			}
			x := load(t, root, nil)
			whole := dump(t, x.Snapshot())
			mode(test.mode)
			t.Cleanup(func() { os.Chmod(path, 0o700) })
			x.Update(index.Change{Path: path, Kind: index.OnDisk})
			sameAsFresh(t, "closed", root, x)

			fresh, warned := loadWarned(t, root)
			if !strings.Contains(dump(t, fresh.Snapshot()), "example.com/m/a.Post") && test.path != "go.mod" {
				t.Errorf("what may be read is not read:\n%s", dump(t, fresh.Snapshot()))
			}
			if warned(path) != test.told {
				t.Errorf("told of %s: %v", test.path, !test.told)
			}
			mode(0o700)
			for when, y := range map[string]*index.Index{"opened again": x, "opened for the first time": fresh} {
				y.Update(index.Change{Path: path, Kind: index.OnDisk})
				if got := dump(t, y.Snapshot()); got != whole {
					t.Errorf("%s, it is\n%s\nwant\n%s", when, got, whole)
				}
			}
		})
	}
}

// loadWarned loads an index and keeps what it says could not be read: below a path.
func loadWarned(t *testing.T, root string) (x *index.Index, warned func(below string) bool) {
	t.Helper()
	var mu sync.Mutex
	var paths []string
	x = index.New(index.Options{Roots: []string{root}, Dialects: all.Dialects, Warn: func(path string, err error) {
		mu.Lock()
		defer mu.Unlock()
		paths = append(paths, path)
	}})
	if err := x.Load(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	return x, func(below string) bool {
		mu.Lock()
		defer mu.Unlock()
		for _, path := range paths {
			if rel, err := filepath.Rel(below, path); err == nil && filepath.IsLocal(rel) {
				return true
			}
		}
		return false
	}
}

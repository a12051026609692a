package index_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect/all"
)

// TestClocksTellNothing writes files whose times say that they are older than they
// were, or as old: what counts is that they were written.
func TestClocksTellNothing(t *testing.T) {
	const before, after = "package b\n\ntype User struct {\n\tID uint `gorm:\"primaryKey\"`\n\tA  uint\n}\n", "package b\n\ntype User struct {\n\tID uint `gorm:\"primaryKey\"`\n\tB  uint\n}\n"
	now := time.Now()
	for name, clock := range map[string]time.Time{
		"the clock stands still": now,
		"an hour back":           now.Add(-time.Hour),
		"back to the beginning":  time.Unix(0, 0),
		"before the beginning":   time.Date(1901, 12, 31, 0, 0, 0, 0, time.UTC),
		"a century ahead":        now.AddDate(100, 0, 0),
	} {
		t.Run(name, func(t *testing.T) {
			root := layOut(t, map[string]string{"b/b.go": before})
			path := filepath.Join(root, "b", "b.go")
			set := func(text string, at time.Time) {
				put(t, path, text)
				if err := os.Chtimes(path, at, at); err != nil {
					t.Fatal(err)
				}
			}
			set(before, now)
			x := load(t, root, nil)
			for _, text := range []string{after, before} { // of one length
				set(text, clock)
				x.Update(index.Change{Path: path, Kind: index.OnDisk})
				sameAsFresh(t, "written", root, x)
				file, _ := x.Snapshot().File(path)
				if string(file.Source) != text {
					t.Errorf("the snapshot holds\n%s\nwant\n%s", file.Source, text)
				}
			}
		})
	}
}

// TestFilesVanishWhileRead takes files away from under an index that is loading them,
// and makes other things of them: it loads what there is, and is of the mind of a fresh
// one as soon as it is told.
func TestFilesVanishWhileRead(t *testing.T) {
	const packages = 60
	for name, fault := range map[string]func(dir string) error{
		"files vanish":         func(dir string) error { return os.Remove(filepath.Join(dir, "user.go")) },
		"folders vanish":       os.RemoveAll,
		"folders become files": func(dir string) error { os.RemoveAll(dir); return os.WriteFile(dir, nil, 0o666) },
		"folders become links": func(dir string) error { os.RemoveAll(dir); return os.Symlink("..", dir) },
		"files are emptied":    func(dir string) error { return os.Truncate(filepath.Join(dir, "post.go"), 0) },
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{}
			for n := range packages {
				files[fmt.Sprintf("p%02d/user.go", n)] = "package p\n\ntype User struct {\n\tID uint `gorm:\"primaryKey\"`\n\tPosts []Post\n}\n"
				files[fmt.Sprintf("p%02d/post.go", n)] = "package p\n\ntype Post struct {\n\tID uint `gorm:\"primaryKey\"`\n\tUserID uint\n\tUser *User\n}\n"
			}
			root := layOut(t, files)
			var once sync.Once
			strike := func(int, int) {
				once.Do(func() {
					for n := range packages {
						if err := fault(filepath.Join(root, fmt.Sprintf("p%02d", n))); err != nil {
							t.Error(err)
						}
					}
				})
			}
			x := index.New(index.Options{Roots: []string{root}, Dialects: all.Dialects})
			if err := x.Load(context.Background(), strike); err != nil {
				t.Fatal(err)
			}
			x.Update(index.Change{Path: root, Kind: index.OnDisk})
			sameAsFresh(t, "told", root, x)
			for name, text := range files {
				path := filepath.Join(root, filepath.FromSlash(name))
				if info, err := os.Lstat(filepath.Dir(path)); err == nil && !info.IsDir() {
					os.Remove(filepath.Dir(path))
				}
				put(t, path, text)
			}
			x.Update(index.Change{Path: root, Kind: index.OnDisk})
			if diff := cmp.Diff(dump(t, load(t, root, nil).Snapshot()), dump(t, x.Snapshot())); diff != "" {
				t.Errorf("put right, it differs from a fresh one (-fresh +updated):\n%s", diff)
			}
			if got := nodeCount(x.Snapshot()); got != 2*packages {
				t.Errorf("put right, it has %d models, want %d", got, 2*packages)
			}
		})
	}
}

func nodeCount(s *index.Snapshot) (n int) {
	for range s.Nodes() {
		n++
	}
	return n
}

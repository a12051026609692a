package workspace_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/index/workspace"
)

// write lays out the files of an archive below a new folder.
func write(t *testing.T, archive string) string {
	t.Helper()
	root := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		path := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func isGo(path string) bool { return strings.HasSuffix(path, ".go") }

func open(root string, more ...func(*workspace.Options)) *workspace.Files {
	o := workspace.Options{Roots: []string{root}, Claim: isGo}
	for _, f := range more {
		f(&o)
	}
	return workspace.New(o)
}

// walked lists what Walk shows, relative to the root, and checks that Contains agrees.
func walked(t *testing.T, f *workspace.Files, root string) []string {
	t.Helper()
	var mu sync.Mutex
	var names []string
	err := f.Walk(context.Background(), nil, func(path string, _ []byte) {
		mu.Lock()
		defer mu.Unlock()
		name, err := filepath.Rel(root, path)
		if err != nil || !f.Contains(path) {
			t.Errorf("Walk shows %s (%v), Contains says %v", path, err, f.Contains(path))
		}
		names = append(names, filepath.ToSlash(name))
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

func TestWalk(t *testing.T) {
	tests := []struct {
		name, archive, want string
		exclude             []string
	}{
		{"plain", "-- a.go --\n-- b/c.go --\n-- b/d.txt --\n", "a.go b/c.go", nil},
		{"dependencies", "-- vendor/x/x.go --\n-- a/vendor/x.go --\n-- node_modules/n.go --\n-- .git/g.go --\n-- a.go --\n", "a.go", nil},
		{"ignored file", "-- .gitignore --\ngen.go\n-- gen.go --\n-- b/gen.go --\n-- a.go --\n", "a.go", nil},
		{"anchored", "-- .gitignore --\n/gen.go\n-- gen.go --\n-- b/gen.go --\n", "b/gen.go", nil},
		{"ignored folder", "-- .gitignore --\nout/\n-- out/a.go --\n-- b/out/c.go --\n-- b/a.go --\n", "b/a.go", nil},
		{"nested", "-- b/.gitignore --\nx.go\n-- x.go --\n-- b/x.go --\n-- b/c/x.go --\n", "x.go", nil},
		{"taken back", "-- .gitignore --\n*_gen.go\n!keep_gen.go\n-- a_gen.go --\n-- keep_gen.go --\n", "keep_gen.go", nil},
		{"carriage returns", "-- .gitignore --\ngen.go\r\n-- gen.go --\n-- a.go --\n", "a.go", nil},
		{"comment", "-- .gitignore --\n# a.go\n-- a.go --\n", "a.go", nil},
		{"star in the middle", "-- .gitignore --\nx*_gen.go\nb/*/c.go\n-- x1_gen.go --\n-- x.go --\n-- b/a/c.go --\n-- b/c.go --\n", "b/c.go x.go", nil},
		{"two stars", "-- .gitignore --\n**/out\nb/**\n-- a/out/x.go --\n-- a/x.go --\n-- b/x.go --\n-- b/c/x.go --\n", "a/x.go", nil},
		{"escaped", "-- .gitignore --\n\\x.go\n-- x.go --\n-- y.go --\n", "y.go", nil},
		{"trailing blanks", "-- .gitignore --\nx.go  \nout/  \n-- x.go --\n-- y.go --\n-- out/z.go --\n", "y.go", nil},
		{"everything but", "-- .gitignore --\n*\n!a.go\n!b\n-- a.go --\n-- c.go --\n-- b/a.go --\n-- b/c.go --\n", "a.go b/a.go", nil},
		{"file of a folder's name", "-- .gitignore --\nx.go/\n-- x.go --\n-- b/x.go/y.go --\n", "x.go", nil},
		{"excluded", "-- a.go --\n-- mocks/m.go --\n-- b/mocks/m.go --\n", "a.go", []string{"mocks/"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := write(t, test.archive)
			f := open(root, func(o *workspace.Options) { o.Exclude = map[string][]string{root: test.exclude} })
			if got := strings.Join(walked(t, f, root), " "); got != test.want {
				t.Errorf("Walk shows %q, want %q", got, test.want)
			}
		})
	}
}

func TestContainsOfWhatWalkLeavesOut(t *testing.T) {
	root := write(t, "-- .gitignore --\ngen.go\nout/\n-- a.go --\n")
	f := open(root)
	for _, name := range []string{"gen.go", "out/a.go", "vendor/a.go", "b/.hidden/a.go", "a.txt", "../a.go"} {
		if f.Contains(filepath.Join(root, filepath.FromSlash(name))) {
			t.Errorf("Contains(%s)", name)
		}
		if within := f.Within(filepath.Join(root, filepath.FromSlash(name))); within != (name != "../a.go") {
			t.Errorf("Within(%s) is %t", name, within)
		}
	}
}

func TestNestedRootIsWalkedOnce(t *testing.T) {
	root := write(t, "-- a.go --\n-- vendor/in/b.go --\n-- sub/c.go --\n")
	f := workspace.New(workspace.Options{
		Roots: []string{root, filepath.Join(root, "sub"), filepath.Join(root, "vendor", "in")},
		Claim: isGo,
	})
	if got := strings.Join(walked(t, f, root), " "); got != "a.go sub/c.go vendor/in/b.go" {
		t.Errorf("Walk shows %q", got)
	}
}

func TestOverlay(t *testing.T) {
	root := write(t, "-- a.go --\ndisk\n")
	a, b := filepath.Join(root, "a.go"), filepath.Join(root, "new", "b.go")
	f := open(root)
	f.Set(a, []byte("editor"))
	f.Set(b, []byte("unsaved"))
	for path, want := range map[string]string{a: "editor", b: "unsaved"} {
		if text, err := f.ReadFile(path); err != nil || string(text) != want {
			t.Errorf("ReadFile(%s) = %q, %v; want %q", path, text, err, want)
		}
	}
	if got := strings.Join(walked(t, f, root), " "); got != "a.go new/b.go" {
		t.Errorf("Walk shows %q", got)
	}
	if names, err := f.ReadDir(filepath.Dir(b)); err != nil || !slices.Equal(names, []string{"b.go"}) {
		t.Errorf("ReadDir of a folder of open documents = %q, %v", names, err)
	}
	f.Clear(a)
	if text, _ := f.ReadFile(a); string(text) != "disk\n" {
		t.Errorf("ReadFile after Clear = %q", text)
	}
}

func TestReadRefuses(t *testing.T) {
	outside := write(t, "-- secret.go --\n-- lib/lib.go --\n")
	root := write(t, "-- a.go --\n-- dir.go/a.go --\n")
	link := func(name, to string) string {
		path := filepath.Join(root, name)
		if err := os.Symlink(to, path); err != nil {
			t.Skip("no symbolic links here:", err)
		}
		return path
	}
	large := filepath.Join(root, "large.go")
	if err := os.WriteFile(large, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, workspace.MaxSize+1); err != nil {
		t.Fatal(err)
	}
	f := open(root)
	f.Allow(filepath.Join(outside, "lib"))
	refused := map[string]error{
		filepath.Join(outside, "secret.go"):                   workspace.ErrOutside,
		link("out.go", filepath.Join(outside, "secret.go")):   nil,
		filepath.Join(link("outdir", outside), "secret.go"):   nil,
		filepath.Join(root, "dir.go"):                         workspace.ErrNotRegular,
		link("loop.go", "loop.go"):                            nil,
		large:                                                 workspace.ErrTooLarge,
		filepath.Join(root, "gone.go"):                        os.ErrNotExist,
		filepath.Join(root, "..", filepath.Base(outside), ""): workspace.ErrOutside,
	}
	for path, want := range refused {
		text, err := f.ReadFile(path)
		if err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("ReadFile(%s) = %q, %v; want %v", path, text, err, want)
		}
	}
	link("inside.go", "a.go")
	link("self", ".")
	for _, path := range []string{filepath.Join(outside, "lib", "lib.go"), filepath.Join(root, "inside.go")} {
		if _, err := f.ReadFile(path); err != nil {
			t.Errorf("ReadFile(%s): %v", path, err)
		}
	}
	if got := strings.Join(walked(t, f, root), " "); got != "a.go dir.go/a.go inside.go" {
		t.Errorf("Walk shows %q", got)
	}
}

func TestWarnings(t *testing.T) {
	if os.Getuid() == 0 {
		t.Log("the superuser reads every folder; only sizes are tested")
	}
	root := write(t, "-- ok.go --\n-- closed/a.go --\n")
	large := filepath.Join(root, "large.go")
	if err := os.WriteFile(large, make([]byte, workspace.MaxSize+1), 0o666); err != nil {
		t.Fatal(err)
	}
	closed := filepath.Join(root, "closed")
	if err := os.Chmod(closed, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(closed, 0o777) })
	var mu sync.Mutex
	warned := map[string]error{}
	f := open(root, func(o *workspace.Options) {
		o.Warn = func(path string, err error) {
			mu.Lock()
			defer mu.Unlock()
			warned[path] = err
		}
	})
	if got := walked(t, f, root); !slices.Contains(got, "ok.go") || slices.Contains(got, "large.go") {
		t.Errorf("Walk shows %q", got)
	}
	if !errors.Is(warned[large], workspace.ErrTooLarge) {
		t.Errorf("warning for a large file: %v", warned[large])
	}
	if os.Getuid() != 0 && warned[closed] == nil {
		t.Error("no warning for a folder that cannot be read")
	}
	clear(warned)
	for _, name := range []string{"ok.go", "gone"} {
		if got := f.Below(filepath.Join(root, name)); len(got) > 0 || len(warned) > 0 {
			t.Errorf("below %s, which is no folder: %q, with warnings %v", name, got, warned)
		}
	}
}

func TestCancelledWalk(t *testing.T) {
	root := write(t, "-- a.go --\n")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := open(root).Walk(ctx, nil, func(string, []byte) { t.Error("a cancelled walk shows a file") })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Walk = %v", err)
	}
}

// TestWalkShowsWholeTexts has files of all sizes share what they are read into.
func TestWalkShowsWholeTexts(t *testing.T) {
	root := t.TempDir()
	sizes := map[string]int{}
	for n, size := range []int{3 << 20, 0, 1, 64 << 10, 64<<10 + 1, 1 << 20, 200_000, 64<<10 - 1, 5} {
		path := filepath.Join(root, string(rune('a'+n))+".go")
		sizes[path] = size
		if err := os.WriteFile(path, bytes.Repeat([]byte{byte('a' + n)}, size), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var mu sync.Mutex
	err := open(root).Walk(context.Background(), nil, func(path string, text []byte) {
		mu.Lock()
		defer mu.Unlock()
		letter := filepath.Base(path)[:1]
		if len(text) != sizes[path] || strings.Trim(string(text), letter) != "" {
			t.Errorf("%s: %d bytes, want %d of %s", path, len(text), sizes[path], letter)
		}
		delete(sizes, path)
	})
	if err != nil || len(sizes) > 0 {
		t.Errorf("Walk = %v; not shown: %v", err, sizes)
	}
}

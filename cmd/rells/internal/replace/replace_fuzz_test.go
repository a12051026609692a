package replace

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// FuzzFiles replaces two files and takes it back: what is there is always the one
// text of both or the other, a replacement that was made for another text than the
// one that is there is refused, and undoing it gives back the bytes.
func FuzzFiles(f *testing.F) {
	f.Add([]byte("package p\n"), []byte("package p\r\n\xff"), []byte("package q\n"), []byte(""))
	f.Add([]byte(""), []byte("\xef\xbb\xbfpackage p"), []byte("x"), []byte("\x00"))
	root := f.TempDir()
	f.Fuzz(func(t *testing.T, one, other, newOne, newOther []byte) {
		dir, err := os.MkdirTemp(root, "")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		paths := [2]string{filepath.Join(dir, "one.go"), filepath.Join(dir, "other.go")}
		before, after := [2][]byte{one, other}, [2][]byte{newOne, newOther}
		for i, path := range paths {
			if err := os.WriteFile(path, before[i], 0o644); err != nil {
				t.Fatal(err)
			}
		}
		replace := func(from, to [2][]byte) error {
			return Files(dir, []File{{paths[0], from[0], to[0]}, {paths[1], from[1], to[1]}})
		}
		expect := func(when string, want [2][]byte) {
			t.Helper()
			entries, err := os.ReadDir(dir)
			if err != nil || len(entries) != len(paths) {
				t.Errorf("%s: %d files, %v", when, len(entries), err)
			}
			for i, path := range paths {
				if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want[i]) {
					t.Errorf("%s: %s holds %q, %v; want %q", when, path, got, err, want[i])
				}
			}
		}
		if err := replace(before, after); err != nil {
			t.Fatal(err)
		}
		expect("replaced", after)
		stale := !bytes.Equal(one, newOne) || !bytes.Equal(other, newOther)
		if err := replace(before, [2][]byte{nil, nil}); errors.Is(err, ErrChanged) != stale || !stale && err != nil {
			t.Errorf("replacing %q by way of %q again: %v", after, before, err)
		}
		if stale {
			expect("refused", after)
			if err := replace(after, before); err != nil {
				t.Fatal(err)
			}
			expect("undone", before)
		}
	})
}

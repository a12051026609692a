package rells_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// machinePath matches paths that exist on somebody's machine only. Paths in URIs
// are examples.
var machinePath = regexp.MustCompile(`(?m)(^|[\s"'` + "`" + `(=:])(/root|/home/\w+|/Users/\w+|/work|[A-Z]:\\Users\\\w+)[/\\]`)

func TestTextsNameNoMachine(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains([]string{".git", "bin", "dist", "node_modules"}, entry.Name()) {
			return filepath.SkipDir
		}
		// A linked work tree has a file .git, with the path of the repository; this
		// file holds the patterns themselves.
		if !entry.Type().IsRegular() || path == ".git" || path == "texts_test.go" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if at := machinePath.FindIndex(text); at != nil && bytes.IndexByte(text, 0) < 0 {
			line := 1 + bytes.Count(text[:at[0]], []byte{'\n'})
			t.Errorf("%s:%d: a path of one machine: %s", path, line, text[at[0]:at[1]])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMachinePathMatches(t *testing.T) {
	for text, want := range map[string]bool{
		"see /root/go/pkg":           true,
		`"/home/ann/src/x.go"`:       true,
		`C:\Users\Ann\x`:             true,
		"file:///home/ann/x.go":      false,
		"github.com/work/root/x":     false,
		"/workspace/models/user.go":  false,
		"testdata/work/home/user.go": false,
	} {
		if got := machinePath.MatchString(text); got != want {
			t.Errorf("machinePath matches %q: %t, want %t", text, got, want)
		}
	}
}

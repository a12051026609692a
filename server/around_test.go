package server_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// inFolders is blog as several packages.
func inFolders(folders ...string) map[string]string {
	files := map[string]string{}
	for _, folder := range folders {
		for name, text := range blog {
			files[folder+"/"+name] = text
		}
	}
	return files
}

// lone starts a server on a disk where the user's home is the folder home. named gives
// the folder that the client names as the workspace, nil for none.
func lone(t *testing.T, files map[string]string, capabilities string, named func(disk string) string) *session {
	t.Helper()
	disk := t.TempDir()
	for name, text := range files {
		write(t, filepath.Join(disk, filepath.FromSlash(name)), text)
	}
	t.Setenv("HOME", filepath.Join(disk, "home"))
	t.Setenv("USERPROFILE", filepath.Join(disk, "home"))
	t.Setenv("GOMODCACHE", filepath.Join(disk, "cache"))
	s := &session{t: t, Client: connect(t), root: disk, texts: files, versions: map[string]int32{}}
	s.beacon = string(uri.File(filepath.Join(t.TempDir(), "beacon.go")))
	params := fmt.Sprintf(`{"processId":null,"capabilities":%s}`, capabilities)
	if named != nil {
		params = fmt.Sprintf(`{"processId":null,"capabilities":%s,"rootUri":%q}`, capabilities, uri.File(named(disk)))
	}
	s.Initialize(params)
	t.Cleanup(func() { s.Shutdown() })
	return s
}

// TestFileWithoutWorkspace opens a file for which the client names no folder: what is
// around it is read, that is its module, or its own folder where there is none.
func TestFileWithoutWorkspace(t *testing.T) {
	files := inFolders("p/a", "p/b", "p/vendor/c", "loose", "loose/sub", "home", "home/src/d", "cache/dep@v1", "go/src/std")
	files["p/go.mod"] = "module example.com/p\n\ngo 1.26\n"
	files["home/go.mod"] = "module home\n"
	files["cache/dep@v1/go.mod"] = "module dep\n"
	files["go/src/go.mod"] = "module std\n"
	tests := []struct{ name, open, want string }{
		{"in a module", "p/a/book.go", "p/a/author.go " + problem + ", p/b/author.go " + problem},
		{"in no module", "loose/book.go", "loose/author.go " + problem},
		{"in the home", "home/book.go", "home/author.go " + problem},
		{"in a module that is the home", "home/src/d/book.go", "home/src/d/author.go " + problem},
		{"in the module cache", "cache/dep@v1/book.go", ""},
		{"in Go itself", "go/src/std/book.go", ""},
	}
	for _, test := range tests {
		s := lone(t, files, capable, nil)
		s.expectRules(test.name+", before", "")
		s.set(test.open, files[test.open])
		s.expectRules(test.name, test.want)
		s.Close(s.uri(test.open))
		s.expectRules(test.name+", closed", test.want)
	}
}

// TestHomeAsWorkspace has a client name the user's home, or the whole disk: neither is
// read, and a file that is opened counts as one without a workspace.
func TestHomeAsWorkspace(t *testing.T) {
	files := inFolders("home", "home/a", "home/b")
	for name, named := range map[string]func(disk string) string{
		"the home":  func(disk string) string { return filepath.Join(disk, "home") },
		"around it": func(disk string) string { return disk },
		"the disk":  func(disk string) string { return filepath.VolumeName(disk) + string(filepath.Separator) },
	} {
		s := lone(t, files, capable, named)
		s.expectRules(name, "")
		s.set("home/a/book.go", files["home/a/book.go"])
		s.expectRules(name+", with a file", "home/a/author.go "+problem)
	}
}

// TestFilesOfSeveralModules opens files of two modules, and then names a folder: all
// that was read stays, and nothing is read twice.
func TestFilesOfSeveralModules(t *testing.T) {
	files := inFolders("p", "q", "r")
	for _, name := range []string{"p", "q", "r"} {
		files[name+"/go.mod"] = "module example.com/" + name + "\n"
	}
	s := lone(t, files, capable, nil)
	s.set("p/book.go", files["p/book.go"])
	s.expectRules("one", "p/author.go "+problem)
	s.set("q/book.go", files["q/book.go"])
	s.expectRules("two", "p/author.go "+problem+", q/author.go "+problem)
	for _, name := range []string{"p", "r"} {
		s.Notify(protocol.MethodWorkspaceDidChangeWorkspaceFolders, map[string]any{
			"event": map[string]any{"added": []any{map[string]any{"name": name, "uri": s.uri(name)}}, "removed": []any{}},
		})
	}
	s.expectRules("three", "p/author.go "+problem+", q/author.go "+problem+", r/author.go "+problem)
}

// TestAroundIsWatched changes files on disk around one that was opened without a
// workspace: a client watches none of them, even if it could.
func TestAroundIsWatched(t *testing.T) {
	files := inFolders("p/a", "loose")
	files["p/go.mod"] = "module example.com/p\n"
	for _, folder := range []string{"p/a", "loose"} {
		s := lone(t, files, `{"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}}`, nil)
		s.set(folder+"/book.go", files[folder+"/book.go"])
		s.until("opened", folder+"/author.go "+problem)
		write(t, filepath.Join(s.root, folder, "author.go"), mended("author.go", "Writer", "Author"))
		s.until("written", "")
	}
}

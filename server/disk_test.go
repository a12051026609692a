package server_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rells-dev/rells/server"
	"github.com/rells-dev/rells/server/wiretest"
)

// until waits for the problems to be these.
func (s *session) until(when, want string) {
	s.t.Helper()
	for end := time.Now().Add(wiretest.Patience); ; time.Sleep(10 * time.Millisecond) {
		s.settle()
		if s.rules() == want {
			return
		}
		if time.Now().After(end) {
			s.t.Fatalf("%s: the problems are %q, want %q", when, s.rules(), want)
		}
	}
}

// TestDiskIsWatched has a client that cannot watch files: the server does.
func TestDiskIsWatched(t *testing.T) {
	s := start(t, blog, capable, server.Options{})
	s.until("on disk", "author.go "+problem)

	write(t, filepath.Join(s.root, "author.go"), mended("author.go", "Writer", "Author"))
	s.until("written", "")
	write(t, filepath.Join(s.root, "deep", "er", "author.go"), blog["author.go"])
	write(t, filepath.Join(s.root, "deep", "er", "book.go"), blog["book.go"])
	s.texts["deep/er/author.go"] = blog["author.go"]
	s.until("a new folder", "deep/er/author.go "+problem)
	if err := os.Rename(filepath.Join(s.root, "deep"), filepath.Join(s.root, "moved")); err != nil {
		t.Fatal(err)
	}
	s.texts["moved/er/author.go"] = blog["author.go"]
	s.until("moved", "moved/er/author.go "+problem)
	if err := os.RemoveAll(filepath.Join(s.root, "moved")); err != nil {
		t.Fatal(err)
	}
	s.until("deleted", "")
}

// TestCapableClientsWatch has a client that watches files: the server does not.
func TestCapableClientsWatch(t *testing.T) {
	s := start(t, blog, `{"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}}`, server.Options{})
	write(t, filepath.Join(s.root, "author.go"), mended("author.go", "Writer", "Author"))
	time.Sleep(100 * time.Millisecond)
	s.expectRules("written", "author.go "+problem)
	s.texts["author.go"] = mended("author.go", "Writer", "Author")
	s.changed("author.go")
	s.expectRules("told", "")
}

// Package emacs tests rells in a real Emacs with eglot. What the test sees is what
// a user sees: the problems that the editor shows, its buffers and the files on disk.
package emacs

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var blog = map[string]string{
	"go.mod": "module example.com/blog\n\ngo 1.26\n",
	"author.go": "package blog\n\ntype Author struct {\n" +
		"\tID    int64\n" +
		"\tBooks []Book `rel:\"back_populates:Athor\"`\n}\n",
	"book.go": "package blog\n\ntype Book struct {\n" +
		"\tID       int64\n" +
		"\tAuthorID int64\n" +
		"\tAuthor   *Author\n}\n",
}

// find returns the path of an Emacs that has eglot. Without one the test is
// skipped, unless everything is required to run.
func find(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("emacs")
	if err == nil {
		err = exec.Command(path, "-q", "--batch", "--eval", "(require 'eglot)").Run()
	}
	if err != nil {
		if os.Getenv("RELLS_REQUIRE_ALL") == "1" {
			t.Fatal("Emacs with eglot is required: ", err)
		}
		t.Skip("no Emacs with eglot on the path")
	}
	return path
}

// TestThread goes the way of a user who has misspelt an inverse: the editor shows
// the problem, completion puts the right name there, the name leads to the other
// file, the quick fix makes that one name this one, and nothing is left to do.
func TestThread(t *testing.T) {
	emacs := find(t)
	root, home := t.TempDir(), t.TempDir()
	for name, text := range blog {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rells := filepath.Join(t.TempDir(), "rells")
	if out, err := exec.Command("go", "build", "-o", rells, "github.com/rells-dev/rells/cmd/rells").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, emacs, "-q", "--batch", "-L", ".", "-l", filepath.Join("testdata", "thread.el"))
	cmd.Env = append(os.Environ(), "HOME="+home, "WORKSPACE="+root, "RELLS="+rells)
	var says, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &says, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s\n%s", err, says.String(), stderr.String())
	}
	want := strings.Join([]string{
		"problem: author.go: package blog",
		"completed: author.go: Books []Book `rel:\"back_populates:Author\"`",
		"jumped: book.go: Author   *Author",
		"fixed: author.go: Books []Book `rel:\"back_populates:Author\"`",
		"",
	}, "\n")
	if says.String() != want {
		t.Errorf("Emacs shows\n%s\nwant\n%s\n%s", says.String(), want, stderr.String())
	}
	text, err := os.ReadFile(filepath.Join(root, "book.go"))
	if err != nil || !strings.Contains(string(text), "\tAuthor   *Author `rel:\"back_populates:Books\"`\n") {
		t.Errorf("the other file reads\n%s%v", text, err)
	}
}

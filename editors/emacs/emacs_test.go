// Package emacs tests rells in a real Emacs: with eglot, where it is the one server of
// a buffer, and with lsp-mode, where gopls is another. What a test sees is what a user
// sees: the problems that the editor shows, its buffers and the files on disk.
package emacs

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	// What is tested runs as a program of its own: its code is named here so that go test
	// runs these tests again when it has changed.
	_ "github.com/rells-dev/rells/server"
)

// feature returns the path of an Emacs that has a feature. Without one the test is
// skipped, unless everything is required to run.
func feature(t *testing.T, name string) (emacs string) {
	t.Helper()
	path, err := exec.LookPath("emacs")
	if err == nil {
		err = exec.Command(path, "-q", "--batch", "--eval", "(require '"+name+")").Run()
	}
	if err != nil {
		missing(t, "no Emacs with "+name+" on the path")
	}
	return path
}

func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("RELLS_REQUIRE_ALL") == "1" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// workspace is a copy of a folder of editors/testdata.
func workspace(t *testing.T, name string) (root string) {
	t.Helper()
	root = t.TempDir()
	if err := os.CopyFS(root, os.DirFS(filepath.Join("..", "testdata", name))); err != nil {
		t.Fatal(err)
	}
	return root
}

// play runs a scenario of testdata in a workspace and returns what it says, with the
// workspace's folder left out.
func play(t *testing.T, emacs, scenario, root string, more ...string) string {
	t.Helper()
	rells := filepath.Join(t.TempDir(), "rells")
	if out, err := exec.Command("go", "build", "-o", rells, "github.com/rells-dev/rells/cmd/rells").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	// Servers may still write to the home when Emacs has ended.
	home, err := os.MkdirTemp("", "home")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, emacs, "-q", "--batch", "-L", ".", "-l", filepath.Join("testdata", scenario))
	cmd.Env = append(os.Environ(), "HOME="+home, "WORKSPACE="+root, "RELLS="+rells)
	cmd.Env = append(cmd.Env, more...)
	var says, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &says, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s\n%s", err, says.String(), stderr.String())
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(stderr.String())
		}
	})
	return strings.ReplaceAll(says.String(), root+"/", "")
}

// expect holds what a scenario says against what it should.
func expect(t *testing.T, says string, want ...string) {
	t.Helper()
	if want := strings.Join(want, "\n") + "\n"; says != want {
		t.Errorf("Emacs shows\n%s\nwant\n%s", says, want)
	}
}

// expectFile looks for a text in a file on disk.
func expectFile(t *testing.T, path, want string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), want) {
		t.Errorf("%s reads\n%s%v\nwithout\n%s", path, text, err, want)
	}
}

// TestThread goes the way of a user who has misspelt an inverse: the editor shows
// the problem, completion puts the right name there, the name leads to the other
// file, the quick fix makes that one name this one, and nothing is left to do. Then the
// models are drawn.
func TestThread(t *testing.T) {
	emacs, root := feature(t, "eglot"), workspace(t, "blog")
	expect(t, play(t, emacs, "thread.el", root),
		"problem: author.go: package blog",
		"completed: author.go: Books []Book `rel:\"back_populates:Author\"`",
		"jumped: book.go: Author   *Author",
		"fixed: author.go: Books []Book `rel:\"back_populates:Author\"`",
		"drawn: (Author Book), opened: t",
		"drawn alone: (Book), opened: t",
		"rells: 2 models, 2 relations, 0 errors, 0 warnings, 0 hints",
	)
	expectFile(t, filepath.Join(root, "author.go"), "\tBooks []Book `rel:\"back_populates:Author\"`\n")
	expectFile(t, filepath.Join(root, "book.go"), "\tAuthor   *Author `rel:\"back_populates:Books\"`\n")
}

// TestPython goes the same way through models of SQLAlchemy, and renames a table.
func TestPython(t *testing.T) {
	emacs, root := feature(t, "eglot"), workspace(t, "pyshop")
	expect(t, play(t, emacs, "python.el", root),
		"mode: python-mode",
		"completed: order.py: buyer: Mapped[User] = relationship(\"User\", info={\"käufer\": \"😀\"}, back_populates=\"orders\")  # who pays",
		"jumped: user.py: orders: Mapped[list[\"Order\"]] = relationship(back_populates=\"buyer\")",
		"jumped: user.py: __tablename__ = \"user\"",
		"renamed: order.py: buyer_id: Mapped[int] = mapped_column(ForeignKey(\"people.id\"))",
		"drawn: (Line Order User), opened: t",
	)
	expectFile(t, filepath.Join(root, "shop", "line.py"), "    order: Mapped[\"Order\"] = relationship(back_populates=\"lines\")\n")
	expectFile(t, filepath.Join(root, "shop", "user.py"), "    __tablename__ = \"people\"\n")
}

// TestBesideGopls has lsp-mode run both servers on the same buffers: each answers what
// is its own, nothing comes twice, and each sees what the other has edited.
func TestBesideGopls(t *testing.T) {
	emacs := feature(t, "lsp-mode")
	gopls, err := filepath.Abs(filepath.Join("..", "..", "bin", "gopls"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(gopls); err != nil {
		missing(t, "no bin/gopls: make gopls")
	}
	root := workspace(t, "shop")
	// lsp-mode 8 counts characters where the protocol counts UTF-16 units.
	order := filepath.Join(root, "models", "order.go")
	text, err := os.ReadFile(order)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(order, bytes.ReplaceAll(text, []byte("😀"), nil), 0o644); err != nil {
		t.Fatal(err)
	}
	cache, err := exec.Command("go", "env", "GOCACHE").Output() // below the home, which the test replaces
	if err != nil {
		t.Fatal(err)
	}
	const (
		buyer  = "Buyer   *User  `json:\"käufer\" gorm:\"foreignKey:BuyerID\" rel:\"belongs-to,back_populates:Orders\"` // who pays"
		orders = "Orders  []Order `gorm:\"foreignKey:BuyerID\" rel:\"has-many,back_populates:Buyer\"`"
	)
	says := play(t, emacs, "beside.el", root, "GOPLS="+gopls, "GOCACHE="+strings.TrimSpace(string(cache)),
		"GOFLAGS=-mod=mod", "GOPROXY=off", "GOTOOLCHAIN=local", "GOWORK=off")
	expect(t, says,
		"problems: 1",
		"on a field: rells 1, gopls 1",
		"in a tag: rells 1, gopls 0",
		"definition: user.go: "+orders,
		"references: main.go | 11: println(utf8.RuneCountInString(user.Greeting()), len(user.Orders)) | models/order.go | 7: "+strings.Join(strings.Fields(buyer), " "),
		"problems: 1",
		"drawn: (Line Order), opened: t",
	)
	expectFile(t, filepath.Join(root, "models", "line.go"), "\tOrder   *Order `rel:\"back_populates:Lines\"`\n")
	expectFile(t, filepath.Join(root, "main.go"), "len(user.Purchases)")
	expectFile(t, order, strings.ReplaceAll(buyer, "Orders", "Purchases"))
	expectFile(t, filepath.Join(root, "main.go"), "\tprintln(models.Line{}.Order)\n")
}

package index_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index"
)

// TestForgets has edits lead to packages and away again: what nothing needs any more
// is let go, what is needed is not, and what is met again is as it is by then.
func TestForgets(t *testing.T) {
	const (
		order   = "package a\n\nimport (\n\t\"example.com/m/cash\"\n\t\"example.com/m/kinds\"\n)\n\ntype Order struct {\n\tID uint `gorm:\"primaryKey\"`\n"
		before  = order + "\tKind kinds.Kind\n}\n"
		after   = order + "\tSum cash.Sum\n}\n"
		sum     = "package cash\n\ntype Sum int\n"
		account = "package cash\n\ntype Sum struct {\n\tID uint\n}\n"
		kind    = "package kinds\n\ntype Kind int\n"
		group   = "package kinds\n\ntype Kind struct {\n\tID uint\n}\n"
	)
	root := layOut(t, map[string]string{
		"a/order.go":    before,
		"cash/cash.go":  sum,
		"kinds/kind.go": kind,
		"db/db.go":      "package db\n\nimport (\n\t\"gorm.io/gorm\"\n\t\"example.com/m/logs\"\n)\n\nfunc run(db *gorm.DB) { db.AutoMigrate(&logs.Log{}) }\n",
		"logs/log.go":   "package logs\n\ntype Log struct {\n\tID uint\n}\n",
		"empty/seed.go": "package empty\n\nimport _ \"gorm.io/gorm\"\n",
	})
	path := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	x := load(t, root, nil)
	write := func(name, text string) {
		t.Helper()
		put(t, path(name), text)
		x.Update(index.Change{Path: path(name), Kind: index.OnDisk})
		sameAsFresh(t, name, root, x)
	}
	held := x.Held()
	if x.Forget(); x.Held() != held {
		t.Errorf("of %d bytes that a fresh load has read, %d are left", held, x.Held())
	}

	write("a/order.go", after)
	more := x.Held()
	write("a/order.go", before)
	x.Forget()
	if x.Held() != held || more == held {
		t.Errorf("%d bytes held at first, %d with one more package, %d without it again", held, more, x.Held())
	}
	write("kinds/kind.go", group) // needed all the time
	write("logs/log.go", "package logs\n\ntype Log struct {\n\tID, Size uint\n}\n")
	x.Forget()
	write("logs/log.go", "package logs\n\ntype Log map[string]any\n")
	write("cash/cash.go", account) // nobody looks
	write("a/order.go", after)     // and now somebody does
	x.Forget()
	write("cash/cash.go", sum)
	write("kinds/kind.go", kind)

	x.Update(index.Change{Path: path("cash/cash.go"), Kind: index.Edited, Text: []byte(sum)})
	put(t, path("a/order.go"), before)
	x.Update(index.Change{Path: path("a/order.go"), Kind: index.OnDisk})
	x.Forget()
	held = x.Held()
	x.Update(index.Change{Path: path("cash/cash.go"), Kind: index.Closed})
	if x.Forget(); x.Held() >= held {
		t.Errorf("with a package that somebody works on %d bytes are held, without it %d", held, x.Held())
	}
}

// TestForgetsByItself types import paths, letter by letter and for long; then those of
// large packages, one after the other; and then, more patiently, of none.
func TestForgetsByItself(t *testing.T) {
	const large, most = 100 << 10, 512 << 10
	files := map[string]string{"a/order.go": "package a\n"}
	for i := range 10 {
		files["large"+name(i)+"/sum.go"] = "package large\n\n" + strings.Repeat("// Large.\n", large/10) + "type Sum int\n"
	}
	root := layOut(t, files)
	x := load(t, root, nil)
	leadTo := func(pkg string) int64 {
		text := "package a\n\nimport p \"example.com/m/" + pkg + "\"\n\ntype Order struct {\n\tID uint `gorm:\"primaryKey\"`\n\tSum p.Sum\n}\n"
		x.Update(index.Change{Path: filepath.Join(root, "a", "order.go"), Kind: index.Edited, Text: []byte(text)})
		return x.Held()
	}
	for i := range 2000 {
		if held := leadTo(name(i)); held > most {
			t.Fatalf("after %d edits of one small file, %d bytes are held", i, held)
		}
	}
	for i := range 10 {
		if held := leadTo("large" + name(i)); held < large || held > most {
			t.Fatalf("%d bytes are held with one package of %d", held, large)
		}
	}
	edits := 0
	for leadTo("small") > large {
		if edits++; edits > 2000 {
			t.Fatal("a large package that nothing needs is never forgotten")
		}
	}
}

// name is a name of its own for each number.
func name(i int) string {
	return string([]byte{'a' + byte(i/676), 'a' + byte(i/26%26), 'a' + byte(i%26)})
}

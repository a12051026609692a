package golang

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/index/facts"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata")

// memory is a Source of files by absolute path.
type memory map[string][]byte

func (m memory) ReadFile(path string) ([]byte, error) {
	if b, ok := m[filepath.ToSlash(path)]; ok {
		return b, nil
	}
	return nil, errors.New("no such file")
}

func (m memory) ReadDir(dir string) ([]string, error) {
	seen := map[string]bool{}
	for file := range m {
		if rest, ok := strings.CutPrefix(file, strings.TrimSuffix(filepath.ToSlash(dir), "/")+"/"); ok {
			name, _, _ := strings.Cut(rest, "/")
			seen[name] = true
		}
	}
	if len(seen) == 0 {
		return nil, errors.New("no such folder")
	}
	return slices.Collect(maps.Keys(seen)), nil
}

// moduleFiles lists the go.mod and go.work files of the workspace /w.
func (m memory) moduleFiles() []string {
	var out []string
	for file := range m {
		if base := path.Base(file); strings.HasPrefix(file, "/w/") && (base == "go.mod" || base == "go.work") {
			out = append(out, file)
		}
	}
	return out
}

// goFiles lists the Go files of the workspace /w, sorted.
func (m memory) goFiles() []string {
	var out []string
	for file := range m {
		if strings.HasPrefix(file, "/w/") && strings.HasSuffix(file, ".go") && !strings.Contains(file, "/vendor/") {
			out = append(out, file)
		}
	}
	slices.Sort(out)
	return out
}

// testEnvironment has its module cache in /cache.
var testEnvironment = Environment{ModCache: "/cache", GoPath: []string{"/gopath"}}

func (m memory) program(roots ...string) *Program {
	if roots == nil {
		roots = []string{"/w"}
	}
	p := NewProgram(m, roots, Wanted{}, testEnvironment)
	p.ModulesChanged(m.moduleFiles())
	return p
}

// parseMemory takes the files of an archive: those whose names start with a slash
// where they say, the others in /w.
func parseMemory(a *txtar.Archive) memory {
	m := memory{}
	for _, f := range a.Files {
		if f.Name == "want" {
			continue
		}
		name := f.Name
		if !strings.HasPrefix(name, "/") {
			name = "/w/" + name
		}
		m[name] = f.Data
	}
	return m
}

// TestResolve resolves every type of each archive in testdata/resolve and compares
// what comes out with the part called want.
func TestResolve(t *testing.T) {
	archives, err := filepath.Glob("testdata/resolve/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			m := parseMemory(a)
			p := m.program()
			got := describe(p, m.goFiles())
			i := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
			if i < 0 {
				a.Files = append(a.Files, txtar.File{Name: "want"})
				i = len(a.Files) - 1
			}
			if *update {
				a.Files[i].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := a.Files[i].Data; !bytes.Equal(want, []byte(got)) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// TestLocalTypesEndWithTheirBlock declares one name in many blocks of a function;
// behind them it means the package's type again.
func TestLocalTypesEndWithTheirBlock(t *testing.T) {
	const blocks = 500
	source := "package shop\ntype User struct{}\nfunc TestUser() {\n" +
		strings.Repeat("run(func() { type User struct{ Local bool }\n if x { use(User{}) } })\n", blocks) +
		"type Post struct{ U User }\n}\n"
	m := memory{"/w/go.mod": []byte("module example.com/shop\n"), "/w/shop_test.go": []byte(source)}
	s := m.program().Session()
	post, ok := s.Type(facts.Ref{Package: "example.com/shop", Name: "TestUser.Post"})
	if !ok {
		t.Fatal("there is no TestUser.Post")
	}
	if got := chain(post.Fields()[0].Type); got != "example.com/shop.User struct" {
		t.Errorf("Post.U is %s", got)
	}
	if _, ok := s.Type(facts.Ref{Package: "example.com/shop", Name: fmt.Sprintf("TestUser.User#%d", blocks)}); !ok {
		t.Error("the last of the local types is missing")
	}
}

// archives are those of testdata/resolve.
func archives(t *testing.T) []*txtar.Archive {
	t.Helper()
	files, err := filepath.Glob("testdata/resolve/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	var out []*txtar.Archive
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, a)
	}
	return out
}

// describe writes out what the files declare, resolved one level deep.
func describe(p *Program, files []string) string {
	var b strings.Builder
	s := p.Session()
	for _, file := range files {
		p.Load(path.Dir(file))
		fmt.Fprintf(&b, "%s: %s\n", strings.TrimPrefix(file, "/w/"), p.PackagePath(file))
		if f := p.File(file); f != nil {
			for _, t := range s.Declared(f) {
				describeType(&b, t)
			}
		}
	}
	return b.String()
}

func describeType(b *strings.Builder, t facts.Type) {
	fmt.Fprintf(b, "\ttype %s %s", t.Ref().Name, chain(t))
	if t.Origin() != t.Ref() {
		fmt.Fprintf(b, ", origin %s", t.Origin())
	}
	for _, name := range []string{"Value", "Scan", "TableName"} {
		if m, ok := t.Method(name); ok {
			fmt.Fprintf(b, ", has %s", m.Name.Text)
		}
	}
	if t.Opaque() {
		b.WriteString(", opaque")
	}
	b.WriteString("\n")
	for _, f := range t.Fields() {
		fmt.Fprintf(b, "\t\t%s %s\n", f.Name.Text, chain(f.Type))
	}
}

var shapeNames = [...]string{"unknown", "basic", "struct", "pointer", "slice", "array", "map", "interface", "func", "chan"}

// chain writes what a type leads to through its elements.
func chain(t facts.Type) string {
	out := shapeNames[t.Shape()]
	if t.Shape() == facts.Basic {
		out = t.Basic()
	}
	if !t.Ref().IsZero() {
		out = t.Ref().String() + " " + out
		if t.Shape() != facts.Struct && t.Elem() != nil && t.Elem().Ref() == t.Ref() {
			return out + " of itself"
		}
	}
	if t.Elem() != nil {
		out += " of " + chain(t.Elem())
	}
	return out
}

// TestHostileTypes asks types that a few lines make enormous for all they tell.
func TestHostileTypes(t *testing.T) {
	repeat := func(n int, line func(i int) string) string {
		var b strings.Builder
		for i := 1; i < n; i++ {
			b.WriteString(line(i))
		}
		return b.String()
	}
	tests := []struct{ name, source, typ string }{
		{"aliases that double", "type A0 = int\ntype P[K, V any] struct { K K; V V }\n" + repeat(45, func(i int) string {
			return fmt.Sprintf("type A%d = P[A%d, A%d]\n", i, i-1, i-1)
		}) + "type T A44\n", "T"},
		{"generic aliases that double", "type A0[X any] = []X\n" + repeat(45, func(i int) string {
			return fmt.Sprintf("type A%d[X any] = A%d[A%d[X]]\n", i, i-1, i-1)
		}) + "type T A44[int]\n", "T"},
		{"structs that double", "type A0 = struct { X int }\ntype B[X any] struct { X X }\n" + repeat(45, func(i int) string {
			return fmt.Sprintf("type A%d = struct { X, Y A%d; Z A%d }\n", i, i-1, i-1)
		}) + "type T struct { B[A44] }\n", "T"},
		{"embedding that doubles", "type A0 struct { X int }\n" + repeat(45, func(i int) string {
			return fmt.Sprintf("type A%d struct { B%d; C%d }\ntype B%d struct { A%d }\ntype C%d struct { A%d }\n", i, i, i, i, i-1, i, i-1)
		}) + "type T struct { A44 }\n", "T"},
		{"instances without end", "type T[X any] struct { N *T[*T[X]]; T2[T[X]] }\ntype T2[X any] struct { *T[[]X] }\n", "T[int]"},
		{"a long chain", "type A0 int\n" + repeat(5000, func(i int) string {
			return fmt.Sprintf("type A%d A%d\n", i, i-1)
		}) + "type T A4999\n", "T"},
		{"a long chain of embedding", "type A0 struct {}\n" + repeat(5000, func(i int) string {
			return fmt.Sprintf("type A%d struct { A%d }\n", i, i-1)
		}) + "type T struct { A4999 }\n", "T"},
		{"pointers", "type T struct { X " + strings.Repeat("*", 5000) + "T }\n", "T"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := memory{"/w/go.mod": []byte("module example.com/shop\n"), "/w/shop.go": []byte("package shop\n" + test.source)}
			done := make(chan bool)
			go func() {
				defer close(done)
				if typ, ok := m.program().Session().Type(facts.Ref{Package: "example.com/shop", Name: test.typ}); ok {
					deep(typ, 3)
				}
			}()
			select {
			case <-done:
			case <-time.After(20 * time.Second):
				t.Fatal("no end in sight")
			}
		})
	}
}

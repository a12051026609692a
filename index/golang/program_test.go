package golang

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/facts"
)

// TestPut edits a file of a small program and compares what Put calls changed.
func TestPut(t *testing.T) {
	const before = `package shop

import "time"

type User struct {
	ID   int
	Name string ` + "`gorm:\"size:10\"`" + `
}

type Post struct{ At time.Time }

func (u *User) TableName() string { return "users" }
`
	replace := func(old, text string) string {
		if !strings.Contains(before, old) {
			t.Fatalf("no %q to replace", old)
		}
		return strings.Replace(before, old, text, 1)
	}
	tests := []struct {
		name, after string
		want        []string
	}{
		{"nothing", before, nil},
		{"lines only", "\n\n// More.\n" + replace("ID   int", "\n\n// ID is the key.\nID int"), nil},
		{"a field", replace("ID   int", "ID uint"), []string{"User"}},
		{"a tag", replace("size:10", "size:11"), []string{"User"}},
		{"a result", replace(`"users"`, `"people"`), []string{"User", "outline User"}},
		{"an embedded field", replace("At time.Time", "time.Time"), []string{"Post", "outline Post"}},
		{"a method", before + "func (Post) Value() {}\n", []string{"Post", "outline Post"}},
		{"a body", replace(`{ return "users" }`, `{ panic(1) }`), []string{"User", "outline User"}},
		{"a name", replace("type Post", "type Article"), []string{"Article", "Post", "outline Article", "outline Post", "type"}},
		{"an alias of an import", replace(`import "time"`, `import t "time"`), []string{"import shop.go"}},
		{"an import", replace(`import "time"`, `import ("time"; "fmt")`), []string{"import", "import shop.go"}},
		{"a dot import", replace(`import "time"`, `import ("time"; . "fmt")`), []string{"import", "import . shop.go", "import shop.go"}},
		{"the package's name", replace("package shop", "package store"), []string{""}},
		{"a local type", before + "func f() { type Post struct{ A int `gorm:\"x\"` }\n type X struct { P Post } }\n", []string{"f.Post", "f.X", "outline f.Post", "outline f.X"}},
		{"a local type moved to another block",
			"func f() { { type A struct{ X int }\n type C struct{ A A } }\n { type A struct{ Y int } } }" + "=>" +
				"func f() { { type A struct{ X int } }\n { type A struct{ Y int }\n type C struct{ A A } } }", []string{"f.C", "outline f.C"}},
		{"gone", "", []string{"", "Post", "User", "import", "import . shop.go", "import shop.go", "outline Post", "outline User", "type"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := memory{"/w/go.mod": []byte("module example.com/shop\n"), "/w/shop.go": []byte(before)}
			if local, moved, ok := strings.Cut(test.after, "=>"); ok {
				m["/w/shop.go"], test.after = []byte(before+local), before+moved
			}
			p := m.program()
			p.Load("/w")
			var f *facts.File
			if test.after != "" {
				f = Extract("/w/shop.go", []byte(test.after), Wanted{})
			}
			var got []string
			for _, s := range p.Put("/w/shop.go", f) {
				if s.Package != "example.com/shop" {
					t.Errorf("%v changed", s)
				}
				got = append(got, s.Name)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("changed %q, want %q", got, test.want)
			}
		})
	}
}

// TestRecordingIsSound edits programs at random. Whatever was resolved before an
// edit and looked at nothing that the edit changed must resolve as before, and as
// in a program that is read anew; so must what a session tells that went on. Now and then some of the answers are of no interest
// any more, and the program forgets what only they had looked at.
func TestRecordingIsSound(t *testing.T) {
	var kept, redone, forgotten, resumed int
	for seed := range uint64(30) {
		w := &world{rng: rand.New(rand.NewPCG(seed, 1)), memory: memory{}}
		w.start()
		p := w.memory.program()
		p.Load(w.folders()...)
		session := p.Session()
		before := w.resolveAll(session)
		for step := range 25 {
			if w.rng.IntN(3) == 0 {
				size := p.Size()
				w.loseInterest(p, before)
				if p.Size() < size {
					forgotten++
				}
			}
			file, edit := w.edit()
			var f *facts.File
			if src, ok := w.memory[file]; ok {
				f = Extract(file, src, Wanted{})
			}
			changed := p.Put(file, f)
			if edit == "lines" && len(changed) > 0 {
				t.Fatalf("seed %d step %d: moving lines of %s changed %v", seed, step, file, changed)
			}
			if session.Resume() {
				resumed++
			} else {
				session = p.Session()
			}
			after := w.resolveAll(session)
			fresh := w.resolveAll(w.memory.program().Session())
			for name, got := range after {
				if want := fresh[name]; got.text != want.text || got.places != want.places {
					t.Fatalf("seed %d step %d, %s of %s: %s is\n%s%s\nanew\n%s%s", seed, step, edit, file, name, got.text, got.places, want.text, want.places)
				}
				old, known := before[name]
				if !known {
					continue
				}
				if slices.ContainsFunc(changed, func(s facts.Symbol) bool { return slices.Contains(old.looked, s) }) {
					redone++
					continue
				}
				kept++
				if got.text != old.text {
					t.Fatalf("seed %d step %d, %s of %s: %s looked at %v; %v changed, yet\n%s\nbecame\n%s",
						seed, step, edit, file, name, old.looked, changed, old.text, got.text)
				}
			}
			before = after
		}
	}
	if kept < 1000 || redone < 1000 || resumed < 50 {
		t.Errorf("%d answers kept, %d redone, %d sessions resumed: the edits are too tame or too wild", kept, redone, resumed)
	}
	if forgotten < 50 {
		t.Errorf("packages were forgotten %d times", forgotten)
	}
}

// loseInterest drops some answers, and lets the program forget what only they had
// looked at.
func (w *world) loseInterest(p *Program, answers map[string]answer) {
	needed := map[string]struct{}{}
	share := w.rng.IntN(4) // of twenty
	for _, name := range slices.Sorted(maps.Keys(answers)) {
		if w.rng.IntN(20) >= share {
			delete(answers, name)
			continue
		}
		for _, symbol := range answers[name].looked {
			needed[symbol.Package] = struct{}{}
		}
	}
	p.Retain(needed, nil)
}

// TestRetain forgets a package and meets it again.
func TestRetain(t *testing.T) {
	m := memory{
		"/w/go.mod":       []byte("module example.com/shop\n"),
		"/w/shop.go":      []byte("package shop\nimport \"example.com/shop/cash\"\ntype Order struct{ S cash.Sum }\n"),
		"/w/cash/cash.go": []byte("package cash\ntype Sum int\n"),
	}
	p := m.program()
	p.Load("/w")
	alone := p.Size()
	sum := func() facts.Shape {
		order, _ := p.Session().Type(facts.Ref{Package: "example.com/shop", Name: "Order"})
		return order.Fields()[0].Type.Shape()
	}
	if sum() != facts.Basic || p.Size() == alone {
		t.Fatalf("cash is not read: size %d", p.Size())
	}
	p.Retain(map[string]struct{}{"example.com/shop": {}}, nil)
	if p.Size() != alone || p.Holds("/w/cash") || p.File("/w/cash/cash.go") != nil {
		t.Errorf("cash is not forgotten: size %d, was %d without it", p.Size(), alone)
	}
	if p.File("/w/shop.go") == nil {
		t.Error("shop is forgotten")
	}
	m["/w/cash/cash.go"] = []byte("package cash\ntype Sum struct{}\n")
	if got := sum(); got != facts.Struct {
		t.Errorf("read again, Sum is %d", got)
	}
	p.Retain(nil, map[string]struct{}{"/w/cash": {}})
	if !p.Holds("/w/cash") || p.Holds("/w") {
		t.Error("of two folders, the one in use is forgotten or the other one is not")
	}
	for _, path := range []string{"example.com/shop_test", "example.com/shop:other"} {
		p.Load("/w")
		p.Retain(map[string]struct{}{path: {}}, nil)
		if !p.Holds("/w") {
			t.Errorf("the folder of %s is forgotten", path)
		}
	}
	if n := len(p.modules.around); n > 0 {
		t.Errorf("the modules of %d folders are remembered", n)
	}
}

// world is a program that changes at random.
type world struct {
	rng    *rand.Rand
	memory memory
}

// answer is what came out of a resolution, and what it looked at.
type answer struct {
	text, places string
	looked       []facts.Symbol
}

var (
	worldFolders = []string{"/w", "/w/a", "/w/go-b", "/w/c/v2", "/w/nested", "/w/late"}
	worldTypes   = []string{"A", "B", "C", "D", "E", "string"}
)

func (w *world) folders() []string { return worldFolders }

func (w *world) pick(list ...string) string { return list[w.rng.IntN(len(list))] }

func (w *world) start() {
	w.memory["/w/go.mod"] = []byte("module example.com/w\n")
	w.memory["/w/nested/go.mod"] = []byte("module example.com/nested\n")
	for _, dir := range worldFolders[:5] {
		for _, base := range []string{"one.go", "two.go"} {
			w.memory[path.Join(dir, base)] = []byte(w.source(dir, base))
		}
	}
}

// edit changes one file, and tells which and how.
func (w *world) edit() (file, how string) {
	dir := w.pick(worldFolders...)
	base := w.pick("one.go", "two.go", "two.go", "three.go", "one_test.go", "out_test.go")
	file = path.Join(dir, base)
	old, exists := w.memory[file]
	switch n := w.rng.IntN(8); {
	case n == 0 && exists:
		delete(w.memory, file)
		return file, "removal"
	case n == 1 && exists:
		w.memory[file] = []byte("// moved\n\n" + strings.Replace(string(old), "\ntype", "\n\n// again\n\ntype", -1))
		return file, "lines"
	case n > 5 && exists:
		w.memory[file] = []byte(strings.Replace(string(old), w.pick("; F ", "; K ", "; Value "), w.pick("; F ", "; K ", "; Value "), 1+w.rng.IntN(2)))
		return file, "renaming"
	case n < 5 && exists:
		lines := strings.SplitAfter(string(old), "\n")
		i := 1 + w.rng.IntN(len(lines)-1)
		if strings.HasPrefix(lines[i], "type") || w.rng.IntN(3) == 0 {
			lines[i] = w.declaration()
		} else {
			lines = slices.Delete(lines, i, i+1)
		}
		w.memory[file] = []byte(strings.Join(lines, ""))
		return file, "change"
	}
	w.memory[file] = []byte(w.source(dir, base))
	return file, "rewriting"
}

func (w *world) source(dir, base string) string {
	name := map[string]string{"/w": "w", "/w/a": "a", "/w/go-b": "b", "/w/c/v2": "c", "/w/nested": "nested", "/w/late": "late"}[dir]
	switch {
	case base == "out_test.go":
		name += "_test"
	case w.rng.IntN(15) == 0:
		name = "other"
	}
	var b strings.Builder
	if w.rng.IntN(10) == 0 {
		b.WriteString("//go:build ignore\n")
	}
	fmt.Fprintf(&b, "package %s\n", name)
	for range w.rng.IntN(4) {
		fmt.Fprintf(&b, "import %s%q\n", w.pick("", "", "", "x ", ". ", ". "), w.pick("example.com/w/late", "example.com/w", "example.com/w/a",
			"example.com/w/go-b", "example.com/w/c/v2", "example.com/nested", "example.com/away", "time"))
	}
	for range 2 + w.rng.IntN(3) {
		b.WriteString(w.declaration())
	}
	return b.String()
}

func (w *world) declaration() string {
	name := w.pick(worldTypes...)
	switch w.rng.IntN(9) {
	case 0:
		return fmt.Sprintf("type %s = %s\n", name, w.typ())
	case 1:
		return fmt.Sprintf("type %s %s\n", name, w.typ())
	case 2:
		return fmt.Sprintf("func (x %s) %s() {}\n", name, w.pick("Value", "Scan"))
	case 3:
		return fmt.Sprintf("type G[T any] struct { V T; L []%s; %s }\n", w.typ(), w.pick("A", "B"))
	case 4:
		return fmt.Sprintf("func f() {\ntype %s struct { V %s }\n{\ntype %s struct { %s }\ntype A struct { V %s }\n}\ntype %s struct { X %s }\n}\n",
			name, w.typ(), name, w.pick(worldTypes...), w.pick(worldTypes...), w.pick(worldTypes...), w.typ())
	default:
		return fmt.Sprintf("type %s struct { %s; F %s; H *%s `gorm:%q` }\n", name, w.pick("A", "B", "a.A", "*C", "x.D"), w.typ(), w.typ(), w.pick("a", "b"))
	}
}

func (w *world) typ() string {
	switch w.rng.IntN(6) {
	case 0:
		return "[]" + w.typ()
	case 1:
		return "G[" + w.typ() + "]"
	case 2, 3:
		return w.pick("w", "a", "b", "c", "nested", "late", "x", "time", "away") + "." + w.pick("A", "B", "Time")
	}
	return w.pick(worldTypes...)
}

// resolveAll asks for every type there may be.
func (w *world) resolveAll(s *Session) map[string]answer {
	answers := map[string]answer{}
	ask := func(name string, question func() (text, places string)) {
		s.Begin()
		text, places := question()
		answers[name] = answer{text, places, s.End().Symbols}
	}
	for _, pkg := range []string{"example.com/w", "example.com/w/a", "example.com/w/go-b", "example.com/w/c/v2", "example.com/nested", "example.com/w_test", "example.com/w/a:other"} {
		for _, name := range []string{"A", "B", "C", "G[int]", "G[example.com/w.A]", "f.A", "f.A#2"} {
			ref := facts.Ref{Package: pkg, Name: name}
			ask(ref.String(), func() (text, places string) {
				t, ok := s.Type(ref)
				if !ok {
					return "none", ""
				}
				return deep(t, 3), placesOf(t)
			})
			ask("outline of "+ref.String(), func() (text, places string) {
				t, ok := s.Type(ref)
				if !ok {
					return "none", ""
				}
				return outline(t), ""
			})
		}
		for _, to := range []string{"example.com/w", "example.com/w/a"} {
			ask(pkg+" reaches "+to, func() (text, places string) { return fmt.Sprint(s.Reaches(pkg, to)), "" })
		}
	}
	return answers
}

// deep writes out all that a type tells, so many levels of fields down.
func deep(t facts.Type, levels int) string {
	if t == nil {
		return "nil"
	}
	var b strings.Builder
	b.WriteString(outline(t))
	if f, d := t.Decl(); d != nil {
		fmt.Fprintf(&b, " in %s", f.Path)
	}
	if levels > 0 {
		for _, f := range t.Fields() {
			fmt.Fprintf(&b, "\n%s%s %s: %s", strings.Repeat("\t", 4-levels), f.Name.Text, f.Literal.Text, deep(f.Type, levels-1))
		}
		if e := t.Elem(); e != nil {
			b.WriteString(" of " + deep(e, levels-1))
		}
	}
	return b.String()
}

// outline writes out what a type tells without its fields.
func outline(t facts.Type) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %v", t, t.Ref(), t.Origin(), t.Opaque())
	for _, name := range []string{"Value", "Scan"} {
		m, ok := t.Method(name)
		fmt.Fprintf(&b, " %v %s", ok, m.Receiver)
	}
	fmt.Fprintf(&b, " %s", chainBounded(t, 4))
	return b.String()
}

// placesOf writes out where a type, its fields and a method of it stand.
func placesOf(t facts.Type) string {
	var b strings.Builder
	if f, d := t.Decl(); d != nil {
		fmt.Fprint(&b, f.Path, d.Span)
	}
	for _, f := range t.Fields() {
		fmt.Fprint(&b, " ", f.File.Path, f.Span)
	}
	if f, m, ok := t.MethodIn("Value"); ok {
		fmt.Fprint(&b, " ", f.Path, m.Span)
	}
	return b.String()
}

// chainBounded writes the shapes along a type's elements.
func chainBounded(t facts.Type, bound int) string {
	if t == nil || bound == 0 {
		return ""
	}
	return fmt.Sprint(t.Shape(), t.Basic(), " ", chainBounded(t.Elem(), bound-1))
}

// TestDotImportLater gives a name a meaning by a new dot import alone.
func TestDotImportLater(t *testing.T) {
	const source = "package shop\n%s\ntype Order struct{ S Sum }\n"
	m := memory{
		"/w/go.mod":       []byte("module example.com/shop\n"),
		"/w/cash/cash.go": []byte("package cash\ntype Sum int\n"),
		"/w/shop.go":      fmt.Appendf(nil, source, ""),
	}
	p := m.program()
	s := p.Session()
	s.Begin()
	order, _ := s.Type(facts.Ref{Package: "example.com/shop", Name: "Order"})
	if got := order.Fields()[0].Type.Shape(); got != facts.Unknown {
		t.Fatalf("Sum is %d before it is imported", got)
	}
	looked := s.End().Symbols
	changed := p.Put("/w/shop.go", Extract("/w/shop.go", fmt.Appendf(nil, source, `import . "example.com/shop/cash"`), Wanted{}))
	if !slices.ContainsFunc(changed, func(c facts.Symbol) bool { return slices.Contains(looked, c) }) {
		t.Errorf("the import changed %v, the resolution had looked at %v", changed, looked)
	}
}

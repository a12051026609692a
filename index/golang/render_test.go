package golang

import (
	"go/parser"
	"go/token"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/index/facts"
)

// Each archive in testdata/render holds files and what becomes of them: a file
// that is refused has no second part. The comment says what is done, in lines of
//
//	insert Type [behind Field]: Name [[]][*][import/path.]Type [tag]
//	set Type.Field key value
//	reword Type: old new
func TestRender(t *testing.T) {
	archives, err := filepath.Glob("testdata/render/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			before := string(archive.Files[0].Data)
			want := "refused\n"
			if len(archive.Files) > 1 {
				want = string(archive.Files[1].Data)
			}
			for _, breaks := range []string{"\n", "\r\n"} {
				src := strings.ReplaceAll(before, "\n", breaks)
				got, ok := perform(t, src, string(archive.Comment))
				if !ok {
					got = "refused\n"
				}
				if got = strings.ReplaceAll(got, breaks, "\n"); got != want {
					t.Errorf("with line breaks %q, got\n%s\nwant\n%s", breaks, got, want)
				}
			}
		})
	}
}

// perform makes the edits that a comment asks for.
func perform(t *testing.T, src, comment string) (string, bool) {
	t.Helper()
	f := Extract("/p/p.go", []byte(src), Wanted{})
	qualify := QualifyIn(f, "example.com/shop", func(string) string { return "" })
	var inserted []NewField
	var words []Edit
	var into *facts.Decl
	for line := range strings.Lines(comment) {
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch verb {
		case "insert":
			target, field, ok := strings.Cut(rest, ": ")
			if !ok {
				t.Fatalf("bad line %q", line)
			}
			name, after, _ := strings.Cut(target, " behind ")
			into = declNamed(t, f, name)
			inserted = append(inserted, newField(field, after))
		case "set":
			words := strings.SplitN(rest, " ", 3)
			name, field, _ := strings.Cut(words[0], ".")
			d := declNamed(t, f, name)
			edits, ok := SetTag(f, []byte(src), d, &d.Type.Fields[fieldIndex(d, field)], words[1], words[2])
			return string(Apply([]byte(src), edits)), ok
		case "reword":
			target, word, _ := strings.Cut(rest, ": ")
			from, to, _ := strings.Cut(word, " ")
			into = declNamed(t, f, target)
			at := int(into.Span.Start) + strings.Index(src[into.Span.Start:], from)
			words = append(words, Edit{span(at, at+len(from)), to})
		}
	}
	if len(words) > 0 {
		edits, ok := Reword(f, []byte(src), into, words)
		return string(Apply([]byte(src), edits)), ok
	}
	edits, ok := Insert(f, []byte(src), into, inserted, qualify)
	return string(Apply([]byte(src), edits)), ok
}

// newField reads `Name []*path.Type key=value ...`.
func newField(text, after string) NewField {
	words := strings.SplitN(text, " ", 3)
	field := NewField{Name: words[0], After: after}
	typ, slice := strings.CutPrefix(words[1], "[]")
	typ, pointer := strings.CutPrefix(typ, "*")
	field.Slice, field.Pointer = slice, pointer
	field.Type.Name = typ
	if i := strings.LastIndexByte(typ, '.'); i > 0 && strings.Contains(typ, "/") {
		field.Type = facts.Ref{Package: typ[:i], Name: typ[i+1:]}
	} else if pkg, name, ok := strings.Cut(typ, "."); ok && pkg == strings.ToLower(pkg) {
		field.Type = facts.Ref{Package: pkg, Name: name}
	}
	if len(words) > 2 {
		for _, pair := range strings.Split(words[2], " & ") {
			key, value, _ := strings.Cut(pair, "=")
			field.Tags = append(field.Tags, NewTag{key, value})
		}
	}
	return field
}

func declNamed(t *testing.T, f *facts.File, name string) *facts.Decl {
	t.Helper()
	for i := range f.Decls {
		if f.Decls[i].Name.Text == name {
			return &f.Decls[i]
		}
	}
	t.Fatalf("no type %s", name)
	return nil
}

// Whatever a file holds, an edit that is not refused leaves it as readable as it
// was, with the new field and the new pair in place.
func FuzzRender(f *testing.F) {
	f.Add(tenTags, uint8(1), "many2many:a")
	f.Add("package p\n\ntype A struct{B int; C string `x:\"y\"`} // z\n", uint8(0), "`")
	f.Add("package p\r\ntype (\r\n\tA struct { B int /* c\r\n */ }\r\n)\r\n", uint8(0), "\"\\")
	f.Add("package p\n\ntype A struct {\n\tB, C *D \"x:\\\"\\u00e9\\\"\"\n\t// end\n\n}", uint8(0), "é")
	f.Fuzz(func(t *testing.T, src string, which uint8, value string) { renderSomewhere(t, src, int(which), value) })
}

// The same, for damaged files.
func TestRenderInDamagedFiles(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	values := []string{"", "one-way", "\"", "`", "é"}
	rendered := 0
	for range 3000 {
		src := tenTags
		if random.IntN(3) == 0 {
			src = strings.ReplaceAll(src, "\n", "\r\n")
		}
		for range 1 + random.IntN(3) {
			src = damage(src, random.IntN(len(src)), random)
		}
		rendered += renderSomewhere(t, src, random.IntN(100), values[random.IntN(len(values))])
		if t.Failed() {
			return
		}
	}
	if rendered < 1000 {
		t.Errorf("only %d edits rendered", rendered)
	}
}

// renderSomewhere adds a field to a struct of src and a pair to a field there, and
// returns how many of the two were not refused.
func renderSomewhere(t *testing.T, src string, which int, value string) (rendered int) {
	t.Helper()
	file := Extract("/p/p.go", []byte(src), Wanted{})
	if len(file.Decls) == 0 {
		return 0
	}
	d := &file.Decls[which%len(file.Decls)]
	field := NewField{Name: "Rells", Type: facts.Ref{Package: "time", Name: "Time"}, Tags: []NewTag{{"rel", value}}}
	fields := d.Type.Fields
	if len(fields) > 0 {
		field.After = fields[which%len(fields)].Name.Text
	}
	qualify := QualifyIn(file, "p", func(string) string { return "" })
	if edits, ok := Insert(file, []byte(src), d, []NewField{field}, qualify); ok {
		rendered++
		checkPair(t, src, d, edits, "Rells", value)
	}
	if len(fields) == 0 {
		return rendered
	}
	target := &fields[which%len(fields)]
	if edits, ok := SetTag(file, []byte(src), d, target, "rel", value); ok {
		rendered++
		checkPair(t, src, d, edits, target.Name.Text, value)
	}
	return rendered
}

// checkPair asserts that edits to a struct leave a readable file in which a field
// has the given value under the key rel.
func checkPair(t *testing.T, src string, d *facts.Decl, edits []Edit, field, value string) {
	t.Helper()
	after := string(Apply([]byte(src), edits))
	file := Extract("/p/p.go", []byte(after), Wanted{})
	checkFile(t, after, file)
	_, err := parser.ParseFile(token.NewFileSet(), "p.go", src, 0)
	if err == nil {
		_, err = parser.ParseFile(token.NewFileSet(), "p.go", after, 0)
		if err != nil {
			t.Errorf("%q was well formed, %q is not: %v", src, after, err)
		}
	}
	for _, e := range file.Decls {
		if e.Name.Text == d.Name.Text && slices.ContainsFunc(e.Type.Fields, func(f facts.Field) bool {
			tag, ok := f.Tag("rel")
			return f.Name.Text == field && ok && tag.Value.Text == value
		}) {
			return
		}
	}
	t.Errorf("field %s has no rel:%q in %q, made of %q", field, value, after, src)
}

// TestImportKeepsLineBreaks holds that an import ends like every line of its file, one
// that gofmt would change, too.
func TestImportKeepsLineBreaks(t *testing.T) {
	src := []byte("package p\r\n\r\nimport (\r\n\t\"io\"\r\n)\r\n\r\ntype T struct {\r\n\tID    int\r\n}\r\n")
	f := Extract("/p/p.go", src, Wanted{})
	of := NewField{Type: facts.Ref{Package: "time", Name: "Duration"}}
	qualify := QualifyIn(f, "p", func(string) string { return "" })
	edits, ok := SetType(f, src, &f.Decls[0], &f.Decls[0].Type.Fields[0], of, qualify)
	after := string(Apply(src, edits))
	want := "package p\r\n\r\nimport (\r\n\t\"io\"\r\n\t\"time\"\r\n)\r\n\r\ntype T struct {\r\n\tID    time.Duration\r\n}\r\n"
	if !ok || after != want {
		t.Errorf("made %q %v", after, ok)
	}
}

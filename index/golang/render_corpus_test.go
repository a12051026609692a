package golang

import (
	"bytes"
	"go/format"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/facts"
)

// Into the structs of real files goes a field, and the files are as well formatted
// as before: those that gofmt left alone still are, in others nothing changes but
// the struct.
func TestRenderInRealFiles(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	inserted, set := 0, 0
	for path, src := range corpus(t) {
		if strings.Contains(path, "testdata") || random.IntN(2) == 0 {
			continue
		}
		src = restyle(src, random)
		f := Extract(path, src, Wanted{})
		structs := slices.DeleteFunc(slices.Clone(f.Decls), func(d facts.Decl) bool { return d.Type.Kind != facts.StructExpr })
		if len(structs) == 0 || f.Generated {
			continue
		}
		if _, err := parser.ParseFile(token.NewFileSet(), path, src, 0); err != nil {
			continue
		}
		d := &structs[random.IntN(len(structs))]
		field := NewField{Name: "Rells", Type: facts.Ref{Name: "int64"}, Tags: []NewTag{{"rel", "has-many"}}}
		if n := len(d.Type.Fields); n > 0 && random.IntN(2) == 0 {
			field.After = d.Type.Fields[random.IntN(n)].Name.Text
		}
		edits, ok := Insert(f, src, d, []NewField{field}, nil)
		if !ok {
			t.Errorf("%s: %s: insertion is refused", path, d.Name.Text)
			return
		}
		inserted++
		checkRendered(t, path, src, d, edits, func(f *facts.Field) bool {
			return f.Name.Text == "Rells" && f.Literal.Text == `rel:"has-many"`
		})
		if n := len(d.Type.Fields); n > 0 {
			target := &d.Type.Fields[random.IntN(n)]
			if edits, ok := SetTag(f, src, d, target, "rel", "back_populates:Größe"); ok {
				set++
				checkRendered(t, path, src, d, edits, func(f *facts.Field) bool {
					tag, ok := f.Tag("rel")
					return f.Name.Text == target.Name.Text && ok && tag.Value.Text == "back_populates:Größe"
				})
			}
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d fields inserted, %d tags set", inserted, set)
	if inserted < 30 || set < 10 {
		t.Error("too few structs were edited")
	}
}

// restyle leaves two of three files as they are; others get CRLF, or lose what
// gofmt cares for.
func restyle(src []byte, random *rand.Rand) []byte {
	switch random.IntN(6) {
	case 0:
		return bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n"))
	case 1:
		if !bytes.Contains(src, []byte("`")) {
			return bytes.ReplaceAll(src, []byte("\n\t"), []byte("\n    "))
		}
	}
	return src
}

// checkRendered asserts what holds for every edit of a struct that adds, or
// changes, the field that wanted recognises.
func checkRendered(t *testing.T, path string, src []byte, d *facts.Decl, edits []Edit, wanted func(*facts.Field) bool) {
	t.Helper()
	after := Apply(src, edits)
	if _, err := parser.ParseFile(token.NewFileSet(), path, after, 0); err != nil {
		t.Errorf("%s: %s: does not parse any more: %v", path, d.Name.Text, err)
	}
	if isFormatted(src) && !isFormatted(after) {
		t.Errorf("%s: %s: is not formatted any more", path, d.Name.Text)
	}
	for _, e := range edits {
		if !splits(string(src), int(e.Span.Start)) || !splits(string(src), int(e.Span.End)) {
			t.Errorf("%s: edit at %v is within a character or line break", path, e.Span)
		}
	}
	if bytes.Contains(src, []byte("\r\n")) && bytes.Count(after, []byte("\n")) != bytes.Count(after, []byte("\r\n")) {
		t.Errorf("%s: %s: line breaks are mixed", path, d.Name.Text)
	}
	grouped := strings.TrimLeft(indentOf(src, int(d.Span.Start)), "\t") == "" && indentOf(src, int(d.Span.Start)) != ""
	first := bytes.LastIndexByte(src[:d.Span.Start], '\n') + 1
	rest := src[lineEnd(src, int(d.Span.End)):]
	if !grouped && (!bytes.HasPrefix(after, src[:first]) || !bytes.HasSuffix(after, rest)) {
		t.Errorf("%s: %s: lines of something else change", path, d.Name.Text)
	}
	read := Extract(path, after, Wanted{})
	if !slices.ContainsFunc(read.Decls, func(e facts.Decl) bool {
		return e.Name.Text == d.Name.Text && slices.ContainsFunc(e.Type.Fields, func(f facts.Field) bool { return wanted(&f) })
	}) {
		t.Errorf("%s: %s: the field is not there:\n%s", path, d.Name.Text, after[d.Span.Start:])
	}
}

// isFormatted reports whether gofmt would leave a text alone but for its line breaks.
func isFormatted(src []byte) bool {
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	formatted, err := format.Source(src)
	return err == nil && bytes.Equal(formatted, src)
}

// An import that is added to a real file is there afterwards, nothing but the
// imports changes, and the file stays formatted.
func TestImportInRealFiles(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	paths := []string{"a", "time", "zzz/y", "github.com/google/uuid", "gorm.io/gorm", "example.com/a/b/v2", "golang.org/x/tools/txtar", "cmd/internal/objabi2", "internal/abi2"}
	added := 0
	for path, src := range corpus(t) {
		before, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
		if err != nil || !isFormatted(src) || random.IntN(4) > 0 {
			continue
		}
		pkg := paths[random.IntN(len(paths))]
		if bytes.Contains(src, []byte(strconv.Quote(pkg))) {
			continue
		}
		edits := addImport(src, newImport(pkg, "x"))
		after := Apply(src, edits)
		tree, err := parser.ParseFile(token.NewFileSet(), path, after, parser.ImportsOnly)
		if err != nil || len(tree.Imports) != len(before.Imports)+1 {
			t.Fatalf("%s: importing %q: %v\n%.1000s", path, pkg, err, after)
		}
		if !isFormatted(after) {
			t.Errorf("%s: importing %q leaves it unformatted:\n%.1000s", path, pkg, after)
		}
		decls, end := importDecls(src)
		if len(decls) > 0 {
			end = int(decls[len(decls)-1].span.End)
		}
		if rest := src[lineEnd(src, end):]; !bytes.HasSuffix(after, rest) {
			t.Errorf("%s: more than the imports changes", path)
		}
		if added++; t.Failed() {
			return
		}
	}
	if added < 20 {
		t.Errorf("only %d imports added", added)
	}
}

package golang

import (
	"path/filepath"
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
	f := Extract("/p/p.go", []byte(src), nil)
	qualify := QualifyIn(f, "example.com/shop", func(string) string { return "" })
	var inserted []NewField
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
		}
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

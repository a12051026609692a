package python

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/index/facts"
)

// interpreter is Python itself, which knows its grammar best.
func interpreter(t *testing.T) string {
	python, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("RELLS_REQUIRE_ALL") != "" {
			t.Fatal(err)
		}
		t.Skip("there is no python3")
	}
	return python
}

// TestDeclarationsAreThoseOfPython reads the standard library of the Python at hand, a
// sixth of it unless RELLS_ORACLE=full, or the folder RELLS_PYTHON_SOURCE, and compares
// every class, base, method, assignment and import with what Python's own parser finds.
func TestDeclarationsAreThoseOfPython(t *testing.T) {
	python := interpreter(t)
	out, err := exec.Command(python, "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))").Output()
	if err != nil {
		t.Fatal(err)
	}
	root := strings.TrimSpace(string(out))
	if other := os.Getenv("RELLS_PYTHON_SOURCE"); other != "" {
		root = other
	}
	var paths []string
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == "site-packages" {
			return fs.SkipDir
		}
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".py") {
			paths = append(paths, path)
		}
		return nil
	})
	if os.Getenv("RELLS_ORACLE") != "full" && os.Getenv("RELLS_PYTHON_SOURCE") == "" {
		few := paths[:0]
		for i := 0; i < len(paths); i += 6 {
			few = append(few, paths[i])
		}
		paths = few
	}
	files, found, differ := 0, 0, 0
	for batch := range slices.Chunk(paths, 500) {
		out, err := exec.Command(python, append([]string{"-W", "ignore", "testdata/declarations.py"}, batch...)...).Output()
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(out) {
			var want struct {
				Path         string
				Declarations []string
			}
			if err := json.Unmarshal(line, &want); err != nil {
				t.Fatal(err)
			}
			src, err := os.ReadFile(want.Path)
			if err != nil || !isUTF8(src) {
				continue
			}
			files++
			found += len(want.Declarations)
			if whole, skipped := extract(want.Path, src, nil, false), extract(want.Path, src, nil, true); len(whole.Directives) == 0 && !reflect.DeepEqual(whole, skipped) {
				t.Errorf("%s: skipped bodies make a difference:\n%s", want.Path, cmp.Diff(whole, skipped))
			}
			got := declarations(Extract(want.Path, src), src)
			if diff := difference(want.Declarations, got); diff != "" {
				differ++
				if differ < 10 {
					t.Errorf("%s:\n%s", want.Path, diff)
				}
			}
		}
	}
	t.Logf("%d declarations in %d files, %d of which differ", found, files, differ)
	if found < 10*files || files == 0 {
		t.Error("hardly anything was compared")
	}
}

func isUTF8(src []byte) bool { return Extract("x.py", src).ValidUTF8 }

// declarations writes facts as testdata/declarations.py does.
func declarations(f *facts.File, src []byte) []string {
	var out []string
	line := func(offset int32) int {
		at, found := slices.BinarySearch(f.Lines, offset)
		if found {
			at++
		}
		return at
	}
	for i := range f.Decls {
		d := &f.Decls[i]
		name := "." + qualify(d.Within, d.Name.Text)
		if d.Value != nil {
			out = append(out, fmt.Sprintf("target %s %d", name, d.Name.Span.Start), "value "+name+" "+told(d.Value))
			continue
		}
		out = append(out, fmt.Sprintf("class %s %d", name, line(d.Name.Span.Start)))
		for _, field := range d.Type.Fields {
			if field.Embedded {
				span := bare(src, field.Value.Span)
				out = append(out, fmt.Sprintf("base %s %d %d", name, span.Start, span.End))
			} else {
				out = append(out, fmt.Sprintf("target %s.%s %d", name, field.Name.Text, field.Name.Span.Start))
				if field.Value != nil {
					out = append(out, "value "+name+"."+field.Name.Text+" "+told(field.Value))
				}
			}
		}
	}
	for _, m := range f.Methods {
		out = append(out, fmt.Sprintf("method .%s.%s %d", m.Receiver, m.Name.Text, line(m.Name.Span.Start)))
	}
	for _, imp := range f.Imports {
		if imp.Member.IsZero() {
			out = append(out, fmt.Sprintf("import %s %s", imp.Path.Text, imp.Name.Text))
		} else {
			out = append(out, fmt.Sprintf("from %s %s %s", imp.Path.Text, imp.Member.Text, imp.Name.Text))
		}
	}
	sort.Strings(out)
	return out
}

// told writes a value as testdata/declarations.py does.
func told(v *facts.Value) string {
	list := func() string {
		var parts []string
		for i := range v.Args {
			arg := &v.Args[i]
			switch {
			case arg.Spread:
				parts = append(parts, "*")
			case arg.Key.Text != "" && v.Kind == facts.MapValue:
				parts = append(parts, quoted(arg.Key.Text)+": "+told(arg))
			case arg.Key.Text != "":
				parts = append(parts, arg.Key.Text+"="+told(arg))
			default:
				parts = append(parts, told(arg))
			}
		}
		return strings.Join(parts, ", ")
	}
	switch v.Kind {
	case facts.TextValue:
		return quoted(v.Name.Text)
	case facts.NamedValue:
		return v.Name.Text
	case facts.SelectedValue:
		return told(v.Of) + "." + v.Name.Text
	case facts.IndexValue:
		return told(v.Of) + "[]"
	case facts.CallValue:
		return told(v.Of) + "(" + list() + ")"
	case facts.ListValue:
		return "[" + list() + "]"
	case facts.MapValue:
		return "{" + list() + "}"
	case facts.FuncValue:
		return "lambda: " + told(v.Of)
	}
	return "?"
}

// quoted is a text as Python's json writes it, "~" for one that is not ASCII.
func quoted(text string) string {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return "~"
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text)
	return strings.ReplaceAll(strings.TrimSpace(b.String()), "\x7f", `\u007f`)
}

// bare is the span without parentheses around it, which Python's parser forgets.
func bare(src []byte, span facts.Span) facts.Span {
	for src[span.Start] == '(' && src[span.End-1] == ')' {
		span.Start, span.End = span.Start+1, span.End-1
		for strings.IndexByte(" \n\t", src[span.Start]) >= 0 {
			span.Start++
		}
		for strings.IndexByte(" \n\t", src[span.End-1]) >= 0 {
			span.End--
		}
	}
	return span
}

func difference(want, got []string) string {
	var b strings.Builder
	for _, w := range want {
		if !slices.Contains(got, w) {
			fmt.Fprintln(&b, "missing", w)
		}
	}
	for _, g := range got {
		if !slices.Contains(want, g) {
			fmt.Fprintln(&b, "extra", g)
		}
	}
	text := b.String()
	return text[:min(len(text), 600)]
}

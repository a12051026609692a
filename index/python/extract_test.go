package python

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/index/facts"
)

// TestWhatIsRead reads small sources and compares their declarations, written as names
// with what they are assigned.
func TestWhatIsRead(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"type parameters", "class A[T: (int, str) = int](B[T]): x = f(1)", "A(B[T]): x=f(1)"},
		{"nested quotes of one kind", "class A:\n  x = f\"{a['b']} {c[\"d\"]}\"\n  y = 'z'", "A(): x=? y='z'"},
		{"format with quotes", "x = f'{a:\">10}'\ny = 1", "x=? y=1"},
		{"template", "x = t'{a}'\nclass A: pass", "x=? A()"},
		{"except without parentheses", "try:\n  x = a\nexcept A, B:\n  y = b\nclass C: pass", "x=a y=b C()"},
		{"match", "match x:\n  case {'a': b}:\n    y = c\nmatch = 1\nclass C: pass", "y=c match=1 C()"},
		{"type statement", "type X = list[int]\nclass C: pass", "C()"},
		{"walrus and ternary", "x = (y := f()) if z else w", "x=?"},
		{"concatenation", "x = 'a' \"b\\\n\" r'\\c'", `x='ab\c'`},
		{"escapes", `x = '\x41\u00e9\101\N{DASH}\q'`, "x='Aé" + "A\ufffd\\q'"},
		{"bytes are no text", "x = b'a'", "x=?"},
		{"keywords and spread", "x = f(a, *b, c='d', **e)", "x=f(a,*?,c='d',*?)"},
		{"dictionary", "x = {'a': b, c: d}", "x={a:b,:d}"},
		{"operators", "class A:\n  x = f(a == b & c)\n  y = f((a == b) & (c == 5))\n", "A(): x=f(?) y=f(((a==b)&(c==5)))"},
		{"annotation as text", "class A:\n  x: 'Mapped[B]' = f(lambda: B)", "A(): x:'Mapped[B]'<Mapped[B]>=f(->B)"},
		{"conditions", "x = and_(a.b == c, d != e)", "x=and_((a.b==c),(d!=e))"},
		{"chained", "x = y = z", "x=z y=z"},
		{"extension", "A.b = f()", "A.b=f()"},
		{"method", "class A:\n  @p\n  def b(cls) -> C:\n    '''doc'''\n    return f(cls)", "A() A.b@p=f(cls)"},
		{"method with more to it", "class A:\n  @p\n  def b(cls):\n    x = 1\n    return f(cls)", "A() A.b@p=?"},
		{"kept call", "m.mapper(A, b)\nmapper", "m.mapper(A,b)"},
		{"kept call that is assigned", "x = mapper(A)", "x=mapper(A) mapper(A)"},
		{"kept call in a function", "def f():\n  g(1)\n  x = m.mapper(A, p={'b': c})\n  if x:\n    mapper(B)\n  return mapper", "m.mapper(A,p={b:c})"},
		{"unpacked", "x = [*a, b]; y = {**c, 'd': e}", "x=[*?,b] y={:?,d:e}"},
		{"comprehensions", "x = [a for a in b]; y = {a: b for a in c}; z = f(a for a in b)", "x=? y=? z=f(?)"},
		{"comprehensions of several", "x = f(a for a, b in c); y = [a for a, b in c, d]; z = f(a)", "x=f(?) y=? z=f(a)"},
		{"nested class", "class A:\n  class B(C): x = 1\n  y = 2", "A(): y=2 A.B(C): x=1"},
		{"imports", "from . import a\nfrom ..b.c import (d as e,\n f)\nimport g.h as i, j; x = y\nfrom k import *", "from .:a from ..b.c:d=e from ..b.c:f import g.h=i import j from k:* x=y"},

		{"generic class", "class A[T: (int, str) = int, *Ts, **P](B[T], c=d):\n  x: T = f()", "A(B[T]): x:T=f()"},
		{"type alias", "type X[T] = list[T]\ntype = f(a)\ntype: B = c", "type=f(a) type=c"},
		{"except without parentheses", "try:\n  import a\nexcept B, C:\n  a = None\nexcept* D, E:\n  pass\nelse:\n  x = y", "import a a=None x=y"},
		{"template string", "x = f(t'{a[\"b\"]}', tR'''{c}''', 'd')", "x=f(?,?,'d')"},
		{"nested quotes in a field", "x = f\"{a[\"b\"]:{c!r:>{d}}}\"; y = 'e'", "x=? y='e'"},
		{"walrus", "if (n := f(a)) > 1:\n  x = (m := b)", "x=?"},
		{"match", "match a, *b:\n  case [c, {'d': e}] if f: x = g\n  case C(h=1) | None:\n    y = i\nmatch = a[1]\ncase: D = b", "x=g y=i match=a[1] case=b"},
		{"decorators", "@a.b[c](d)\n@(lambda f: f)\nasync def g(): ...\nclass A:\n  @h\n  async def i(self): return j", "A() A.i@h=j"},
		{"one for each", "a, b.c = d, f(e)\n(a, b), *c = (d, e), f\n*a, b = c, d, e\na, b = c", "a=d a=d b=e c=? a=? b=e a=? b=? b.c=f(e)"},
		{"stars", "a, b = *c, d\nx = [*e]; print(*f, **g)", "a=? b=? x=[*?]"},
		{"lines that go on", "x = f(a, \\\n  b) \\\n  .c\nif d and \\\n   e:\n  y = g", "x=f(a,b).c y=g"},
		{"tabs and spaces", "class A:\n\tx = a\n        y = b\n\tclass B:\n\t    z = c\n\tw = d", "A(): x=a y=b w=d A.B(): z=c"},
		{"form feeds", "class A:\n  x = a\n\f\nclass B:\n\f  y = b", "A(): x=a B(): y=b"},
		{"mark and line ends", "\ufeffclass A:\r\n  x = 'a'\r\n  y = b\rz = c", "A(): x='a' y=b z=c"},
		{"another encoding", "# -*- coding: latin-1 -*-\nclass A:\n  x = f('caf\xe9', \"b\")", "A(): x=f('caf\xe9','b')"},
		{"names that are no ASCII", "class Größe(Maß): 名 = f('ä')", "Größe(Maß): 名=f('ä')"},

		{"half-typed call", "class A:\n  x = f(\"B\", c=\n  y = g()\nclass D: pass", "A(): x=f('B',c=?) y=g() D()"},
		{"half-typed call before a class", "x = f(a,\nclass B: pass", "x=f(a) B()"},
		{"unclosed string", "class A:\n  x = f(\"B\n  y = g()", "A(): x=f('B') y=g()"},
		{"half-typed attribute", "x = a.\ny = b", "x=a. y=b"},
		{"half-typed class", "class\nclass A(\nclass B(C:\n  x = y", "A() B(C)"},
		{"half-typed import", "from a import\nimport\nx = y", "x=y"},
		{"stray indent", "  x = a\n y = b\nclass C: pass", "x=a y=b C()"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := written(Extract("a.py", []byte(test.src), "mapper")); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// written writes facts on one line.
func written(f *facts.File) string {
	var words []string
	add := func(format string, args ...any) { words = append(words, fmt.Sprintf(format, args...)) }
	for _, imp := range f.Imports {
		text := "import " + imp.Path.Text
		if imp.Member.Text != "" {
			text = "from " + imp.Path.Text + ":" + imp.Member.Text
		}
		if imp.Name.Text != "" {
			text += "=" + imp.Name.Text
		}
		add("%s", text)
	}
	for i := range f.Decls {
		d := &f.Decls[i]
		if d.Value != nil {
			add("%s=%s", d.Name.Text, value(d.Value))
			continue
		}
		var bases, fields []string
		for _, field := range d.Type.Fields {
			switch {
			case field.Embedded:
				bases = append(bases, value(field.Value))
			default:
				fields = append(fields, fieldText(&field))
			}
		}
		text := qualify(d.Within, d.Name.Text) + "(" + strings.Join(bases, ",") + ")"
		if len(fields) > 0 {
			text += ": " + strings.Join(fields, " ")
		}
		add("%s", text)
	}
	for _, m := range f.Methods {
		if len(m.Decorators) > 0 {
			returns := "?"
			if m.Returns != nil {
				returns = value(&m.Returns.Value)
			}
			add("%s.%s@%s=%s", m.Receiver, m.Name.Text, value(&m.Decorators[0]), returns)
		}
	}
	for i := range f.Extensions {
		e := &f.Extensions[i]
		add("%s.%s", value(&e.Of), fieldText(&e.Field))
	}
	for i := range f.Statements {
		add("%s", value(&f.Statements[i]))
	}
	return strings.Join(words, " ")
}

func fieldText(f *facts.Field) string {
	text := f.Name.Text
	if f.Annotation != nil {
		text += ":" + value(f.Annotation)
	}
	if f.Value != nil {
		text += "=" + value(f.Value)
	}
	return text
}

func value(v *facts.Value) string {
	args := make([]string, len(v.Args))
	for i := range v.Args {
		args[i] = value(&v.Args[i])
		switch key := v.Args[i].Key.Text; {
		case v.Kind == facts.MapValue:
			args[i] = key + ":" + args[i]
		case key != "":
			args[i] = key + "=" + args[i]
		case v.Args[i].Spread:
			args[i] = "*" + args[i]
		}
	}
	list := strings.Join(args, ",")
	switch v.Kind {
	case facts.TextValue:
		if v.Of != nil {
			return "'" + v.Name.Text + "'<" + value(v.Of) + ">"
		}
		return "'" + v.Name.Text + "'"
	case facts.NamedValue, facts.NumberValue:
		return v.Name.Text
	case facts.SelectedValue:
		return value(v.Of) + "." + v.Name.Text
	case facts.CallValue:
		return value(v.Of) + "(" + list + ")"
	case facts.IndexValue:
		return value(v.Of) + "[" + list + "]"
	case facts.ListValue:
		return "[" + list + "]"
	case facts.MapValue:
		return "{" + list + "}"
	case facts.FuncValue:
		return "->" + value(v.Of)
	case facts.OperatorValue:
		return "(" + args[0] + v.Name.Text + args[1] + ")"
	}
	return "?"
}

// TestDirectives finds what a comment is about.
func TestDirectives(t *testing.T) {
	src := "class A:\n    # rells:ignore a\n    # and why\n    x = f(\n        1,  # rells:ignore b\n    )\n    y = 2\n"
	f := Extract("a.py", []byte(src))
	var got []string
	for _, d := range f.Directives {
		got = append(got, d.Text.Text+":"+src[d.About.Start:d.About.End])
	}
	statement := "    x = f(\n        1,  # rells:ignore b\n    )"
	if want := []string{"rells:ignore a:" + statement, "rells:ignore b:" + statement}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// FuzzExtract holds what every reader relies on: spans lie inside of the file, and what
// is said to stand somewhere does.
func FuzzExtract(f *testing.F) {
	for _, seed := range []string{
		"class A(B, c=d):\n  x: Mapped['C'] = f(\"D\", e=[g.h], **i)\n", "from .a import (b as c)\nx = '\\x41' 'b'\n",
		"if x:\n\tclass A: y = f'{a[\"b\"]!r:>{c}}'\n", "@a.b(c)\ndef d(e, *, f=lambda: g): return [h for i in j]\n",
		"match a:\n case b: c = d\n", "x = ((((\nclass A:", "\"\"\"a\n", "x = {'a': 1, **b}\\\n", "# rells:ignore a\nx=1",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		file := Extract("a.py", src)
		inside := func(s facts.Span) {
			if s.Start < 0 || s.End < s.Start || int(s.End) > len(src) {
				t.Fatalf("%v is not in a file of %d bytes", s, len(src))
			}
		}
		slot := func(s facts.Slot) {
			inside(s.Span)
			if s.Offsets == nil && s.Text != "" && string(src[s.Span.Start:s.Span.End]) != s.Text && !strings.HasPrefix(s.Text, ".") && !strings.Contains(s.Text, ".") {
				t.Fatalf("%q does not stand at %v, where %q does", s.Text, s.Span, src[s.Span.Start:s.Span.End])
			}
			if s.Offsets != nil && len(s.Offsets) != len(s.Text)+1 {
				t.Fatalf("%d offsets for %q", len(s.Offsets), s.Text)
			}
		}
		var check func(v *facts.Value)
		check = func(v *facts.Value) {
			if v == nil {
				return
			}
			inside(v.Span)
			slot(v.Name)
			slot(v.Key)
			check(v.Of)
			for i := range v.Args {
				check(&v.Args[i])
			}
		}
		field := func(f *facts.Field) {
			inside(f.Span)
			slot(f.Name)
			check(f.Annotation)
			check(f.Value)
		}
		for i := range file.Decls {
			d := &file.Decls[i]
			inside(d.Span)
			inside(d.Type.Body)
			slot(d.Name)
			check(d.Value)
			for j := range d.Type.Fields {
				field(&d.Type.Fields[j])
			}
		}
		for i := range file.Methods {
			inside(file.Methods[i].Span)
			if r := file.Methods[i].Returns; r != nil {
				check(&r.Value)
			}
		}
		for i := range file.Extensions {
			field(&file.Extensions[i].Field)
		}
		for _, imp := range file.Imports {
			inside(imp.Path.Span)
			slot(imp.Name)
			slot(imp.Member)
		}
		for _, d := range file.Directives {
			inside(d.Span)
			inside(d.About)
		}
		if len(file.Directives) == 0 {
			if whole, skipped := extract("a.py", src, nil, false), extract("a.py", src, nil, true); !reflect.DeepEqual(whole, skipped) {
				t.Fatalf("skipped bodies make a difference:\n%s", cmp.Diff(whole, skipped))
			}
		}
		if again := Extract("a.py", src); written(again) != written(file) {
			t.Fatal("the same bytes say something else the second time")
		}
	})
}

package golang

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/facts"
)

// describeValue writes a value down in one line: names bare, texts quoted, what is
// not known as ?.
func describeValue(v *facts.Value) string {
	args := make([]string, len(v.Args))
	for i := range v.Args {
		args[i] = describeValue(&v.Args[i])
		if v.Args[i].Spread {
			args[i] += "..."
		}
		if key := v.Args[i].Key.Text; key != "" {
			args[i] = key + ": " + args[i]
		}
	}
	list := strings.Join(args, ", ")
	switch v.Kind {
	case facts.TextValue:
		return fmt.Sprintf("%q", v.Name.Text)
	case facts.NamedValue, facts.NumberValue:
		return v.Name.Text
	case facts.SelectedValue:
		return describeValue(v.Of) + "." + v.Name.Text
	case facts.CallValue:
		return describeValue(v.Of) + "(" + list + ")"
	case facts.LiteralValue:
		return describeExpr(v.Type) + "{" + list + "}"
	}
	if list != "" {
		return "?{" + list + "}"
	}
	return "?"
}

func describeExpr(e *facts.Expr) string {
	switch {
	case e.Kind == facts.SliceExpr:
		return "[]" + describeExpr(e.Elem)
	case e.Package != "":
		return e.Package + "." + e.Name
	}
	return e.Name
}

func TestValues(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"nothing", "return nil", "nil"},
		{"empty", "", "?"},
		{"a chain", `return []E{edge.To("a", B.Type).Unique()}`, `[]E{edge.To("a", B.Type).Unique()}`},
		{"over lines", "return []E{\n\t\tedge.From(\"a\", B.Type).\n\t\t\tRef(\"b\"). // why\n\t\t\tUnique(),\n\t}",
			`[]E{edge.From("a", B.Type).Ref("b").Unique()}`},
		{"keys", `return ent.Config{Table: "users", N: 1}`, `ent.Config{Table: "users", N: 1}`},
		{"a number", "return 0", "0"},
		{"a sum", "return 1 + x", "?"},
		{"pointers", "return []E{&T{}, *p, T{}}", "[]E{T{}, ?, T{}}"},
		{"constants", "return []E{edge.To(name, B.Type), edge.To(other, B.Type)}", `[]E{edge.To(name, B.Type), edge.To(other, B.Type)}`},
		{"literals of other kinds", "return f(1, 'x', -a, a+b, \"a\"+b, func() { return }, map[string]int{\"a\": 1}, x[0], x.(T), (*T).Type)",
			"f(1, ?, ?, ?, ?, ?, {a: 1}, ?, ?, ?.Type)"},
		{"escapes and raw strings", "return f(\"a\\tb\", `c`)", `f("a\tb", "c")`},
		{"spread", "return append([]E{a}, more()...)", "append([]E{a}, more()...)"},
		{"several statements", "list := []E{a}\n\tif x {\n\t\tlist = append(list, b)\n\t}\n\treturn list", "?{[]E{a}, append(?, b)}"},
		{"names of variables", "for name, x := range xs {\n\t\tlist = append(list, edge.To(name, x.Type), edge.To(other, x.Type))\n\t}\n\treturn list",
			"?{append(list, edge.To(?, ?.Type), edge.To(other, ?.Type))}"},
		{"variables", "a := []F{b}\n\tvar list []E\n\tlist = append(list, conv(a...), c)\n\treturn list", "append({}, conv([]F{b}...), c)"},
		{"variables that are set again", "a := b\n\tlist := []E{a}\n\ta = c\n\treturn append(list, a)", "append([]E{b}, c)"},
		{"variables of others", "name = more()\n\treturn []E{name}", "?{[]E{name}}"},
		{"what others may set", "list := []E{a}\n\tx := fill(&list)\n\treturn append(list, x)", "?{[]E{a}, append(?, ?)}"},
		{"constants of the body", "const a = \"b\"\n\tvar c = D{}\n\treturn []E{edge.To(a, c)}", `[]E{edge.To("b", D{})}`},
		{"two at a time", "a, b := c()\n\treturn []E{a, d}", "?{[]E{?, d}}"},
		{"two returns", "if x {\n\t\treturn nil\n\t}\n\treturn []E{a}", "?{[]E{a}}"},
		{"return first", "return []E{a}\n\tgoto x", "?{[]E{a}}"},
		{"half typed", "return []E{\n\t\tedge.To(\"a\", B.),\n\t\tedge.To(\"b\", B.Type),\n\t}", `[]E{edge.To("a", ?), edge.To("b", B.Type)}`},
		{"open text", "return []E{\n\t\tedge.From(\"a\", B.Type).Ref(\"b\n\t\tedge.To(\"b\", B.Type),\n\t}", `[]E{edge.From("a", B.Type).Ref("b"), edge.To("b", B.Type)}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src := "package p\n\nconst name = \"owner\"\n\nfunc (T) Edges() []E {\n\t" + test.body + "\n}\n\nfunc (T) Other() []E { return []E{a} }\n"
			file := Extract("/p/p.go", []byte(src), Wanted{Methods: []string{"Edges"}})
			checkFile(t, src, file)
			if len(file.Methods) != 2 {
				t.Fatalf("read %d methods", len(file.Methods))
			}
			if got := describeValue(&file.Methods[0].Returns.Value); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if file.Methods[1].Returns != nil {
				t.Errorf("a method that nobody wants has a value")
			}
			if span := file.Methods[1].Span; !strings.HasPrefix(src[span.Start:], "func (T) Other") || int(span.End) != len(src)-1 {
				t.Errorf("the method stands at %q", src[span.Start:span.End])
			}
		})
	}
}

// Of a file that imports a source all functions and methods are read.
func TestDefinitions(t *testing.T) {
	const body = "const Owner, Pet = \"a\", \"b\"\n\nconst (\n\tA = \"a\"\n\tB T = `b`\n\tC\n\tD = \"d\" + A\n)\n\n" +
		"func one(a, b string, _ int, more ...E) []E { return append(more, f(a)) }\n\n" +
		"func two() (E, error) { return e, nil }\n\nfunc (t T) three() E { return f(t.name) }\n"
	for _, test := range []struct{ head, want string }{
		{"package p\n\n", "A = \"a\"; B = \"b\""},
		{"package p\n\nimport \"ent\"\n\n", "A = \"a\"; B = \"b\"; one(a, b, _, more...) = append(more, f(a)); t.three() = f(t.name)"},
		{"// Code generated by ent, DO NOT EDIT.\n\npackage p\n\nimport \"ent\"\n\n", "A = \"a\"; B = \"b\""},
	} {
		file := Extract("/p/p.go", []byte(test.head+body), Wanted{Sources: []string{"ent"}})
		checkFile(t, test.head+body, file)
		var got []string
		for _, d := range file.Defined {
			if d.Function == nil {
				got = append(got, fmt.Sprintf("%s = %q", d.Name, d.Text.Text))
				continue
			}
			params := strings.Join(d.Function.Params, ", ")
			if d.Function.Variadic {
				params += "..."
			}
			got = append(got, d.Name+"("+params+") = "+describeValue(&d.Function.Value))
		}
		for _, m := range file.Methods {
			if m.Returns != nil {
				got = append(got, m.Returns.Self+"."+m.Name.Text+"() = "+describeValue(&m.Returns.Value))
			}
		}
		if got := strings.Join(got, "; "); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

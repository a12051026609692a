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
	case facts.NamedValue:
		return v.Name.Text
	case facts.SelectedValue:
		return describeValue(v.Of) + "." + v.Name.Text
	case facts.CallValue:
		return describeValue(v.Of) + "(" + list + ")"
	case facts.LiteralValue:
		return describeExpr(&v.Type) + "{" + list + "}"
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
		{"keys", `return ent.Config{Table: "users", N: 1}`, `ent.Config{Table: "users", N: ?}`},
		{"pointers", "return []E{&T{}, *p, T{}}", "[]E{T{}, ?, T{}}"},
		{"constants", "return []E{edge.To(name, B.Type), edge.To(other, B.Type)}", `[]E{edge.To("owner", B.Type), edge.To(other, B.Type)}`},
		{"literals of other kinds", "return f(1, 'x', -a, a+b, \"a\"+b, func() { return }, map[string]int{\"a\": 1}, x[0], x.(T), (*T).Type)",
			"f(?, ?, ?, ?, ?, ?, {a: ?}, ?, ?, ?.Type)"},
		{"escapes and raw strings", "return f(\"a\\tb\", `c`)", `f("a\tb", "c")`},
		{"spread", "return append([]E{a}, more()...)", "append([]E{a}, more()...)"},
		{"several statements", "list := []E{a}\n\tif x {\n\t\tlist = append(list, b)\n\t}\n\treturn list", "?{[]E{a}, append(list, b)}"},
		{"other lists", "a := []F{b}\n\treturn conv(a)", "?"},
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
			if got := describeValue(&file.Methods[0].Value); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if got := describeValue(&file.Methods[1].Value); got != "?" {
				t.Errorf("a method that nobody wants has the value %s", got)
			}
			if span := file.Methods[1].Span; !strings.HasPrefix(src[span.Start:], "func (T) Other") || int(span.End) != len(src)-1 {
				t.Errorf("the method stands at %q", src[span.Start:span.End])
			}
		})
	}
}

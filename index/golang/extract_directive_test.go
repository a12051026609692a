package golang

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDirectives(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      []string // text -> what it is about
	}{
		{"none", "type T struct{} // plain", nil},
		{"at the end of a line", "var x = 1 //nolint:rells // why", []string{"nolint:rells // why -> var x = 1 //nolint:rells // why"}},
		{"above a line", "//rells:ignore a b\nvar x = 1\nvar y = 2", []string{"rells:ignore a b -> var x = 1"}},
		{"behind another comment", "/* x */ //nolint\n/* y */ // z\nvar x = 1", []string{"nolint -> var x = 1"}},
		{"on the last line", "var x = 1\n\n//nolint", []string{"nolint -> "}},
		{"with space", "//  nolint\nvar x = 1", []string{"nolint -> var x = 1"}},
		{"between comments", "// T is one.\n//rells:ignore a\n// More.\ntype T struct {\n\tA int\n}\n",
			[]string{"rells:ignore a -> type T struct {\n\tA int\n}"}},
		{"at the brace of a type", "type T struct { //rells:ignore a\n\tA int\n}\n",
			[]string{"rells:ignore a -> type T struct { //rells:ignore a\n\tA int\n}"}},
		{"at a field", "type T struct {\n\tA int //rells:ignore a\n\tB int\n}", []string{"rells:ignore a -> \tA int //rells:ignore a"}},
		{"above a field of several lines", "type T struct {\n\t//rells:ignore a\n\tA struct {\n\t\tB int\n\t}\n}",
			[]string{"rells:ignore a -> \tA struct {\n\t\tB int\n\t}"}},
		{"above a tag of several lines", "type T struct {\n\t//rells:ignore a\n\tA int `x\ny`\n}", []string{"rells:ignore a -> \tA int `x\ny`"}},
		{"at the end of a type", "type T struct {\n\tA int\n} //nolint", []string{"nolint -> } //nolint"}},
		{"above nothing", "//rells:ignore a\n\nvar x = 1\n//nolint", []string{"rells:ignore a -> ", "nolint -> "}},
		{"two in one comment", "//nolint\n//rells:ignore a\nvar x = 1", []string{"nolint -> var x = 1", "rells:ignore a -> var x = 1"}},
		{"in functions", "func f() {\n\ttype T struct {\n\t\tA int //nolint\n\t}\n}", []string{"nolint -> \t\tA int //nolint"}},
		{"in strings", "var s = \"//nolint\" + `\n//rells:ignore a\n`", nil},
		{"in general comments", "/* nolint\n//rells:ignore a\n*/\nvar x = 1", nil},
		{"in prose", "// see rells:ignore and nolint\nvar x = 1", nil},
		{"with carriage returns", "//nolint\r\nvar x = 1\r\n", []string{"nolint -> var x = 1"}},
		{"of no text", "//rells:ignore \xff\nvar x = 1", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			src := "package p\n\n" + test.src
			f := Extract("/p/p.go", []byte(src), Wanted{})
			checkFile(t, src, f)
			var got []string
			for _, d := range f.Directives {
				got = append(got, d.Text.Text+" -> "+src[d.About.Start:d.About.End])
				if comment := src[d.Span.Start:d.Span.End]; !strings.HasPrefix(comment, "//") {
					t.Errorf("%q stands at %q", d.Text.Text, comment)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("directives (-want +got):\n%s", diff)
			}
		})
	}
}

package golang

import (
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/facts"
)

// A field that is being typed costs no other: every line here is put into a
// struct between two fields.
func TestHalfTypedField(t *testing.T) {
	lines := []string{
		"Posts", "Posts ", "Posts []", "Posts [", "Posts *", "Posts []*", "Posts map", "Posts map[", "Posts map[string", "Posts map[string]",
		"Posts func", "Posts func(", "Posts func(a", "Posts func(a,", "Posts chan", "Posts <-", "Posts models.", "Posts Box[", "Posts Box[int",
		"Posts []Post `", "Posts []Post `gorm", "Posts []Post `gorm:", "Posts []Post `gorm:\"", "Posts []Post `gorm:\"foreignKey:X", "Posts []Post `gorm:\"foreignKey:X\"",
		"Posts []Post \"", "Posts []Post \"gorm:\\\"x", "Posts []Post gorm:\"x\"", "Posts []Post x y z", "Posts, *User", "*", "*models.", "models.",
		"[]Post", "1", ")", "]", "+", "type string", "func", "if x == nil", "return x", "Posts interface", "@#$", "\"", "'", "'x", "Posts [4", "Posts (", "A.B C",
	}
	for _, line := range lines {
		t.Run(line, func(t *testing.T) {
			src := "package p\n\ntype T struct {\n\tBefore int `json:\"before\"`\n\t" + line + "\n\tAfter string `json:\"after\"`\n}\n\ntype U struct {\n\tX int `json:\"x\"`\n}\n\nfunc (T) M() {}\n"
			file := Extract("/p/p.go", []byte(src), Wanted{})
			checkFile(t, src, file)
			if len(file.Decls) != 2 || len(file.Methods) != 1 {
				t.Fatalf("got %d types and %d methods", len(file.Decls), len(file.Methods))
			}
			fields := file.Decls[0].Type.Fields
			for _, want := range []string{"Before=json:before", "After=json:after"} {
				if !slices.ContainsFunc(fields, func(f facts.Field) bool { return describeField(f) == want }) {
					t.Errorf("field %s is lost, got %s", want, describeFields(fields))
				}
			}
			if got := describeFields(file.Decls[1].Type.Fields); got != "X=json:x" {
				t.Errorf("the next type has fields %s", got)
			}
		})
	}
}

func describeField(f facts.Field) string {
	tag := ""
	for _, pair := range f.Tags {
		tag += pair.Key.Text + ":" + pair.Value.Text
	}
	return f.Name.Text + "=" + tag
}

func describeFields(fields []facts.Field) string {
	var list []string
	for _, f := range fields {
		list = append(list, describeField(f))
	}
	return strings.Join(list, " ")
}

// What can be read of a field that is being typed is there, for completion.
func TestHalfTypedFieldIsRead(t *testing.T) {
	tests := []struct{ line, want string }{
		{"Posts [] `gorm:\"foreignKey:X\"`", "Posts=gorm:foreignKey:X"},
		{"Posts `gorm:\"foreignKey:X\"`", "Posts=gorm:foreignKey:X"},
		{"Posts []Post `gorm:\"foreignKey:X", "Posts=gorm:foreignKey:X"},
		{"Posts []Post x `gorm:\"foreignKey:X\"`", "Posts="},
		{"Posts map[string `gorm:\"x\"`", "Posts=gorm:x"},
		{"Posts func( `gorm:\"x\"`", "Posts=gorm:x"},
		{"A, B", "A= B="},
	}
	for _, test := range tests {
		src := "package p\n\ntype T struct {\n\t" + test.line + "\n}\n"
		file := Extract("/p/p.go", []byte(src), Wanted{})
		if got := describeFields(file.Decls[0].Type.Fields); got != test.want {
			t.Errorf("%s: got %s, want %s", test.line, got, test.want)
		}
	}
}

// A declaration that is being typed costs no other.
func TestHalfTypedDeclaration(t *testing.T) {
	lines := []string{
		"type", "type ", "type X", "type X struct", "type X struct {", "type X struct {\n\tA int", "type X struct {\n\tA struct {", "type X =", "type X[", "type X[T", "type X[T any", "type X[T any]",
		"type X []", "type X *", "type X map[", "type X func(", "type X interface {", "type (", "type (\n\tX struct {", "type (\n\tX", "typ X struct{}",
		"func", "func (", "func (x", "func (x *X", "func (x *X)", "func (x *X) M", "func (x *X) M(", "func (x *X) M() (", "func (x *X) M() {", "func f(a int,",
		"func f() {", "func f() {\n\tif x {", "func f() {\n\tdb.Create(&X{", "func f() {\n\tdb.Raw(`SELECT", "func f() {\n\ts := \"", "func f() { } }", "func f() {\n\ttype X struct {",
		"var", "var x", "var x =", "var x = f(", "var x = []int{", "var (", "var (\n\tx = `", "const", "const x =", "const (\n\tx = iota", "import", "import (", "import \"", "import x",
		"package", "}", ")", "x := 1", "return", "`", "`x", "\"x", "'",
	}
	const before, after = "type Before struct {\n\tA int `json:\"a\"`\n}\n\n", "\n\ntype After struct {\n\tB string `json:\"b\"`\n}\n\nfunc (After) M() {}\n"
	for _, line := range lines {
		t.Run(line, func(t *testing.T) {
			src := "package p\n\n" + before + line + after
			file := Extract("/p/p.go", []byte(src), Wanted{Calls: []string{"Create"}})
			checkFile(t, src, file)
			for _, want := range []string{"Before A=json:a", "After B=json:b"} {
				if !slices.ContainsFunc(file.Decls, func(d facts.Decl) bool {
					return d.Within == "" && d.Name.Text+" "+describeFields(d.Type.Fields) == want
				}) {
					t.Errorf("type %s is lost", want)
				}
			}
			if len(file.Methods) == 0 || file.Methods[len(file.Methods)-1].Receiver != "After" {
				t.Errorf("the method is lost")
			}
			if strings.Count(line, "X") == 0 && len(file.Decls) > 2 {
				t.Errorf("got %d types", len(file.Decls))
			}
		})
	}
}

func TestRawTagOfSeveralLines(t *testing.T) {
	tests := []struct{ name, fields, want string }{
		{"pairs on lines", "A int `json:\"a\"\n\t\tgorm:\"b\"`\n\tB int", "A=json:agorm:b B="},
		{"value on lines", "A int `gorm:\"a;\n\t\tb\"`\n\tB int", "A=gorm:a;\n\t\tb B="},
		{"prose in a value", "A int `doc:\"Sum of all.\n\tSee B.\"` // x\n\tB int", "A=doc:Sum of all.\n\tSee B. B="},
		{"last field of one line", "A int `json:\"a\"\n\tgorm:\"b\"` }\n\ntype U struct { C int", "A=json:agorm:b"},
		{"half typed on its second line", "A int `json:\"a\"\n\t\tgorm:\"b`\n\tB int", "A=json:agorm:b B="},
		{"not closed before another tag", "A int `json:\"a\n\tB int `json:\"b\"`", "A=json:a B=json:b"},
		{"only the backquote missing", "A int `json:\"a\"\n\tB int `json:\"b\"`", "A=json:a B=json:b"},
		{"two not closed", "A int `json:\"a\n\tB int `\n\tC int `json:\"c\"`", "A=json:a B= C=json:c"},
		{"not closed before an empty tag", "A int `json:\"a\n\tB int ``", "A=json:a B="},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src := "package p\n\ntype T struct {\n\t" + test.fields + "\n}\n\nvar query = `\nSELECT 1`\n\ntype Z struct {\n\tA int `json:\"z\"`\n}\n"
			file := Extract("/p/p.go", []byte(src), Wanted{})
			checkFile(t, src, file)
			if got := describeFields(file.Decls[0].Type.Fields); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			last := file.Decls[len(file.Decls)-1]
			if got := describeFields(last.Type.Fields); last.Name.Text != "Z" || got != "A=json:z" {
				t.Errorf("the last type is %s %s", last.Name.Text, got)
			}
		})
	}
}

package golang

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rells-dev/rells/index/facts"
)

// checkFile asserts what holds for the facts of every file, whatever its bytes.
func checkFile(t testing.TB, src string, f *facts.File) {
	t.Helper()
	inside := func(what string, s, outer facts.Span) {
		t.Helper()
		if s.Start < outer.Start || s.Start > s.End || s.End > outer.End {
			t.Fatalf("%s at %v is not inside of %v in %q", what, s, outer, src)
		}
	}
	whole := span(0, len(src))
	if int(f.Size) != len(src) || len(f.Lines) != strings.Count(src, "\n")+1 {
		t.Fatalf("%d bytes and %d lines read of %q", f.Size, len(f.Lines), src)
	}
	for _, start := range f.Lines[1:] {
		if src[start-1] != '\n' {
			t.Fatalf("no line of %q starts at %d", src, start)
		}
	}
	for _, d := range f.Defects {
		inside("defect", d.Span, whole)
	}
	checkSlot(t, src, f.Package)
	for _, im := range f.Imports {
		checkSlot(t, src, im.Name)
		checkSlot(t, src, im.Path)
	}
	for i, d := range f.Decls {
		inside("declaration", d.Span, whole)
		checkSlot(t, src, d.Name)
		checkExpr(t, src, &d.Type, d.Span)
		if i > 0 && d.Span.Start < f.Decls[i-1].Span.End {
			t.Fatalf("%s begins before the end of %s in %q", d.Name.Text, f.Decls[i-1].Name.Text, src)
		}
		if (d.Within == "") != d.Scope.IsZero() {
			t.Fatalf("%s, within %q, has the scope %v in %q", d.Name.Text, d.Within, d.Scope, src)
		}
		if d.Within != "" {
			inside("scope", d.Scope, whole)
			inside("name", d.Name.Span, d.Scope)
		}
	}
	for _, m := range f.Methods {
		checkSlot(t, src, m.Name)
		checkSlot(t, src, m.Literal)
		for i := range m.Results {
			checkExpr(t, src, &m.Results[i], whole)
		}
	}
	for _, u := range f.Uses {
		inside("use", u.Span, whole)
		checkExpr(t, src, &u.Arg, whole)
	}
}

func checkExpr(t testing.TB, src string, e *facts.Expr, outer facts.Span) {
	t.Helper()
	if e.Span.Start < outer.Start || e.Span.Start > e.Span.End || e.Span.End > outer.End {
		t.Fatalf("type at %v is not inside of %v in %q", e.Span, outer, src)
	}
	for _, part := range []*facts.Expr{e.Key, e.Elem} {
		if part != nil {
			checkExpr(t, src, part, outer)
		}
	}
	for i := range e.Args {
		checkExpr(t, src, &e.Args[i], outer)
	}
	if e.Kind != facts.StructExpr {
		return
	}
	if e.Body.Start < e.Span.Start || e.Body.Start > e.Body.End || e.Body.End > e.Span.End {
		t.Fatalf("body at %v is not inside of %v in %q", e.Body, e.Span, src)
	}
	for i := range e.Fields {
		f := &e.Fields[i]
		if f.Span.Start < e.Body.Start || f.Span.Start > f.Span.End || f.Span.End > e.Body.End {
			t.Fatalf("field %s at %v is not inside of %v in %q", f.Name.Text, f.Span, e.Body, src)
		}
		checkSlot(t, src, f.Name)
		checkField(t, src, f)
		checkExpr(t, src, &f.Type, f.Span)
	}
}

// tenTags has the shapes of tags that a reader can trip over, and code around them.
const tenTags = "package shop\n\nimport (\n\t\"time\"\n\n\tdb \"gorm.io/gorm\"\n)\n\n" +
	"type Base struct {\n\tID uint `gorm:\"primaryKey\"`\n}\n\n" +
	"type User struct {\n\tBase `gorm:\"embedded\"`\n\tdb.Model\n" +
	"\tName, Nick string `json:\"name\" gorm:\"size:100\"` // both\n" +
	"\tOrders []*Order \"gorm:\\\"foreignKey:UserID;references:ID\\\"\"\n" +
	"\tBoss *User `gorm:\"foreignKey:BossID\"\n\t\tjson:\"boss\"`\n\tBossID *uint\n" +
	"\tTags map[string][]Tag[int] `gorm:\"many2many:user_tags\" rel:\"many-to-many,back_populates:Users\"`\n" +
	"\tAt struct {\n\t\tFrom time.Time `gorm:\"column:from_at\"`\n\t} `gorm:\"embedded;embeddedPrefix:at_\"`\n}\n\n" +
	"func (u *User) TableName() string { return \"people\" }\n\n" +
	"const query = `\nSELECT * FROM users WHERE name = '{'\n`\n\n" +
	"type Order struct {\n\tID uint\n\tUserID uint `gorm:\"not null;comment:\\\"quoted\\\"\"`\n\tUser User `rel:\"back_populates:Orders\"`\n}\n\n" +
	"func Migrate(g *db.DB) error {\n\ttype local struct {\n\t\tID int `gorm:\"primaryKey\"`\n\t}\n\treturn g.AutoMigrate(&User{}, &local{})\n}\n\n" +
	"type Tag[T any] struct{ Users []User `rel:\"many-to-many,back_populates:Tags\"` }\n"

// Cut off anywhere, a file has what was declared before the cut.
func TestEveryPrefix(t *testing.T) {
	whole := Extract("/p/p.go", []byte(tenTags), []string{"AutoMigrate"})
	if len(whole.Defects) > 0 || len(whole.Decls) != 5 || len(whole.Uses) != 2 {
		t.Fatalf("read %d types, %d uses with defects %v", len(whole.Decls), len(whole.Uses), whole.Defects)
	}
	for cut := range len(tenTags) {
		checkPrefix(t, whole, tenTags, cut)
	}
}

// checkPrefix reads src up to cut and asserts that the types of the package that
// end before are the same as in the whole file.
func checkPrefix(t testing.TB, whole *facts.File, src string, cut int) {
	t.Helper()
	part := Extract("/p/p.go", []byte(src[:cut]), []string{"AutoMigrate"})
	checkFile(t, src[:cut], part)
	for _, want := range whole.Decls {
		if int(want.Span.End) >= cut || want.Within != "" {
			continue
		}
		if !slices.ContainsFunc(part.Decls, func(got facts.Decl) bool { return reflect.DeepEqual(got, want) }) {
			t.Fatalf("cut off at %d, type %s is lost or changed: %q", cut, want.Name.Text, src[:cut])
		}
	}
}

// Facts lie inside of the file for any bytes; of Go files, each type survives
// whatever comes behind it.
func FuzzExtract(f *testing.F) {
	f.Add(tenTags, uint16(300))
	f.Add("package p\n\ntype A struct {\n\tB *\n\tC map[string\n\tD int `x:\"y\n}\n\nfunc (a *A) F(", uint16(40))
	f.Add("\xef\xbb\xbfpackage p\r\n\r\ntype (\r\n\tA[T any, U ~int] = []T\r\n\tB struct{ A[int]; *p.C }\r\n)\r\n", uint16(60))
	f.Add("package p\nfunc f() { for _, x := range []any{&A{}} { AutoMigrate(x, new(B), (*C)(nil)) } }", uint16(70))
	f.Add("package p\nvar x = func() { type T struct{ A int `a:\"b\"` }; if y := T{}; true { AutoMigrate(&y) } }", uint16(50))
	f.Fuzz(func(t *testing.T, src string, cut uint16) {
		whole := Extract("/p/p.go", []byte(src), []string{"AutoMigrate"})
		checkFile(t, src, whole)
		if _, err := parser.ParseFile(token.NewFileSet(), "p.go", src, parser.SkipObjectResolution); err == nil {
			checkPrefix(t, whole, src, min(int(cut), len(src)))
		}
	})
}

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
			file := Extract("/p/p.go", []byte(src), nil)
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
		file := Extract("/p/p.go", []byte(src), nil)
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
			file := Extract("/p/p.go", []byte(src), []string{"Create"})
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
			file := Extract("/p/p.go", []byte(src), nil)
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

// A file of any shape takes time in proportion to its length.
func TestHostileFiles(t *testing.T) {
	const size = 1 << 20
	patterns := map[string]string{
		"open functions":    "func a() {\n",
		"open functions in": " func a() {",
		"open structs":      "type a struct {\n",
		"nested structs":    "a struct {\n",
		"nested lists":      "[]",
		"nested brackets":   "a[",
		"brackets on lines": "a[\n",
		"names on lines":    "b,\n",
		"open parameters":   "a func(x,\n",
		"open interfaces":   "a interface {\n",
		"open maps":         "a map[\n",
		"braces":            "{",
		"field braces":      "a map {",
		"backquotes":        "a b `\n",
		"pairs":             "a b `" + strings.Repeat(`k:"v" `, 1000) + "`\n",
		"calls":             "Create(",
		"declared":          "a, b := Create(",
		"type parameters":   "type a[P *\n",
		"lists of any":      "Create([]any{",
		"headers":           "if x := ",
		"one line":          "type a struct{};",
		"local types":       "type a struct{}\n",
		"comments":          "/*",
		"zeros":             "\x00",
	}
	for name, pattern := range patterns {
		for _, start := range []string{"", "type T struct {\n", "func f() {\n", "func (r T) m(", "type (\n"} {
			src := []byte("package p\n" + start)
			src = append(src, bytes.Repeat([]byte(pattern), size/len(pattern))...)
			began := time.Now()
			file := Extract("/p/p.go", src, []string{"Create"})
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("%s behind %q: took %v", name, start, took)
			}
			if int(file.Size) != len(src) {
				t.Errorf("%s: read %d bytes", name, file.Size)
			}
		}
	}
}

func TestTooLargeFile(t *testing.T) {
	src := make([]byte, MaxFileSize+1)
	copy(src, "package p\n\ntype T struct{}\n")
	file := Extract("/p/p.go", src, nil)
	if len(file.Decls) > 0 || len(file.Defects) != 1 || len(file.Lines) != 1 {
		t.Errorf("got %d types, %d lines, defects %v", len(file.Decls), len(file.Lines), file.Defects)
	}
}

func TestHeader(t *testing.T) {
	other := "windows"
	if runtime.GOOS == other {
		other = "linux"
	}
	tests := []struct {
		name, file, src     string
		included, generated bool
		doc                 string
	}{
		{name: "plain", src: "package p\n", included: true},
		{name: "underscores", file: "user_model.go", src: "package p\n", included: true},
		{name: "test", file: "user_test.go", src: "package p_test\n", included: true},
		{name: "this system", file: "user_" + runtime.GOOS + ".go", src: "package p\n", included: true},
		{name: "other system", file: "user_" + other + ".go", src: "package p\n"},
		{name: "other system's test", file: "user_" + other + "_test.go", src: "package p\n"},
		{name: "this system and architecture", file: "user_" + runtime.GOOS + "_" + runtime.GOARCH + ".go", src: "package p\n", included: true},
		{name: "ignored by name", file: "_user.go", src: "package p\n"},
		{name: "constraint holds", src: "//go:build " + runtime.GOOS + "\n\npackage p\n", included: true, doc: "//go:build " + runtime.GOOS},
		{name: "constraint does not hold", src: "// Copyright\n\n//go:build ignore\n\npackage p\n", doc: "//go:build ignore"},
		{name: "negated", src: "//go:build !" + runtime.GOOS + "\n\npackage p\n", doc: "//go:build !" + runtime.GOOS},
		{name: "expression", src: "//go:build (" + other + " || " + runtime.GOOS + ") && go1.18\r\n\r\npackage p\r\n", included: true, doc: "//go:build (" + other + " || " + runtime.GOOS + ") && go1.18"},
		{name: "old form", src: "// +build " + other + "\n\npackage p\n", doc: "// +build " + other},
		{name: "behind a byte order mark", src: "\xef\xbb\xbf//go:build ignore\n\npackage p\n"},
		{name: "constraint behind the package", src: "package p\n\n//go:build ignore\n", included: true},
		{name: "generated", src: "// Code generated by x. DO NOT EDIT.\n\npackage p\n", included: true, generated: true},
		{name: "generated, behind a licence", src: "/*\nLicence\n*/\n\n// Code generated by x. DO NOT EDIT.\r\n\npackage p\n", included: true, generated: true},
		{name: "not quite generated", src: "// Code generated by x. DO NOT EDIT\n\npackage p\n", included: true},
		{name: "generated said too late", src: "package p\n\n// Code generated by x. DO NOT EDIT.\n", included: true},
		{name: "other directive", src: "//nolint:all\n//line x.go:1\npackage p\n", included: true, doc: "//nolint:all"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			name := test.file
			if name == "" {
				name = "p.go"
			}
			file := Extract("/p/"+name, []byte(test.src), nil)
			if file.Included != test.included || file.Generated != test.generated {
				t.Errorf("Included %v, Generated %v", file.Included, file.Generated)
			}
			if got := strings.Join(file.Doc, "|"); test.doc != "" && got != test.doc {
				t.Errorf("Doc %q, want %q", got, test.doc)
			}
			if !strings.HasPrefix(file.Package.Text, "p") {
				t.Errorf("package %q", file.Package.Text)
			}
		})
	}
}

// The same text with another line break, or behind a byte order mark, has the
// same facts.
func TestLineBreaks(t *testing.T) {
	describe := func(src string) string {
		file := Extract("/p/p.go", []byte(src), []string{"AutoMigrate"})
		checkFile(t, src, file)
		text := fmt.Sprint(file.Package.Text, len(file.Imports), len(file.Methods), len(file.Uses), file.Defects)
		for _, d := range file.Decls {
			text += "\n" + d.Name.Text + " " + describeFields(d.Type.Fields)
		}
		return text
	}
	want := describe(tenTags)
	if got := describe(strings.ReplaceAll(tenTags, "\n", "\r\n")); got != want {
		t.Errorf("with CRLF:\n%s\nwant\n%s", got, want)
	}
	if got := describe("\xef\xbb\xbf" + tenTags); got != want {
		t.Errorf("behind a byte order mark:\n%s\nwant\n%s", got, want)
	}
}

func TestInvalidUTF8(t *testing.T) {
	src := "package p\n\ntype T struct {\n\tA\xff int `json:\"a\xfe\"`\n\tB int `json:\"b\"` // \xff\n}\n"
	file := Extract("/p/p.go", []byte(src), nil)
	checkFile(t, src, file)
	if file.ValidUTF8 {
		t.Error("ValidUTF8 is set")
	}
	if got := describeFields(file.Decls[0].Type.Fields); !strings.HasSuffix(got, "B=json:b") {
		t.Errorf("got fields %q", got)
	}
}

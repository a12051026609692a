package golang

import (
	"fmt"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strings"
	"testing"

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
	for _, d := range f.Directives {
		inside("directive", d.Span, whole)
		inside("text of a directive", d.Text.Span, d.Span)
		checkSlot(t, src, d.Text)
		inside("what a directive is about", d.About, whole)
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
		inside("method", m.Span, whole)
		if m.Returns != nil {
			checkValue(t, src, &m.Returns.Value, m.Span)
		}
	}
	for _, d := range f.Defined {
		checkSlot(t, src, d.Text)
		if d.Function != nil {
			checkValue(t, src, &d.Function.Value, whole)
		}
	}
	for _, u := range f.Uses {
		inside("use", u.Span, whole)
		checkExpr(t, src, &u.Arg, whole)
	}
}

// checkValue asserts that a value and all its parts lie in a stretch of the source: those
// that variables stood for need not lie in one another.
func checkValue(t testing.TB, src string, v *facts.Value, outer facts.Span) {
	t.Helper()
	if v.Span.IsZero() && len(v.Args) == 0 { // the list of a variable that is not set yet
		return
	}
	if v.Span.Start < outer.Start || v.Span.Start > v.Span.End || v.Span.End > outer.End {
		t.Fatalf("value at %v is not inside of %v in %q", v.Span, outer, src)
	}
	checkSlot(t, src, v.Name)
	checkSlot(t, src, v.Key)
	if v.Of != nil {
		checkValue(t, src, v.Of, outer)
	}
	for i := range v.Args {
		checkValue(t, src, &v.Args[i], outer)
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

// tenWanted is what is read of the bodies in tenTags.
var tenWanted = Wanted{Calls: []string{"AutoMigrate"}, Methods: []string{"Edges"}, Sources: []string{"gorm.io/gorm"}}

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
	"func (User) Edges() []ent.Edge {\n\treturn []ent.Edge{\n\t\tedge.From(\"a\", Order.Type).\n\t\t\tRef(\"b\"),\n\t}\n}\n\n" +
	"const query = `\nSELECT * FROM users WHERE name = '{'\n`\n\n" +
	"type Order struct {\n\tID uint\n\tUserID uint `gorm:\"not null;comment:\\\"quoted\\\"\"`\n\tUser User `rel:\"back_populates:Orders\"`\n}\n\n" +
	"func Migrate(g *db.DB) error {\n\ttype local struct {\n\t\tID int `gorm:\"primaryKey\"`\n\t}\n\treturn g.AutoMigrate(&User{}, &local{})\n}\n\n" +
	"type Tag[T any] struct{ Users []User `rel:\"many-to-many,back_populates:Tags\"` }\n"

// Cut off anywhere, a file has what was declared before the cut.
func TestEveryPrefix(t *testing.T) {
	whole := Extract("/p/p.go", []byte(tenTags), tenWanted)
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
	part := Extract("/p/p.go", []byte(src[:cut]), tenWanted)
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

// Facts lie inside of the file for any bytes, and for any of the first of them; of Go
// files, each type survives whatever comes behind it.
func FuzzExtract(f *testing.F) {
	f.Add(tenTags, uint16(300))
	f.Add("package p\n\ntype A struct {\n\tB *\n\tC map[string\n\tD int `x:\"y\n}\n\nfunc (a *A) F(", uint16(40))
	f.Add("\xef\xbb\xbfpackage p\r\n\r\ntype (\r\n\tA[T any, U ~int] = []T\r\n\tB struct{ A[int]; *p.C }\r\n)\r\n", uint16(60))
	f.Add("package p\nfunc f() { for _, x := range []any{&A{}} { AutoMigrate(x, new(B), (*C)(nil)) } }", uint16(70))
	f.Add("package p\nvar x = func() { type T struct{ A int `a:\"b\"` }; if y := T{}; true { AutoMigrate(&y) } }", uint16(50))
	f.Add("package p\nimport \"gorm.io/gorm\"\nfunc f(a string, b ...E) []E { x := []E{a}; var y []E; y = append(y, x...); return append(y, b...) }", uint16(110))
	f.Add("package p\nconst c = \"a\"\nfunc (T) Edges() []E { return append([]E{edge.To(c, B.Type).From(\"b\"), &X{A: 1}}, f(x...)...) }", uint16(90))
	f.Fuzz(func(t *testing.T, src string, cut uint16) {
		whole := Extract("/p/p.go", []byte(src), tenWanted)
		checkFile(t, src, whole)
		end := min(int(cut), len(src))
		if _, err := parser.ParseFile(token.NewFileSet(), "p.go", src, parser.SkipObjectResolution); err == nil {
			checkPrefix(t, whole, src, end)
		} else {
			checkFile(t, src[:end], Extract("/p/p.go", []byte(src[:end]), tenWanted))
		}
	})
}

// The same text with another line break, or behind a byte order mark, has the
// same facts.
func TestLineBreaks(t *testing.T) {
	describe := func(src string) string {
		file := Extract("/p/p.go", []byte(src), tenWanted)
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
	file := Extract("/p/p.go", []byte(src), Wanted{})
	checkFile(t, src, file)
	if file.ValidUTF8 {
		t.Error("ValidUTF8 is set")
	}
	if got := describeFields(file.Decls[0].Type.Fields); !strings.HasSuffix(got, "B=json:b") {
		t.Errorf("got fields %q", got)
	}
}

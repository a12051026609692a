package golang

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rells-dev/rells/index/facts"
)

// fieldWith reads the one field of a struct whose tag is the given source.
func fieldWith(t testing.TB, literal string) (src string, f facts.Field) {
	t.Helper()
	src = "package p\n\ntype T struct {\n\tF int " + literal + "\n}\n"
	file := Extract("/p/p.go", []byte(src), Wanted{})
	if len(file.Decls) != 1 || len(file.Decls[0].Type.Fields) == 0 {
		t.Fatalf("no field read from %q", src)
	}
	return src, file.Decls[0].Type.Fields[0]
}

// Each pair is written as key=value, with what is not as it should be behind it.
func TestTags(t *testing.T) {
	tests := []struct {
		name    string
		literal string
		want    string
	}{
		{"one", "`gorm:\"column:x\"`", "gorm=column:x"},
		{"two", "`json:\"a\" gorm:\"b\"`", "json=a, gorm=b"},
		{"many blanks", "`  json:\"a\"   gorm:\"b\"  `", "json=a, gorm=b"},
		{"no blank", "`json:\"a\"gorm:\"b\"`", "json=a, gorm=b"},
		{"empty value", "`json:\"\"`", "json="},
		{"empty tag", "``", ""},
		{"interpreted", `"gorm:\"column:x\" json:\"a\""`, "gorm=column:x, json=a"},
		{"escapes in a raw string", "`json:\"a\\\"b\\u00e9\"`", `json=a"bé`},
		{"escapes in an interpreted string", `"json:\"a\\\"b\""`, `json=a"b`},
		{"non-ASCII", "`comment:\"größe\"`", "comment=größe"},
		{"same key twice", "`json:\"a\" json:\"b\"`", "json=a, json=b hidden"},
		{"comma before the key", "`json:\"a\",gorm:\"b\"`", "json=a, ,gorm=b"},

		{"key", "`gorm`", "gorm= no value hidden"},
		{"key and colon", "`gorm:`", "gorm= no value hidden"},
		{"key before a pair", "`omitempty json:\"a\"`", "omitempty= no value hidden, json=a hidden"},
		{"colon before a pair", "`gorm: json:\"a\"`", "gorm= no value hidden, json=a hidden"},
		{"unquoted", "`gorm:foreignKey:UserID;references:ID json:\"a\"`", "gorm=foreignKey:UserID;references:ID unquoted hidden, json=a hidden"},
		{"opening quote missing", "`gorm:foreignKey:X\" json:\"a\"`", "gorm=foreignKey:X unquoted hidden, json=a hidden"},
		{"closing quote missing", "`json:\"a\" gorm:\"foreignKey:X`", "json=a, gorm=foreignKey:X unterminated hidden"},
		{"value not begun", "`json:\"a\" gorm:\"`", "json=a, gorm= unterminated hidden"},
		{"blank before the colon", "`gorm :\"x\"`", "gorm=x spaced hidden"},
		{"blank behind the colon", "`gorm: \"x\" json:\"a\"`", "gorm=x spaced hidden, json=a hidden"},
		{"bad escape", "`gorm:\"a\\qb\" json:\"a\"`", "gorm=a\\qb escape hidden, json=a"},
		{"bad escape hides its key", "`json:\"\\q\" json:\"a\"`", "json=\\q escape hidden, json=a hidden"},
		{"tab between pairs", "`json:\"a\"\tgorm:\"b\"`", "json=a, gorm=b hidden"},
		{"pairs on lines", "`json:\"a\"\n\t\tgorm:\"b\"`", "json=a, gorm=b hidden"},
		{"value on lines", "`gorm:\"a;\n\tb\"`", "gorm=a;\n\tb escape hidden"},
		{"stray quote", "`\"gorm:\"b\"`", "gorm=b hidden"},

		{"not closed", "`gorm:\"x\" json:\"a\"", "gorm=x, json=a open"},
		{"not closed, half typed", "`gorm:\"foreignKey:", "gorm=foreignKey: unterminated hidden open"},
		{"interpreted, not closed", `"gorm:\"foreignKey:`, "gorm=foreignKey: unterminated hidden open"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src, f := fieldWith(t, test.literal)
			if got := describeTags(f); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			checkField(t, src, &f)
		})
	}
}

// describeTags lists the pairs of a field's tag.
func describeTags(f facts.Field) string {
	defects := [...]string{"", " no value", " unquoted", " unterminated", " spaced", " escape"}
	var list []string
	for _, tag := range f.Tags {
		text := tag.Key.Text + "=" + tag.Value.Text + defects[tag.Defect]
		if !tag.Visible {
			text += " hidden"
		}
		list = append(list, text)
	}
	text := strings.Join(list, ", ")
	if f.Open {
		text += " open"
	}
	return text
}

// checkField asserts what holds for every tag, whatever its source.
func checkField(t testing.TB, src string, f *facts.Field) {
	t.Helper()
	checkSlot(t, src, f.Literal)
	end := f.Literal.Span.Start
	for _, tag := range f.Tags {
		if tag.Span.Start < end || tag.Span.End > f.Literal.Span.End {
			t.Errorf("%q: pair %q at %v overlaps or leaves the tag %v", src, tag.Key.Text, tag.Span, f.Literal.Span)
		}
		end = tag.Span.End
		if tag.Key.Span.Start != tag.Span.Start || tag.Value.Span.Start < tag.Key.Span.End || tag.Value.Span.End > tag.Span.End {
			t.Errorf("%q: key %v and value %v are not in order within %v", src, tag.Key.Span, tag.Value.Span, tag.Span)
		}
		checkSlot(t, src, tag.Key)
		checkSlot(t, src, tag.Value)
	}
}

// checkSlot asserts that text and source of a slot go together.
func checkSlot(t testing.TB, src string, s facts.Slot) {
	t.Helper()
	if s.Span.Start < 0 || s.Span.Start > s.Span.End || int(s.Span.End) > len(src) {
		t.Fatalf("%q: span %v is outside of the source", src, s.Span)
	}
	written := src[s.Span.Start:s.Span.End]
	if s.Offsets == nil {
		if s.Text != written {
			t.Errorf("%q: slot reads %q where %q is written", src, s.Text, written)
		}
		return
	}
	if len(s.Offsets) != len(s.Text)+1 || s.Offsets[len(s.Text)] != s.Span.End {
		t.Fatalf("%q: slot %q has offsets %v, span %v", src, s.Text, s.Offsets, s.Span)
	}
	for i := range s.Text {
		at := s.Offsets[i]
		if at < s.Span.Start || at >= s.Span.End || i > 0 && at < s.Offsets[i-1] {
			t.Errorf("%q: offset %d of byte %d is out of order or outside of %v", src, at, i, s.Span)
		}
		// What is no escape stands there as it is.
		if c := src[at]; c != '\\' && c < utf8.RuneSelf && c != s.Text[i] {
			t.Errorf("%q: byte %d of %q is said to stand at %q", src, i, s.Text, src[at:])
		}
	}
}

// Of what can be a tag, reflection sees exactly the visible pairs.
func TestTagsAgreeWithReflect(t *testing.T) {
	parts := []string{
		"json", "gorm", "rel", "a", ":", ":", ":", `"`, `"`, `"`, " ", " ", "\t", "\n", ",", ";", `\"`, `\`, `\u00e9`, `\x41`,
		`\q`, `\'`, "é", "\xff", "\x7f", `json:"a"`, `gorm:"foreignKey:X;references:Y" `, ` rel:"has-many"`, `json:"\"b" `,
	}
	random := rand.New(rand.NewPCG(1, 2))
	seen := 0
	for range 100_000 {
		var b strings.Builder
		for range 1 + random.IntN(8) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		seen += compareWithReflect(t, b.String())
	}
	if seen < 10_000 {
		t.Errorf("only %d pairs compared", seen)
	}
}

// compareWithReflect holds the pairs of a tag against reflect.StructTag, and
// returns how many that sees.
func compareWithReflect(t testing.TB, tag string) (seen int) {
	t.Helper()
	visible := map[string]string{}
	tags := lexTags(facts.Slot{Text: tag, Span: span(0, len(tag))})
	keys := strings.FieldsFunc(tag, func(r rune) bool { return r == ' ' || r == ':' || r == '"' })
	for _, pair := range tags {
		keys = append(keys, pair.Key.Text)
		if pair.Visible {
			if _, twice := visible[pair.Key.Text]; twice {
				t.Errorf("%q: key %q is visible twice", tag, pair.Key.Text)
			}
			visible[pair.Key.Text] = pair.Value.Text
		}
	}
	for _, key := range keys {
		want, ok := reflect.StructTag(tag).Lookup(key)
		got, visible := visible[key]
		if ok != visible || got != want {
			t.Errorf("%q: key %q: got %q, %v; reflection sees %q, %v", tag, key, got, visible, want, ok)
		}
		if ok {
			seen++
		}
	}
	return seen
}

// The pairs of a tag lie in order within it, and the source of each reads as the
// same pair again.
func FuzzTags(f *testing.F) {
	for _, seed := range []string{
		`json:"a" gorm:"foreignKey:UserID;references:ID"`, `gorm:"x`, `gorm: "x" json`, `a:b" c:"\"\u00e9"`, "x:\"\xff\"\n\ty:\"\"", `:":":"`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		compareWithReflect(t, tag)
		literal := facts.Slot{Text: tag, Span: span(0, len(tag))}
		pairs := lexTags(literal)
		checkField(t, tag, &facts.Field{Literal: literal, Tags: pairs})
		covered := 0
		for _, pair := range pairs {
			for _, r := range tag[covered:pair.Span.Start] {
				if r > ' ' && !strings.ContainsRune("\":\x7f", r) {
					t.Errorf("%q: %q before %q belongs to no pair", tag, r, pair.Key.Text)
				}
			}
			covered = int(pair.Span.End)
			again := lexTags(literal.Sub(int(pair.Span.Start), int(pair.Span.End)))
			if len(again) != 1 || again[0].Defect != pair.Defect || !reflect.DeepEqual(again[0].Value, pair.Value) {
				t.Errorf("%q: pair %+v alone reads as %+v", tag, pair, again)
			}
		}
	})
}

// As raw and as interpreted literal, a tag has the same pairs.
func TestTagsOfBothKindsOfLiteral(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	parts := []string{`json:"a"`, ` `, `gorm:"b\"c"`, `x`, `:`, `"`, `é`, `\\`}
	for range 10_000 {
		var b strings.Builder
		for range 1 + random.IntN(6) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		_, raw := fieldWith(t, "`"+b.String()+"`")
		src, interpreted := fieldWith(t, fmt.Sprintf("%+q", b.String()))
		if got, want := describeTags(interpreted), describeTags(raw); got != want {
			t.Fatalf("%q: interpreted literal has %s, raw one %s", b.String(), got, want)
		}
		checkField(t, src, &interpreted)
	}
}

package gorm

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

func TestLex(t *testing.T) {
	for _, test := range []struct {
		tag  string
		want []string // name, what follows with its colon, list values
	}{
		{"", nil},
		{" ; ;", nil},
		{"foreignKey", []string{"foreignKey|"}},
		{"foreignKey:", []string{"foreignKey:|"}},
		{"foreignKey: A , B", []string{"foreignKey: A , B|A|B"}},
		{"foreignKey:A,", []string{"foreignKey:A,|A|"}},
		{" FOREIGNKEY :A;;references:B ;", []string{"FOREIGNKEY:A|A", "references:B |B"}},
		{"not null;<-:create;->", []string{"not null|", "<-:create|create", "->|"}},
		{"column:a:b", []string{"column:a:b|a:b"}},
		{`default:a\;b;size:1`, []string{"default:a;b|a;b", "size:1|1"}},
		{`default:a\`, []string{`default:a\|a\`}},
		{"check:,name <> 'x'", []string{"check:,name <> 'x'|,name <> 'x'"}},
		{"many2many:x;unknown:A,B", []string{"many2many:x|x", "unknown:A,B|A,B"}},
	} {
		var got []string
		for _, item := range lex(slotOf(test.tag)) {
			line := item.Name.Text
			if item.Sep {
				line += ":" + item.Value.Text
			}
			for _, v := range item.Values {
				line += "|" + v.Text
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("lex(%q) (-want +got):\n%s", test.tag, diff)
		}
	}
}

const tagStart = 100

func slotOf(text string) facts.Slot {
	return facts.Slot{Text: text, Span: facts.Span{Start: tagStart, End: tagStart + int32(len(text))}}
}

// FuzzLex holds that every slot of every item stands where its text does, escaped
// semicolons with their backslash, that items follow one another, that each of them alone is read as
// the same item, and that nothing but space and separators is left out.
func FuzzLex(f *testing.F) {
	for _, seed := range []string{"foreignKey:A,B;references:C", `a\;b:c\;d`, " ; x : y ", "many2many:é;;", `\;\;`, ":x", "-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		at, left := int32(tagStart), tag
		for _, item := range lex(slotOf(tag)) {
			if item.Span.Start < at || item.Span.End < item.Span.Start || int(item.Span.End) > tagStart+len(tag) {
				t.Fatalf("lex(%q): item %q stands at %v, behind %d", tag, item.Name.Text, item.Span, at)
			}
			alone := lex(slotOf(tag).Sub(int(item.Span.Start)-tagStart, int(item.Span.End)-tagStart))
			if diff := cmp.Diff([]dialect.Item{item}, alone); diff != "" {
				t.Fatalf("lex(%q): alone, an item is another one (-in the tag +alone):\n%s", tag, diff)
			}
			for _, slot := range append(item.Values, item.Name, item.Value) {
				source := tag[slot.Span.Start-tagStart : slot.Span.End-tagStart]
				if strings.ReplaceAll(source, `\;`, ";") != slot.Text {
					t.Fatalf("lex(%q): %q stands where %q does", tag, slot.Text, source)
				}
			}
			if skipped := tag[at-tagStart : item.Span.Start-tagStart]; strings.Trim(skipped, "; \t\r\n\v\f\u0085\u00a0") != "" && isASCII(skipped) {
				t.Fatalf("lex(%q): %q is left out", tag, skipped)
			}
			at = item.Span.End
			left = tag[at-tagStart:]
		}
		if strings.Trim(left, "; \t\r\n\v\f") != "" && isASCII(left) {
			t.Fatalf("lex(%q): %q is left out", tag, left)
		}
	})
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 127 }) < 0
}

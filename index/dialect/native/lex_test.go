package native

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
		want []string // name, value with its colon, list values
		ours bool
	}{
		{"", nil, false},
		{",,", nil, false},
		{"-", []string{"-|"}, false},
		{"self", []string{"self|"}, false},
		{"has-many", []string{"has-many|"}, true},
		{"has-many:", []string{"has-many:|"}, false},
		{"back_populates", []string{"back_populates|"}, false},
		{"back_populates:", []string{"back_populates:|"}, true},
		{" has-many , back_populates: Posts ", []string{"has-many|", "back_populates:Posts|Posts"}, true},
		{"foreign_key:A+B", []string{"foreign_key:A+B|A|B"}, true},
		{"references: A + ", []string{"references:A +|A|"}, true},
		{"back_populates:Audit.By,one-way", []string{"back_populates:Audit.By|Audit.By", "one-way|"}, true},
	} {
		var got []string
		items := lex(slotOf(test.tag))
		for _, item := range items {
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
		if ours(items) != test.ours {
			t.Errorf("ours(%q) = %v", test.tag, !test.ours)
		}
	}
}

const tagStart = 100

func slotOf(text string) facts.Slot {
	return facts.Slot{Text: text, Span: facts.Span{Start: tagStart, End: tagStart + int32(len(text))}}
}

// FuzzLex holds that every slot of every item stands where its text does, that items
// follow one another with nothing but space and commas between them, that each of
// them alone is read as the same item, and that a tag's statement names only what it
// holds.
func FuzzLex(f *testing.F) {
	for _, seed := range []string{"has-many,back_populates:Posts", "foreign_key:A+B,,", " x : y ", "through:é", "-", ":"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		at := int32(tagStart)
		items := lex(slotOf(tag))
		for _, item := range items {
			if item.Span.Start < at || item.Span.End < item.Span.Start || int(item.Span.End) > tagStart+len(tag) {
				t.Fatalf("lex(%q): item %q stands at %v, behind %d", tag, item.Name.Text, item.Span, at)
			}
			if skipped := tag[at-tagStart : item.Span.Start-tagStart]; strings.Trim(skipped, ", \t\r\n") != "" {
				t.Fatalf("lex(%q): %q is left out", tag, skipped)
			}
			at = item.Span.End
			alone := lex(slotOf(tag).Sub(int(item.Span.Start)-tagStart, int(item.Span.End)-tagStart))
			if diff := cmp.Diff([]dialect.Item{item}, alone); diff != "" {
				t.Fatalf("lex(%q): alone, an item is another one (-in the tag +alone):\n%s", tag, diff)
			}
			for _, slot := range append(item.Values, item.Name, item.Value) {
				if source := tag[slot.Span.Start-tagStart : slot.Span.End-tagStart]; source != slot.Text {
					t.Fatalf("lex(%q): %q stands where %q does", tag, slot.Text, source)
				}
			}
		}
		if left := tag[at-tagStart:]; strings.Trim(left, ", \t\r\n") != "" {
			t.Fatalf("lex(%q): %q is left out", tag, left)
		}
		s, _ := state(items)
		for _, slot := range append(s.ForeignKey, s.References...) {
			if !strings.Contains(tag, slot.Text) {
				t.Fatalf("state(%q) names %q", tag, slot.Text)
			}
		}
	})
}

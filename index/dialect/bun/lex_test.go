package bun

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/facts"
)

// TestSplitTag compares with what Bun's own parser makes of the same texts
// (internal/tagparser v1.3.0); the oracle does so for random ones.
func TestSplitTag(t *testing.T) {
	tests := []struct{ text, name, options string }{
		{"", "", ""},
		{"-", "-", ""},
		{"id,pk", "id", "pk="},
		{",pk,autoincrement", "", "autoincrement= pk="},
		{"rel:belongs-to,join:a=b", "", "join=a=b rel=belongs-to"},
		{"rel:has-many,join:a=b,join:c=d", "", "join=a=b join=c=d rel=has-many"},
		{`join:"a=b,c=d",rel:has-one`, "", "join=a=b,c=d rel=has-one"},
		{`rel:has-one,join:x"a=b"`, "", "join=a=b rel=has-one"},
		{"type:numeric(10,2),notnull", "", "notnull= type=numeric(10,2)"},
		{"default:now(),x:f(g(1,2),3)", "", "default=now() x=f(g(1,2),3)"},
		{"pk:,x", "", "pk= x="},
		{",,pk", "", "pk="},
		{"a,,b", "a", "b="},
		{`"quoted name",pk`, "quoted name", "pk="},
		{`default:"it\"s"`, "", `default=it"s`},
		{"id, pk", "id", " pk="},
		{"soft_delete,nullzero", "soft_delete", "nullzero="},
	}
	for _, test := range tests {
		tag := splitTag(facts.Slot{Text: test.text, Span: facts.Span{Start: 100, End: 100 + int32(len(test.text))}})
		var options []string
		for _, item := range tag.Items {
			if !tag.IsName(&item) {
				options = append(options, fmt.Sprintf("%s=%s", item.Name.Text, item.Value.Text))
			}
		}
		slices.Sort(options)
		if got := strings.Join(options, " "); tag.Name.Text != test.name || got != test.options {
			t.Errorf("splitTag(%q) = %q, %q, want %q, %q", test.text, tag.Name.Text, got, test.name, test.options)
		}
	}
}

// FuzzSplitTag holds that whatever stands in a tag is found where it stands.
func FuzzSplitTag(f *testing.F) {
	f.Add(`rel:has-many,join:"a=b,c=d",m2m:x`)
	f.Add(`default:"a\"b\\c",type:f(1,"2,",3`)
	f.Fuzz(func(t *testing.T, text string) {
		const start = 7
		tag := splitTag(facts.Slot{Text: text, Span: facts.Span{Start: start, End: start + int32(len(text))}})
		for _, item := range tag.Items {
			for _, slot := range append(item.Values, item.Name, item.Value) {
				if slot.Span.Start < start || slot.Span.End > start+int32(len(text)) || slot.Span.Start > slot.Span.End {
					t.Fatalf("%q: %q stands at %v", text, slot.Text, slot.Span)
				}
				if at := text[slot.Span.Start-start : slot.Span.End-start]; slot.Offsets == nil && at != slot.Text {
					t.Fatalf("%q: %q is said to stand where %q does", text, slot.Text, at)
				}
			}
		}
	})
}

package gopg

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/facts"
)

// TestSplitTag compares with what go-pg's own parser makes of the same texts
// (vmihailenco/tagparser v0.1.2); the oracle does so for random ones.
func TestSplitTag(t *testing.T) {
	tests := []struct{ text, name, options string }{
		{"", "", ""},
		{"-", "-", ""},
		{"id,pk", "id", "pk="},
		{",pk,notnull", "", "notnull= pk="},
		{"rel:has-one,fk:author_id", "", "fk=author_id rel=has-one"},
		{" hello, foo: bar ", "hello", "foo=bar"},
		{"'hello,world',x", "'hello,world'", "x="},
		{`a:'D\'Angelo, esquire', b:c`, "", "a='D'Angelo, esquire' b=c"},
		{`a:b('foo', 'bar'),c`, "", "a=b('foo', 'bar') c="},
		{"type:numeric(10,2),notnull", "", "notnull= type=numeric(10,2)"},
		{`a:x\,y,b`, "", "a=x,y b="},
		{"lost'kept'more,b", "'kept'", "b= more="},
		{"a:'open,b", "", "a='open,b"},
		{"fk:a,fk:b", "", "fk=b"},
		{",,pk", "", "= pk="},
		{"rel:", "", "rel="},
		{":x,y", "x", "y="},
		{"a,:x", "a", "x="},
	}
	for _, test := range tests {
		tag := splitTag(facts.Slot{Text: test.text, Span: facts.Span{Start: 100, End: 100 + int32(len(test.text))}})
		var options []string
		for _, item := range tag.Options() {
			last, _ := tag.Last(item.Name.Text)
			options = append(options, fmt.Sprintf("%s=%s", item.Name.Text, last.Value.Text))
		}
		slices.Sort(options)
		options = slices.Compact(options)
		if got := strings.Join(options, " "); tag.Name.Text != test.name || got != test.options {
			t.Errorf("splitTag(%q) = %q, %q, want %q, %q", test.text, tag.Name.Text, got, test.name, test.options)
		}
	}
}

// FuzzSplitTag holds that whatever stands in a tag is found where it stands.
func FuzzSplitTag(f *testing.F) {
	f.Add(`rel:has-many,join_fk:'a',many2many:x`)
	f.Add(`default:'a\'b\\c',type:f(1,'2,',3`)
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

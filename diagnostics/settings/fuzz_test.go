package settings_test

import (
	"strings"
	"testing"

	"github.com/rells-dev/rells/diagnostics/settings"
)

// FuzzParse holds that every problem of a text has a message and a place in it, in
// order, and that the same text is read the same way again.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"exclude = ['a']\n[severity]\ntag-syntax = 'off'\n", "severity = {tag-syntax = 'hint', x = {y = 1}}\n",
		"exclude = [\n", "a.b.c = 1\r\n[[a]]\n", "\xef\xbb\xbfexclude = 1", "x = \"\\", "[gorm]\n\"table_prefix\" = 'é'", "rel.key = '''\n'''",
		"a = 1979-05-27T07:32:00Z # c", "\xff\x00", "exclude = ['''", "= 1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		set, problems := settings.Parse([]byte(text))
		at := int32(0)
		for _, p := range problems {
			if p.Text == "" || p.Span.Start < at || p.Span.End < p.Span.Start || int(p.Span.End) > len(text) {
				t.Fatalf("%q: %+v, behind %d", text, p, at)
			}
			at = p.Span.Start
			if line := 1 + strings.Count(text[:at], "\n"); p.Line != line || p.Column < 1 {
				t.Fatalf("%q: %+v is on line %d", text, p, line)
			}
		}
		again, _ := settings.Parse([]byte(text))
		if told(set) != told(again) {
			t.Fatalf("%q is read as %s, then as %s", text, told(set), told(again))
		}
	})
}

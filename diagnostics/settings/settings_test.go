package settings_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/diagnostics/settings"
)

// told writes settings down on one line.
func told(s settings.Settings) string {
	text := fmt.Sprint(s.Severity, s.Exclude, s.Dialects)
	if s.SemanticTokens != nil {
		text += fmt.Sprint(" tokens ", *s.SemanticTokens)
	}
	return text
}

// spans writes problems down as line:column "text at it": message.
func spans(text string, problems []settings.Problem) []string {
	var lines []string
	for _, p := range problems {
		lines = append(lines, fmt.Sprintf("%d:%d %q %v", p.Line, p.Column, text[p.Span.Start:p.Span.End], p.Error()))
	}
	return lines
}

func TestParse(t *testing.T) {
	for _, test := range []struct {
		name, text, want string
		problems         []string
	}{
		{"nothing", "", "map[] [] map[]", nil},
		{"comment", "# exclude = 1\n", "map[] [] map[]", nil},
		{"everything", "exclude = ['a', \"b/\"]\n[severity]\nforeign-key-missing = 'off'\n[gorm]\ntable_prefix = 't_'\nsingular_table = true\nno_lower_case = false\n[rel]\nkey = 'relation'\n",
			"map[foreign-key-missing:off] [a b/] map[gorm:map[no_lower_case:false singular_table:true table_prefix:t_] rel:map[key:relation]]", nil},
		{"tokens", "semantic_tokens = true\n", "map[] [] map[] tokens true", nil},
		{"no tokens", "semantic_tokens = false\n", "map[] [] map[] tokens false", nil},
		{"wrong tokens", "semantic_tokens = 1\n", "map[] [] map[]", []string{`1:19 "1" semantic_tokens: needs true or false, not 1`}},
		{"inline and dotted", "severity = {tag-syntax = 'hint'}\ngorm.table_prefix = 'x'\n",
			"map[tag-syntax:hint] [] map[gorm:map[table_prefix:x]]", nil},
		{"empty tables", "[severity]\n[gorm]\n[rel]\n", "map[] [] map[]", nil},
		{"names that are near", "exlude = []\n[severity]\ntag-sintax = 'off'\n[grom]\nx = 1\ny = 2\n[gorm]\ntable_prefx = ''\n", "map[] [] map[]", []string{
			`1:1 "exlude" exlude: no such setting (did you mean exclude?)`,
			`3:1 "tag-sintax" severity.tag-sintax: no such rule (did you mean tag-syntax?)`,
			`4:2 "grom" grom: no such setting (did you mean gorm?)`,
			`8:1 "table_prefx" gorm.table_prefx: no such setting (did you mean table_prefix?)`,
		}},
		{"names of nothing", "[rel.deep]\nx = 1\n[zzzzzzzzzz]\n[gorm]\nzzzzzzzzzzzzz = 1", "map[] [] map[]", []string{
			`1:2 "rel.deep" rel.deep: no such setting`,
			`2:1 "x" rel.deep.x: no such setting`,
			`3:2 "zzzzzzzzzz" zzzzzzzzzz: no such setting`,
			`5:1 "zzzzzzzzzzzzz" gorm.zzzzzzzzzzzzz: no such setting`,
		}},
		{"wrong values", "exclude = 'a'\nrel = 1\n[severity]\ntag-syntax = 'warn'\ntag-conflict = 2\n[gorm]\nsingular_table = 'yes'\ntable_prefix = 1979-05-27\n", "map[] [] map[]", []string{
			`1:11 "'a'" exclude: needs a list of texts, not "a"`,
			`2:7 "1" rel: needs a table, not 1`,
			`4:14 "'warn'" severity.tag-syntax: "warn" is none of off, hint, warning, error`,
			`5:16 "2" severity.tag-conflict: 2 is none of off, hint, warning, error`,
			`7:18 "'yes'" gorm.singular_table: needs true or false, not "yes"`,
			`8:16 "1979-05-27" gorm.table_prefix: needs a text, not 1979-05-27`,
		}},
		{"wrong list", "exclude = ['a', 1]\n", "map[] [] map[]", []string{`1:1 "exclude" exclude: needs a list of texts, but holds 1`}},
		{"keys", "rel.key = 'gorm'\n", "map[] [] map[]", []string{`1:11 "'gorm'" rel.key: gorm is the key of gorm`}},
		{"no key", "rel.key = ''\n", "map[] [] map[]", []string{`1:11 "''" rel.key: a tag needs a key`}},
		{"no key at all", "rel.key = 'a b'\n", "map[] [] map[]", []string{`1:11 "'a b'" rel.key: a key cannot hold " "`}},
		{"the rest counts", "exclude = ['a']\nx = 1\n", "map[] [a] map[]", []string{`2:1 "x" x: no such setting`}},
		{"no TOML", "exclude = ['a']\nkey \"\n", "map[] [] map[]", []string{`2:5 "\"" expected '=' after key`}},
		{"half typed", "[severity]\ntag-syntax =", "map[] [] map[]", []string{`2:12 "=" expected value, not end of input`}},
		{"twice", "exclude = ['a']\nexclude = ['b']\n", "map[] [] map[]", []string{`2:1 "e" key exclude is already defined`}},
		{"carriage returns", "x = 1\r\ny = 1\r\n", "map[] [] map[]", []string{`1:1 "x" x: no such setting`, `2:1 "y" y: no such setting`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			set, problems := settings.Parse([]byte(test.text))
			if got := told(set); got != test.want {
				t.Errorf("read as %s, want %s", got, test.want)
			}
			if diff := cmp.Diff(test.problems, spans(test.text, problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFromEditor(t *testing.T) {
	for _, test := range []struct{ text, want, problems string }{
		{"", "map[] [] map[]", ""},
		{"null", "map[] [] map[]", ""},
		{"[]", "map[] [] map[]", ""},
		{"{}", "map[] [] map[]", ""},
		{`{"rells":null}`, "map[] [] map[]", ""},
		{`{"rells":{"exclude":["a"]}}`, "map[] [a] map[]", ""},
		{`{"exclude":["a"],"severity":{"tag-syntax":"off"},"gorm":{"singular_table":true}}`,
			"map[tag-syntax:off] [a] map[gorm:map[singular_table:true]]", ""},
		{`{"severity":[],"exclude":{},"gorm":null,"trace":{"server":"off"}}`, "map[] [] map[]", ""},
		{`{"exclude":[]}`, "map[] [] map[]", ""},
		{`{"semantic_tokens":true}`, "map[] [] map[] tokens true", ""},
		{`7`, "map[] [] map[]", "need an object, not 7"},
		{`[1]`, "map[] [] map[]", "need an object, not a list"},
		{`{`, "map[] [] map[]", "not JSON: unexpected end of JSON input"},
		{`{"severity":{"tag-sintax":"off","tag-syntax":[]},"gorm":{"singular_table":1},"exclude":[null]}`, "map[] [] map[]",
			"exclude: needs a list of texts, but holds nothing; gorm.singular_table: needs true or false, not 1; " +
				"severity.tag-sintax: no such rule (did you mean tag-syntax?); severity.tag-syntax: a list is none of off, hint, warning, error"},
		{`{"severity":{"a":{"b":{"c":1}}},"sevrity":{"a":1}}`, "map[] [] map[]",
			"severity.a: no such rule; sevrity: no such setting (did you mean severity?)"},
	} {
		set, problems := settings.FromEditor([]byte(test.text))
		if got := told(set); got != test.want {
			t.Errorf("%s is read as %s, want %s", test.text, got, test.want)
		}
		var texts []string
		for _, p := range problems {
			texts = append(texts, p.Error())
		}
		if got := strings.Join(texts, "; "); got != test.problems {
			t.Errorf("%s: the problems are %q, want %q", test.text, got, test.problems)
		}
	}
}

func TestOver(t *testing.T) {
	below, _ := settings.Parse([]byte("exclude = ['a']\nsemantic_tokens = true\n[severity]\ntag-syntax = 'off'\ntag-conflict = 'hint'\n[gorm]\ntable_prefix = 'x'\nsingular_table = true\n"))
	over, _ := settings.FromEditor([]byte(`{"severity":{"tag-syntax":"error"},"gorm":{"singular_table":false},"semantic_tokens":false}`))
	if got, want := told(over.Over(below)), "map[tag-conflict:hint tag-syntax:error] [a] map[gorm:map[singular_table:false table_prefix:x]] tokens false"; got != want {
		t.Errorf("together they are %s, want %s", got, want)
	}
	none, _ := settings.FromEditor([]byte(`{"exclude":[]}`))
	if got := none.Over(below).Exclude; len(got) > 0 {
		t.Errorf("an empty list leaves %q", got)
	}
	if got := told(settings.Settings{}.Over(below)); got != told(below) {
		t.Errorf("nothing over it makes %s", got)
	}
}

func TestRules(t *testing.T) {
	rules := []*diagnostics.Rule{
		{Name: "a", Severity: diagnostics.Error}, {Name: "b", Severity: diagnostics.Off}, {Name: "c", Severity: diagnostics.Off},
		{Name: "d", Severity: diagnostics.Hint},
	}
	set := settings.Settings{Severity: map[string]diagnostics.Severity{
		"a": diagnostics.Off, "b": diagnostics.Warning, "d": diagnostics.Error, "gone": diagnostics.Error,
	}}
	var got []string
	for _, r := range set.Rules(rules) {
		got = append(got, r.Name+" "+r.Severity.String())
	}
	if diff := cmp.Diff([]string{"b warning", "d error"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if rules[3].Severity != diagnostics.Hint {
		t.Error("a rule that is shared has been changed")
	}
}

func TestReadRoot(t *testing.T) {
	root, outside := t.TempDir(), t.TempDir()
	path := filepath.Join(root, settings.FileName)
	if f := settings.ReadRoot(root); f.Err != nil || f.Text != nil || f.Path != path {
		t.Errorf("a file that is not there is read as %+v", f)
	}
	if f := settings.ReadFile(path); f.Err == nil {
		t.Error("a file that was named is not missed")
	}
	if err := os.WriteFile(path, []byte("exclude = ['a']"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, f := range []settings.File{settings.ReadRoot(root), settings.ReadFile(path)} {
		if f.Err != nil || told(f.Settings) != "map[] [a] map[]" {
			t.Errorf("read as %+v", f)
		}
	}
	if err := os.Rename(path, filepath.Join(outside, "x.toml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outside, "x.toml"), path); err != nil {
		t.Skip("no symbolic links here")
	}
	if f := settings.ReadRoot(root); !errors.Is(f.Err, settings.ErrLink) || f.Settings.Exclude != nil {
		t.Errorf("a link leads out of the root: %+v", f)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o777); err != nil {
		t.Fatal(err)
	}
	if f := settings.ReadRoot(root); f.Err == nil {
		t.Error("a folder is read")
	}
}

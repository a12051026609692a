package diagnostics

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/facts"
)

// A comment concerns structs that it does not stand in, and comes and goes while
// these stay as they are.
func TestCheckerFollowsComments(t *testing.T) {
	const (
		shared   = "package models\n\ntype Audit struct {\n\tBy Account `gorm:\"foreignKey:Creator\"` "
		embedded = "package models\n\nimport \"gorm.io/gorm\"\n\ntype Account struct {\n\tgorm.Model\n\tAudit\n}\n"
		sound    = "package models\n\nimport \"gorm.io/gorm\"\n\ntype Member struct {\n\tgorm.Model\n\tAudit\n\tCreator uint\n}\n"
		visitor  = "package models\n\nimport \"gorm.io/gorm\"\n\ntype Visitor struct {\n\tgorm.Model\n\tAudit\n}\n"
		plain    = "package models\n\nimport \"gorm.io/gorm\"\n\ntype Account struct {\n\tgorm.Model\n}\n"
	)
	w := open(t, gormModule, "shared.go", shared+"\n}\n", "account.go", plain)
	checker := NewChecker(Rules())
	checker.Update(w.index.Snapshot())
	for _, step := range []struct{ file, text, want string }{
		{"shared.go", shared + "//rells:ignore foreign-key-unknown\n}\n", "ignore-unused"},
		{"account.go", embedded, ""},
		{"shared.go", shared + "//rells:ignored foreign-key-unknow\n}\n", "foreign-key-unknown"},
		{"shared.go", shared + "//rells:ignore foreign-key-unknown\n}\n", ""},
		{"account.go", plain, "ignore-unused"},
		{"member.go", sound, "ignore-unused"},
		{"visitor.go", visitor, ""},
		{"shared.go", shared + "\n}\n", "foreign-key-unknown"},
	} {
		checker.Update(w.index.Update(index.Change{Path: filepath.Join(w.root, step.file), Kind: index.Edited, Text: []byte(step.text)}))
		got := ""
		for _, p := range checker.All() {
			got += p.Rule
		}
		if got != step.want {
			t.Errorf("with %s\n%s\nthe problems are %q, want %q", step.file, step.text, got, step.want)
		}
		fresh := NewChecker(Rules())
		fresh.Update(w.index.Snapshot())
		if diff := cmp.Diff(fresh.All(), checker.All()); diff != "" {
			t.Errorf("problems from scratch (-) and followed (+) differ:\n%s", diff)
		}
	}
}

func TestParseIgnore(t *testing.T) {
	for _, test := range []struct {
		text  string
		names []string
		every bool
		ok    bool
	}{
		{"rells:ignore a why", []string{"a"}, false, true},
		{"rells:ignore a,b, c why", []string{"a", "b", "c"}, false, true},
		{"rells:ignore", nil, false, true},
		{"rells:ignored a", nil, false, false},
		{"rells:explain a", nil, false, false},
		{"nolint", nil, true, true},
		{"nolint // why", nil, true, true},
		{"nolint:all", []string{"all"}, true, true},
		{"nolint:rells,other // why, rells", []string{"rells", "other"}, false, true},
		{"nolint: other , Rells", []string{"other", "Rells"}, false, true},
		{"nolinting", nil, false, false},
	} {
		i, ok := parseIgnore(&facts.Directive{Text: facts.Slot{Text: test.text, Span: facts.Span{End: int32(len(test.text))}}})
		var names []string
		for _, name := range i.names {
			names = append(names, name.Text)
			if at := test.text[name.Span.Start:name.Span.End]; at != name.Text {
				t.Errorf("%q: the name %q stands at %q", test.text, name.Text, at)
			}
		}
		if ok != test.ok || i.every != test.every || !slices.Equal(names, test.names) {
			t.Errorf("%q: %q, every %t, %t", test.text, names, i.every, ok)
		}
	}
}

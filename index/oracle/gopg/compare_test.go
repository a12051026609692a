package oracle

import (
	"encoding/json"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/gopg/truth"
)

// agreement is a small world on which both sides agree: User and Post are taken, Tag is
// refused, and of Post something is logged.
func agreement(t *testing.T) *comparison {
	t.Helper()
	c := &comparison{rules: map[string][]string{"pg1": {"primary-key-missing"}}, truth: map[string]truth.Model{
		"m.User": {ID: "m.User", Table: "users", Relations: []ask.Resolved{
			{ID: "m.User.Posts", Target: "m.Post", Kind: "has-many", Keys: []string{"m.Post.UserID = m.User.ID"}, TypeField: "m.Post.Type", TypeValue: "user"},
			{ID: "m.User.Tags", Target: "m.Tag", Kind: "many-to-many", JoinTable: "user_tags",
				OwnKeys: []string{"user_id = m.User.ID"}, TargetKeys: []string{"tag_id = m.Tag.ID"}},
		}},
		"m.Post": {ID: "m.Post", Table: "posts", Own: []string{"Title"}, Warnings: []string{"Title: unknown option"}},
		"m.Tag":  {ID: "m.Tag", Table: "tags", Error: "pg: model=Tag does not have primary keys"},
	}}
	for into, text := range map[any]string{
		&c.index: `{"models": [{"id": "m.User", "table": "users", "dialects": ["go-pg"]}, {"id": "m.Post", "table": "posts", "dialects": ["go-pg"]},
			{"id": "m.Tag", "table": "tags", "dialects": ["rel", "go-pg"]}],
			"relations": [{"id": "m.User.Posts", "model": "m.User", "target": "m.Post", "kind": "has-many", "dialect": "go-pg",
				"keys": [{"foreignKey": "m.Post.UserID", "references": "m.User.ID"}], "polymorphic": {"type": "m.Post.Type", "value": "user"}},
			{"id": "m.User.Tags", "model": "m.User", "target": "m.Tag", "kind": "many-to-many", "dialect": "go-pg", "joinTable": "user_tags",
				"joinKeys": [{"column": "user_id", "references": "m.User.ID"}, {"column": "tag_id", "references": "m.Tag.ID"}]}]}`,
		&c.check: `{"problems": [{"rule": "primary-key-missing", "severity": "error", "model": "m.Tag", "field": "Posts"},
			{"rule": "tag-unknown-option", "severity": "warning", "model": "m.Post", "field": "Title"}]}`,
	} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func TestAgreementHasNoDifferences(t *testing.T) {
	c := agreement(t)
	if c.run(); len(c.Differences) > 0 {
		t.Errorf("%+v", c.Differences)
	}
	if c.Compared != 3 {
		t.Errorf("compared %d relation fields, want 3", c.Compared)
	}
}

// TestDifferences changes one thing that rells says at a time; each must be seen as
// what it is. In what relations differ is tried with [trial.Findings.Resolved].
func TestDifferences(t *testing.T) {
	for want, change := range map[string]func(*comparison){
		"missing model":    func(c *comparison) { c.index.Models = c.index.Models[1:] },
		"table":            func(c *comparison) { c.index.Models[1].Table = "post" },
		"missing relation": func(c *comparison) { c.index.Relations = c.index.Relations[1:] },
		"extra relation": func(c *comparison) {
			c.index.Relations = append(c.index.Relations, c.index.Relations[0])
			c.index.Relations[2].ID = "m.User.Other"
		},
		"not reported":               func(c *comparison) { c.check.Problems = c.check.Problems[1:] },
		"not warned of":              func(c *comparison) { c.check.Problems = c.check.Problems[:1] },
		"reported as something else": func(c *comparison) { c.check.Problems[0].Rule = "foreign-key-missing" },
		"false alarm": func(c *comparison) {
			c.check.Problems = append(c.check.Problems, c.check.Problems[0])
			c.check.Problems[2].Model = "m.User"
		},
		"false warning": func(c *comparison) {
			c.check.Problems = append(c.check.Problems, c.check.Problems[1])
			c.check.Problems[2].Rule = "relation-guessed"
		},
	} {
		c := agreement(t)
		change(c)
		if c.run(); len(c.Differences) != 1 || c.Differences[0].Kind != want {
			t.Errorf("%s: found %+v", want, c.Differences)
		}
	}
}

package oracle

import (
	"encoding/json"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/gorel/truth"
)

// agreement is a small world on which both sides agree: User is taken, with a warning,
// and Tag refused.
func agreement(t *testing.T) *comparison {
	t.Helper()
	c := &comparison{truth: map[string]truth.Model{
		"m.User": {ID: "m.User", Table: "users", Idle: []string{"m.User.Home"}, Lost: []string{"m.User.Lost"}, Relations: []truth.Relation{
			{ID: "m.User.Posts", Target: "m.Post", Kind: "has-many", Keys: []string{"m.Post.UserID = m.User.ID"}},
			{ID: "m.User.Tags", Target: "m.Tag", Kind: "many-to-many", JoinTable: "posts", OwnKey: "user_id = m.User.ID", Unfollowed: true},
		}},
		"m.Tag":  {ID: "m.Tag", Table: "tags", Error: "bad"},
		"m.Part": {ID: "m.Part", Table: "parts", Part: true},
	}}
	for into, text := range map[any]string{
		&c.index: `{"models": [{"id": "m.User", "table": "users", "dialects": ["go-rel"]}, {"id": "m.Tag", "table": "tags", "dialects": ["go-rel"]}],
			"relations": [{"id": "m.User.Posts", "model": "m.User", "target": "m.Post", "kind": "has-many", "dialect": "go-rel",
				"keys": [{"foreignKey": "m.Post.UserID", "references": "m.User.ID"}]},
			{"id": "m.User.Lost", "model": "m.User", "target": "m.Tag", "kind": "has-many", "dialect": "go-rel"},
			{"id": "m.User.Tags", "model": "m.User", "target": "m.Tag", "kind": "many-to-many", "dialect": "go-rel", "joinTable": "posts",
				"joinKeys": [{"column": "user_id", "references": "m.User.ID"}]}]}`,
		&c.check: `{"problems": [{"rule": "name-duplicate", "severity": "error", "model": "m.Tag", "field": "Name"},
			{"rule": "join-falls-back-to-id", "severity": "warning", "model": "m.User", "field": "Tags"},
			{"rule": "tag-option-idle", "severity": "warning", "model": "m.User", "field": "Home"}]}`,
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
	if c.Compared != 4 {
		t.Errorf("compared %d relation fields, want 4", c.Compared)
	}
}

// The comparison notices each kind of thing on which the two can differ.
func TestDifferencesAreFound(t *testing.T) {
	for want, spoil := range map[string]func(c *comparison){
		"missing model":    func(c *comparison) { c.index.Models = c.index.Models[1:] },
		"table":            func(c *comparison) { c.index.Models[0].Table = "people" },
		"missing relation": func(c *comparison) { c.index.Relations = c.index.Relations[1:] },
		"extra relation": func(c *comparison) {
			m := c.truth["m.User"]
			m.Relations = m.Relations[1:]
			c.truth["m.User"] = m
		},
		"listed twice":          func(c *comparison) { c.index.Relations = append(c.index.Relations, c.index.Relations[0]) },
		"kind":                  func(c *comparison) { c.index.Relations[0].Kind = "has-one" },
		"target":                func(c *comparison) { c.index.Relations[0].Target = "m.Tag" },
		"keys":                  func(c *comparison) { c.index.Relations[0].Keys = nil },
		"join table":            func(c *comparison) { c.index.Relations[2].JoinTable = "tags" },
		"join key":              func(c *comparison) { c.index.Relations[2].JoinKeys = nil },
		"not reported":          func(c *comparison) { c.check.Problems = c.check.Problems[1:] },
		"false alarm":           func(c *comparison) { c.truth["m.Tag"] = truth.Model{ID: "m.Tag", Table: "tags"} },
		"join-falls-back-to-id": func(c *comparison) { c.check.Problems[1].Field = "Posts" },
		"tag-option-idle":       func(c *comparison) { c.check.Problems = c.check.Problems[:2] },
		"tag-value-unknown": func(c *comparison) {
			c.check.Problems = append(c.check.Problems, ask.Problem{Rule: "tag-value-unknown", Model: "m.User", Field: "Tags"})
		},
	} {
		c := agreement(t)
		spoil(c)
		c.run()
		kinds := map[string]bool{}
		for _, d := range c.Differences {
			kinds[d.Kind] = true
		}
		if !kinds[want] {
			t.Errorf("%s is not found, but %v", want, kinds)
		}
	}
}

package oracle

import (
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/gorm/truth"
)

// agreement is a small world on which both sides agree: User and Post are
// accepted, Tag is refused, Log is refused for Tag's sake, Base is embedded.
func agreement() *comparison {
	relations := func() []ask.Relation {
		return []ask.Relation{
			{ID: "m.User.Posts", Model: "m.User", Target: "m.Post", Kind: ask.HasMany, Dialect: "gorm",
				Keys: []ask.Key{{ForeignKey: "m.Post.UserID", References: "m.User.ID"}}},
			{ID: "m.User.Friends", Model: "m.User", Target: "m.User", Kind: ask.ManyToMany, Dialect: "gorm",
				JoinTable: "friends", OwnJoinKeys: 1, JoinKeys: []ask.JoinKey{
					{Column: "user_id", References: "m.User.ID"}, {Column: "friend_id", References: "m.User.ID"}}},
			{ID: "m.User.Toys", Model: "m.User", Target: "m.Toy", Kind: ask.HasMany, Dialect: "gorm",
				Keys:        []ask.Key{{ForeignKey: "m.Toy.OwnerID", References: "m.User.ID"}},
				Polymorphic: &ask.Polymorphic{Type: "m.Toy.OwnerType", ID: "m.Toy.OwnerID", Value: "users"}},
		}
	}
	model := func(id string) ask.Model {
		return ask.Model{ID: id, Dialects: []string{"gorm"}, Table: strings.ToLower(id[2:]) + "s"}
	}
	return &comparison{
		verdicts: map[string]truth.Model{
			"m.User": {ID: "m.User", Table: "users", Relations: relations(), NoRelations: []string{"m.User.ID"}},
			"m.Post": {ID: "m.Post", Table: "posts"},
			"m.Tag":  {ID: "m.Tag", Table: "tags", Error: "bad", OwnError: "bad", NoRelations: []string{"m.Tag.ID"}},
			"m.Log":  {ID: "m.Log", Table: "logs", Error: "spread"},
		},
		bases: map[string]bool{"m.Base": true},
		index: ask.Index{
			Models:    []ask.Model{model("m.User"), model("m.Post"), model("m.Tag"), model("m.Log")},
			Relations: relations(),
		},
		check: ask.Check{Problems: []ask.Problem{{Model: "m.Tag", Severity: "error"}}},
	}
}

func TestAgreementHasNoDifferences(t *testing.T) {
	c := agreement()
	if found := c.run(); len(found) > 0 {
		t.Errorf("%+v", found)
	}
	if c.compared != 3 {
		t.Errorf("compared %d relation fields, want 3", c.compared)
	}
}

// TestDifferences changes one thing that rells says at a time; each must be seen
// as what it is.
func TestDifferences(t *testing.T) {
	extra := func(id string) ask.Relation {
		return ask.Relation{ID: id, Model: id[:strings.LastIndex(id, ".")], Dialect: "gorm"}
	}
	for want, change := range map[string]func(*comparison){
		"missing model":    func(c *comparison) { c.index.Models = c.index.Models[1:] },
		"table":            func(c *comparison) { c.index.Models[1].Table = "post" },
		"missing relation": func(c *comparison) { c.index.Relations = c.index.Relations[1:] },
		"extra relation":   func(c *comparison) { c.index.Relations = append(c.index.Relations, extra("m.Post.User")) },
		"listed twice":     func(c *comparison) { c.index.Relations = append(c.index.Relations, c.index.Relations[0]) },
		"unknown model":    func(c *comparison) { c.index.Relations = append(c.index.Relations, extra("m.Other.User")) },
		"kind":             func(c *comparison) { c.index.Relations[0].Kind = ask.HasOne },
		"target":           func(c *comparison) { c.index.Relations[0].Target = "m.User" },
		"keys":             func(c *comparison) { c.index.Relations[0].Keys[0].ForeignKey = "m.Post.ID" },
		"join table":       func(c *comparison) { c.index.Relations[1].JoinTable = "friend" },
		"join keys":        func(c *comparison) { slices.Reverse(c.index.Relations[1].JoinKeys) },
		"polymorphic":      func(c *comparison) { c.index.Relations[2].Polymorphic.Value = "user" },
		"not reported":     func(c *comparison) { c.check.Problems[0].Severity = "warning" },
		"reported at a spread": func(c *comparison) {
			c.check.Problems = append(c.check.Problems, ask.Problem{Model: "m.Log", Severity: "error"})
		},
		"false alarm": func(c *comparison) {
			c.check.Problems = append(c.check.Problems, ask.Problem{Model: "m.User", Severity: "error"})
		},
	} {
		c := agreement()
		change(c)
		if found := c.run(); len(found) != 1 || found[0].Kind != want {
			t.Errorf("%s: found %+v", want, found)
		}
	}
}

// TestRefusedModels covers what is only half known of a model that GORM refuses.
func TestRefusedModels(t *testing.T) {
	c := agreement()
	c.index.Relations = append(c.index.Relations,
		ask.Relation{ID: "m.Tag.Users", Model: "m.Tag", Dialect: "gorm"}, // perhaps: GORM stopped before it
		ask.Relation{ID: "m.Tag.ID", Model: "m.Tag", Dialect: "gorm"})    // never: GORM reads a column
	if found := c.run(); len(found) != 1 || found[0].ID != "m.Tag.ID" {
		t.Errorf("found %+v", found)
	}

	c = agreement()
	tag := c.verdicts["m.Tag"]
	tag.Embeds = []string{"m.Base"}
	c.verdicts["m.Tag"] = tag
	c.check.Problems[0].Model = "m.Base" // where the mistake stands
	if found := c.run(); len(found) > 0 {
		t.Errorf("found %+v", found)
	}
}

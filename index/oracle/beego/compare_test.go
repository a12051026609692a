package oracle

import (
	"testing"

	"github.com/beego/beego/v2/client/orm/oracle/truth"
	"github.com/rells-dev/rells/index/oracle/ask"
)

// agreed is a world on which both agree: a relation, and a field that is refused.
func agreed() *comparison {
	return &comparison{
		rules: map[string][]string{"beego3": {"tag-value-invalid"}},
		truth: truth.Answer{Models: []truth.Model{
			{ID: "w.Post", Table: "post", Relations: []truth.Relation{
				{ID: "w.Post.Author", Target: "w.User", Kind: "belongs-to", Key: "w.Post.author_id", References: "w.User.Id"},
			}},
			{ID: "w.User", Table: "user"},
			{ID: "w.Tag", Refused: &truth.Fault{Fields: []string{"w.Tag.Posts"}, Text: "rel only allow these value"}},
		}},
		index: ask.Index{
			Models: []ask.Model{
				{ID: "w.Post", Table: "post", Dialects: []string{"beego"}}, {ID: "w.User", Table: "user", Dialects: []string{"beego"}},
				{ID: "w.Tag", Table: "tag", Dialects: []string{"beego"}},
			},
			Relations: []ask.Relation{{
				ID: "w.Post.Author", Model: "w.Post", Target: "w.User", Kind: "belongs-to",
				Keys: []ask.Key{{ForeignKey: "w.Post.author_id", References: "w.User.Id"}},
			}},
		},
		check: ask.Check{Problems: []ask.Problem{{Rule: "tag-value-invalid", Severity: "error", Model: "w.Tag", Field: "Posts"}}},
	}
}

// The comparison finds what is missing, what there is too much, and what differs.
func TestCompare(t *testing.T) {
	tests := []struct {
		name, want string
		change     func(*comparison)
	}{
		{"nothing", "", func(*comparison) {}},
		{"no relation", "missing relation", func(c *comparison) { c.index.Relations = nil }},
		{"one more relation", "extra relation", func(c *comparison) {
			c.index.Relations = append(c.index.Relations, ask.Relation{ID: "w.User.Posts", Model: "w.User"})
		}},
		{"another key", "relation", func(c *comparison) { c.index.Relations[0].Keys[0].References = "w.User.Code" }},
		{"an inverse", "relation", func(c *comparison) { c.index.Relations[0].Inverse = "w.User.Posts" }},
		{"another table", "table", func(c *comparison) { c.index.Models[0].Table = "posts" }},
		{"no model", "missing model", func(c *comparison) { c.index.Models = c.index.Models[1:] }},
		{"no error", "missing error", func(c *comparison) { c.check.Problems = nil }},
		{"an error of another rule", "missing error", func(c *comparison) { c.check.Problems[0].Rule = "name-duplicate" }},
		{"one more error", "extra error", func(c *comparison) {
			c.check.Problems = append(c.check.Problems, ask.Problem{Rule: "name-duplicate", Severity: "error", Model: "w.User", Field: "Id"})
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := agreed()
			test.change(c)
			c.run()
			got := ""
			if len(c.Differences) > 0 {
				got = c.Differences[0].Kind
			}
			if got != test.want {
				t.Errorf("got %q, want %q: %v", got, test.want, c.Differences)
			}
		})
	}
}

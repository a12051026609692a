package trial

import (
	"bytes"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// agreement is a small world on which both sides agree: User has relations, Tag is refused.
func agreement() (map[string]Truth, ask.Index) {
	models := map[string]Truth{
		"m.User": {Relations: []ask.Resolved{
			{ID: "m.User.Posts", Target: "m.Post", Kind: "has-many", Keys: []string{"m.Post.UserID = m.User.ID"}, TypeField: "m.Post.Type", TypeValue: "user"},
			{ID: "m.User.Tags", Target: "m.Tag", Kind: "many-to-many", JoinTable: "user_tags",
				OwnKeys: []string{"user_id = m.User.ID"}, TargetKeys: []string{"tag_id = m.Tag.ID"}},
		}},
		"m.Tag": {Refused: true},
	}
	return models, ask.Index{Relations: []ask.Relation{
		{ID: "m.User.Posts", Model: "m.User", Target: "m.Post", Kind: "has-many", Dialect: "some",
			Keys:        []ask.Key{{ForeignKey: "m.Post.UserID", References: "m.User.ID"}},
			Polymorphic: &ask.Polymorphic{Type: "m.Post.Type", Value: "user"}},
		{ID: "m.User.Tags", Model: "m.User", Target: "m.Tag", Kind: "many-to-many", Dialect: "some", JoinTable: "user_tags",
			JoinKeys: []ask.JoinKey{{Column: "user_id", References: "m.User.ID"}, {Column: "tag_id", References: "m.Tag.ID"}}},
		{ID: "m.User.Other", Model: "m.User", Kind: "has-one", Dialect: "another"},
		{ID: "m.Tag.Users", Model: "m.Tag", Kind: "many-to-many", Dialect: "some"}, // behind the refusal, perhaps
	}}
}

// TestResolved changes one thing that rells says at a time; each must be seen as what it is.
func TestResolved(t *testing.T) {
	for want, change := range map[string]func(*ask.Index){
		"":                 func(*ask.Index) {},
		"missing relation": func(x *ask.Index) { x.Relations = x.Relations[1:] },
		"extra relation":   func(x *ask.Index) { x.Relations[2].Dialect = "some" },
		"listed twice":     func(x *ask.Index) { x.Relations = append(x.Relations, x.Relations[0]) },
		"kind":             func(x *ask.Index) { x.Relations[0].Kind = "has-one" },
		"target":           func(x *ask.Index) { x.Relations[0].Target = "m.User" },
		"keys":             func(x *ask.Index) { x.Relations[0].Keys[0].References = "m.User.Code" },
		"join table":       func(x *ask.Index) { x.Relations[1].JoinTable = "tags_users" },
		"join keys":        func(x *ask.Index) { x.Relations[1].JoinKeys[0].Column = "owner_id" },
		"polymorphic":      func(x *ask.Index) { x.Relations[0].Polymorphic = nil },
	} {
		models, index := agreement()
		change(&index)
		var f Findings
		f.Resolved("ORM", models, index, "some")
		var got []string
		for _, d := range f.Differences {
			got = append(got, d.Kind)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("got %q, want %q: %v", got, want, f.Differences)
		}
		if compared := 3; want == "" && f.Compared != compared {
			t.Errorf("compared %d, want %d", f.Compared, compared)
		}
	}
}

// Every difference is counted, the first few of each kind are shown with their source.
func TestTally(t *testing.T) {
	f := &Findings{Compared: 7}
	for _, where := range []string{"w1.User", "w1.Post", "w0.Tag", "w0.Pet"} {
		f.Note("table", ask.ModulePath+"/"+where, "of %s", where)
	}
	f.Note("kind", ask.ModulePath+"/w1.User.Posts", "of Posts")
	f.Sort()
	var all tally
	all.add(f, map[string][]byte{"w0": []byte("package w0\n"), "w1": []byte("package w1\n")})
	var got bytes.Buffer
	all.print(&got)
	const want = `=== kind: scratch.test/models/w1.User.Posts
of Posts
package w1

=== table: scratch.test/models/w0.Pet
of w0.Pet
package w0

=== table: scratch.test/models/w0.Tag
of w0.Tag
package w0

=== table: scratch.test/models/w1.Post
of w1.Post
package w1

kind                        1
table                       4
2 kinds of differences over 7 relation fields
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

package main

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask/inject"
)

const source = `package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

type Pet struct{ ent.Schema }

func (Pet) Fields() []ent.Field {
	return []ent.Field{field.String("name").Optional(), field.Int("owner_id").Optional()}
}

func (Pet) Edges() []ent.Edge {
	return []ent.Edge{edge.From("owner", User.Type).Ref("pets").Field("owner_id").Unique()}
}

func (Pet) Indexes() []ent.Index { return []ent.Index{index.Fields("name").Edges("owner").Unique()} }
`

func (c candidates) one(kind string, rnd *rand.Rand) (made *inject.Mistake) {
	c.try(kind, rnd, func(m *inject.Mistake) bool {
		made = m
		return true
	})
	return made
}

// TestCandidates makes each kind of mistake in one schema.
func TestCandidates(t *testing.T) {
	var found candidates
	if err := found.read("schema/pet.go", []byte(source)); err != nil {
		t.Fatal(err)
	}
	found.keys()
	rnd := rand.New(rand.NewPCG(1, 1))
	for kind, test := range map[string]struct{ gone, stays string }{
		"From edge": {`From("owner"`, `Ref("pets")`},
		"Ref":       {`Ref("pets")`, `From("owner"`},
		"Field":     {`Field("owner_id")`, `Int("owner_id")`},
		"field":     {`Int("owner_id")`, `String("name")`},
		"index":     {`Edges("owner")`, `From("owner"`},
		"target":    {`"owner", User.Type`, `.Type).Ref("pets")`},
	} {
		m := found.one(kind, rnd)
		if m == nil {
			t.Errorf("%s: no mistake", kind)
			continue
		}
		after := string(m.Apply([]byte(source)))
		if strings.Contains(after, test.gone) || !strings.Contains(after, test.stays) {
			t.Errorf("%s: %s -> %s", kind, m.Was, m.Text)
		}
	}
	for _, kind := range []string{"To edge", "StorageKey", "Through"} {
		if m := found.one(kind, rnd); m != nil {
			t.Errorf("%s: there is none, but %s -> %s", kind, m.Was, m.Text)
		}
	}
}

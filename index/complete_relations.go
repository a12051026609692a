package index

import (
	"cmp"
	"slices"

	"github.com/rells-dev/rells/index/relation"
)

// inverses lists what back_populates can name: the fields of the target that are
// relations, or would be with a tag. Those that mirror this side, by its keys or
// its join table, come first, then those that lead back to this model, then the
// rest.
func (q *completion) inverses() []Candidate {
	if q.owner == nil || q.field == nil {
		return nil
	}
	n := q.snapshot.Node(q.field.Target)
	if n == nil {
		return nil
	}
	var sides []*relation.Field
	for _, m := range n.Models {
		for i := range m.Fields {
			if f := &m.Fields[i]; q.snapshot.Node(f.Target) != nil { // a time is a struct too
				sides = append(sides, f)
			}
		}
	}
	slices.SortStableFunc(sides, func(a, b *relation.Field) int {
		return cmp.Or(cmp.Compare(q.inverseRank(n, a), q.inverseRank(n, b)), cmp.Compare(a.Selector, b.Selector))
	})
	list := make([]Candidate, len(sides))
	for i, f := range sides {
		list[i] = Candidate{Name: f.Selector, Text: f.Selector, Kind: RelationCandidate, Detail: f.Type}
		if r := q.snapshot.Relation(relation.FieldID{Model: n.Ref, Field: f.Selector}, ""); r != nil {
			list[i].Detail = r.Kind.String() + " " + r.Target.Name
		}
	}
	return list
}

// ways lists the other relations of the model by which a relation may go through a third
// one, as tags call them.
func (q *completion) ways() []Candidate {
	if q.owner == nil || q.field == nil {
		return nil
	}
	var list []Candidate
	for i := range q.owner.Relations {
		r := &q.owner.Relations[i]
		if r.ID.Field == q.field.Selector || r.Kind == relation.ManyToMany || r.Kind == relation.BelongsTo {
			continue
		}
		name := cmp.Or(r.Called, r.ID.Field)
		list = append(list, Candidate{Name: name, Text: name, Kind: RelationCandidate, Detail: r.Kind.String() + " " + r.Target.Name})
	}
	return list
}

// inverseRank says how likely the field is meant as the other side, 0 for the
// likeliest.
func (q *completion) inverseRank(n *Node, f *relation.Field) int {
	id := relation.FieldID{Model: n.Ref, Field: f.Selector}
	g := q.snapshot.Relation(id, "")
	back := f.Target == q.owner.Ref
	switch {
	case id == relation.FieldID{Model: q.owner.Ref, Field: q.field.Selector}:
		return 6 // a relation is hardly its own inverse
	case !back:
		return 5
	case g != nil && g.Stated != nil && g.Stated.BackPopulates != nil && g.Stated.BackPopulates.Text == q.field.Selector:
		return 0
	case g != nil && q.relation != nil && Mirrors(q.relation, g):
		return 1
	case g != nil && (!f.Many || g.Kind == relation.ManyToMany) == q.field.Many:
		return 2
	case f.Many != q.field.Many:
		return 3
	}
	return 4
}

package diagnostics

import (
	"cmp"
	"slices"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// side is one field that is a relation, or is stated to be one: what the rules of
// pairing reason about, whichever dialect reads it.
type side struct {
	id       relation.FieldID
	place    relation.Place // of the field's name
	target   facts.Ref      // zero: unknown
	kind     relation.Kind  // NoKind where no dialect could read the relation
	stated   *relation.Statement
	relation *relation.Relation // nil likewise
}

// sides is sidesOf for the node of the pass and the one that rules ask about beside it, of
// which it is remembered from rule to rule. Nobody may change the list.
func (p *Pass) sides(n *index.Node) []side {
	known := &p.known[0]
	if n != p.Node {
		known = &p.known[1]
	}
	if known.node != n {
		known.node, known.sides = n, sidesOf(n)
	}
	return known.sides
}

// sidesOf lists the sides of a node in the order of its fields, an ORM's reading
// before the native one.
func sidesOf(n *index.Node) []side {
	if n == nil {
		return nil
	}
	var sides []side
	seen := map[string]bool{}
	for _, m := range n.Models {
		for i := range m.Relations {
			r := &m.Relations[i]
			if !seen[r.ID.Field] {
				seen[r.ID.Field] = true
				sides = append(sides, side{r.ID, r.Place, r.Target, r.Kind, r.Stated, r})
			}
		}
	}
	for _, m := range n.Models {
		for i := range m.Statements {
			s := &m.Statements[i]
			if !seen[s.Field.Field] {
				seen[s.Field.Field] = true
				if !s.Not {
					sides = append(sides, side{id: s.Field, place: s.Place, target: s.Target, stated: s})
				}
			}
		}
	}
	return append(sides, untagged(n, seen)...)
}

// untagged lists the fields of a node that lead to a struct and about which no tag
// says anything. Where an ORM reads the struct, these are its relations already,
// or none; without one, a word on them makes them relations.
func untagged(n *index.Node, seen map[string]bool) []side {
	if len(n.Models) != 1 || n.Models[0].Dialect != relation.NativeDialect {
		return nil
	}
	var sides []side
	for i := range n.Models[0].Fields {
		if f := &n.Models[0].Fields[i]; !f.Target.IsZero() && !seen[f.Selector] {
			id := relation.FieldID{Model: n.Ref, Field: f.Selector}
			sides = append(sides, side{id: id, place: f.Place, target: f.Target})
		}
	}
	return sides
}

// named reports whether a tag that says name means the side.
func (x *side) named(name string) bool {
	if x.relation != nil {
		return x.relation.Named(name)
	}
	return name == x.id.Field
}

// names is the inverse that the side's tag names, nil where it names none.
func (x *side) names() *facts.Slot {
	if x.stated == nil || x.stated.BackPopulates == nil || x.stated.BackPopulates.Text == "" {
		return nil
	}
	return x.stated.BackPopulates
}

// namesBack reports whether the side's tag names x.
func (y *side) namesBack(x *side) bool {
	slot := y.names()
	return slot != nil && y.target == x.id.Model && x.named(slot.Text)
}

// shared reports whether the side is declared in a struct that others embed: it
// then belongs to several models and may have several inverses.
func (x *side) shared() bool { return x.relation != nil && x.relation.Embedded }

// polymorphic reports whether the side is one; such a side has no inverse.
func (x *side) polymorphic() bool { return x.relation != nil && x.relation.Polymorphic != nil }

// compareSides orders sides by where they are declared.
func compareSides(a, b *side) int {
	return cmp.Or(
		cmp.Compare(a.place.File, b.place.File),
		cmp.Compare(a.place.Span.Start, b.place.Span.Start),
		cmp.Compare(a.id.String(), b.id.String()),
	)
}

// declaredAt finds the side of a node whose name stands at the place; of several
// nodes when a struct is embedded.
func declaredAt(n *index.Node, place relation.Place) *side {
	sides := sidesOf(n)
	for i := range sides {
		if sides[i].place == place {
			return &sides[i]
		}
	}
	return nil
}

// leadingBack lists the sides of x's target that lead to x's model and could be
// the inverse of x by their kind.
func (p *Pass) leadingBack(x *side) []side {
	var back []side
	for _, y := range p.sides(p.other(x.target)) {
		if y.id != x.id && y.target == x.id.Model && !y.polymorphic() && canPair(x.kind, y.kind) {
			back = append(back, y)
		}
	}
	return back
}

// proposable lists those of leadingBack that may be proposed as the inverse of x: all
// but those that say on purpose that they have none.
func (p *Pass) proposable(x *side) []side {
	return slices.DeleteFunc(p.leadingBack(x), func(y side) bool { return y.stated != nil && y.stated.OneWay })
}

// canPair reports whether relations of the two kinds can be the sides of one
// pair. Kinds that are not known can.
func canPair(a, b relation.Kind) bool {
	switch {
	case a == relation.NoKind || b == relation.NoKind:
		return true
	case a == relation.ManyToMany || b == relation.ManyToMany:
		return a == b
	}
	return (a == relation.BelongsTo) != (b == relation.BelongsTo)
}

// side finds the side of the pass's node on the given field, nil where there is
// none.
func (p *Pass) side(field string) *side {
	sides := p.sides(p.Node)
	for i := range sides {
		if sides[i].id.Field == field {
			return &sides[i]
		}
	}
	return nil
}

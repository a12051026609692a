package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// agreement is the graph of the sound statements between two models: an edge leads
// from a relation to the one that it names. It is complete when every edge has an
// edge back. Relations from embedded structs have several inverses, and polymorphic
// ones have none: they stay out.
type agreement struct {
	edges  []fault // sound ones, in the order in which they are judged
	next   map[relation.FieldID]side
	holder map[relation.FieldID]side // relation -> the one that has it for its inverse
	told   map[relation.FieldID]bool // relations whose statement is part of a fault that is told
}

// settle finds the statements between the pass's node and a target of its relations
// that do not come back, and returns the faults that are told at the pass's node.
// The pass of the target sees the same graph and comes to the same result.
//
// One fault is told once, where it most likely is:
//   - A claim on one side of a pair that agrees is a duplicate. Whoever names the
//     relation that makes the claim is not at fault.
//   - Of a chain Author.Books -> Book.Author -> Author.Drafts, the first statement
//     is asymmetric and stands for the second too: were Book.Author to name
//     Author.Books, both would be gone. Chains are walked from where nobody names
//     the relation; rings, from their first relation in the source.
//   - Of several claims on a relation that agrees with none, the first stands.
func (p *Pass) settle(target *index.Node) []fault {
	g := p.agreement(target)
	faults := slices.Concat(g.duplicates(), g.rest())
	return slices.DeleteFunc(faults, func(f fault) bool { return f.from.id.Model != p.Node.Ref })
}

func (p *Pass) agreement(target *index.Node) *agreement {
	g := &agreement{
		edges:  p.edges(p.Node, target),
		next:   map[relation.FieldID]side{},
		holder: map[relation.FieldID]side{},
		told:   map[relation.FieldID]bool{},
	}
	if target.Ref != p.Node.Ref {
		g.edges = append(g.edges, p.edges(target, p.Node)...)
	}
	claimed := map[relation.FieldID]bool{}
	for _, e := range g.edges {
		g.next[e.from.id] = e.to
		claimed[e.to.id] = true
	}
	for _, e := range g.edges {
		if back, ok := g.next[e.to.id]; ok && back.id == e.from.id {
			g.holder[e.to.id] = e.from
		}
	}
	slices.SortFunc(g.edges, func(a, b fault) int {
		if claimed[a.from.id] != claimed[b.from.id] {
			if claimed[b.from.id] {
				return -1
			}
			return 1
		}
		return compareSides(&a.from, &b.from)
	})
	return g
}

// edges lists the sound statements of one node about relations of another.
func (p *Pass) edges(from, to *index.Node) []fault {
	var edges []fault
	for _, x := range p.sides(from) {
		if x.target != to.Ref || x.names() == nil || x.shared() || x.polymorphic() {
			continue
		}
		e := p.follow(from, x)
		if e.kind == sound && e.to.target == from.Ref && !e.to.shared() && !e.to.polymorphic() {
			edges = append(edges, e)
		}
	}
	return edges
}

// duplicates are the claims on relations of pairs that agree.
func (g *agreement) duplicates() []fault {
	var faults []fault
	for _, e := range g.edges {
		if holder, held := g.holder[e.to.id]; held && holder.id != e.from.id {
			faults = append(faults, g.duplicate(e, holder))
		}
	}
	return faults
}

func (g *agreement) duplicate(e fault, holder side) fault {
	g.told[e.from.id] = true
	e.kind, e.third = duplicate, holder
	return e
}

// rest are the faults among the relations that are in no pair.
func (g *agreement) rest() []fault {
	var faults []fault
	for _, e := range g.edges {
		holder, held := g.holder[e.to.id]
		back, answers := g.next[e.to.id]
		switch {
		case g.told[e.from.id] || held && holder.id == e.from.id:
			continue
		case held:
			faults = append(faults, g.duplicate(e, holder))
			continue
		case answers && !g.told[e.to.id]:
			e.kind, e.third = asymmetric, back
			g.told[e.to.id] = true
			faults = append(faults, e)
		case !answers && e.to.names() == nil:
			e.kind = oneSided
			faults = append(faults, e)
		}
		g.holder[e.to.id] = e.from
	}
	return faults
}

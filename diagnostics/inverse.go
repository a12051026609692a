package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// faultKind is one way in which a back_populates can be wrong. The kinds stand in
// the order of precedence: of one statement only the first that holds is told.
type faultKind uint8

const (
	sound       faultKind = iota
	undecided             // something that it depends on is not known, or the other side is told
	unknownName           // the target has no such field
	notRelation           // the named field is a column, or is ignored
	wrongModel            // the named relation leads elsewhere
	kindsDiffer           // two kinds that cannot be sides of one pair
	duplicate             // another relation has the named one for its inverse
	asymmetric            // the named relation names another
	oneSided              // the named relation names none
)

// fault is what is wrong with the back_populates of one side.
type fault struct {
	kind faultKind
	from side
	to   side // what it names; zero for unknownName and notRelation
	// third is the relation in the way: the one that `to` names (asymmetric), or
	// the one that has `to` for its inverse (duplicate).
	third side
}

// backPopulatesFaults lists what is wrong with the statements of the pass's node,
// worked out once for all rules of the family. A struct with such a statement is
// a model for certain, whatever its ORM makes of it.
//
// Every statement is first judged by itself (follow). Those that are sound are
// edges of a graph between two models, in which each relation names at most one
// other; what remains wrong is where an edge has no edge back, and settle tells
// each such place once.
func (p *Pass) backPopulatesFaults(kind faultKind) []fault {
	if !p.judged {
		p.judged = true
		p.faults = p.judge()
	}
	return slices.DeleteFunc(slices.Clone(p.faults), func(f fault) bool { return f.kind != kind })
}

func (p *Pass) judge() []fault {
	var faults []fault
	settled := map[string]bool{}
	for _, x := range sidesOf(p.Node) {
		if x.names() == nil || p.declaredElsewhere(&x) {
			continue
		}
		f := p.follow(p.Node, x)
		if f.kind > undecided {
			faults = append(faults, f)
		}
		if f.kind == sound && !settled[x.target.String()] {
			settled[x.target.String()] = true
			faults = append(faults, p.settle(p.other(x.target))...)
		}
	}
	return faults
}

// declaredElsewhere reports whether x comes from an embedded struct that is a
// node of its own: the statement is judged there, once for all that embed it.
func (p *Pass) declaredElsewhere(x *side) bool {
	if !x.shared() {
		return false
	}
	for _, n := range p.snapshot.NodesIn(x.place.File) {
		if n.Ref == p.Node.Ref {
			continue
		}
		if own := declaredAlike(p.other(n.Ref), x); own != nil && !own.shared() {
			return true
		}
	}
	return false
}

// follow judges by itself the statement of x, a side of node n.
func (p *Pass) follow(n *index.Node, x side) fault {
	name := x.names().Text
	target := p.other(x.target)
	if target == nil {
		return fault{kind: undecided, from: x}
	}
	sides := sidesOf(target)
	at := slices.IndexFunc(sides, func(y side) bool { return y.named(name) })
	if at < 0 {
		return fault{kind: missing(target, name), from: x}
	}
	y := sides[at]
	switch {
	case y.target.Name == "":
		return fault{kind: undecided, from: x}
	case y.target != n.Ref && declaredAlike(p.other(y.target), &x) == nil:
		return fault{kind: wrongModel, from: x, to: y}
	case canPair(x.kind, y.kind) && (x.id != y.id || x.kind == relation.ManyToMany):
		return fault{kind: sound, from: x, to: y}
	case y.namesBack(&x) && compareSides(&y, &x) < 0:
		return fault{kind: undecided, from: x, to: y}
	}
	return fault{kind: kindsDiffer, from: x, to: y}
}

// missing tells why a node has no relation of the given name.
func missing(n *index.Node, name string) faultKind {
	for _, m := range n.Models {
		if slices.ContainsFunc(m.Statements, func(s relation.Statement) bool { return s.Not && s.Field.Field == name }) {
			return notRelation
		}
		field, ok := m.FieldBySelector(name)
		switch {
		case ok && (field.Column != "" || field.Ignored):
			return notRelation
		case ok: // its type is not known, or it is reported for itself
			return undecided
		}
	}
	return unknownName
}

// settle finds the sound statements between the pass's node and a target of its
// relations that do not come back, and returns those that start at the pass's
// node. Both nodes see the same graph and come to the same result.
//
// One fault is told once. In a chain A.Books -> B.Author -> A.Drafts the first
// statement is asymmetric, and that covers the second: were it mended, B.Author
// would name A.Books. A relation that is claimed twice stays with the one that it
// names, else with the first in the source; the other claim is the duplicate.
// Relations from embedded structs have several inverses and are not expected to
// name one.
func (p *Pass) settle(target *index.Node) []fault {
	edges := p.edges(p.Node, target)
	if target.Ref != p.Node.Ref {
		edges = append(edges, p.edges(target, p.Node)...)
	}
	next, claimed := map[relation.FieldID]side{}, map[relation.FieldID]bool{}
	for _, e := range edges {
		next[e.from.id] = e.to
		claimed[e.to.id] = true
	}
	holder := map[relation.FieldID]side{}
	for _, e := range edges {
		if back, ok := next[e.to.id]; ok && back.id == e.from.id {
			holder[e.to.id] = e.from
		}
	}
	slices.SortFunc(edges, func(a, b fault) int {
		if claimed[a.from.id] != claimed[b.from.id] {
			if claimed[b.from.id] {
				return -1
			}
			return 1
		}
		return compareSides(&a.from, &b.from)
	})

	var faults []fault
	covered := map[relation.FieldID]bool{}
	for _, e := range edges {
		has, held := holder[e.to.id]
		back, names := next[e.to.id]
		switch {
		case covered[e.from.id] || held && has.id == e.from.id:
			continue
		case held:
			e.kind, e.third = duplicate, has
		case names:
			e.kind, e.third = asymmetric, back
			covered[e.to.id] = true
		case e.to.names() == nil:
			e.kind = oneSided
		}
		if !held {
			holder[e.to.id] = e.from
		}
		if e.kind != sound && e.from.id.Model == p.Node.Ref {
			faults = append(faults, e)
		}
	}
	return faults
}

// edges lists the sound statements of one node about relations of another.
func (p *Pass) edges(from, to *index.Node) []fault {
	var edges []fault
	for _, x := range sidesOf(from) {
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

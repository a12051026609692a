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
	for _, x := range p.sides(p.Node) {
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
		if own := declaredAt(p.other(n.Ref), x.place); own != nil && !own.shared() {
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
	sides := p.sides(target)
	at := slices.IndexFunc(sides, func(y side) bool { return y.named(name) })
	if at < 0 {
		return fault{kind: missing(target, name), from: x}
	}
	y := sides[at]
	switch {
	case y.target.Name == "":
		return fault{kind: undecided, from: x}
	case y.target != n.Ref && declaredAt(p.other(y.target), x.place) == nil:
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
	if slices.ContainsFunc(n.Models, func(m *relation.Model) bool { return m.Open }) {
		return undecided
	}
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

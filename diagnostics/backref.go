package diagnostics

import (
	"fmt"
	"slices"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// backrefLegacy points out a relation that another one makes by its backref: nothing in
// the class that has it says so. SQLAlchemy calls that legacy and goes on supporting it,
// so that the rule is for those who ask.
var backrefLegacy = &Rule{
	Name:     "backref-legacy",
	Severity: Off,
	Summary:  "the inverse is made by a backref, and nothing in its class declares it",
	Check: func(p *Pass) {
		for _, x := range sidesOf(p.Node) {
			made := madeBy(p.snapshot, x.relation)
			if made == nil || x.shared() || !p.certain(x.relation.Dialect) {
				continue
			}
			p.report(x.id, made.Place, made.ID.Field, "the backref makes "+made.ID.Short()+", which nothing in "+made.ID.Model.Name+" declares")
		}
	},
	Fix: func(p *Pass, problem Problem) []Fix {
		if x := p.side(problem.Field); x != nil && x.relation != nil {
			return WriteBackref(p.snapshot, x.relation)
		}
		return nil
	},
}

// madeBy is the inverse that the declaration of a relation makes; nil for none.
func madeBy(s *index.Snapshot, r *relation.Relation) *relation.Relation {
	if r == nil || r.Made {
		return nil
	}
	inverse := s.Inverse(r)
	if inverse == nil || !inverse.Made || inverse.Inverse != r.ID {
		return nil
	}
	return inverse
}

// WriteBackref proposes to declare the inverse that a relation makes by its backref, so
// that each side names the other. It proposes nothing for any other relation, and where
// the ORM might not read both as the same.
func WriteBackref(s *index.Snapshot, r *relation.Relation) []Fix {
	made := madeBy(s, r)
	if made == nil {
		return nil
	}
	proposal := s.Propose(r)
	if proposal == nil || len(proposal.Attributes) != 1 {
		return nil
	}
	return applicableOf(s, written(s, attributed(r, proposal), "Declare "+made.ID.Short()+" in place of the backref"))
}

// WriteBackrefsOf is WriteBackref for all backrefs of a model: those that its relations
// declare, and those that make relations of it.
func WriteBackrefsOf(s *index.Snapshot, n *index.Node) []Fix {
	makers := makersAmong(s, sidesOf(n))
	for _, x := range sidesOf(n) {
		if x.relation == nil || !x.relation.Made {
			continue
		}
		if maker := s.Inverse(x.relation); madeBy(s, maker) == x.relation && !slices.Contains(makers, maker) {
			makers = append(makers, maker)
		}
	}
	return writeAll(s, makers, "of "+n.Ref.Name)
}

// WriteBackrefsIn is WriteBackref for all backrefs that a file declares.
func WriteBackrefsIn(s *index.Snapshot, path string) []Fix {
	var makers []*relation.Relation
	for _, n := range s.NodesIn(path) {
		makers = append(makers, makersAmong(s, sidesOf(n))...)
	}
	makers = slices.DeleteFunc(makers, func(r *relation.Relation) bool { return r.Place.File != path })
	return writeAll(s, makers, "of this file")
}

// makersAmong are the relations among sides that make their inverses.
func makersAmong(s *index.Snapshot, sides []side) []*relation.Relation {
	var makers []*relation.Relation
	for _, x := range sides {
		if !x.shared() && madeBy(s, x.relation) != nil {
			makers = append(makers, x.relation)
		}
	}
	return makers
}

// writeAll proposes to declare what relations make, as far as that can be done: with all
// that go together.
func writeAll(s *index.Snapshot, makers []*relation.Relation, whose string) []Fix {
	var whole index.Rewrite
	n := 0
	for _, r := range makers {
		for _, one := range WriteBackref(s, r) {
			merged, ok := s.Merge(whole, one.rewrite)
			if !ok {
				continue
			}
			if _, ok := s.Rewrite(merged); ok {
				whole, n = merged, n+1
			}
		}
	}
	if n == 0 {
		return nil
	}
	title := fmt.Sprintf("Turn the %d backrefs %s into back_populates", n, whose)
	switch {
	case n < len(makers):
		title = fmt.Sprintf("Turn %d of the %d backrefs %s into back_populates", n, len(makers), whose)
	case n == 1:
		title = "Turn the backref " + whose + " into back_populates"
	}
	return applicableOf(s, written(s, whole, title))
}

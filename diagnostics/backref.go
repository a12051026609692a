package diagnostics

import (
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

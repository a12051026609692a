package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// Refactorings lists what can be done with a relation, whether or not anything is
// wrong with it: add the side that it lacks, or say that it shall have none; state a
// pair that is only inferred.
func Refactorings(s *index.Snapshot, r *relation.Relation) []Fix {
	if written := WriteBackref(s, r); len(written) > 0 {
		return written
	}
	if added := AddMissingSide(s, r); len(added) > 0 {
		return slices.Concat(added, markOneWay(s, r))
	}
	return StatePair(s, r)
}

// fixInverseMissing offers to add the inverse, and to say that there shall be none.
// Which of them is meant only people know.
func fixInverseMissing(p *Pass, problem Problem) []Fix {
	x := p.side(problem.Field)
	if x == nil || x.relation == nil {
		return nil
	}
	fixes := Refactorings(p.snapshot, x.relation)
	for i := range fixes {
		fixes[i].Preferred = false
	}
	return fixes
}

// markOneWay proposes to say of a relation that it has no inverse on purpose.
func markOneWay(s *index.Snapshot, r *relation.Relation) []Fix {
	option := index.NewOption{Field: r.ID.Field, Option: "one-way"}
	rewrite := index.Rewrite{{Model: r.ID.Model, Options: []index.NewOption{option}}}
	return applicableOf(s, written(s, rewrite, "Mark "+r.ID.Short()+" one-way"))
}

// StatePair proposes to name each side of an inferred pair on the other one, so that
// the pair holds whatever becomes of its keys.
func StatePair(s *index.Snapshot, r *relation.Relation) []Fix {
	inverse := s.Inverse(r)
	if inverse == nil || s.Pair(r).Pairing != relation.Inferred || r.Embedded || inverse.Embedded {
		return nil
	}
	rewrite := index.Rewrite{
		{Model: r.ID.Model, Options: []index.NewOption{{Field: r.ID.Field, Option: "back_populates:" + inverse.ID.Field}}},
		{Model: inverse.ID.Model, Options: []index.NewOption{{Field: inverse.ID.Field, Option: "back_populates:" + r.ID.Field}}},
	}
	return applicableOf(s, written(s, rewrite, "Add back_populates to "+r.ID.Short()+" and "+inverse.ID.Short()))
}

package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// MissingSide proposes the field of the target that a back_populates in the tag of
// the relation could name if it were there, and the edits that add it. They leave the
// relation's own tag alone, where that name is being typed. It is false where the
// target has a relation that could be meant, where there can be no inverse, and
// wherever [AddMissingSide] is not certain either.
func MissingSide(s *index.Snapshot, r *relation.Relation) (name string, fix Fix, ok bool) {
	if !s.Pair(r).Inverse.IsZero() || len(s.Pair(r).Claims) > 0 || !mayHaveInverse(s, r) || hasFreeSide(s, r) {
		return "", Fix{}, false
	}
	proposal := s.Propose(unnamed(r))
	if proposal == nil || r.Dialect == relation.NativeDialect && readByORM(s.Node(r.Target)) {
		return "", Fix{}, false
	}
	rewrite := index.Rewrite{
		{Model: r.Target, Fields: proposal.Fields, Attributes: proposal.Attributes},
		{Model: r.ID.Model, Fields: proposal.Own},
	}
	at := slices.IndexFunc(proposal.Fields, func(f dialect.NewField) bool { return f.Type.Ref == r.ID.Model })
	switch {
	case at >= 0:
		name = proposal.Fields[at].Name
	case len(proposal.Attributes) == 1:
		name, rewrite = proposal.Attributes[0].Name, rewrite[:1]
	default:
		return "", Fix{}, false
	}
	fixes := applicableOf(s, written(s, rewrite, "Add "+r.Target.Name+"."+name))
	if len(fixes) != 1 {
		return "", Fix{}, false
	}
	return name, fixes[0], true
}

// Unanswered is the relation that a declaration was meant to be whose named inverse is not
// there, as far as that is known; nil where nothing of the kind is wrong with it.
func Unanswered(s *index.Snapshot, id relation.FieldID) *relation.Relation {
	n := s.Node(id.Model)
	if n == nil {
		return nil
	}
	for _, m := range n.Models {
		for i := range m.Mistakes {
			if mistake := &m.Mistakes[i]; mistake.Kind == relation.InverseUnknown && mistake.Field == id && !mistake.Target.IsZero() {
				return &relation.Relation{ID: id, Dialect: m.Dialect, Target: mistake.Target, Place: mistake.Place}
			}
		}
	}
	return nil
}

// unnamed is the relation without the name of its inverse, which may be half typed.
func unnamed(r *relation.Relation) *relation.Relation {
	if r.Stated == nil {
		return r
	}
	plain, stated := *r, *r.Stated
	stated.BackPopulates = nil
	plain.Stated = &stated
	return &plain
}

// hasFreeSide reports whether the target has a relation that could be the inverse:
// it leads back, and is not the inverse of another relation.
func hasFreeSide(s *index.Snapshot, r *relation.Relation) bool {
	return slices.ContainsFunc(sidesOf(s.Node(r.Target)), func(y side) bool {
		if y.id == r.ID || y.target != r.ID.Model || !canPair(r.Kind, y.kind) {
			return false
		}
		if y.relation == nil {
			return true
		}
		inverse := s.Pair(y.relation).Inverse
		return inverse.IsZero() || inverse == r.ID
	})
}

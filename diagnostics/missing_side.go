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
	at := slices.IndexFunc(proposal.Fields, func(f dialect.NewField) bool { return f.Type.Ref == r.ID.Model })
	if at < 0 {
		return "", Fix{}, false
	}
	name = proposal.Fields[at].Name
	fixes := applicableOf(s, written(s, index.Rewrite{
		{Model: r.Target, Fields: proposal.Fields},
		{Model: r.ID.Model, Fields: proposal.Own},
	}, "Add "+r.Target.Name+"."+name))
	if len(fixes) != 1 {
		return "", Fix{}, false
	}
	return name, fixes[0], true
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

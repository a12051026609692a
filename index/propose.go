package index

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// Propose asks a dialect for the fields that would make the inverse of a relation,
// which need not be one of the snapshot's: what a declaration was meant to be will
// do. It returns nil where the dialect is certain of none.
//
// Types live only while the workspace is linked, so that the writer is asked, and
// waited for. It answers for its own state: where the owner or the target of the
// relation is not any more what the snapshot shows, the answer is nil.
func (s *Snapshot) Propose(r *relation.Relation) *dialect.Addition {
	var proposal *dialect.Addition
	s.ask(r, func(d *dialect.Dialect, scope dialect.Scope, side dialect.Side) {
		if d.Write != nil {
			proposal = d.Write(scope, side)
		}
	})
	return proposal
}

// Align asks a dialect for the value of its tag (see dialect.Dialect.TagOf) with which an existing relation of
// r's target is the inverse of r. It is false where no tag is certain to do that,
// and where Propose would be nil for want of a current snapshot.
func (s *Snapshot) Align(r, inverse *relation.Relation) (value string, ok bool) {
	file, found := s.File(inverse.Place.File)
	if !found {
		return "", false
	}
	_, field := file.Facts.FieldAt(int(inverse.Place.Span.Start))
	if field == nil {
		return "", false
	}
	s.ask(r, func(d *dialect.Dialect, scope dialect.Scope, side dialect.Side) {
		if d.Align != nil {
			value, ok = d.Align(scope, side, inverse, d.TagOf(field))
		}
	})
	return value, ok
}

// Retype asks a dialect for the type that a foreign key of the relation should have.
// It is false where that is not certain, and where Propose would be nil for want of a
// current snapshot.
func (s *Snapshot) Retype(r *relation.Relation, key relation.Key) (spec dialect.TypeSpec, ok bool) {
	s.ask(r, func(d *dialect.Dialect, scope dialect.Scope, side dialect.Side) {
		if d.Retype != nil {
			spec, ok = d.Retype(scope, side, key)
		}
	})
	return spec, ok
}

// ask lets fn ask the dialect of a relation about its inverse, unless the snapshot
// is not the newest as far as the two models are concerned.
func (s *Snapshot) ask(r *relation.Relation, fn func(*dialect.Dialect, dialect.Scope, dialect.Side)) {
	if s.index != nil {
		s.index.ask(s, r, fn)
	}
}

func (x *Index) ask(s *Snapshot, r *relation.Relation, fn func(*dialect.Dialect, dialect.Scope, dialect.Side)) {
	x.mu.Lock()
	defer x.mu.Unlock()
	now := x.Snapshot()
	if now.Node(r.ID.Model) != s.Node(r.ID.Model) || now.Node(r.Target) != s.Node(r.Target) {
		return
	}
	l := x.linker
	at := slices.IndexFunc(l.dialects, func(d *dialect.Dialect) bool { return d.Name == r.Dialect })
	if at < 0 {
		return
	}
	b := l.newBatch()
	b.reader = b.newReader()
	owner, ok := b.session.Type(r.ID.Model)
	if !ok {
		return
	}
	target, ok := b.session.Type(r.Target)
	if !ok {
		return
	}
	side := dialect.Side{Relation: r, Owner: owner, Target: target}
	for other := range s.Node(r.Target).relations {
		side.Style.Native = side.Style.Native || other.Stated != nil
	}
	fn(l.dialects[at], b.scope(at), side)
}

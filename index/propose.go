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
	if s.index == nil {
		return nil
	}
	return s.index.propose(s, r)
}

func (x *Index) propose(s *Snapshot, r *relation.Relation) *dialect.Addition {
	x.mu.Lock()
	defer x.mu.Unlock()
	now := x.Snapshot()
	if now.Node(r.ID.Model) != s.Node(r.ID.Model) || now.Node(r.Target) != s.Node(r.Target) {
		return nil
	}
	l := x.linker
	at := slices.IndexFunc(l.dialects, func(d *dialect.Dialect) bool { return d.Name == r.Dialect })
	if at < 0 || l.dialects[at].Write == nil {
		return nil
	}
	b := l.newBatch()
	b.session = l.program.Session()
	owner, ok := b.session.Type(r.ID.Model)
	if !ok {
		return nil
	}
	target, ok := b.session.Type(r.Target)
	if !ok {
		return nil
	}
	side := dialect.Side{Relation: r, Owner: owner, Target: target}
	for other := range s.Node(r.Target).relations {
		side.Style.Native = side.Style.Native || other.Stated != nil
	}
	return l.dialects[at].Write(b.scope(at), side)
}

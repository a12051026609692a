package index

import (
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/golang"
	"github.com/rells-dev/rells/index/relation"
)

// weighing is which type an entry is, how certain it is for each dialect that it is a
// model by itself, and what that follows from.
type weighing struct {
	typ      facts.Type
	own      []weight
	trace    golang.Trace
	declared bool   // as entry.declared, more than none
	handings uint32 // as entry.handings
}

// weight is how certain it is for a dialect that a struct is a model by itself.
type weight struct {
	dialect  int
	evidence relation.Evidence
}

// mostWeighed is how many weighings are remembered.
const mostWeighed = 512

// weighOnce finds the struct of an entry, nil for none, and weighs it for every dialect,
// again only where what it follows from has changed. It lists those that hold it for a
// model.
func (r *reader) weighOnce(e *entry) (facts.Type, []weight) {
	if known, ok := r.weighed[e]; ok && known.handings == e.handings && known.declared == (e.declared > 0) {
		r.session.Repeat(known.trace)
		return known.typ, known.own
	}
	r.session.Begin()
	t, found := r.session.Type(e.ref)
	// What has become another name of a struct is read where that is declared: read twice,
	// it would lead away twice, and forgetting the one would forget what the other leads to.
	if !found || t.Shape() != facts.Struct || t.Ref() != e.ref {
		r.session.End()
		return nil, nil
	}
	r.session.noteWhole(t)
	var own []weight
	if e.candidate() {
		for d := range r.concerned(t).all() {
			if evidence := r.weigh(d, e, t); evidence.Certainty > relation.NotModel {
				own = append(own, weight{d, evidence})
			}
		}
	}
	trace := r.session.End()
	if r.batch.loading {
		return t, own // each is read once
	}
	if len(r.weighed) == mostWeighed {
		clear(r.weighed)
	}
	r.weighed[e] = weighing{t, own, trace, e.declared > 0, e.handings}
	return t, own
}

// weigh tells how certain it is that a candidate is a model by itself. In a package
// without any marker nothing but a call that leaves no doubt makes it one: whoever
// keeps models free of tags registers them elsewhere.
func (r *reader) weigh(d int, e *entry, t facts.Type) relation.Evidence {
	own := r.batch.dialects[d].Evidence(r.scope(d), t, r.usesFor(d, e.ref))
	if e.declared > 0 {
		return own
	}
	if file, _ := t.Decl(); file == nil || own.Certainty < relation.Certain || !r.batch.belongs(file.Path) {
		return relation.Evidence{}
	}
	return own
}

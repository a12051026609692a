package index

import (
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// reader reads structs, during one batch at a time. What it reads depends on the
// program and on the entries as they are; it changes neither.
type reader struct {
	batch   *batch
	session *session
	scopes  []*scope // one for each dialect, made on demand

	speeches map[*facts.File]speech
	weighed  map[*entry]weighing
}

// A reader remembers every type that it has met. After so many it starts afresh:
// those that an edit reaches are fewer, those of a whole workspace would add up, and
// are met once.
const (
	mostTypes        = 2048
	mostTypesLoading = 384
)

func (b *batch) newReader() *reader {
	r := &reader{batch: b}
	r.refresh()
	return r
}

func (r *reader) refresh() {
	*r = reader{
		batch:    r.batch,
		session:  r.batch.program.Session(),
		scopes:   make([]*scope, len(r.batch.dialects)),
		speeches: map[*facts.File]speech{},
		weighed:  map[*entry]weighing{},
	}
}

// finding is what reading an entry came to.
type finding struct {
	entry    *entry
	found    bool         // there is a struct to be read
	readings []readResult // one for each dialect
	deps     []facts.Symbol
}

// readResult is what one dialect makes of a struct by itself.
type readResult struct {
	own   relation.Evidence
	model *relation.Model
}

// read lets every dialect read one struct.
func (r *reader) read(e *entry) finding {
	f := finding{entry: e, readings: make([]readResult, len(e.readings))}
	if size := r.session.Size(); size > mostTypes || size > mostTypesLoading && r.batch.loading {
		r.refresh()
	}
	uses := &r.batch.uses
	r.session.Begin()
	t, found := r.session.Type(e.ref)
	// What has become another name of a struct is read where that is declared: read twice,
	// it would lead away twice, and forgetting the one would forget what the other leads to.
	f.found = found && t.Shape() == facts.Struct && t.Ref() == e.ref
	var own []relation.Evidence
	if f.found {
		own = r.weighOnce(e, t)
	}
	for d := range f.readings {
		out := &f.readings[d]
		dialect := r.batch.dialects[d]
		misused := uses.misused(e.ref, d)
		switch {
		case f.found:
			out.own = own[d]
		case misused != nil: // it is nothing but these mistakes
			out.own = relation.Evidence{Certainty: relation.Certain, Reason: "handed to the ORM"}
			out.model = &relation.Model{Ref: e.ref, Dialect: dialect.Name, Mistakes: misused}
		}
		if f.found && r.batch.stateOf(e, d, out.own).Certainty > relation.NotModel {
			out.model = trimmed(dialect.Read(r.scope(d), t))
			out.model.Mistakes = append(out.model.Mistakes, misused...)
		}
	}
	f.deps = r.session.EndSame(e.deps)
	return f
}

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
	readings []readResult // of the last finding
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

// finding is what reading an entry came to. It holds until the next one is read.
type finding struct {
	entry    *entry
	found    bool         // there is a struct to be read
	readings []readResult // of dialects that make something of it, in their order
	deps     []facts.Symbol
}

// readResult is what one dialect makes of a struct by itself.
type readResult struct {
	dialect int
	own     relation.Evidence
	model   *relation.Model
}

// of is what a dialect makes of the struct.
func (f *finding) of(d int) readResult {
	for i := range f.readings {
		if f.readings[i].dialect == d {
			return f.readings[i]
		}
	}
	return readResult{dialect: d}
}

// read lets every dialect read one struct that holds it for a model, or is told so by
// somebody's relation.
func (r *reader) read(e *entry) finding {
	if size := r.session.Size(); size > mostTypes || size > mostTypesLoading && r.batch.loading {
		r.refresh()
	}
	f := finding{entry: e, readings: r.readings[:0]}
	r.session.Begin()
	if t, own := r.weighOnce(e); t != nil {
		f.found = true
		r.readStruct(&f, t, own)
	} else {
		r.readMisuses(&f)
	}
	f.deps = r.session.EndSame(e.deps)
	r.readings = f.readings
	return f
}

// readStruct reads a struct as those dialects do of which it is a model: by itself, or by
// somebody's relation.
func (r *reader) readStruct(f *finding, t facts.Type, own []weight) {
	read := f.entry.led()
	for _, w := range own {
		read.add(w.dialect)
	}
	for d := range read.all() {
		out := readResult{dialect: d}
		if len(own) > 0 && own[0].dialect == d {
			out.own, own = own[0].evidence, own[1:]
		}
		if state := r.batch.stateOf(f.entry, d, out.own); state.Certainty > relation.NotModel {
			out.model = trimmed(r.batch.dialects[d].Read(r.scope(d), t))
			out.model.Evidence = state
			out.model.Mistakes = append(out.model.Mistakes, r.batch.uses.misused(f.entry.ref, d)...)
		}
		f.readings = append(f.readings, out)
	}
}

// readMisuses reads what is no struct, and nothing but the mistakes of who hands it to an
// ORM.
func (r *reader) readMisuses(f *finding) {
	if r.batch.uses.wrong[f.entry.ref] == nil {
		return
	}
	for d, dialect := range r.batch.dialects {
		if misused := r.batch.uses.misused(f.entry.ref, d); misused != nil {
			f.readings = append(f.readings, readResult{
				dialect: d,
				own:     relation.Evidence{Certainty: relation.Certain, Reason: "handed to the ORM"},
				model:   &relation.Model{Ref: f.entry.ref, Dialect: dialect.Name, Mistakes: misused},
			})
		}
	}
}

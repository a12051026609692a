package trial

import (
	"maps"
	"slices"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// Truth is what an ORM resolves of one model.
type Truth struct {
	Relations []ask.Resolved // all, or those that come before it is refused
	Refused   bool
}

// Resolved compares the relations of all models, which are given by their ids, with those
// that rells lists for a dialect. Of a model that the ORM refuses only those are known that
// come before the refusal.
func (f *Findings) Resolved(orm string, models map[string]Truth, index ask.Index, dialect string) {
	owns := map[string]int{} // how many columns of a join table are the model's own
	for _, m := range models {
		for _, r := range m.Relations {
			owns[r.ID] = len(r.OwnKeys)
		}
	}
	read := Read(f, index, dialect, func(r ask.Relation) ask.Resolved { return r.Resolved(owns[r.ID]) })
	for _, id := range slices.Sorted(maps.Keys(models)) {
		f.resolved(orm, id, models[id], read[id])
	}
}

// Read is what rells lists for a dialect, in a form of its own, by model and id of the
// relation.
func Read[R any](f *Findings, index ask.Index, dialect string, form func(ask.Relation) R) map[string]map[string]R {
	read := map[string]map[string]R{}
	for _, r := range index.Relations {
		if r.Dialect != dialect {
			continue
		}
		if read[r.Model] == nil {
			read[r.Model] = map[string]R{}
		}
		if _, twice := read[r.Model][r.ID]; twice {
			f.Note("listed twice", r.Model, "%s", r.ID)
		}
		read[r.Model][r.ID] = form(r)
	}
	return read
}

func (f *Findings) resolved(orm, model string, want Truth, read map[string]ask.Resolved) {
	known := map[string]bool{}
	for _, r := range want.Relations {
		f.Compared++
		known[r.ID] = true
		got, ok := read[r.ID]
		if !ok {
			f.Note("missing relation", model, "%s: %v", orm, r)
		} else if aspect := got.Difference(r); aspect != "" {
			f.Note(aspect, model, "rells: %v\n%s: %v", got, orm, r)
		}
	}
	if want.Refused {
		f.Compared++
		return
	}
	for _, id := range slices.Sorted(maps.Keys(read)) {
		if !known[id] {
			f.Compared++
			f.Note("extra relation", model, "rells: %v", read[id])
		}
	}
}

package index

import (
	"maps"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/golang"
)

// Somebody who types edits one struct many times, and each time all that lead to it are
// read again. Most of what that takes is the same as before: so the reader stays from
// one batch to the next, with all that it has learnt from what has not changed.

// resumeReader is the reader of the batch before, as far as it is still right, or a new
// one; resumed tells which.
func (b *batch) resumeReader() (r *reader, resumed bool) {
	r = b.kept
	b.kept = nil
	if r == nil || !r.session.Resume() {
		return b.newReader(), false
	}
	r.batch = b
	r.forgetStale()
	return r, true
}

// keepReader lets the next batch go on with the reader of this one.
func (b *batch) keepReader() {
	b.kept, b.reader = b.reader, nil
	b.kept.batch = nil
}

// forgetStale drops what follows from something that has changed.
func (r *reader) forgetStale() {
	changed := slices.Collect(maps.Keys(r.batch.symbols))
	if len(changed) > mostCompared {
		r.refresh()
		return
	}
	stale := func(t golang.Trace) bool {
		return slices.ContainsFunc(t.Files, r.refreshed) || slices.ContainsFunc(t.Symbols, func(s facts.Symbol) bool {
			return passing(s) || slices.Contains(changed, s)
		})
	}
	for _, s := range r.scopes {
		if s != nil {
			maps.DeleteFunc(s.schemas, func(_ facts.Ref, known schema) bool { return stale(known.trace) })
		}
	}
	maps.DeleteFunc(r.weighed, func(_ *entry, known weighing) bool { return stale(known.trace) })
	maps.DeleteFunc(r.speeches, func(f *facts.File, _ speech) bool { return r.refreshed(f) })
}

// mostCompared is how many changed symbols are looked for one by one.
const mostCompared = 16

func (r *reader) refreshed(f *facts.File) bool {
	_, ok := r.batch.refreshed[f.Path]
	return ok
}

// passing reports whether a symbol stands for something of the linker's own, which may
// change while a batch runs: what follows from it is kept for no longer.
func passing(s facts.Symbol) bool { return s.Package == "" || strings.HasPrefix(s.Name, usesPrefix) }

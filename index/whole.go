package index

import (
	"github.com/rells-dev/rells/index/facts"
)

// Some ORMs cannot be read model by model: what one is may depend on any other, and by
// more ways than names. Their dialects read all there is of their language at once, and
// tell what came out differently from the time before, so that an edit reaches no more of
// the graph, of what rules looked at and of what is shown than what it changes.

// readWholes lets dialects of that kind read again what has changed, and queues the
// entries of which they say something else now.
func (b *batch) readWholes() {
	for d, dialect := range b.dialects {
		if dialect.Whole == nil || b.wholes[d] != nil && !b.stirred(dialect.Language) {
			continue
		}
		now, changed := dialect.Whole(b.scope(d), b.wholes[d])
		b.wholes[d] = now
		for _, ref := range changed {
			if e := b.entries[ref]; e != nil {
				delete(b.weighed, e)
				b.enqueue(ref)
			}
		}
	}
}

// stirred reports whether any file of a language says something else, or says it
// elsewhere.
func (b *batch) stirred(of facts.Language) bool {
	if _, ok := b.symbols[languageSymbol(of)]; ok {
		return true
	}
	for path := range b.refreshed {
		if languageOf(path) == of && b.program.File(path) != nil {
			return true
		}
	}
	return false
}

// Whole is what the dialect has read of all the code of its language.
func (s *scope) Whole() any {
	for d := range s.reader.batch.dialects {
		if s.reader.batch.dialects[d] == s.dialect {
			return s.reader.batch.wholes[d]
		}
	}
	return nil
}

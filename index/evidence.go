package index

import (
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// A struct is a model of a dialect by its own marks, or because a relation of
// another model leads to it: a target is as certain a model as the relation's
// owner. Sources are kept per relation, so that the last one to go takes the
// model with it, and rings of targets that only hold each other are found.

// link makes a relation's target a model.
func (b *batch) link(owner facts.Ref, l lead) {
	e := b.entry(l.target)
	r := e.readingFor(l.dialect)
	if r.sources == nil {
		r.sources = map[relation.FieldID]source{}
	}
	if now := (source{owner, l.found}); r.sources[l.field] != now {
		r.sources[l.field] = now
		b.beside[l.target] = struct{}{}
	}
	b.restate(e, l.dialect)
}

// unlink takes a reason away from a target; settle decides what is left of it.
func (b *batch) unlink(l lead) {
	e := b.entries[l.target]
	if e == nil {
		return
	}
	if r := e.reading(l.dialect); r != nil {
		delete(r.sources, l.field)
	}
	b.beside[l.target] = struct{}{}
	b.lost[target{l.target, l.dialect}] = struct{}{}
}

// stateOf is the evidence that counts for an entry: its own, which is given, or,
// where the relations of others give more, "target of" the first of the surest ones.
// Those that found it because it is a model count only where it is one without them.
func (b *batch) stateOf(e *entry, d int, own relation.Evidence) relation.Evidence {
	r := e.reading(d)
	if own.Certainty == relation.Certain || r == nil {
		return own // whatever the many say that lead to it
	}
	named, found := surest{certainty: own.Certainty}, surest{}
	for field, s := range r.sources {
		owner := b.entries[s.owner]
		switch {
		case owner == nil || s.owner == e.ref:
		case s.found:
			found.weigh(owner.state(d).Certainty, field)
		default:
			named.weigh(owner.state(d).Certainty, field)
		}
	}
	if named.certainty > relation.NotModel {
		named.weigh(found.certainty, found.by)
	}
	if named.by.IsZero() {
		return own
	}
	return relation.Evidence{Certainty: named.certainty, Reason: "target of " + named.by.Short()}
}

// surest is the surest of the relations that lead to an entry, or what it is by itself.
type surest struct {
	certainty relation.Certainty
	by        relation.FieldID // the first of those that give as much; zero: itself
}

func (s *surest) weigh(c relation.Certainty, by relation.FieldID) {
	if c > s.certainty || c == s.certainty && !s.by.IsZero() && compareFields(by, s.by) < 0 {
		s.certainty, s.by = c, by
	}
}

// restate computes the evidence of an entry again and passes a change on to what
// it leads to.
func (b *batch) restate(e *entry, d int) {
	r := e.reading(d)
	if r == nil {
		return // what leads there is still to be linked
	}
	state := b.stateOf(e, d, r.own)
	if state == r.state {
		return
	}
	surer := state.Certainty != r.state.Certainty
	r.state = state
	b.changed[e.ref] = struct{}{}
	if (r.model == nil) != (state.Certainty == relation.NotModel) {
		b.enqueue(e.ref)
		return
	}
	if !surer {
		return
	}
	for _, l := range e.leads {
		if l.dialect == d {
			b.restate(b.entry(l.target), d)
		}
	}
}

// settle decides about the entries that lost a source. Their evidence, and that
// of all they lead to, is taken back to their own and then built up again from
// the outside in, so that a ring of targets does not keep itself alive.
func (b *batch) settle() {
	if len(b.lost) == 0 {
		return
	}
	doubtful := map[target]relation.Evidence{}
	for t := range b.lost {
		b.doubt(t, doubtful)
	}
	clear(b.lost)
	for t := range doubtful {
		r := b.entries[t.ref].reading(t.dialect)
		r.state = r.own
	}
	b.rebuild(doubtful)
	for t, before := range doubtful {
		e := b.entries[t.ref]
		r := e.reading(t.dialect)
		if r.state != before {
			b.changed[t.ref] = struct{}{}
		}
		if b.unwanted(e) || (r.model == nil) != (r.state.Certainty == relation.NotModel) {
			b.enqueue(t.ref)
		}
	}
}

// doubt collects a target and all whose evidence may come from it, with the
// evidence they have now. Entries that are certain by themselves end the search.
func (b *batch) doubt(t target, doubtful map[target]relation.Evidence) {
	stack := []target{t}
	for len(stack) > 0 {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		e := b.entries[t.ref]
		if e == nil {
			continue
		}
		r := e.reading(t.dialect)
		if _, ok := doubtful[t]; ok || r == nil {
			continue
		}
		doubtful[t] = r.state
		if r.own.Certainty == relation.Certain {
			continue
		}
		for _, l := range e.leads {
			if l.dialect == t.dialect {
				stack = append(stack, target{l.target, l.dialect})
			}
		}
	}
}

// rebuild raises the evidence of the doubtful entries, in rounds, until none
// rises any more: at most one round per degree and link of a chain.
func (b *batch) rebuild(doubtful map[target]relation.Evidence) {
	for rising := true; rising; {
		rising = false
		for t := range doubtful {
			e := b.entries[t.ref]
			r := e.reading(t.dialect)
			if state := b.stateOf(e, t.dialect, r.own); state != r.state {
				r.state, rising = state, true
			}
		}
	}
}

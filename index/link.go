package index

import (
	"cmp"
	"maps"
	"slices"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// entry is what the linker knows of one struct: a model, a candidate, or a mere
// target of somebody's relation.
type entry struct {
	ref      facts.Ref
	declared int       // how many files of packages that hold a seed declare it
	handed   int       // how many files hand it to an ORM
	handings uint32    // counts the changes to how they do
	readings []reading // of dialects that make something of it, in their order
	deps     []facts.Symbol
	files    []string // in which its models have a place
	leads    []lead   // to other entries, over all readings; sorted
	node     *Node    // nil while no dialect reads the struct
}

// candidate reports whether the struct may be a model by itself, and not only as
// the target of somebody's relation.
func (e *entry) candidate() bool { return e.declared > 0 || e.handed > 0 }

// reading is what one dialect makes of an entry.
type reading struct {
	dialect int
	own     relation.Evidence           // of the struct by itself
	sources map[relation.FieldID]source // relations that lead to it, and most often make it a model
	state   relation.Evidence           // own, or by way of a source: what counts
	model   *relation.Model             // nil while state says NotModel
}

// reading is what a dialect makes of the entry, nil for nothing.
func (e *entry) reading(d int) *reading {
	for i := range e.readings {
		if e.readings[i].dialect == d {
			return &e.readings[i]
		}
	}
	return nil
}

// readingFor is what a dialect makes of the entry, if nothing so far. It moves the others.
func (e *entry) readingFor(d int) *reading {
	if r := e.reading(d); r != nil {
		return r
	}
	i := len(e.readings)
	for i > 0 && e.readings[i-1].dialect > d {
		i--
	}
	e.readings = slices.Insert(e.readings, i, reading{dialect: d})
	return &e.readings[i]
}

// state is the evidence that counts for a dialect.
func (e *entry) state(d int) relation.Evidence {
	if r := e.reading(d); r != nil {
		return r.state
	}
	return relation.Evidence{}
}

// led are the dialects in which somebody's relation leads to the entry.
func (e *entry) led() dialectSet {
	var set dialectSet
	for i := range e.readings {
		if len(e.readings[i].sources) > 0 {
			set.add(e.readings[i].dialect)
		}
	}
	return set
}

// lead is a relation, or what was meant as one, from one entry to another.
type lead struct {
	dialect int
	field   relation.FieldID
	target  facts.Ref
	found   bool // because it is a model: the lead cannot be what makes it one
}

// source is where a lead comes from.
type source struct {
	owner facts.Ref
	found bool // as in lead
}

type refSet map[facts.Ref]struct{}

// batch is one link: the work that a set of changes causes. First every changed
// file is taken, then reach starts resolving, run reads what is queued, and
// publish makes the snapshot.
type batch struct {
	*linker
	pending   map[string]*facts.File // files whose declarations and uses are to be taken in; nil: none any more
	refreshed map[string]struct{}    // files whose text changed
	symbols   map[facts.Symbol]struct{}

	*reader
	queue  []facts.Ref
	queued refSet
	lost   map[target]struct{} // lost evidence, may be no model any more

	changed refSet              // entries whose node must be made anew
	beside  refSet              // where they newly lead, or no longer do
	moved   map[string]struct{} // files in which entries got or lost a place
}

// target is an entry as one dialect sees it.
type target struct {
	ref     facts.Ref
	dialect int
}

func (l *linker) newBatch() *batch {
	return &batch{
		linker:    l,
		pending:   map[string]*facts.File{},
		refreshed: map[string]struct{}{},
		symbols:   map[facts.Symbol]struct{}{},
		queued:    refSet{},
		lost:      map[target]struct{}{},
		changed:   refSet{},
		beside:    refSet{},
		moved:     map[string]struct{}{},
	}
}

// enqueue asks for an entry to be read again, or for the first time.
func (b *batch) enqueue(ref facts.Ref) {
	if _, ok := b.queued[ref]; !ok {
		b.queued[ref] = struct{}{}
		b.queue = append(b.queue, ref)
	}
}

// run reads what is queued and whatever that turns into models, until nothing is
// left to do.
func (b *batch) run() {
	b.reach()
	b.sortQueue()
	for len(b.queue) > 0 || len(b.lost) > 0 {
		for len(b.queue) > 0 {
			ref := b.queue[len(b.queue)-1]
			b.queue = b.queue[:len(b.queue)-1]
			delete(b.queued, ref)
			b.takeIn(b.read(b.entry(ref)))
		}
		b.settle()
	}
	b.keepReader()
}

// sortQueue sees to it that an edit has structs read in the order in which the edit before
// had. Whoever is read first makes what others share, and is what that follows from first: in
// another order each of them would look at the same in another one, and be watched anew.
func (b *batch) sortQueue() {
	if !b.loading {
		slices.SortFunc(b.queue, facts.Ref.Compare)
	}
}

// entry finds or makes the entry of a struct.
func (b *batch) entry(ref facts.Ref) *entry {
	e := b.entries[ref]
	if e == nil {
		e = &entry{ref: ref}
		b.entries[ref] = e
	}
	return e
}

// takeIn takes in what reading an entry came to.
func (b *batch) takeIn(f finding) {
	e := f.entry
	b.watch(e, f.deps)
	b.changed[e.ref] = struct{}{}
	for _, found := range f.readings {
		e.readingFor(found.dialect)
	}
	for i := range e.readings {
		r := &e.readings[i]
		d, found, table := r.dialect, f.of(r.dialect), tableOf(r.model)
		if found.own.Certainty < r.own.Certainty {
			b.lost[target{e.ref, d}] = struct{}{}
		}
		r.own, r.model = found.own, found.model
		r.state = b.stateOf(e, d, r.own)
		if f.found && (r.model == nil) != (r.state.Certainty == relation.NotModel) {
			b.enqueue(e.ref) // it has become a model, or none, in the meantime
		}
		b.retable(d, e.ref, table, tableOf(r.model))
	}
	b.place(e)
	b.follow(e)
	if b.unwanted(e) {
		b.forget(e)
	}
}

// sourced reports whether somebody's relation leads to the entry.
func (e *entry) sourced() bool {
	return e.led() != 0
}

// unwanted reports whether nothing declares an entry, leads to it or hands it over.
func (b *batch) unwanted(e *entry) bool {
	return !e.candidate() && !e.sourced() && b.uses.wrong[e.ref] == nil
}

// forget drops an entry that nothing declares and nothing leads to.
func (b *batch) forget(e *entry) {
	for i := range e.readings {
		b.retable(e.readings[i].dialect, e.ref, tableOf(e.readings[i].model), "")
	}
	e.readings = nil
	b.watch(e, nil)
	b.place(e)
	b.follow(e)
	delete(b.entries, e.ref)
	delete(b.weighed, e)
}

// watch replaces the symbols, in order, on which the entry depends: most often
// by the same ones.
func (b *batch) watch(e *entry, deps []facts.Symbol) {
	if slices.Equal(e.deps, deps) {
		return
	}
	for _, s := range e.deps {
		remove(b.readers, s, e)
	}
	e.deps = deps
	for _, s := range deps {
		add(b.readers, s, e)
	}
}

// place replaces the files in which the entry has places. Only where that is
// another set than before, the books of a file change: half a workspace may have
// a place in the file of a common base.
func (b *batch) place(e *entry) {
	var files []string
	for i := range e.readings {
		if m := e.readings[i].model; m != nil {
			files = appendFiles(files, m)
		}
	}
	slices.Sort(files)
	files = slices.Compact(files)
	for _, f := range e.files {
		if _, stays := slices.BinarySearch(files, f); !stays {
			b.moved[f] = struct{}{}
			remove(b.placed, f, e.ref)
		}
	}
	for _, f := range files {
		if _, was := slices.BinarySearch(e.files, f); !was {
			b.moved[f] = struct{}{}
			add(b.placed, f, e.ref)
		}
	}
	e.files = files
}

// appendFiles appends the files of every place in the model.
func appendFiles(files []string, m *relation.Model) []string {
	note := func(p relation.Place) {
		if p.File != "" && (len(files) == 0 || files[len(files)-1] != p.File) {
			files = append(files, p.File)
		}
	}
	note(m.Place)
	note(m.Body)
	for i := range m.Fields {
		note(m.Fields[i].Place)
	}
	for i := range m.Relations {
		note(m.Relations[i].Place)
		note(m.Relations[i].Tag)
	}
	for i := range m.Mentions {
		note(m.Mentions[i].Place)
	}
	for i := range m.Mistakes {
		note(m.Mistakes[i].Place)
		for _, r := range m.Mistakes[i].Related {
			note(r.Place)
		}
	}
	return files
}

// follow replaces the leads of an entry: new targets become models, old ones may
// have lost their last reason.
func (b *batch) follow(e *entry) {
	old := e.leads
	e.leads = e.findLeads()
	if slices.Equal(old, e.leads) {
		for _, l := range e.leads {
			b.link(e.ref, l)
		}
		return
	}
	kept := make(map[lead]struct{}, len(e.leads))
	for _, l := range e.leads {
		kept[l] = struct{}{}
	}
	for _, l := range old {
		if _, ok := kept[l]; !ok {
			b.unlink(l)
		}
	}
	for _, l := range e.leads {
		b.link(e.ref, l)
	}
}

// findLeads lists where the models of the entry lead to.
func (e *entry) findLeads() []lead {
	var leads []lead
	for i := range e.readings {
		d, m := e.readings[i].dialect, e.readings[i].model
		if m == nil {
			continue
		}
		for i := range m.Relations {
			leads = append(leads, lead{d, m.Relations[i].ID, m.Relations[i].Target, false})
			if j := m.Relations[i].JoinModel; !j.IsZero() {
				leads = append(leads, lead{d, m.Relations[i].ID, j, m.Relations[i].JoinByTable})
			}
		}
		for i := range m.Mistakes {
			if t := m.Mistakes[i].Target; !t.IsZero() {
				leads = append(leads, lead{d, m.Mistakes[i].Field, t, false})
			}
		}
		for i := range m.Statements {
			if t := m.Statements[i].Target; !t.IsZero() {
				leads = append(leads, lead{d, m.Statements[i].Field, t, false})
			}
		}
	}
	slices.SortFunc(leads, func(a, b lead) int {
		return cmp.Or(cmp.Compare(a.dialect, b.dialect), compareFields(a.field, b.field), a.target.Compare(b.target), compareFound(a, b))
	})
	return slices.Compact(leads)
}

// compareFound puts the lead last that makes a model of its target: of two with one
// field, the last counts.
func compareFound(a, b lead) int {
	switch {
	case a.found == b.found:
		return 0
	case a.found:
		return -1
	}
	return 1
}

func compareFields(a, b relation.FieldID) int {
	return cmp.Or(a.Model.Compare(b.Model), cmp.Compare(a.Field, b.Field))
}

func add[K, E comparable, S ~map[E]struct{}](in map[K]S, key K, element E) {
	set := in[key]
	if set == nil {
		set = S{}
		in[key] = set
	}
	set[element] = struct{}{}
}

func remove[K, E comparable, S ~map[E]struct{}](in map[K]S, key K, element E) {
	set := in[key]
	delete(set, element)
	if len(set) == 0 {
		delete(in, key)
	}
}

// list lists a set in no order.
func (s refSet) list() []facts.Ref {
	return slices.AppendSeq(make([]facts.Ref, 0, len(s)), maps.Keys(s))
}

// sorted lists a set in the order of identities.
func (s refSet) sorted() []facts.Ref {
	list := s.list()
	slices.SortFunc(list, facts.Ref.Compare)
	return list
}

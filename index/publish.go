package index

import (
	"maps"

	"github.com/rells-dev/rells/index/facts"
)

// publish makes the snapshot that follows prev: the nodes of what changed, the
// sides of what leads to them, the files they stand in. Everything else is shared.
func (b *batch) publish(prev *Snapshot) *Snapshot {
	b.catchUp(prev)
	next := &Snapshot{
		index:      prev.index,
		dialects:   b.dialects,
		settings:   b.settings,
		generation: prev.generation + 1,
		nodes:      prev.nodes.copy(),
		files:      prev.files.Copy(),
		nodesIn:    prev.nodesIn.Copy(),
		leadingTo:  prev.leadingTo.copy(),
		touched:    prev.touched,
	}
	touched := b.publishNodes(next)
	b.publishFiles(next)
	b.touchAddressed(prev, next, touched)
	b.bytes.forget()
	next.touched.record(next.generation, touched.list(), false)
	return next
}

// publishWhole makes the first snapshot of a new linker, in which nothing of prev
// is left but its place in the sequence.
func (b *batch) publishWhole(prev *Snapshot) *Snapshot {
	base := emptySnapshot()
	base.index, base.generation, base.touched = prev.index, prev.generation, prev.touched
	next := b.publish(base)
	next.touched.record(next.generation, nil, true)
	return next
}

func (b *batch) publishNodes(next *Snapshot) (touched refSet) {
	touched = make(refSet, len(b.changed))
	for ref := range b.changed {
		touched[ref] = struct{}{}
		b.addOwners(touched, ref)
		b.renew(next, ref)
	}
	for ref := range b.beside {
		owners := refSet{}
		b.addOwners(owners, ref)
		if len(owners) == 0 {
			next.leadingTo.delete(ref)
		} else {
			next.leadingTo.set(ref, owners.sorted())
		}
	}
	b.pairAll(next, touched)
	return touched
}

// publishFiles gives the snapshot the files that are open or in which a model has
// a place, with the text that their facts were read from.
func (b *batch) publishFiles(next *Snapshot) {
	for path := range b.moved {
		if placed := b.placed[path]; len(placed) == 0 {
			next.nodesIn.Delete(path)
		} else {
			next.nodesIn.Set(path, placed.sorted())
		}
		b.refreshed[path] = struct{}{}
	}
	for path := range b.refreshed {
		f := b.program.File(path)
		switch {
		case f == nil || !b.shows(path):
			next.files.Delete(path)
		case !b.keeps(next, path, f):
			next.files.Set(path, b.file(path, f))
		}
	}
}

// shows reports whether snapshots hold the file.
func (b *batch) shows(path string) bool { return b.open[path] != nil || len(b.placed[path]) > 0 }

// keeps reports whether the file in the snapshot is still that of the facts.
func (b *batch) keeps(s *Snapshot, path string, f *facts.File) bool {
	old, ok := s.files.Get(path)
	return ok && old.Facts == f && b.open[path] == nil && !old.Open
}

// touchAddressed adds the nodes of files that are read anew and hold directives: one
// is told of as long as it has no effect, and its effect is on all of its file.
func (b *batch) touchAddressed(prev, next *Snapshot, touched refSet) {
	for path := range b.refreshed {
		if prev.addressed(path) || next.addressed(path) {
			maps.Copy(touched, b.placed[path])
		}
	}
}

// addressed reports whether the file holds directives.
func (s *Snapshot) addressed(path string) bool {
	f, ok := s.File(path)
	return ok && len(f.Facts.Directives) > 0
}

// file is the snapshot's file for the given facts, with the text that they were
// read from: catchUp has seen to it that it is remembered.
func (b *batch) file(path string, f *facts.File) *File {
	if d := b.open[path]; d != nil {
		leftOut := b.files.Within(path) && !b.files.Contains(path)
		return &File{Facts: f, Source: d.text, Open: true, Version: d.version, Outside: leftOut}
	}
	return &File{Facts: f, Source: b.bytes.texts[path], Outside: !b.files.Contains(path)}
}

// renew puts the entry's new node, still without sides, into the snapshot.
func (b *batch) renew(next *Snapshot, ref facts.Ref) {
	e := b.entries[ref]
	if e != nil {
		e.node = b.compose(e)
	}
	if e == nil || e.node == nil {
		next.nodes.delete(ref)
		return
	}
	next.nodes.set(ref, e.node)
}

// pairAll computes the sides of the given nodes: of those that are not new in nodes of
// their own, since readers of older snapshots may hold what is there.
func (b *batch) pairAll(next *Snapshot, refs refSet) {
	p := pairer{node: next.Node}
	for ref := range refs {
		n := next.Node(ref)
		if n == nil {
			continue
		}
		sides := p.sides(n)
		if _, fresh := b.changed[ref]; !fresh {
			paired := *n
			n = &paired
			b.entries[ref].node = n
			next.nodes.set(ref, n)
		}
		n.sides = sides
	}
}

// addOwners adds the owners of the relations that lead to an entry.
func (b *batch) addOwners(owners refSet, ref facts.Ref) {
	if e := b.entries[ref]; e != nil {
		for i := range e.readings {
			for _, s := range e.readings[i].sources {
				owners[s.owner] = struct{}{}
			}
		}
	}
}

package index

import (
	"github.com/tidwall/btree"

	"github.com/rells-dev/rells/index/facts"
)

// refMap holds something for each of many structs, in their order. A copy costs nothing
// until one of the two is changed. Keys are not spelt out, which would make garbage of each
// look-up: an edit that many depend on takes a thousand.
type refMap[V any] struct {
	tree *btree.BTreeG[refItem[V]]
}

type refItem[V any] struct {
	ref   facts.Ref
	value V
}

func newRefMap[V any]() refMap[V] {
	before := func(a, b refItem[V]) bool { return a.ref.Compare(b.ref) < 0 }
	// Whoever changes a map does so before any other goroutine has it.
	return refMap[V]{btree.NewBTreeGOptions(before, btree.Options{NoLocks: true})}
}

func (m refMap[V]) copy() refMap[V] { return refMap[V]{m.tree.Copy()} }

func (m refMap[V]) get(ref facts.Ref) V {
	item, _ := m.tree.Get(refItem[V]{ref: ref})
	return item.value
}

func (m refMap[V]) set(ref facts.Ref, value V) { m.tree.Set(refItem[V]{ref, value}) }

func (m refMap[V]) delete(ref facts.Ref) { m.tree.Delete(refItem[V]{ref: ref}) }

// from yields the values of the given struct and of all behind it, in order.
func (m refMap[V]) from(first facts.Ref) func(yield func(V) bool) {
	return func(yield func(V) bool) {
		m.tree.Ascend(refItem[V]{ref: first}, func(item refItem[V]) bool { return yield(item.value) })
	}
}

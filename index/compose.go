package index

import (
	"slices"

	"github.com/rells-dev/rells/index/relation"
)

// compose makes the node of an entry, without sides: one model for each dialect
// that reads the struct, the native tag's statements moved to the relations
// beside which they stand. It returns nil when no dialect reads the struct.
func (l *linker) compose(e *entry) *Node {
	node := &Node{Ref: e.ref}
	var native *relation.Model
	for i := range e.readings {
		r := &e.readings[i]
		if r.model == nil {
			continue
		}
		m := r.model
		if m.Evidence != r.state {
			m = copied(m)
			m.Evidence = r.state
		}
		if l.dialects[r.dialect].Native {
			native = m
			continue
		}
		node.Models = append(node.Models, m)
	}
	if native != nil {
		node.join(native)
	}
	if len(node.Models) == 0 {
		return nil
	}
	return node
}

// join puts the native model beside the ORMs' models of the same struct. Where an
// ORM has a relation on the field of a statement, the statement goes there and
// the native relation, with what was wrong about its keys, gives way.
func (n *Node) join(native *relation.Model) {
	native = copied(native)
	for i, m := range n.Models {
		n.Models[i] = copied(m)
		n.Models[i].Relations = slices.Clone(m.Relations)
	}
	stated := map[string]bool{}
	for i := range native.Statements {
		s := &native.Statements[i]
		for _, m := range n.Models {
			for j := range m.Relations {
				if r := &m.Relations[j]; r.ID == s.Field {
					r.Stated = s
					stated[s.Field.Field] = true
				}
			}
		}
	}
	native.Relations = slices.DeleteFunc(slices.Clone(native.Relations), func(r relation.Relation) bool {
		return stated[r.ID.Field]
	})
	native.Mistakes = slices.DeleteFunc(slices.Clone(native.Mistakes), func(m relation.Mistake) bool {
		return stated[m.Field.Field] && m.Kind != relation.TagMalformed
	})
	if len(n.Models) > 0 && len(native.Relations) == 0 && len(native.Mistakes) == 0 && allStated(native, stated) {
		first := n.Models[0]
		first.Mentions = slices.Concat(first.Mentions, native.Mentions)
		return
	}
	n.Models = append(n.Models, native)
}

// copied is a model that may be changed: what was read may be in an older snapshot, too.
func copied(m *relation.Model) *relation.Model {
	own := *m
	return &own
}

// allStated reports whether every statement of the native model has found its
// relation of an ORM.
func allStated(native *relation.Model, stated map[string]bool) bool {
	return !slices.ContainsFunc(native.Statements, func(s relation.Statement) bool { return !stated[s.Field.Field] })
}

// trimmed is a model as it was read, without the room that appending left over: a
// model stays for as long as nothing about it changes.
func trimmed(m *relation.Model) *relation.Model {
	if m != nil {
		m.Fields = exact(m.Fields)
		m.Relations = exact(m.Relations)
		m.Mentions = exact(m.Mentions)
	}
	return m
}

// exact is a slice without room for more.
func exact[T any](s []T) []T {
	if len(s) == cap(s) {
		return s
	}
	e := make([]T, len(s))
	copy(e, s)
	return e
}

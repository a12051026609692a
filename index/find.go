package index

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/relation"
)

// FindFields lists the fields of models that a person may mean by Model.Field, by
// id. The model may be qualified by the last parts of its import path, or all of it:
// User.Posts, models.User.Posts, example.com/shop/models.User.Posts. nodes are those
// whose name fits, whether or not they have the field.
func (s *Snapshot) FindFields(name string) (fields []relation.FieldID, nodes []*Node) {
	for n := range s.Nodes() {
		selector, ok := n.selectorIn(name)
		if !ok {
			continue
		}
		nodes = append(nodes, n)
		if id := n.fieldNamed(selector); !id.IsZero() {
			fields = append(fields, id)
		}
	}
	return fields, nodes
}

// FindModels lists the models that a person may mean by a name, which may be qualified
// as in FindFields.
func (s *Snapshot) FindModels(name string) []*Node {
	var nodes []*Node
	for n := range s.Nodes() {
		if selector, ok := n.selectorIn(name + "."); ok && selector == "" && len(n.Models) > 0 && !n.Models[0].Misused() {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// selectorIn cuts the node's own name, qualified or not, from the front of a name.
func (n *Node) selectorIn(name string) (string, bool) {
	qualified := n.Ref.String()
	for {
		if selector, ok := strings.CutPrefix(name, qualified+"."); ok {
			return selector, true
		}
		_, rest, ok := strings.Cut(qualified, "/")
		if !ok {
			return strings.CutPrefix(name, n.Ref.Name+".")
		}
		qualified = rest
	}
}

// fieldNamed is the field that a selector, or a path through embedded structs,
// names; zero for none.
func (n *Node) fieldNamed(selector string) relation.FieldID {
	for _, m := range n.Models {
		if _, ok := m.FieldBySelector(selector); ok {
			return relation.FieldID{Model: n.Ref, Field: selector}
		}
		i := slices.IndexFunc(m.Relations, func(r relation.Relation) bool { return r.Named(selector) })
		if i >= 0 {
			return m.Relations[i].ID
		}
	}
	return relation.FieldID{}
}

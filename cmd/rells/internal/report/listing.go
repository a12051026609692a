package report

import (
	"cmp"
	"slices"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// Listing is the output of `rells index --format json`.
type Listing struct {
	Version   int        `json:"version"` // 1
	Models    []Model    `json:"models"`  // by id
	Relations []Relation `json:"relations"`
}

// Model is one struct that at least one dialect reads as a model.
type Model struct {
	ID       string   `json:"id"` // import path, dot, name
	Name     string   `json:"name"`
	Dialects []string `json:"dialects"`
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Table    string   `json:"table,omitempty"`
}

// Relation is one relation as one dialect reads it: ID and Dialect together are
// unique, and their order is the order of the list.
type Relation struct {
	ID          string       `json:"id"` // the model's, dot, shortest selector of the field
	Model       string       `json:"model"`
	Field       string       `json:"field"`
	Target      string       `json:"target"`
	Kind        string       `json:"kind"`
	Dialect     string       `json:"dialect"`
	Keys        []Key        `json:"keys,omitempty"`
	JoinTable   string       `json:"joinTable,omitempty"`
	JoinKeys    []JoinKey    `json:"joinKeys,omitempty"`
	Polymorphic *Polymorphic `json:"polymorphic,omitempty"`
	Inverse     string       `json:"inverse,omitempty"`
	Pairing     string       `json:"pairing"`
	File        string       `json:"file"`
	Line        int          `json:"line"`
	Column      int          `json:"column"`
}

// Key is one foreign key and what it points to, both as field ids.
type Key struct {
	ForeignKey string `json:"foreignKey"`
	References string `json:"references"`
}

// JoinKey is a column of a join table and the id of the field it points to.
type JoinKey struct {
	Column     string `json:"column"`
	References string `json:"references"`
}

// Polymorphic is how a polymorphic relation finds its owner.
type Polymorphic struct {
	Type  string `json:"type"`
	ID    string `json:"id"`
	Value string `json:"value"`
}

// NewListing lists the models and relations of a snapshot, with paths relative
// to root.
func NewListing(s *index.Snapshot, root string) *Listing {
	l := &Listing{Version: 1, Models: []Model{}, Relations: []Relation{}}
	for node := range s.Nodes() {
		if len(node.Models) == 0 || node.Models[0].Misused() {
			continue
		}
		l.Models = append(l.Models, listModel(s, root, node))
		for _, m := range node.Models {
			for i := range m.Relations {
				l.Relations = append(l.Relations, listRelation(s, root, &m.Relations[i]))
			}
		}
	}
	slices.SortFunc(l.Models, func(a, b Model) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(l.Relations, func(a, b Relation) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Dialect, b.Dialect))
	})
	return l
}

// listModel describes a node; all its models are declared at the same place.
func listModel(s *index.Snapshot, root string, node *index.Node) Model {
	place := node.Models[0].Place
	model := Model{
		ID:   node.Ref.String(),
		Name: node.Ref.Name,
		File: relative(root, place.File),
		Line: Files(s.File).rangeOf(place).Start.Line,
	}
	for _, m := range node.Models {
		model.Dialects = append(model.Dialects, m.Dialect)
		model.Table = cmp.Or(model.Table, m.Table)
	}
	return model
}

func listRelation(s *index.Snapshot, root string, r *relation.Relation) Relation {
	at := Files(s.File).rangeOf(r.Place).Start
	listed := Relation{
		ID:        r.ID.String(),
		Model:     r.ID.Model.String(),
		Field:     r.ID.Field,
		Target:    r.Target.String(),
		Kind:      r.Kind.String(),
		Dialect:   r.Dialect,
		JoinTable: r.JoinTable,
		File:      relative(root, r.Place.File),
		Line:      at.Line,
		Column:    at.Column,
	}
	if r.Kind != relation.ManyToMany {
		for _, k := range r.Keys {
			listed.Keys = append(listed.Keys, Key{fieldID(k.ForeignKey), fieldID(k.References)})
		}
	}
	for _, k := range r.JoinKeys {
		listed.JoinKeys = append(listed.JoinKeys, JoinKey{k.Column, fieldID(k.References)})
	}
	if p := r.Polymorphic; p != nil {
		listed.Polymorphic = &Polymorphic{fieldID(p.Type), fieldID(p.ID), p.Value}
	}
	pair := s.Pair(r)
	listed.Pairing = pair.Pairing.String()
	listed.Inverse = fieldID(pair.Inverse)
	return listed
}

// fieldID is the id of a field; a column of no known model stands for itself.
func fieldID(id relation.FieldID) string {
	if id.Model.IsZero() {
		return id.Field
	}
	return id.String()
}

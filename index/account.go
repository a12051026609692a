package index

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Account is what there is to say about a relation.
type Account struct {
	Relation *relation.Relation
	Inverse  *relation.Relation // nil for none
	// Join is the condition under which rows belong together, in columns where
	// they are known: "books.author_id = authors.id"; "" where it cannot be told.
	Join string
	// Pairing says why the inverse is the inverse, or why there is none.
	Pairing string
}

// Account tells about a relation.
func (s *Snapshot) Account(r *relation.Relation) Account {
	a := Account{Relation: r, Inverse: s.Inverse(r), Join: s.joinCondition(r)}
	if a.Inverse != nil {
		a.Pairing = s.whyPaired(r, a.Inverse)
	} else {
		a.Pairing = s.whyAlone(r)
	}
	return a
}

func (s *Snapshot) joinCondition(r *relation.Relation) string {
	var terms []string
	for _, k := range r.Keys {
		terms = append(terms, s.column(k.ForeignKey, r.Dialect)+" = "+s.column(k.References, r.Dialect))
	}
	for _, k := range r.JoinKeys {
		terms = append(terms, r.JoinTable+"."+k.Column+" = "+s.column(k.References, r.Dialect))
	}
	if p := r.Polymorphic; p != nil && p.Value != "" {
		terms = append(terms, s.column(p.Type, r.Dialect)+" = '"+p.Value+"'")
	}
	return strings.Join(terms, " and ")
}

// column is a field as the database knows it, or, where that is not known, as the
// source does.
func (s *Snapshot) column(id relation.FieldID, dialect string) string {
	m := s.Node(id.Model).Model(dialect)
	if m == nil {
		return id.Short()
	}
	f, ok := m.FieldBySelector(id.Field)
	switch {
	case m.Table == "" || ok && f.Column == "":
		return id.Short()
	case !ok:
		return m.Table + "." + id.Field // a column without a field
	}
	return m.Table + "." + f.Column
}

func (s *Snapshot) whyPaired(r, inverse *relation.Relation) string {
	switch {
	case names(r, inverse) && names(inverse, r):
		return "both sides name each other"
	case names(r, inverse):
		return r.ID.Short() + " names " + inverse.ID.Short()
	case names(inverse, r):
		return inverse.ID.Short() + " names " + r.ID.Short()
	case s.Pair(r).Pairing != relation.Inferred:
		return "the declaration says so"
	case r.Kind == relation.ManyToMany:
		return "both sides use the join table " + r.JoinTable
	}
	return "both sides use the same foreign key"
}

// names reports whether a tag on r names g as its inverse.
func names(r, g *relation.Relation) bool {
	return r.Stated != nil && r.Stated.BackPopulates != nil && g.Named(r.Stated.BackPopulates.Text)
}

func (s *Snapshot) whyAlone(r *relation.Relation) string {
	target := r.Target.Name
	switch {
	case r.Stated != nil && r.Stated.OneWay:
		return "none: marked one-way"
	case r.Polymorphic != nil:
		return "none: a polymorphic relation has no inverse"
	case r.Foreign:
		return fmt.Sprintf("none: %s lies in a package that cannot import %s back", target, r.ID.Model.Name)
	case r.Stated != nil && r.Stated.BackPopulates != nil && !s.hasField(r.Target, r.Stated.BackPopulates.Text):
		return fmt.Sprintf("none: %s has no field %s", target, r.Stated.BackPopulates.Text)
	case r.Stated != nil && r.Stated.BackPopulates != nil:
		return fmt.Sprintf("none: %s.%s does not lead back", target, r.Stated.BackPopulates.Text)
	}
	if claims := s.Pair(r).Claims; len(claims) > 1 {
		var list []string
		for _, id := range claims {
			list = append(list, id.Short())
		}
		return "not certain: it could be " + strings.Join(list, " or ")
	}
	if r.Embedded {
		return "none: it stands in an embedded struct and belongs to every model that embeds it"
	}
	if r.Kind == relation.ManyToMany {
		return fmt.Sprintf("none: no relation of %s uses the join table %s", target, r.JoinTable)
	}
	return fmt.Sprintf("none: no relation of %s uses the same foreign key", target)
}

// hasField reports whether some dialect knows a field of the struct by this name,
// which may be the full path through embedded structs.
func (s *Snapshot) hasField(ref facts.Ref, name string) bool {
	n := s.Node(ref)
	if n == nil {
		return false
	}
	for r := range n.relations {
		if r.Named(name) {
			return true
		}
	}
	return slices.ContainsFunc(n.Models, func(m *relation.Model) bool {
		_, ok := m.FieldBySelector(name)
		return ok || m.Open
	})
}

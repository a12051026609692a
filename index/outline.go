package index

import (
	"cmp"
	"slices"

	"github.com/rells-dev/rells/index/relation"
)

// RelationsIn lists the relations that a file declares, ordered by place, one for
// each field: of several dialects the first, and of several models that embed the
// struct that struct itself, where it is one, else the first.
func (s *Snapshot) RelationsIn(path string) []*relation.Relation {
	var found []*relation.Relation
	for _, n := range s.NodesIn(path) {
		for r := range n.relations {
			if r.Place.File == path {
				found = append(found, r)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b *relation.Relation) int {
		return cmp.Or(comparePlaces(a.Place, b.Place), compareBool(a.Embedded, b.Embedded))
	})
	return slices.CompactFunc(found, func(a, b *relation.Relation) bool { return a.Place == b.Place })
}

// compareBool puts false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// Relations lists the relations of the whole workspace, ordered by model, one for
// each field of each model.
func (s *Snapshot) Relations() []*relation.Relation {
	var found []*relation.Relation
	for n := range s.Nodes() {
		seen := map[string]bool{}
		for r := range n.relations {
			if !seen[r.ID.Field] {
				seen[r.ID.Field] = true
				found = append(found, r)
			}
		}
	}
	return found
}

// Declaration is the relation's field: its name, and the field from the name to the
// end of its tag.
func (s *Snapshot) Declaration(r *relation.Relation) Destination { return s.destination(r.Place) }

// Sides are the two relations of a pair.
type Sides struct {
	Relation, Inverse *relation.Relation
}

// PairsIn lists the pairs whose first side a file declares, ordered by place. A
// relation in an embedded struct has an inverse for each model that embeds it.
func (s *Snapshot) PairsIn(path string) []Sides {
	var pairs []Sides
	for _, n := range s.NodesIn(path) {
		for r := range n.relations {
			if r.Place.File != path {
				continue
			}
			if inverse := s.Inverse(r); inverse != nil {
				pairs = append(pairs, Sides{r, inverse})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b Sides) int {
		return cmp.Or(comparePlaces(a.Relation.Place, b.Relation.Place), compareFields(a.Inverse.ID, b.Inverse.ID))
	})
	return slices.CompactFunc(pairs, func(a, b Sides) bool {
		return a.Relation.Place == b.Relation.Place && a.Inverse.ID == b.Inverse.ID
	})
}

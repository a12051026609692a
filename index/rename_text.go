package index

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/relation"
)

// RelationNameAt finds the name of a relation in a text of code, where the relation is
// declared by a text too: the language's own server cannot rename it.
func (s *Snapshot) RelationNameAt(path string, offset int) (relation.Mention, bool) {
	for _, m := range s.TextsAt(path, offset) {
		place, ok := s.FieldPlace(m.Field)
		r := s.Relation(m.Field, "")
		if !ok || r == nil || r.Made {
			continue // what a declaration makes is an attribute to code, which goes on using it
		}
		if file, ok := s.File(place.File); ok && file.quotes(place.Span) {
			return m, true
		}
	}
	return relation.Mention{}, false
}

// RenameRelation renders the renaming of the relation that a text at an offset names:
// where it is declared, and wherever a text names it. The error says why that cannot be
// done for certain.
func (s *Snapshot) RenameRelation(path string, offset int, name string) ([]Edit, error) {
	if name == "" || strings.ContainsFunc(name, func(r rune) bool { return r >= 0x80 || !isNamePart(byte(r)) || r == '-' || r == '.' }) {
		return nil, fmt.Errorf("%q cannot be the name of a relation", name)
	}
	m, ok := s.RelationNameAt(path, offset)
	if !ok {
		return nil, fmt.Errorf("no relation is named here")
	}
	ids, places := s.namedTogether(path, offset)
	for _, id := range ids {
		if s.Relation(id, "") == nil {
			return nil, fmt.Errorf("the same text names %s, which is no relation", id.Short())
		}
		if model := s.Node(id.Model).Model(""); model != nil && name != id.Field {
			if _, taken := model.FieldBySelector(name); taken {
				return nil, fmt.Errorf("%s has a %s already", id.Model.Name, name)
			}
		}
	}
	var edits []Edit
	for _, place := range places {
		edit, err := s.renameAt(place, m.Text, name)
		if err != nil {
			return nil, err
		}
		edits = append(edits, edit)
	}
	return edits, nil
}

// namedTogether lists the fields that can only be renamed together with what is named at an
// offset, and where all of them are declared and named: one text, as that of a constant or
// in a base of several models, may be the name of many.
func (s *Snapshot) namedTogether(path string, offset int) (ids []relation.FieldID, places []relation.Place) {
	ids = s.fieldsMeant(path, offset)
	for i := 0; i < len(ids); i++ {
		named := s.namings(ids[i])
		for _, place := range named {
			at := int(place.Span.Start)
			for _, id := range append(s.fieldsMeant(place.File, at), s.fieldsDeclared(place.File, at)...) {
				if !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
			}
		}
		places = append(places, named...)
	}
	slices.SortFunc(places, comparePlaces)
	return ids, slices.Compact(places)
}

// namings lists where a field is declared, and where it is named.
func (s *Snapshot) namings(id relation.FieldID) []relation.Place {
	var places []relation.Place
	if place, ok := s.FieldPlace(id); ok {
		places = append(places, place)
	}
	for _, m := range s.References(id) {
		if m.Role != relation.NameRole {
			places = append(places, m.Place)
		}
	}
	return places
}

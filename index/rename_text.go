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
		if !ok || s.Relation(m.Field, "") == nil {
			continue
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
	for _, id := range s.fieldsMeant(path, offset) {
		if model := s.Node(id.Model).Model(""); model != nil && name != id.Field {
			if _, taken := model.FieldBySelector(name); taken {
				return nil, fmt.Errorf("%s has a %s already", id.Model.Name, name)
			}
		}
	}
	var edits []Edit
	for _, place := range s.Occurrences(path, offset, true) {
		edit, err := s.renameAt(place, m.Text, name)
		if err != nil {
			return nil, err
		}
		edits = append(edits, edit)
	}
	return slices.Compact(edits), nil
}

package index

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/relation"
)

// ColumnAt finds the name of a column at an offset inside a tag, where a tag gives the
// column its name. One that goes by the name of its field is renamed with that.
func (s *Snapshot) ColumnAt(path string, offset int) (relation.Mention, bool) {
	for _, m := range s.MentionsAt(path, offset) {
		if namesFieldColumn(&m) && s.declaresColumn(m) {
			return m, true
		}
	}
	return relation.Mention{}, false
}

// namesFieldColumn reports whether a mention names a field by its column.
func namesFieldColumn(m *relation.Mention) bool {
	switch m.Role {
	case relation.ColumnRole, relation.OwnColumnRole, relation.TargetColumnRole,
		relation.JoinOwnColumnRole, relation.JoinTargetColumnRole:
		return !m.Field.IsZero()
	}
	return false
}

func (s *Snapshot) declaresColumn(named relation.Mention) bool {
	return slices.ContainsFunc(s.References(named.Field), func(m relation.Mention) bool { return m.Role == relation.ColumnRole })
}

// RenameColumn renders the renaming of the column that the name at an offset is: where
// the tag of its field gives it, and wherever a tag names it. The error says why that
// cannot be done for certain.
func (s *Snapshot) RenameColumn(path string, offset int, name string) ([]Edit, error) {
	named, ok := s.ColumnAt(path, offset)
	if !ok {
		return nil, fmt.Errorf("no column is named here")
	}
	if name == "" || strings.ContainsFunc(name, endsTableName) || strings.ContainsAny(name, "=()-") {
		return nil, fmt.Errorf("%q cannot be the name of a column", name)
	}
	var edits []Edit
	for _, id := range s.fieldsMeant(path, offset) { // one for each model that has the field
		for _, m := range s.Node(id.Model).Models {
			if f, ok := columnOf(m, name); ok && f.Selector != id.Field {
				return nil, fmt.Errorf("%s is the column of %s.%s already", name, id.Model.Name, f.Selector)
			}
		}
		for _, m := range s.References(id) {
			if !namesFieldColumn(&m) {
				continue
			}
			edit, err := s.renameAt(m.Place, named.Text, name)
			if err != nil {
				return nil, err
			}
			edits = append(edits, edit)
		}
	}
	slices.SortFunc(edits, func(a, b Edit) int {
		return comparePlaces(relation.Place{File: a.Path, Span: a.Span}, relation.Place{File: b.Path, Span: b.Span})
	})
	return slices.Compact(edits), nil
}

// columnOf is the field of a model that has the column.
func columnOf(m *relation.Model, column string) (*relation.Field, bool) {
	for i := range m.Fields {
		if f := &m.Fields[i]; f.Column == column && !f.Ignored {
			return f, true
		}
	}
	return nil, false
}

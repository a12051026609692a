package index

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/rells-dev/rells/index/relation"
)

// JoinTableAt finds the name of a join table at an offset inside a tag. What else
// can be named in a tag is renamed where it is declared, which is what the error
// says. It returns false, and no error, where no tag names anything.
func (s *Snapshot) JoinTableAt(path string, offset int) (relation.Mention, bool, error) {
	mentions := s.MentionsAt(path, offset)
	for _, m := range mentions {
		if m.Table != "" {
			return m, true, nil
		}
	}
	if cursor, inTag := s.TagCursor(path, offset); !inTag || cursor.Dialect == nil {
		return relation.Mention{}, false, nil
	}
	for _, m := range mentions {
		switch {
		case !m.Field.IsZero():
			return relation.Mention{}, false, fmt.Errorf("the field %s is renamed where it is declared; tags that name it can be updated then", m.Field.Short())
		case !m.Model.IsZero():
			return relation.Mention{}, false, fmt.Errorf("the model %s is renamed where it is declared", m.Model.Name)
		}
	}
	return relation.Mention{}, false, errors.New("only the names of join tables can be renamed in a tag")
}

// RenameTable renders the renaming of a join table: wherever a tag names it, and
// where the TableName method of the model behind it returns it. The error says why
// that cannot be done for certain.
func (s *Snapshot) RenameTable(table, name string) ([]Edit, error) {
	if err := s.mayBeCalled(table, name); err != nil {
		return nil, err
	}
	var edits []Edit
	for _, m := range s.TableReferences(table) {
		edit, err := s.renameAt(m.Place, m.Text, name)
		if err != nil {
			return nil, err
		}
		edits = append(edits, edit)
	}
	for n := range s.Nodes() {
		m := n.Model("")
		if m.Table != table {
			continue
		}
		place, ok := s.tableName(m)
		if !ok || name != strings.ToLower(name) {
			return nil, fmt.Errorf("%s is the table of %s, which cannot be renamed for certain", table, m.Ref.Name)
		}
		edit, err := s.renameAt(place, table, name)
		if err != nil {
			return nil, err
		}
		edits = append(edits, edit)
	}
	slices.SortFunc(edits, func(a, b Edit) int {
		return comparePlaces(relation.Place{File: a.Path, Span: a.Span}, relation.Place{File: b.Path, Span: b.Span})
	})
	return slices.Compact(edits), nil
}

// mayBeCalled reports why a join table cannot have the name.
func (s *Snapshot) mayBeCalled(table, name string) error {
	if name == "" || strings.ContainsFunc(name, endsTableName) {
		return fmt.Errorf("%q cannot be the name of a join table", name)
	}
	if name == table {
		return nil
	}
	for n := range s.Nodes() {
		for _, m := range n.Models {
			if m.Table == name {
				return fmt.Errorf("%s is the table of %s already", name, m.Ref.Name)
			}
		}
		for r := range n.relations {
			if r.JoinTable == name {
				return fmt.Errorf("%s is the join table of %s already", name, r.ID.Short())
			}
		}
	}
	return nil
}

// endsTableName reports whether a character ends a name in a tag of some dialect,
// or the tag itself.
func endsTableName(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("\"`\\;,:+", r)
}

// renameAt replaces a name, which must stand in the source as it is.
func (s *Snapshot) renameAt(place relation.Place, from, to string) (Edit, error) {
	file, ok := s.File(place.File)
	switch {
	case !ok:
		return Edit{}, fmt.Errorf("%s is not read", place.File)
	case file.Outside, file.Facts.Generated, !file.Facts.ValidUTF8:
		return Edit{}, fmt.Errorf("%s is named in %s, which must not be edited", from, place.File)
	case string(file.Source[place.Span.Start:place.Span.End]) != from:
		return Edit{}, fmt.Errorf("%s is written with escapes in %s", from, place.File)
	}
	return Edit{Path: place.File, Span: place.Span, NewText: to}, nil
}

// tableName finds the literal that the TableName method of a model returns, in the
// files of the snapshot.
func (s *Snapshot) tableName(m *relation.Model) (relation.Place, bool) {
	var found []relation.Place
	for path, file := range s.Files() {
		if n := s.packageOf(path); n != m.Ref.Package {
			continue
		}
		for _, method := range file.Facts.Methods {
			if method.Receiver == m.Ref.Name && method.Name.Text == "TableName" && method.Literal.Text == m.Table {
				found = append(found, relation.Place{File: path, Span: method.Literal.Span})
			}
		}
	}
	if len(found) != 1 {
		return relation.Place{}, false
	}
	return found[0], true
}

// packageOf is the import path of a file's package, "" for one without models.
func (s *Snapshot) packageOf(path string) string {
	for _, n := range s.NodesIn(path) {
		if slices.ContainsFunc(n.Models, func(m *relation.Model) bool { return m.Place.File == path }) {
			return n.Ref.Package
		}
	}
	return ""
}

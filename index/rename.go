package index

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// JoinTableAt finds the name of a join table at an offset inside a tag. What else
// can be named in a tag is renamed where it is declared, which is what the error
// says. It returns false, and no error, where no tag names anything.
func (s *Snapshot) JoinTableAt(path string, offset int) (relation.Mention, bool, error) {
	mentions := s.MentionsAt(path, offset)
	for _, m := range mentions {
		if namesTable(&m) {
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

// RenameTable renders the renaming of the table that a mention names: wherever a tag
// names it, and where the TableName method of the model behind it returns it. name is
// what is to stand in place of the mention. The error says why that cannot be done for
// certain.
func (s *Snapshot) RenameTable(named relation.Mention, name string) ([]Edit, error) {
	table := tablePrefix(&named) + name
	if err := s.mayBeCalled(named.Table, name, table); err != nil {
		return nil, err
	}
	var edits []Edit
	references := s.TableReferences(named.Table)
	for _, m := range references {
		edit, err := s.renameReference(&m, table)
		if err != nil {
			return nil, err
		}
		edits = append(edits, edit)
	}
	for n := range s.Nodes() {
		for _, m := range n.Models {
			if m.Table != named.Table || declaresTable(m) {
				continue
			}
			edit, err := s.renameModel(m, references, table)
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

// tablePrefix is what an ORM puts before the name of a table that stands in a tag.
func tablePrefix(m *relation.Mention) string {
	prefix, ok := strings.CutSuffix(m.Table, m.Text)
	if !ok {
		return "" // it makes another name of what stands there
	}
	return prefix
}

// renameReference has a tag name another table.
func (s *Snapshot) renameReference(m *relation.Mention, table string) (Edit, error) {
	text, ok := strings.CutPrefix(table, tablePrefix(m))
	if !ok || text == "" {
		return Edit{}, fmt.Errorf("%s puts %q before the name of the table, which %q does not begin with", m.Relation.Short(), tablePrefix(m), table)
	}
	if m.Role == relation.JoinModelRole && s.declaresBeside(m.Place.File, text) {
		return Edit{}, fmt.Errorf("%s is a type: in the tag of %s it would not be the name of a table", text, m.Relation.Short())
	}
	return s.renameAt(m.Place, m.Text, text)
}

// declaresBeside reports whether a file in the same folder declares a type of the name.
func (s *Snapshot) declaresBeside(path, name string) bool {
	for other, file := range s.Files() {
		if filepath.Dir(other) == filepath.Dir(path) && slices.ContainsFunc(file.Facts.Decls, func(d facts.Decl) bool {
			return d.Within == "" && d.Name.Text == name
		}) {
			return true
		}
	}
	return false
}

// declaresTable reports whether a tag of the model names its table: the mentions of
// that one are renamed like any other.
func declaresTable(m *relation.Model) bool {
	return slices.ContainsFunc(m.Mentions, func(mention relation.Mention) bool {
		return mention.Role == relation.TableRole && mention.Table == m.Table
	})
}

// renameModel gives a model another table.
func (s *Snapshot) renameModel(m *relation.Model, references []relation.Mention, table string) (Edit, error) {
	place, ok := s.tableName(m)
	if !ok {
		return Edit{}, fmt.Errorf("%s is the table of %s, which cannot be renamed for certain", m.Table, m.Ref.Name)
	}
	for _, r := range references {
		if !strings.HasSuffix(m.Table, r.Text) || r.Role == relation.JoinTableRole && table != strings.ToLower(table) {
			return Edit{}, fmt.Errorf("%s is the table of %s: for that to stay so the name has to be in lower case here and in the tag of %s",
				m.Table, m.Ref.Name, r.Relation.Short())
		}
	}
	return s.renameAt(place, m.Table, table)
}

// mayBeCalled reports why a join table cannot have the name, by which another table is
// meant: the name with whatever the ORM puts before it.
func (s *Snapshot) mayBeCalled(was, name, table string) error {
	if name == "" || strings.ContainsFunc(name, endsTableName) {
		return fmt.Errorf("%q cannot be the name of a join table", name)
	}
	changed := words(table) // what an ORM may make of a name that is not in lower case
	taken := func(other string) bool {
		return other != "" && other != was && (other == table || table != changed && (other == changed || other == changed+"s"))
	}
	for n := range s.Nodes() {
		for _, m := range n.Models {
			if taken(m.Table) {
				return fmt.Errorf("%s is the table of %s already", m.Table, m.Ref.Name)
			}
		}
		for r := range n.relations {
			if taken(r.JoinTable) {
				return fmt.Errorf("%s is the join table of %s already", r.JoinTable, r.ID.Short())
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

package index

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// layout is how the structs of a file look, as far as that tells what is renamed.
type layout []structLayout

// structLayout is one struct.
type structLayout struct {
	name   string // behind that of the function around it, if any: "TestX.User"
	fields []fieldLayout
	whole  bool // could be read whole, and no two fields have one name
	held   bool // half typed: fields, some or all, are those of the state before
}

// fieldLayout is one field.
type fieldLayout struct {
	name     string
	embedded bool
	rest     string // type and tag, as written
	column   string // "" where no model has the field, or not as a column
}

// layoutOf is how a file of the snapshot looks.
func (s *Snapshot) layoutOf(path string) layout {
	file, ok := s.File(path)
	if !ok {
		return nil
	}
	columns := s.columnsIn(path)
	var l layout
	for i := range file.Facts.Decls {
		d := &file.Facts.Decls[i]
		if d.Type.Kind != facts.StructExpr {
			continue
		}
		of := structLayout{name: structName(d), whole: !damaged(file.Facts, d)}
		for _, f := range d.Type.Fields {
			if f.Name.Text == "_" {
				continue
			}
			of.whole = of.whole && !slices.Contains(of.names(), f.Name.Text)
			of.fields = append(of.fields, fieldLayout{
				name:     f.Name.Text,
				embedded: f.Embedded,
				rest:     string(file.Source[f.Type.Span.Start:f.Type.Span.End]) + " " + f.Literal.Text,
				column:   columns[f.Name.Span],
			})
		}
		l = append(l, of)
	}
	return l
}

// columnsIn are the columns of the fields that a file declares, by the places of
// their names.
func (s *Snapshot) columnsIn(path string) map[facts.Span]string {
	columns := map[facts.Span]string{}
	for _, n := range s.NodesIn(path) {
		for _, m := range n.Models {
			for i := range m.Fields {
				if f := &m.Fields[i]; f.Place.File == path && f.Column != "" && columns[f.Place.Span] == "" {
					columns[f.Place.Span] = f.Column
				}
			}
		}
	}
	return columns
}

// structName is the name of a struct with that of the function around it.
func structName(d *facts.Decl) string {
	if d.Within == "" {
		return d.Name.Text
	}
	return d.Within + "." + d.Name.Text
}

// damaged reports whether something in the declaration could not be read.
func damaged(f *facts.File, d *facts.Decl) bool {
	return slices.ContainsFunc(f.Defects, func(defect facts.Defect) bool {
		return defect.Span.End > d.Span.Start && defect.Span.Start < d.Span.End
	})
}

// broken reports whether something outside of all declarations could not be read: a
// struct that is not there may be one that somebody is typing the name of.
func broken(f *facts.File) bool {
	return slices.ContainsFunc(f.Defects, func(defect facts.Defect) bool {
		return !slices.ContainsFunc(f.Decls, func(d facts.Decl) bool {
			return defect.Span.End > d.Span.Start && defect.Span.Start < d.Span.End
		})
	})
}

// sameNames reports whether two states of a file declare the same structs with fields
// of the same names, so that nothing can have been renamed.
func sameNames(a, b *facts.File) bool {
	return slices.EqualFunc(a.Decls, b.Decls, func(a, b facts.Decl) bool {
		return a.Name.Text == b.Name.Text && a.Within == b.Within &&
			slices.EqualFunc(a.Type.Fields, b.Type.Fields, func(a, b facts.Field) bool {
				return a.Name.Text == b.Name.Text && a.Embedded == b.Embedded
			})
	})
}

func (s *structLayout) names() []string {
	names := make([]string, len(s.fields))
	for i := range s.fields {
		names[i] = s.fields[i].name
	}
	return names
}

// declares reports whether a field has the name. That of an embedded one does not count:
// so does the beginning of a new field look, as long as it has no type.
func (s *structLayout) declares(name string) bool {
	return slices.ContainsFunc(s.fields, func(f fieldLayout) bool { return f.name == name && !f.embedded })
}

func (l layout) names() []string {
	names := make([]string, len(l))
	for i := range l {
		names[i] = l[i].name
	}
	return names
}

// index is where the struct of that name is, -1 for nowhere.
func (l layout) index(name string) int {
	return slices.IndexFunc(l, func(s structLayout) bool { return s.name == name })
}

// renamedStructs are the new names of structs, by the old ones: of those that still
// have the same fields.
func (l layout) renamedStructs(after layout) map[string]string {
	renamed := map[string]string{}
	for i, j := range replaced(l.names(), after.names()) {
		if names := l[i].names(); len(names) > 0 && slices.Equal(names, after[j].names()) {
			renamed[l[i].name] = after[j].name
		}
	}
	return renamed
}

// renamedFields are the fields, by their old names, that have another name and are
// otherwise the same. Of a field that is embedded the name is that of its type, so that
// it is never renamed alone; and one that has become embedded has most likely lost its
// name only until another one is typed. In after such a field is what it was before.
func (s *structLayout) renamedFields(after *structLayout) map[string]string {
	renamed := map[string]string{}
	pairs := replaced(s.names(), after.names())
	for i, old := range s.fields {
		j, ok := pairs[i]
		if !ok {
			j = slices.IndexFunc(after.fields, func(f fieldLayout) bool { return f.name == old.name })
		}
		if j < 0 || old.embedded || after.fields[j].rest != old.rest {
			continue
		}
		switch now := after.fields[j]; {
		case now.embedded:
			after.fields[j], after.held = old, true
		case now.name != old.name:
			renamed[old.name] = now.name
		}
	}
	return renamed
}

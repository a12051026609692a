// Package generate grows worlds of random models for go-rel: legal ones, in all the ways
// in which relations can be declared or left to be inferred, and a quarter of them with a
// mistake.
package generate

import (
	"fmt"
	"go/format"
	"strings"
)

// World is structs that lead to each other, in one package.
type World struct {
	Structs []*Struct
	lists   []string // declarations of slice types
}

// Struct is one type: a model, or something that models embed or keep in a column.
type Struct struct {
	Name     string
	Embedded bool   // no model of its own
	Table    string // that its method Table returns; "" for none
	Methods  bool   // it says its primary key itself
	Fields   []*Field
	Mistake  bool
}

// Field is one field of a struct.
type Field struct {
	Name, Type string
	Anonymous  bool
	Column     string // that the db tag gives; "" for none
	Suffix     string // ",primary", ",embedded"
	Tags       []Tag  // those of relations
	Role       Role
}

// Tag is one key:"value" of a tag.
type Tag struct{ Key, Value string }

// Role says what a field is for.
type Role uint8

// The roles.
const (
	Column Role = iota
	Key
	ForeignKey
	Relation
)

// db is the db tag of a field, "" for none.
func (f *Field) db() string { return f.Column + f.Suffix }

// tag is the value of a tag; nil for none.
func (f *Field) tag(key string) *Tag {
	for i := range f.Tags {
		if f.Tags[i].Key == key {
			return &f.Tags[i]
		}
	}
	return nil
}

// literal is the field's whole tag.
func (f *Field) literal() string {
	pairs := []string{`json:"` + strings.ToLower(f.Name) + `"`}
	if f.db() != "" {
		pairs = append(pairs, `db:"`+f.db()+`"`)
	}
	for _, t := range f.Tags {
		pairs = append(pairs, t.Key+`:"`+t.Value+`"`)
	}
	return "`" + strings.Join(pairs, " ") + "`"
}

// field finds a field of the struct itself, nil for none.
func (s *Struct) field(name string) *Field {
	for _, f := range s.Fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// add adds the fields whose names are not taken.
func (s *Struct) add(fields ...*Field) {
	for _, f := range fields {
		if s.field(f.Name) == nil {
			s.Fields = append(s.Fields, f)
		}
	}
}

// hasID reports whether go-rel finds a column id in the struct.
func (s *Struct) hasID() bool {
	f := s.field("ID")
	return f != nil && f.Column == ""
}

// Models are the structs of which go-rel is asked.
func (w *World) Models() []*Struct {
	var models []*Struct
	for _, s := range w.Structs {
		if !s.Embedded {
			models = append(models, s)
		}
	}
	return models
}

// Render is the package of the world: the models, code that hands them to a repository,
// and what the oracle's program asks for.
func (w *World) Render(name string) ([]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport (\n\t\"context\"\n\t\"time\"\n\n\t\"github.com/go-rel/rel\"\n)\n\nvar _ time.Time\n\n", name)
	for _, list := range w.lists {
		b.WriteString(list + "\n\n")
	}
	var values, parts []string
	for _, s := range w.Structs {
		s.render(&b)
		if s.Embedded {
			parts = append(parts, "&"+s.Name+"{}")
		} else {
			values = append(values, "&"+s.Name+"{}")
		}
	}
	b.WriteString("func Insert(ctx context.Context, repo rel.Repository) {\n")
	for _, value := range values {
		fmt.Fprintf(&b, "\trepo.MustInsert(ctx, %s)\n", value)
	}
	fmt.Fprintf(&b, "}\n\nfunc Models() []any { return []any{%s} }\n", strings.Join(values, ", "))
	fmt.Fprintf(&b, "\nfunc Parts() []any { return []any{%s} }\n", strings.Join(parts, ", "))
	return format.Source([]byte(b.String()))
}

func (s *Struct) render(b *strings.Builder) {
	fmt.Fprintf(b, "type %s struct {\n", s.Name)
	for _, f := range s.Fields {
		if f.Anonymous {
			fmt.Fprintf(b, "\t%s %s\n", f.Type, f.literal())
		} else {
			fmt.Fprintf(b, "\t%s %s %s\n", f.Name, f.Type, f.literal())
		}
	}
	b.WriteString("}\n\n")
	if s.Table != "" {
		fmt.Fprintf(b, "func (%s) Table() string { return %q }\n\n", s.Name, s.Table)
	}
	if s.Methods {
		fmt.Fprintf(b, "func (%s) PrimaryFields() []string { return []string{\"number\"} }\n\n", s.Name)
		fmt.Fprintf(b, "func (%s) PrimaryValues() []any { return []any{1} }\n\n", s.Name)
	}
}

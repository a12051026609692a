// Package generate grows worlds of random Bun models: legal ones, in all the ways in
// which tags can be written, and a quarter of them with a mistake.
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

// Struct is one type: a model, or something that models embed.
type Struct struct {
	Name    string
	Role    Role
	Base    string // tag of the bun.BaseModel that it embeds
	HasBase bool
	Fields  []*Field
	Hidden  bool // a join model that nobody makes known
	Mistake bool
	extends *Struct
}

// Role says what a struct is for.
type Role uint8

// The roles.
const (
	Model    Role = iota
	Join          // a join model, made known with RegisterModel unless Hidden
	Embedded      // only embedded, or kept in a column
)

// Field is one field of a struct.
type Field struct {
	Name, Type string
	Anonymous  bool
	Column     string   // that the tag gives first, "" for none
	Options    []string // "pk", "join:a=b"
	Key        bool     // part of the primary key
	Untagged   bool     // has no tag, whatever Options say
}

// column is the name of the field's column.
func (f *Field) column() string {
	if f.Column != "" {
		return f.Column
	}
	return underscore(f.Name)
}

// option is the index of an option by its name, -1 for none.
func (f *Field) option(name string) int {
	for i, o := range f.Options {
		if key, _, _ := strings.Cut(o, ":"); key == name {
			return i
		}
	}
	return -1
}

// tag is the field's tag: a first option with a value may stand where the column's
// name would.
func (f *Field) tag() string {
	if f.Untagged || f.Column == "" && len(f.Options) == 0 {
		return ""
	}
	text := strings.Join(append([]string{f.Column}, f.Options...), ",")
	if f.Column == "" && strings.Contains(f.Options[0], ":") {
		text = text[1:]
	}
	return "`bun:\"" + strings.ReplaceAll(text, `"`, `\"`) + "\"`"
}

// keys are the fields of the primary key that the struct itself declares or, where it
// declares none, those of the structs that it embeds without a name.
func (w *World) keys(s *Struct) []*Field {
	var keys []*Field
	for _, f := range s.Fields {
		if f.Key {
			keys = append(keys, f)
		}
	}
	for _, f := range s.Fields {
		if base := w.named(strings.TrimPrefix(f.Type, "*")); f.Anonymous && base != nil && len(keys) == 0 {
			keys = append(keys, w.keys(base)...)
		}
	}
	return keys
}

func (w *World) named(name string) *Struct {
	for _, s := range w.Structs {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// has reports whether a name is taken in the struct.
func (s *Struct) has(name string) bool {
	for _, f := range s.Fields {
		if f.Name == name {
			return true
		}
	}
	return false
}

// add adds the fields whose names are not taken.
func (s *Struct) add(fields ...*Field) {
	for _, f := range fields {
		if !s.has(f.Name) {
			s.Fields = append(s.Fields, f)
		}
	}
}

// Models are the structs of which Bun is asked.
func (w *World) Models() []*Struct {
	var models []*Struct
	for _, s := range w.Structs {
		if s.Role != Embedded {
			models = append(models, s)
		}
	}
	return models
}

// Render is the package of the world: the models, a function Register that a program
// would call, and what the oracle's program asks for.
func (w *World) Render(name string) ([]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport (\n\t\"time\"\n\n\t\"github.com/uptrace/bun\"\n)\n\nvar _ time.Time\n\n", name)
	for _, list := range w.lists {
		b.WriteString(list + "\n\n")
	}
	var models, joins, queried []string
	for _, s := range w.Structs {
		s.render(&b)
		value := "(*" + s.Name + ")(nil)"
		if s.Role == Embedded {
			continue
		}
		models = append(models, value)
		if s.Role == Join && !s.Hidden {
			joins = append(joins, value)
		} else if !s.HasBase {
			queried = append(queried, value)
		}
	}
	fmt.Fprintf(&b, "func Register(db *bun.DB) {\n\tdb.RegisterModel(%s)\n", strings.Join(joins, ", "))
	for _, value := range queried {
		fmt.Fprintf(&b, "\tdb.NewSelect().Model(%s)\n", value)
	}
	fmt.Fprintf(&b, "}\n\nfunc Models() []any { return []any{%s} }\n\nfunc Joins() []any { return []any{%s} }\n",
		strings.Join(models, ", "), strings.Join(joins, ", "))
	return format.Source([]byte(b.String()))
}

func (s *Struct) render(b *strings.Builder) {
	fmt.Fprintf(b, "type %s struct {\n", s.Name)
	if s.HasBase {
		tag := ""
		if s.Base != "" {
			tag = "`bun:\"" + s.Base + "\"`"
		}
		fmt.Fprintf(b, "\tbun.BaseModel %s\n", tag)
	}
	for _, f := range s.Fields {
		if f.Anonymous {
			fmt.Fprintf(b, "\t%s %s\n", f.Type, f.tag())
		} else {
			fmt.Fprintf(b, "\t%s %s %s\n", f.Name, f.Type, f.tag())
		}
	}
	b.WriteString("}\n\n")
}

// Package generate grows worlds of random go-pg models: legal ones, in all the ways in
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
	Name     string
	Role     Role
	Table    string // tag of its tableName
	HasTable bool
	Fields   []*Field
	Hidden   bool // a join model that nobody makes known
	Mistake  bool
	inherits *Struct
}

// Role says what a struct is for.
type Role uint8

// The roles.
const (
	Model    Role = iota
	Join          // a join model, made known with RegisterTable unless Hidden
	Embedded      // only embedded, or kept in a column
)

// Field is one field of a struct.
type Field struct {
	Name, Type string
	Anonymous  bool
	Column     string   // that the tag gives first, "" for none
	Options    []string // "pk", "fk:a"
	Key        bool     // part of the primary key
	Guessed    bool     // a relation that nothing says is one
	Foreign    bool     // a foreign key
	Old        string   // tag of the key sql, which go-pg hardly reads any more
	spaced     bool     // a space behind each comma
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

// related reports whether the field says that it is a relation.
func (f *Field) related() bool { return f.option("rel") >= 0 || f.option("many2many") >= 0 }

// tag is the field's tag: a first option with a value may stand where the column's
// name would.
func (f *Field) tag() string {
	var tags []string
	if f.Column != "" || len(f.Options) > 0 {
		comma := ","
		if f.spaced {
			comma = ", "
		}
		text := strings.Join(append([]string{f.Column}, f.Options...), comma)
		if f.Column == "" && strings.Contains(f.Options[0], ":") {
			text = text[len(comma):]
		}
		tags = append(tags, `pg:"`+text+`"`)
	}
	if f.Old != "" {
		tags = append(tags, `sql:"`+f.Old+`"`)
	}
	if tags == nil {
		return ""
	}
	return "`" + strings.Join(tags, " ") + "`"
}

// keys are the fields of the primary key that the struct itself declares or, where it
// declares none, those of the structs that it embeds.
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

// modelName is the name by which go-pg calls a model's foreign keys.
func (s *Struct) modelName() string {
	if s.inherits != nil {
		return s.inherits.modelName()
	}
	return s.Name
}

// Models are the structs of which go-pg is asked.
func (w *World) Models() []*Struct {
	var models []*Struct
	for _, s := range w.Structs {
		if s.Role != Embedded {
			models = append(models, s)
		}
	}
	return models
}

// Render is the package of the world: the models, a function that a program would call,
// and what the oracle's program asks for.
func (w *World) Render(name string) ([]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport (\n\t\"database/sql\"\n\t\"time\"\n\n\t\"github.com/go-pg/pg/v10\"\n\t\"github.com/go-pg/pg/v10/orm\"\n)\n\n"+
		"var _ time.Time\n\nvar _ sql.NullInt64\n\n", name)
	for _, list := range w.lists {
		b.WriteString(list + "\n\n")
	}
	var models, joins []string
	var calls strings.Builder
	for _, s := range w.Structs {
		s.render(&b)
		value := "(*" + s.Name + ")(nil)"
		switch {
		case s.Role == Embedded:
			continue
		case s.Role == Join && !s.Hidden:
			joins = append(joins, value)
			fmt.Fprintf(&calls, "\torm.RegisterTable(%s)\n", value)
		case !s.HasTable:
			fmt.Fprintf(&calls, "\t_ = db.Model(%s).Select()\n", value)
		}
		models = append(models, value)
	}
	fmt.Fprintf(&b, "func Register(db *pg.DB) {\n\torm.RegisterTable((*known)(nil))\n%s}\n\ntype known struct{ ID int64 }\n\n", calls.String())
	fmt.Fprintf(&b, "func Models() []any { return []any{%s} }\n\nfunc Joins() []any { return []any{%s} }\n",
		strings.Join(models, ", "), strings.Join(joins, ", "))
	return format.Source([]byte(b.String()))
}

func (s *Struct) render(b *strings.Builder) {
	fmt.Fprintf(b, "type %s struct {\n", s.Name)
	if s.HasTable {
		tag := ""
		if s.Table != "" {
			tag = "`pg:\"" + s.Table + "\"`"
		}
		fmt.Fprintf(b, "\ttableName struct{} %s\n", tag)
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

// Package generate grows worlds of random pop models: legal ones, in all the ways in which
// tags can be written, and a quarter of them with a mistake.
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
	Fields   []*Field
	Table    string // that TableName returns, "" without one
	Pointer  bool   // TableName is declared on the pointer
	Context  bool   // TableName takes a context
	Created  bool   // some code creates it eagerly
	Embedded bool   // only embedded: pop is not asked of it
	Mistake  bool
	word     bool // a string and no struct
	key      string
}

// Field is one field of a struct.
type Field struct {
	Name, Type string
	Anonymous  bool
	Tags       []string // key, value, key, value ...
}

// Models are the structs of which pop is asked.
func (w *World) Models() []*Struct {
	var models []*Struct
	for _, s := range w.Structs {
		if !s.Embedded {
			models = append(models, s)
		}
	}
	return models
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

// add adds a field whose name is not taken.
func (s *Struct) add(name, typ string, tags ...string) {
	if !s.has(name) {
		s.Fields = append(s.Fields, &Field{Name: name, Type: typ, Tags: tags})
	}
}

// Render is the package of the world: the models, a function that creates some of them,
// and what the oracle's program asks for.
func (w *World) Render(name string) ([]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport (\n\t\"context\"\n\n\t\"github.com/gobuffalo/nulls\"\n\t\"github.com/gobuffalo/pop/v6\"\n\t\"github.com/gofrs/uuid\"\n)\n\n", name)
	b.WriteString("var (\n\t_ context.Context\n\t_ nulls.Int\n\t_ uuid.UUID\n)\n\n")
	for _, list := range w.lists {
		b.WriteString(list + "\n\n")
	}
	var models, created []string
	for _, s := range w.Structs {
		s.render(&b)
		if !s.Embedded {
			models = append(models, "(*"+s.Name+")(nil)")
		}
		if s.Created {
			created = append(created, "\ttx.Eager().Create(&"+s.Name+"{})\n")
		}
	}
	fmt.Fprintf(&b, "func create(tx *pop.Connection) {\n%s}\n\nfunc Models() []any { return []any{%s} }\n",
		strings.Join(created, ""), strings.Join(models, ", "))
	return format.Source([]byte(b.String()))
}

func (s *Struct) render(b *strings.Builder) {
	if s.word {
		fmt.Fprintf(b, "type %s string\n\n", s.Name)
		return
	}
	fmt.Fprintf(b, "type %s struct {\n", s.Name)
	for _, f := range s.Fields {
		var tags []string
		for i := 0; i < len(f.Tags); i += 2 {
			tags = append(tags, fmt.Sprintf("%s:%q", f.Tags[i], f.Tags[i+1]))
		}
		tag := ""
		if len(tags) > 0 {
			tag = "`" + strings.Join(tags, " ") + "`"
		}
		if f.Anonymous {
			fmt.Fprintf(b, "\t%s %s\n", f.Type, tag)
		} else {
			fmt.Fprintf(b, "\t%s %s %s\n", f.Name, f.Type, tag)
		}
	}
	b.WriteString("}\n\n")
	if s.Table == "" {
		return
	}
	receiver, params := s.Name, ""
	if s.Pointer {
		receiver = "*" + receiver
	}
	if s.Context {
		params = "ctx context.Context"
	}
	fmt.Fprintf(b, "func (%s) TableName(%s) string { return %q }\n\n", receiver, params, s.Table)
}

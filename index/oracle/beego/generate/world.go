// Package generate grows worlds of random Beego models: legal ones, in all the ways in
// which tags can be written, and a quarter of them with a mistake.
package generate

import (
	"fmt"
	"go/format"
	"strings"
)

// World is structs that lead to each other, in one package.
type World struct {
	Path    string // import path of the package
	Structs []*Struct
}

// Struct is one type: a model, or something that models embed.
type Struct struct {
	Name     string
	Embedded bool // only embedded in others
	Fields   []*Field
	Table    string // what its method TableName returns, "" for none
	Call     string // the function that registers it; "" for none
	Affix    string // prefix or suffix that the call is handed
	Handed   string // how it is handed over, with %s for its name: "new(%s)"
	Mistake  bool
}

// Field is one field of a struct.
type Field struct {
	Name, Type string
	Anonymous  bool
	Options    []string // "rel(fk)", "null"
	Tag        string   // the whole tag, where it is not made of Options
}

func (f *Field) tag() string {
	switch {
	case f.Tag != "":
		return "`" + f.Tag + "`"
	case len(f.Options) == 0:
		return ""
	}
	return "`orm:\"" + strings.Join(f.Options, ";") + "\"`"
}

// says reports whether an option stands in the field's tag.
func (f *Field) says(option string) bool {
	for _, o := range f.Options {
		if strings.EqualFold(strings.TrimSpace(o), option) {
			return true
		}
	}
	return false
}

// has reports whether a name or a column that is made of it is taken.
func (w *World) has(s *Struct, name string) bool {
	for _, f := range s.Fields {
		if f.Name == name {
			return true
		}
		if base := w.named(f.Type); f.Anonymous && base != nil && w.has(base, name) {
			return true
		}
	}
	return false
}

// add adds a field unless its name is taken.
func (w *World) add(s *Struct, f *Field) bool {
	if w.has(s, f.Name) {
		return false
	}
	s.Fields = append(s.Fields, f)
	return true
}

func (w *World) named(name string) *Struct {
	for _, s := range w.Structs {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// Models are the structs that Beego is asked of.
func (w *World) Models() []*Struct {
	var models []*Struct
	for _, s := range w.Structs {
		if !s.Embedded {
			models = append(models, s)
		}
	}
	return models
}

// leads reports whether a field of the struct says the option and leads to the target.
func (w *World) leads(s *Struct, option string, target *Struct) bool {
	for _, f := range s.Fields {
		if f.says(option) && strings.TrimLeft(f.Type, "[]*") == target.Name {
			return true
		}
		if base := w.named(f.Type); f.Anonymous && base != nil && w.leads(base, option, target) {
			return true
		}
	}
	return false
}

// Render is the package of the world: the models, a function Register that a program
// would call, and what the oracle's program asks for.
func (w *World) Render(name string) ([]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport (\n\t\"database/sql\"\n\t\"time\"\n\n\t\"github.com/beego/beego/v2/client/orm\"\n)\n\n"+
		"var (\n\t_ time.Time\n\t_ sql.NullString\n)\n\n%s", name, fielders)
	var calls, handed strings.Builder
	for _, s := range w.Structs {
		s.render(&b)
		if s.Call == "" {
			continue
		}
		value := strings.ReplaceAll(s.Handed, "%s", s.Name)
		affix, key := "", "Prefix"
		if s.Call != "RegisterModel" {
			affix = fmt.Sprintf("%q, ", s.Affix)
		}
		if s.Call == "RegisterModelWithSuffix" {
			key = "Suffix"
		}
		fmt.Fprintf(&calls, "\torm.%s(%s%s)\n", s.Call, affix, value)
		fmt.Fprintf(&handed, "\t\t{%q, %s, %q, %q},\n", s.Name, value, key, s.Affix)
	}
	fmt.Fprintf(&b, "func Register() {\n%s}\n\nfunc Handed() [][4]any {\n\treturn [][4]any{\n%s\t}\n}\n", calls.String(), handed.String())
	return format.Source([]byte(b.String()))
}

func (s *Struct) render(b *strings.Builder) {
	fmt.Fprintf(b, "type %s struct {\n", s.Name)
	for _, f := range s.Fields {
		if f.Anonymous {
			fmt.Fprintf(b, "\t%s %s\n", f.Type, f.tag())
		} else {
			fmt.Fprintf(b, "\t%s %s %s\n", f.Name, f.Type, f.tag())
		}
	}
	b.WriteString("}\n\n")
	if s.Table != "" {
		fmt.Fprintf(b, "func (*%s) TableName() string { return %q }\n\n", s.Name, s.Table)
	}
}

// fielders are types that say themselves how they are kept.
const fielders = `type Money int64

func (Money) String() string        { return "" }
func (Money) FieldType() int        { return orm.TypeBigIntegerField }
func (*Money) SetRaw(any) error     { return nil }
func (Money) RawValue() any         { return nil }

type Reference struct{ Money }

func (Reference) FieldType() int { return orm.RelForeignKey }

type Nothing struct{ Money }

func (Nothing) FieldType() int { return 0 }

type Level int8

`

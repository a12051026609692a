// Package generate writes random Go packages of GORM models. Its models are
// grown from the cases of testdata/rules, which have one for each rule of
// GORM's, and from a freehand that draws fields and tags at random.
package generate

import (
	"go/ast"
	"go/parser"
	"slices"
	"strings"
)

// World is a small closed set of Go types: models, the structs embedded in
// them, and the types of their columns. One world makes one to three packages.
type World struct {
	Types []*Type
}

// Type is one type declaration.
type Type struct {
	Name    string
	Params  string // type parameters with brackets, as "[T any]"
	Struct  bool
	Alias   bool
	Expr    string // what a type that is no struct is declared as, as "[]Post"
	Fields  []Field
	Methods []Method
	Role    Role
	Mistake bool // a mistake was put into this type on purpose
}

// Field is one field of a struct. Name is empty for an embedded field.
type Field struct {
	Name string
	Type string // a type expression that names types of the world bare
	Tag  string // the whole tag, without quotes
}

// Method is a method of a type. Text is its declaration with receiver and body,
// which name no other type of the world.
type Method struct {
	Name string
	Text string
}

// Role says what a type is for.
type Role int

// The roles of types: a model is parsed on its own; a base is only ever
// embedded; a value is neither, as the type of a column or a defined slice.
const (
	Model Role = iota
	Base
	Value
)

func (w *World) lookup(name string) *Type {
	for _, t := range w.Types {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// Models returns the types that GORM and rells are asked about.
func (w *World) Models() []*Type {
	var models []*Type
	for _, t := range w.Types {
		if (t.Struct || w.renamesStruct(t)) && t.Role == Model && t.Params == "" {
			models = append(models, t)
		}
	}
	return models
}

// renamesStruct says whether t is defined as another struct, as type T O.
func (w *World) renamesStruct(t *Type) bool {
	of := w.lookup(t.Expr)
	return !t.Alias && of != nil && of.Struct
}

// merge adds types to the world; a struct that is there already gets the fields
// and methods it lacks. It reports false, and changes nothing, where a name
// stands for types that cannot be one.
func (w *World) merge(types []*Type) bool {
	for _, t := range types {
		if old := w.lookup(t.Name); old != nil &&
			(!old.Struct || !t.Struct || old.Role != t.Role || old.Params != t.Params) {
			return false
		}
	}
	for _, t := range types {
		old := w.lookup(t.Name)
		if old == nil {
			w.Types = append(w.Types, t)
			continue
		}
		for _, f := range t.Fields {
			old.addField(f)
		}
		for _, m := range t.Methods {
			if !old.has(m.Name) {
				old.Methods = append(old.Methods, m)
			}
		}
		old.Mistake = old.Mistake || t.Mistake
	}
	return true
}

// addField appends a field unless the type has a field or method of its name.
func (t *Type) addField(f Field) bool {
	if t.has(f.name()) {
		return false
	}
	t.Fields = append(t.Fields, f)
	return true
}

func (t *Type) has(name string) bool {
	return slices.ContainsFunc(t.Fields, func(f Field) bool { return f.name() == name }) ||
		slices.ContainsFunc(t.Methods, func(m Method) bool { return m.Name == name })
}

// name is the field's name, for an embedded field that of its type.
func (f Field) name() string {
	if f.Name != "" {
		return f.Name
	}
	name := strings.TrimLeft(f.Type, "*")
	name, _, _ = strings.Cut(name, "[")
	return name[strings.LastIndex(name, ".")+1:]
}

// names calls visit for each identifier of a type expression that may name a
// type of the world, and returns the expression with what visit returned.
func names(expr string, visit func(name string) string) string {
	parsed, err := parser.ParseExpr(expr)
	if err != nil {
		panic("not a type expression: " + expr)
	}
	var idents []*ast.Ident
	var walk func(ast.Node) bool
	walk = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			return false
		case *ast.Field:
			ast.Inspect(n.Type, walk)
			return false
		case *ast.Ident:
			idents = append(idents, n)
		}
		return true
	}
	ast.Inspect(parsed, walk)
	var out strings.Builder
	end := 0
	for _, id := range idents {
		start := int(id.Pos()) - 1
		out.WriteString(expr[end:start])
		out.WriteString(visit(id.Name))
		end = start + len(id.Name)
	}
	return out.String() + expr[end:]
}

// refersTo lists the types of the world that a type names in its fields, or in
// what it is declared as.
func (w *World) refersTo(t *Type) []*Type {
	var found []*Type
	note := func(name string) string {
		if to := w.lookup(name); to != nil {
			found = append(found, to)
		}
		return name
	}
	if !t.Struct {
		names(t.Expr, note)
	}
	for _, f := range t.Fields {
		names(f.Type, note)
	}
	return found
}

package dialect

import (
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// maxNesting bounds how many pointers and slices are taken off one type: a type
// may be declared as a slice of itself.
const maxNesting = 16

// Indirect takes all pointers off a type. It returns nil for nil.
func Indirect(t facts.Type) facts.Type {
	for range maxNesting {
		if t == nil || t.Shape() != facts.Pointer {
			break
		}
		t = t.Elem()
	}
	return t
}

// Element takes pointers, slices and arrays off a type and reports whether there
// was a slice or an array among them: *[]**User leads to many of User.
func Element(t facts.Type) (elem facts.Type, many bool) {
	for range maxNesting {
		if t == nil {
			break
		}
		switch t.Shape() {
		case facts.Slice, facts.Array:
			many = true
		case facts.Pointer:
		default:
			return t, many
		}
		t = t.Elem()
	}
	return t, many
}

// Target is the identity of the struct that a type leads to through pointers and
// slices; zero where it leads to none that has a name.
func Target(t facts.Type) (ref facts.Ref, many bool) {
	elem, many := Element(t)
	if elem == nil || elem.Shape() != facts.Struct {
		return facts.Ref{}, many
	}
	return elem.Ref(), many
}

// TypeName is the name of a type as reflection tells it: of a type local to a
// function its bare name, of an instance with its arguments. "" for no name.
func TypeName(t facts.Type) string {
	name := t.Ref().Name
	_, decl := t.Decl()
	if decl == nil || decl.Alias {
		return name
	}
	for i := range len(name) {
		if name[i] == '[' {
			return decl.Name.Text + name[i:]
		}
	}
	if name == "" {
		return ""
	}
	return decl.Name.Text
}

// Declaration is the place of the type's name, and of what stands between the
// braces of its struct; zero for a type without readable source.
func Declaration(t facts.Type) (name, body relation.Place) {
	file, decl := t.Decl()
	if file == nil || decl == nil {
		return name, body
	}
	name = relation.Place{File: file.Path, Span: decl.Name.Span}
	if decl.Type.Kind == facts.StructExpr {
		body = relation.Place{File: file.Path, Span: decl.Type.Body}
	}
	return name, body
}

// NamePlace is the place of a field's name; zero for nil, a field that no source declares.
func NamePlace(file *facts.File, f *facts.Field) relation.Place {
	if f == nil {
		return relation.Place{}
	}
	return relation.Place{File: file.Path, Span: f.Name.Span}
}

// TagPlace is the place of all that stands in the field's tag, inside the quotes;
// zero for a field without one, and for nil.
func TagPlace(file *facts.File, f *facts.Field) relation.Place {
	if f == nil || f.Literal.IsZero() {
		return relation.Place{}
	}
	return relation.Place{File: file.Path, Span: f.Literal.Span}
}

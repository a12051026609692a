package facts

import "strings"

// Ref is the identity of a declared type across the whole workspace.
type Ref struct {
	Package string // import path ("example.com/shop/models"); external test packages end in "_test"
	// Name is "User"; "Box[int]" for an instance, its arguments spelt as Ref.String
	// spells them; "TestX.User" for a type local to a function, "TestX.User#2" for
	// the second of that name in the same function.
	Name string
}

// IsZero reports whether r names nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

// Compare orders identities by their packages, then by their names.
func (r Ref) Compare(other Ref) int {
	if r.Package != other.Package {
		return strings.Compare(r.Package, other.Package)
	}
	return strings.Compare(r.Name, other.Name)
}

// String is the form in which models are identified: Package, a dot, Name.
func (r Ref) String() string {
	if r.Package == "" {
		return r.Name
	}
	return r.Package + "." + r.Name
}

// Shape is the form of a resolved type once aliases and defined types are
// followed to what stands behind them.
type Shape uint8

// The shapes. Unknown is a type that cannot be resolved from the source at hand;
// whoever meets it must stay silent.
const (
	Unknown Shape = iota
	Basic
	Struct
	Pointer
	Slice
	Array
	Map
	Interface
	Func
	Chan
)

// Type is a resolved type. Types are only valid while the link that made them
// runs: dialects must not keep them.
type Type interface {
	// Shape is the form of the underlying type.
	Shape() Shape
	// Basic is the predeclared name behind a type of shape Basic: "uint8" for
	// byte and for every type defined on it.
	Basic() string
	// Ref is the identity of the defined type, aliases followed. It is zero for
	// unnamed and predeclared types.
	Ref() Ref
	// Origin is, for a type defined on another defined type (type Stamp
	// time.Time), the Ref at the end of that chain; for every other, Ref.
	Origin() Ref
	// Elem is the element of a pointer, slice, array, map or channel, nil for
	// other shapes.
	Elem() Type
	// Fields lists the fields of a struct in source order: embedded ones as they
	// stand, nothing promoted. A type without fields, or of another shape, has nil.
	Fields() []StructField
	// Method finds a method in the method set of a pointer to the type, promoted
	// ones included, by the language's own rules of depth.
	Method(name string) (Method, bool)
	// MethodIn is Method together with the file that declares it.
	MethodIn(name string) (*File, Method, bool)
	// Opaque reports whether the method set cannot be known in full, because an
	// embedded type could not be resolved.
	Opaque() bool
	// Decl is the place of the type's own declaration, nil for a type without one
	// in readable source.
	Decl() (*File, *Decl)
	// String is the type as a reader of its package would write it.
	String() string
}

// StructField is a field of a resolved struct.
type StructField struct {
	*Field
	File *File // that declares the field
	Type Type
}

// Symbol is something that a resolution looked at. The names that are no type
// names hold a space or are a keyword in every language rells reads, so that they
// cannot be one.
type Symbol struct {
	Package string
	// Name is one of
	//   - the name of a type, local ones as in Ref: its declaration and methods;
	//   - "outline User": the same of type User, but for the fields that a struct
	//     does not embed;
	//   - "": the package itself: whether it is there, what it is called;
	//   - "type": which types the package declares at package level;
	//   - "import": which packages the package imports;
	//   - "import x.go": the imports of its file x.go, with their local names;
	//   - "import . x.go": those of them that bring names in unqualified.
	Name string
}

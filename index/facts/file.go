package facts

// File is what one source file says. It is immutable once a front end has
// returned it.
type File struct {
	Path       string   // absolute, in the notation of the operating system
	Language   Language // of the front end that read it
	Hash       uint64   // of the bytes; equal hashes mean equal facts
	Package    Slot     // the package's own name, as its files state it
	Doc        []string // build constraints and other directives, one per line, verbatim
	Included   bool     // whether the build constraints (lines and file name) hold on this host
	Generated  bool     // marked "Code generated ... DO NOT EDIT.": read, never edited, never reported
	ValidUTF8  bool     // false: read as far as possible, but no edit may be offered
	Imports    []Import
	Decls      []Decl       // types, in source order; local ones too, see Decl.Within
	Extensions []Extension  // in source order
	Methods    []Method     // in source order
	Defined    []Definition // in source order
	Statements []Value      // calls that make something a model, whole, where types are no part of them
	Uses       []Use        // calls that hand a type to an ORM, in source order
	Calls      []string     // functions of an ORM that it calls, whatever with, each once; last names, as Use.Call
	Obscure    []string     // names of such calls that are handed what cannot be told, sorted
	Directives []Directive  // comments that speak to rells, in source order
	Lines      []int32      // 0-based byte offset of the first byte of each line; Lines[0] == 0
	Size       int32        // length of the file in bytes
	Defects    []Defect     // what could not be read
}

// Language is a language of source code.
type Language uint8

// The languages that have a front end.
const (
	Go Language = iota
	Python
)

// Import is one imported package, or one name out of it.
type Import struct {
	Name Slot // local name as written: "" when none, "." for a dot import, "_"
	Path Slot // import path; of a relative one, with its dots
	// Member is the name that is imported out of the package, "*" for all there are; zero
	// where it is the package itself.
	Member Slot
	// Checking says that only type checkers see it: if TYPE_CHECKING.
	Checking bool
}

// Defect is a place that the front end could not read; what stands around it
// was read all the same.
type Defect struct {
	Span    Span
	Message string
}

// Decl is the declaration of one type, or, in a language in which types are values like
// others, of a variable of the package.
type Decl struct {
	Name   Slot
	Span   Span     // from the name to the end of the type
	Within string   // enclosing function ("TestX", "Server.Run") or class, "" at package level
	Scope  Span     // local types: where the name holds, up to the end of its block; zero at package level
	Alias  bool     // type A = B
	Params []string // names of the type parameters
	Type   Expr

	Value      *Value  // of a variable: what it is assigned; Type is then a BadExpr
	Args       []Value // named arguments of the list of bases: table=True
	Decorators []Value
}

// Extension is a field that a type gets outside of its declaration:
// User.posts = relationship("Post").
type Extension struct {
	Of    Value
	Field Field
}

// ExprKind says what an Expr is.
type ExprKind uint8

// The kinds of type expressions.
const (
	BadExpr       ExprKind = iota // missing or unreadable
	NamedExpr                     // [Package.]Name[Args...]
	PointerExpr                   // *Elem
	SliceExpr                     // []Elem
	ArrayExpr                     // [Length]Elem
	MapExpr                       // map[Key]Elem
	StructExpr                    // struct{Fields}
	InterfaceExpr                 // interface{...}
	FuncExpr                      // func(...)...
	ChanExpr                      // chan Elem
)

// Expr is a type as it is written.
type Expr struct {
	Kind    ExprKind
	Span    Span
	Package string  // NamedExpr: qualifier as written, "" for none
	Name    string  // NamedExpr
	Args    []Expr  // NamedExpr: type arguments
	Key     *Expr   // MapExpr
	Elem    *Expr   // PointerExpr, SliceExpr, ArrayExpr, MapExpr, ChanExpr
	Length  string  // ArrayExpr: as written
	Fields  []Field // StructExpr
	Body    Span    // StructExpr: from behind the opening to before the closing brace
}

// Field is one name declared in a struct. `A, B *User` makes two fields that
// share type and tag. A base of a class is an embedded field of it.
type Field struct {
	Name     Slot // for an embedded field, the name of its type
	Embedded bool
	Exported bool  // visible to the reflection of other packages
	Open     bool  // the tag's quote is not closed: the tag ends with its line
	Optional bool  // it is declared under a condition
	Group    int32 // index, in the struct, of the first field of the same declaration
	Type     Expr
	Span     Span  // from the first name of the declaration to the end of its tag
	Literal  Slot  // the whole tag string, Text and Span without its quotes; zero without a tag
	Tags     []Tag // Literal's key:"value" pairs in order, well formed or not

	Annotation *Value // the type as an expression, in a language in which it is one; else nil
	Value      *Value // what the field is assigned in its declaration, or the base; nil for nothing
}

// Tag returns the field's tag under the given key as reflection finds it, or
// false.
func (f *Field) Tag(key string) (Tag, bool) {
	for _, t := range f.Tags {
		if t.Visible && t.Key.Text == key {
			return t, true
		}
	}
	return Tag{}, false
}

// TagDefect says what keeps a key:"value" pair from being well formed.
type TagDefect uint8

// The defects of a pair; reflection sees only TagOK.
const (
	TagOK           TagDefect = iota
	TagNoValue                // key, or key:, and nothing more
	TagUnquoted               // key:value
	TagUnterminated           // key:"value
	TagSpaced                 // key : "value" or key: "value"
	TagBadEscape              // key:"va\lue"
)

// Tag is one key:"value" pair of a struct tag. Pairs that are half typed are
// listed too, with the defect they have.
type Tag struct {
	Key     Slot
	Value   Slot // between the quotes, decoded; empty with a place where it is missing
	Span    Span // from the key to behind the closing quote, or as far as there is
	Defect  TagDefect
	Visible bool // reflection finds this pair: well formed, nothing malformed before it, first of its key
}

// Method is a method declared in the file.
type Method struct {
	Receiver string // name of the receiver's type
	Pointer  bool   // declared on *Receiver
	Name     Slot
	Span     Span // from the keyword to the end of the body
	Params   int  // number of parameters
	Results  []Expr

	// Literal is the string that the method returns, where its body is a single
	// return of a string literal or of a constant of this file (TableName). Its
	// place is the literal's, without quotes, wherever in the file that stands.
	Literal Slot

	// Returns is what the method returns, of methods whose bodies a dialect reads.
	Returns *Function

	Decorators []Value

	// Zero is what the method's first result is when called on the zero value,
	// as far as the shape of the body shows it (driver.Valuer).
	Zero ZeroResult
}

// ZeroResult is what a method returns when called on the zero value of its
// receiver.
type ZeroResult uint8

// What the body of a method shows about its result on the zero value.
const (
	ZeroUnknown ZeroResult = iota // cannot be told from the source
	ZeroNil                       // nil, or an error
	ZeroString
	ZeroBytes
	ZeroInt
	ZeroUint
	ZeroFloat
	ZeroBool
	ZeroTime
)

// Use is a call that hands a value of some type to an ORM: db.AutoMigrate(&User{}).
type Use struct {
	Call   string // last name of the called function: "AutoMigrate"
	Arg    Expr   // type of the argument, pointers and slices kept
	Span   Span   // of the argument, or of the element of a list that is the argument
	Text   string // the last string literal among the arguments before it: a prefix of tables
	Within string // enclosing function, as Decl.Within
}

package dialect

import (
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Dialect is the relation language of one ORM.
type Dialect struct {
	Name string // as in rells' output: "gorm"
	// Language is that of the source that the dialect reads.
	Language facts.Language
	// Native marks the dialect of rells' own tag, which also speaks beside others.
	Native bool
	// Keys are the struct-tag keys that the dialect owns: "gorm". See TagKeys.
	Keys []string
	// Keyed: each key is an option by itself, whose value is the tag's: fk:"author_id".
	// Such a dialect has no Lex; see Items.
	Keyed bool
	// Shared are those of Keys that other libraries read as well ("db"): such a tag is no
	// marker, and the dialect's only where the dialect reads a model of the file.
	Shared []string
	// Markers are bytes without one of which a file that carries none of the
	// dialect's tags cannot start a model of it; a file that holds one is a seed.
	Markers []string
	// Modules are the module paths of the ORM, today's first: the dialect reads a package only
	// where the file imports, or the module requires, one of them. Empty: always.
	Modules []string
	// Calls are the last names of functions whose arguments are models: "AutoMigrate".
	Calls []string
	// Methods are names of methods of models, or of what models are made of, that
	// return what there is to read: "Edges". See facts.Method.Value.
	Methods []string
	// Sources are import paths. In a file that imports one of them, what functions and
	// other methods return is there to read as well. See facts.Definition.
	Sources []string
	// Options is read by completion, hover and the tag rules.
	Options []Option
	// Separator stands between the options of a tag.
	Separator string
	// Opens and Closes stand around the value of an option; "" for a colon before it and
	// nothing behind it.
	Opens, Closes string
	// Named: what stands first in a tag is the name of a column or a table, and no
	// option unless it has a value.
	Named bool
	// Offers reports whether an option has its place in the tag of the field; nil:
	// every option has, in every tag.
	Offers func(f *facts.Field, o *Option) bool

	// Meant is what an option of a Keyed dialect is beside the other tags of a field, on
	// which the role of its value may depend; nil: always what Options says.
	Meant func(f *facts.Field, o *Option) *Option

	// Lex splits a tag's value into its options. It never fails. Others ask Items.
	Lex func(value facts.Slot) []Item
	// Evidence tells whether the dialect holds the struct for a model by itself:
	// its tags, bases, methods and uses. Being the target of a relation is the
	// index's evidence, not the dialect's.
	Evidence func(s Scope, t facts.Type, uses []facts.Use) relation.Evidence
	// Schema reads what other models need to know of a type: its columns and
	// primary keys. The index keeps it for the rest of the link; only Read and
	// other Schema functions of the same dialect see it.
	Schema func(s Scope, t facts.Type) any
	// Whole reads all that the workspace declares in the dialect's language, for an ORM in
	// which what one model is may depend on any other; nil for an ORM in which it depends
	// on names. It is given what it returned the time before, nil the first time, and tells
	// of which types Evidence or Read say another thing now. These get it from Scope.Whole.
	Whole func(s Scope, before any) (now any, changed []facts.Ref)
	// Read reads a model: everything of relation.Model but Evidence.
	Read func(s Scope, t facts.Type) *relation.Model
	// Refuse reports a call that hands the ORM something that can be no model, whose
	// type, pointers and slices taken off, is t; nil where nothing is wrong with it
	// or too little is known. Where t is a struct, it is the way that it is handed over
	// which the ORM refuses. A dialect whose calls take anything leaves it nil.
	Refuse func(s Scope, from *facts.File, use facts.Use, t facts.Type) *relation.Mistake
	// Write gives the fields that would make the inverse of a relation, in the
	// dialect's own tag style; nil where none can be certain.
	Write func(s Scope, side Side) *Addition
	// Align gives the value of the dialect's tag (see TagOf), which is the given one, with which
	// an existing relation of the target is the inverse of the side's relation; false
	// where no tag can do that for certain. Nil for a dialect in which sides cannot
	// name different keys.
	Align func(s Scope, side Side, inverse *relation.Relation, tag string) (string, bool)
	// Retype gives the type with which a foreign key of the side's relation would hold
	// what the field holds that it points to; false where more than its declared type
	// decides about what it holds. Nil for a dialect to which types do not matter.
	Retype func(s Scope, side Side, key relation.Key) (TypeSpec, bool)
}

// KeySetting is the name of the setting that gives a dialect's tag another key.
const KeySetting = "key"

// TagKeys are the struct-tag keys that the dialect owns where its settings are the
// given ones: Keys, unless the settings name another.
func (d *Dialect) TagKeys(settings map[string]string) []string {
	if key := settings[KeySetting]; key != "" {
		return []string{key}
	}
	return d.Keys
}

// Scope is what a dialect may ask while it reads a model.
type Scope interface {
	// Schema is the dialect's own Schema of another type.
	Schema(t facts.Type) any
	// Whole is what the dialect's own Whole returned.
	Whole() any
	// Lookup finds a declared type by the name that code in the given file would
	// use for it ("Post", "models.Post"); false when it resolves to nothing.
	Lookup(from *facts.File, name string) (facts.Type, bool)
	// Definition finds the constant or function of package level that code in the given
	// file means by a name, behind a qualifier or "", and the file that defines it; false
	// where that cannot be told. Functions are found in files that import a source.
	Definition(from *facts.File, qualifier, name string) (*facts.File, facts.Definition, bool)
	// Declared finds a declared type by its identity; false where there is none.
	Declared(ref facts.Ref) (facts.Type, bool)
	// Types lists the types that the package of a file declares at package level, its
	// tests left out, by name.
	Types(from *facts.File) []facts.Type
	// Marked lists the files of a language that hold a marker, by their paths.
	Marked(of facts.Language) []*facts.File
	// Naming is a number that stays the same from one Whole of a language to the next for as
	// long as each name in its code leads to a declaration of the same name and kind.
	Naming(of facts.Language) uint64
	// Requires reports whether the module that holds the file requires the module,
	// and the highest version with which a module of the workspace is built ("v1.2.3");
	// "" where that is not known, as for a replaced one.
	Requires(from *facts.File, module string) (version string, ok bool)
	// Reaches reports whether package to may be imported by package from without
	// an import cycle being certain: false when to imports from, even indirectly.
	Reaches(from, to string) bool
	// Imports reports whether a file of the package that from belongs to imports
	// the path.
	Imports(from *facts.File, path string) bool
	// Uses lists the calls, anywhere in the workspace, that hand the type to the
	// dialect's ORM.
	Uses(t facts.Type) []facts.Use
	// Tabled lists the structs that the dialect reads as models of the table.
	Tabled(table string) []facts.Type
	// Tables lists the tables of all that the dialect reads as models, sorted.
	Tables() []string
	// Obscure reports whether some call of a function of this last name, one of the
	// dialect's Calls, is handed what cannot be told from the source.
	Obscure(name string) bool
	// Called reports whether code that was read, anywhere in the module of the
	// file, calls a function of this last name ("RegisterSerializer"), which must
	// be one of the dialect's Calls.
	Called(from *facts.File, name string) bool
	// Setting is the value of a setting of the dialect ("table_prefix") as it holds
	// for the file, "" when unset; nil is a file of no folder.
	Setting(from *facts.File, name string) string
}

// Option is one option of the dialect's tag.
type Option struct {
	Name       string        // in its usual spelling
	Role       relation.Role // of its value; NoRole for a flag without a value
	List       string        // separator of a list value, "" for a single value
	Pair       string        // separator of the two names that each value is made of, "" for one name
	Second     relation.Role // of the second of two names
	Values     []string      // the values it can take, where that is a fixed set
	Located    bool          // its value names a type behind the import path of its package
	Doc        string        // one sentence, for completion and hover
	Relation   bool          // says something about a relation, as opposed to a column
	Kind       relation.Kind // of the relation that the option makes by its name; NoKind for all others
	Columns    bool          // values are names of columns where the role has fields
	Deprecated string        // what to write in its place
	Module     string        // the one of Dialect.Modules that alone knows the option; "" for all
}

// Item is one option as it stands in a tag, whole or half typed.
type Item struct {
	Span   facts.Span   // from the first byte of the name to the last of the value
	Name   facts.Slot   // as written, without surrounding space
	Sep    bool         // a separator between name and value stands there
	Value  facts.Slot   // as written; the place where it would stand when it is missing
	Values []facts.Slot // Value split at the option's list separator, trimmed; one element for a single value
	Option *Option      // the table's entry, nil for an unknown name
}

// Side is the relation for which an inverse is to be written.
type Side struct {
	Relation *relation.Relation
	Owner    facts.Type // the model that has the relation
	Target   facts.Type // the model that is to get the inverse
	Style    Style      // of the target struct
}

// Style is how a struct writes its tags.
type Style struct {
	Native bool // its relations carry the native tag
}

// Addition is the inverse that a dialect proposes.
type Addition struct {
	Fields []NewField // for the target
	Own    []NewField // for the owner of the relation: a foreign key that it lacks
	// Elements are the inverse where models declare relations in code.
	Elements []NewElement
	// Attributes are the inverse where models declare relations by calls in their bodies.
	Attributes []NewAttribute
	// Arguments are what calls that are there need so that both sides name each other.
	Arguments []relation.Argument
	// Back is what the existing side needs so that both name each other; "" for nothing.
	Back string
}

// NewField is one field to be added to a struct, in the abstract: the front end
// renders it with imports, alignment and line endings.
type NewField struct {
	Name string
	Type TypeSpec
	Tags []TagSpec
}

// NewAttribute is one attribute to be added to the body of a class: the front end lays it
// out. Annotation and Value are source, in which strings stand in double quotes.
type NewAttribute struct {
	Name       string
	Annotation string // "" for none
	Value      string
	After      string // the attribute behind which it goes; "" for the start of the body
	Imports    []NewImport
}

// NewImport is a name that source of a new attribute uses, and its module.
type NewImport struct {
	Module, Name string
	Checking     bool // for type checkers alone
}

// NewElement is one element to be added to the list that a method of a model returns:
// a chain of calls.
type NewElement struct {
	Name    string    // of what it declares
	Method  string    // "Edges"
	File    string    // that declares the method; "" where it is to be made
	List    facts.Ref // what the list holds
	Package string    // import path of the package whose function is called first
	Calls   []NewCall
}

// NewCall is one call of a chain.
type NewCall struct {
	Name string
	Args []NewArg
}

// NewArg is an argument: a text, or a member of a type.
type NewArg struct {
	Text   string
	Type   facts.Ref // zero for a text
	Member string
}

// TypeSpec is the type of a new field.
type TypeSpec struct {
	Ref     facts.Ref // a declared type; a zero Package is a predeclared one
	Pointer bool
	Slice   bool // slice of Ref, or of *Ref with Pointer
}

// TagSpec is one key:"value" of a new field.
type TagSpec struct{ Key, Value string }

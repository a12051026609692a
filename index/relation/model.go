package relation

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// Certainty says how sure it is that a struct is a model that its ORM reads.
type Certainty uint8

// The degrees of certainty. Errors and warnings are for Certain models alone.
const (
	NotModel Certainty = iota // certainly none
	Probable                  // carries the ORM's tags, as DTOs and query rows do too
	Certain                   // embeds a model base, is handed to the ORM, is the target of a certain model's relation ...
)

// Evidence is a reason to hold a struct for a model, or for none.
type Evidence struct {
	Certainty Certainty
	Reason    string // "embeds gorm.Model", "passed to AutoMigrate"
}

// FieldID names a field of a model: the model and the shortest selector that
// reaches the field ("Posts", "From.AtID"). Where a key has no field, Model is
// zero or the table's and Field is the column.
type FieldID struct {
	Model facts.Ref
	Field string
}

// IsZero reports whether the id names nothing.
func (f FieldID) IsZero() bool { return f == FieldID{} }

// Name is the field's own name, without the structs that it is reached through: "AtID".
func (f FieldID) Name() string { return f.Field[strings.LastIndexByte(f.Field, '.')+1:] }

// String is the id as it stands in rells' output: "example.com/shop.User.Posts".
func (f FieldID) String() string { return f.Model.String() + "." + f.Field }

// Short is the id as messages print it: "User.Posts", or "User" for the model itself.
func (f FieldID) Short() string {
	if f.Field == "" {
		return f.Model.Name
	}
	return f.Model.Name + "." + f.Field
}

// Place is a stretch of one file.
type Place struct {
	File string // absolute path
	Span facts.Span
}

// Model is one struct as one dialect reads it.
type Model struct {
	Ref     facts.Ref
	Dialect string // name of the dialect
	Place   Place  // of the model's name in its declaration
	Body    Place  // inside the braces of the struct: where a field can be added
	Table   string // "" when it cannot be told
	// Registry is that in which texts find the model, or its table, by name; zero where there
	// is one for all, or it cannot be told.
	Registry facts.Ref
	Evidence Evidence
	Open     bool // embeds what could not be resolved: there may be more fields

	Fields    []Field // columns and relations, in the order in which the ORM sees them
	Relations []Relation
	Mentions  []Mention
	Mistakes  []Mistake

	// Statements are what native tags say, one for each field that carries one,
	// whether or not a relation could be derived. The index moves each to the
	// relation of its field (Relation.Stated).
	Statements []Statement
}

// Field is a column or a relation of a model, as candidates and rules need it.
type Field struct {
	Selector string // shortest selector: "ID", "From.AtID"
	Place    Place  // of the field's name
	Type     string // as written: "*Author"
	Column   string // "" for a relation
	Stored   Stored // what the column holds, as far as the source tells
	Primary  bool
	Nullable bool      // the source says that the column can hold nothing, and not by its type alone
	Target   facts.Ref // the struct that the type leads to, relation or not; zero for others
	Many     bool      // leads there through a slice
	Ignored  bool      // the dialect leaves the field out
}

// Stored is what a column holds: values of two columns can only be compared where
// it is the same. Integers of all sizes are one, and so are texts and bytes.
type Stored string

// What columns hold.
const (
	StoredUnknown Stored = ""
	StoredBool    Stored = "bool"
	StoredInteger Stored = "integer"
	StoredFloat   Stored = "float"
	StoredText    Stored = "text"
	StoredTime    Stored = "time"
)

// Misused reports whether this is no model at all, but something else that the
// code hands to the ORM: it has mistakes, and nothing besides.
func (m *Model) Misused() bool {
	return m.Place.File == "" && len(m.Fields) == 0 && len(m.Mistakes) > 0
}

// FieldBySelector returns the field that the selector names.
func (m *Model) FieldBySelector(selector string) (*Field, bool) {
	for i := range m.Fields {
		if m.Fields[i].Selector == selector {
			return &m.Fields[i], true
		}
	}
	return nil, false
}

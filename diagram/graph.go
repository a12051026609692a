package diagram

import "github.com/rells-dev/rells/index/relation"

// Graph is what a diagram shows. Marshalled it is the output of
// `rells graph --format json`, and what the page reads.
type Graph struct {
	Version   int     `json:"version"`   // 1
	Models    []Model `json:"models"`    // by ID
	Relations []Line  `json:"relations"` // by From, then To
}

// Model is a box.
type Model struct {
	ID       string    `json:"id"` // import path, dot, name
	Name     string    `json:"name"`
	Package  string    `json:"package"` // import path
	Table    string    `json:"table,omitempty"`
	Dialects []string  `json:"dialects"`
	Fields   []Field   `json:"fields"` // in the order in which the ORM sees them
	Problems []Problem `json:"problems,omitempty"`
	At       any       `json:"at,omitempty"` // of the name, as Options.Locate gives it
}

// Field is a row of a box.
type Field struct {
	Name     string `json:"name"` // shortest selector: "ID", "From.AtID"
	Type     string `json:"type"` // as written: "*Author"
	Column   string `json:"column,omitempty"`
	Primary  bool   `json:"primary,omitempty"`
	Foreign  bool   `json:"foreign,omitempty"`  // some relation's foreign key
	Relation bool   `json:"relation,omitempty"` // leads to another model
	At       any    `json:"at,omitempty"`
}

// Problem is something wrong with a model, or with a field of it.
type Problem struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"` // "hint", "warning" or "error"
	Message  string `json:"message"`
	Field    string `json:"field,omitempty"` // "" where the model itself is meant
}

// Line is a pair of relations, or one that has no inverse. It runs from the model that
// is referred to, to the one that holds the key; where a join table holds both, from
// the one whose relation comes first by its id. A field that ought to be a relation, but is
// wrong, has a line too, from its model.
type Line struct {
	From End `json:"from"`
	To   End `json:"to"`
	// Label is the name of a join table, or "polymorphic".
	Label string `json:"label,omitempty"`
	// OneSided is a line of which one model knows nothing.
	OneSided bool `json:"oneSided,omitempty"`
	// Severity is that of the worst problem of its relations, "" for none.
	Severity string `json:"severity,omitempty"`
}

// End is one end of a line, and how many rows of its model belong to one of the other.
type End struct {
	Model    string `json:"model"`              // ID
	Field    string `json:"field,omitempty"`    // the relation that stands there; "" where the model knows nothing
	Many     bool   `json:"many,omitempty"`     // there may be several
	Optional bool   `json:"optional,omitempty"` // there may be none
}

// Options choose what is drawn. The zero value draws everything.
type Options struct {
	Focus   string // ID of a model: it, and what is Depth lines from it
	Depth   int
	Package string // only models of this package: see [InPackage]
	// Locate says where a place is, in the notation of who reads the graph; nil says
	// nothing of places.
	Locate func(relation.Place) any
}

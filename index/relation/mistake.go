package relation

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// MistakeKind is the closed set of what dialects find wrong while they read.
// Every kind is claimed by exactly one rule.
type MistakeKind uint8

// The kinds of mistakes.
const (
	NoMistake             MistakeKind = iota
	ForeignKeyMissing                 // nothing names a foreign key and no convention finds one
	ForeignKeyUnknown                 // a named foreign key exists on neither side
	ReferencesUnknown                 // a named reference does not exist
	KeyCount                          // the numbers of foreign keys and references do not match
	JoinModelInvalid                  // the model behind a join table lacks what it must have
	PolymorphicInvalid                // the fields or the key of a polymorphic relation are missing
	TargetNotModel                    // the type can be neither a column nor a relation
	TargetUnknown                     // a name, written as a string, that no model has
	EmbeddedInvalid                   // embedded, but not a struct
	ValueInvalid                      // an option's value that the ORM refuses (serializer, default)
	TagMalformed                      // the tag cannot be read as written
	TagContradiction                  // a native tag against the Go type or the ORM's tag
	OptionUnknown                     // an option that the ORM does not know, and ignores
	KeySpelling                       // a key that is found, though it is not spelt like the field or its column
	PrimaryKeyMissing                 // a relation needs the primary key of a model that has none
	ShapeUnfit                        // the Go type cannot hold what the relation leads to
	RelationRepeated                  // two relations of a model have one name
	OptionRepeated                    // an option that may stand in a tag once
	ValueUnknown                      // an option's value that the ORM does not know, and passes on
	OptionIdle                        // an option that has no effect where it stands
	OptionMisplaced                   // the name of an option where the name of a column belongs
	JoinFallback                      // for want of a foreign key the primary keys of both sides are joined
	JoinModelUnregistered             // the model of a join table is not made known to the ORM
	InverseUnnamed                    // the declaration must name its inverse, and does not
	InverseUnknown                    // the inverse that is named does not exist
	InverseWrongModel                 // the inverse that is named leads elsewhere
	InverseDuplicate                  // the inverse that is named has another inverse
	InverseNotRelation                // what is named as the inverse is no relation
	InverseSameKind                   // the inverse that is named has its key on the same side
	InverseOneSided                   // the inverse that is named does not name this one
	RelationUnknown                   // a name of a relation of the model itself that it does not have
	NameDuplicate                     // two things that must differ have one name
	OptionUnfit                       // an option that a relation like this cannot have
	OptionConflict                    // options of a relation, its inverse and its key contradict each other
	InverseChosen                     // of several that could be the inverse the ORM takes the first
	KeyTypeRefused                    // the foreign key holds another type, and the ORM refuses that
	WordSwapped                       // a word that the ORM takes the other way round than others do
	RelationGuessed                   // nothing says that the field is a relation, but the ORM makes it one
	ForeignKeyUnseen                  // the foreign key is a column that no field holds
	TableUnlike                       // the tag names another table than that of the target
	CreationUnfit                     // the relation can be loaded, but not created together with its model
	KeysApart                         // the sides of a pair are kept in different places
	InverseReadOnly                   // the inverse that is named is only read, and another relation beside it written
	WriteConflict                     // two relations write one column, and nothing links them
	AttributeUndescribed              // a class that others take attributes from cannot have this one as it is declared
	lastMistakeKind
)

// MistakeKinds lists every kind.
func MistakeKinds() []MistakeKind {
	kinds := make([]MistakeKind, 0, lastMistakeKind-1)
	for k := NoMistake + 1; k < lastMistakeKind; k++ {
		kinds = append(kinds, k)
	}
	return kinds
}

// Mistake is one thing that the ORM will refuse, or will pass over in silence.
type Mistake struct {
	Kind  MistakeKind
	Row   string  // row of the table of ORM errors that it stands for: "gorm10"
	Field FieldID // the field that declares the relation
	Place Place   // of the offending text, or of the field's name
	// Text is what the message says behind "Model.Field: ": lower case, no full
	// stop, both sides named as Model.Field.
	Text string
	// Name is the offending name, for the search of the nearest one; "" without.
	Name string
	// Meant is what should stand there instead of the name, where that is certain;
	// "" leaves it to the search.
	Meant string
	// Literal is what should stand there, quotes and all; zero where a name would do.
	Literal Literal
	// Tag is the whole value of the dialect's tag with which nothing would be wrong, where
	// that is certain and no name stands in the way; "" elsewhere.
	Tag string
	// Remedies are the ways in which nothing would be wrong, the likeliest first, where
	// relations are declared by calls and these are known.
	Remedies []Remedy
	// Role says what the name would have had to be.
	Role Role
	// Choices are the names that could stand there, where the dialect knows them
	// better than Role and Target tell.
	Choices []string
	// Sure says of an unknown option that nobody but the ORM reads the tag: it is wrong
	// even where nothing is spelt like it.
	Sure bool
	// Target is the model on whose fields, or in whose place, the name was looked up.
	Target facts.Ref
	// Wanted is the kind of relation that the declaration was most likely meant to
	// be, where one is missing something; NoKind elsewhere.
	Wanted Kind
	// Related are other places that explain it.
	Related []Related
}

// Literal is other source in the place of a string.
type Literal struct {
	Place Place  // with its quotes
	Code  string // strings in double quotes
}

// Remedy is one way to put a mistake right: by arguments of calls.
type Remedy struct {
	Arguments []Argument
	Sure      bool // nothing else can have been meant
}

// Same reports whether two remedies are the same.
func (r Remedy) Same(other Remedy) bool {
	return r.Sure == other.Sure && slices.Equal(r.Arguments, other.Arguments)
}

// Argument is an argument of the call that declares a relation.
type Argument struct {
	Relation FieldID
	Name     string
	Code     string // its value, as source; strings in double quotes
	Instead  string // the argument whose place it takes; "" for the one of Name, or none
}

// Related is a place that helps to understand a mistake.
type Related struct {
	Place Place
	Text  string
}

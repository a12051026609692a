package relation

import "github.com/rells-dev/rells/index/facts"

// Kind is what a relation is, by where the foreign key is.
type Kind uint8

// The kinds of relations.
const (
	NoKind     Kind = iota
	BelongsTo       // the foreign key is on this side
	HasOne          // the foreign key is on the other side, unique
	HasMany         // the foreign key is on the other side
	ManyToMany      // a join table holds both keys
)

var kindNames = [...]string{"", "belongs-to", "has-one", "has-many", "many-to-many"}

// String is the kind as tags, messages and JSON spell it: "has-many".
func (k Kind) String() string { return kindNames[k] }

// ToMany reports whether a relation of the kind leads to any number of rows.
func (k Kind) ToMany() bool { return k == HasMany || k == ManyToMany }

// ParseKind is the inverse of String; it returns NoKind for any other text.
func ParseKind(text string) Kind {
	for k, name := range kindNames {
		if name == text {
			return Kind(k)
		}
	}
	return NoKind
}

// NativeDialect is the name of the dialect of rells' own tag, whose relations
// pair with those of any other.
const NativeDialect = "rel"

// Relation is a field that leads to another model. It is identified by its ID
// and its Dialect together.
type Relation struct {
	ID      FieldID
	Dialect string
	Kind    Kind
	Target  facts.Ref

	Keys        []Key // foreign keys and what they point to; none for many-to-many
	JoinTable   string
	JoinModel   facts.Ref // the model behind the join table, where there is one
	JoinByTable bool      // the JoinModel was found among the models of its table: that it was makes it none
	JoinKeys    []JoinKey // own side's columns first, then the target's
	OwnJoinKeys int       // how many of JoinKeys point to the own side
	JoinOpen    bool      // code may put another table in place of JoinTable
	Polymorphic *Polymorphic

	// Unmatched are the fields of a composite key for which no foreign key was found,
	// though one was for others: the join is on Keys alone.
	Unmatched []FieldID
	// PassedOver are the keys that would have made the relation a belongs-to, had the
	// ORM not looked on the other side first; none where that was as meant.
	PassedOver []Key
	// PassedWhy says why they were passed over; "" where the ORM looked on the other side
	// first and found a key there.
	PassedWhy string

	// Reason says for people what the dialect took the relation from: "foreignKey names
	// AuthorID; gorm looks on Book first and finds it there". It may be "".
	Reason string

	Place    Place  // of the field's name
	Tag      Place  // inside the quotes of the tag's literal; zero for a field without tag
	Whole    Place  // of the calls that declare it; zero for a field of a struct
	Called   string // what tags of the ORM call it; "" where they call it by its field
	Path     string // full selector through embedded structs ("Audit.CreatedBy"); "" where it is ID.Field
	Embedded bool   // declared in a struct that the model embeds
	Foreign  bool   // the target's package cannot import this one back: no inverse is possible

	// Stated is what the native tag on the field says, nil where there is none.
	Stated *Statement
	// Inverse is a binding that the dialect itself knows (ent's Ref); pairing by
	// keys is the index's work and is not found here.
	Inverse FieldID
	// Made says that nothing declares the relation but its Inverse, which makes it: it
	// stands where that names it (SQLAlchemy's backref).
	Made bool
	// Independent says that to its ORM the relation has no other side than one that is
	// named: two that nobody links are two, whatever they are called.
	Independent bool
}

// Named reports whether a tag that says name means this relation: by its selector,
// or by the full path through the structs that are embedded.
func (r *Relation) Named(name string) bool {
	return name == r.ID.Field || name != "" && name == r.Path
}

// Key is one foreign key field and the field it points to.
type Key struct {
	ForeignKey, References FieldID
}

// JoinKey is one column of a join table and the field it points to.
type JoinKey struct {
	Column     string
	References FieldID
}

// Polymorphic is how a polymorphic relation finds its owner.
type Polymorphic struct {
	Type, ID FieldID // fields of the target
	Value    string  // what Type holds for this owner
}

// Statement is what a native tag says about its field.
type Statement struct {
	Field         FieldID     // that carries the tag
	Target        facts.Ref   // the struct that the field's type leads to; zero when it leads to none
	Place         Place       // of the field\'s name
	Not           bool        // the tag says that the field is no relation: rel:"-"
	Kind          Kind        // NoKind when left out
	KindSlot      facts.Slot  // where the kind stands
	BackPopulates *facts.Slot // the inverse it names; nil without the option
	ForeignKey    []facts.Slot
	References    []facts.Slot
	Through       *facts.Slot
	OneWay        bool
	File          string     // that holds the tag
	Value         facts.Slot // the tag's whole value
}

// Pairing says how a side found its inverse.
type Pairing uint8

// The ways of pairing.
const (
	Unpaired Pairing = iota
	Inferred         // both sides name the same keys or the same join table
	Explicit         // somebody wrote it: back_populates, ent's Ref
	Backref          // the inverse exists only because this side's backref makes it
)

var pairingNames = [...]string{"none", "inferred", "explicit", "backref"}

// String is the pairing as JSON spells it.
func (p Pairing) String() string { return pairingNames[p] }

package relation

import "github.com/rells-dev/rells/index/facts"

// Role says what the text of a mention, or of a place where one may be typed,
// stands for.
type Role uint8

// The roles.
const (
	NoRole               Role = iota
	NameRole                  // the relation's own name, where it is declared
	TagKeyRole                // the key of a tag: rel, gorm
	OptionRole                // name of an option: back_populates, foreignKey
	KindRole                  // has-many
	BackPopulatesRole         // a relation of the target
	ForeignKeyRole            // a field on the side that holds the key
	ReferencesRole            // a field on the side that the key points to
	OwnKeyRole                // many-to-many: a field of this model (GORM's foreignKey)
	TargetKeyRole             // many-to-many: a field of the target (GORM's references)
	JoinTableRole             // name of a join table
	JoinModelRole             // a join table, or the model behind it (native through)
	JoinForeignKeyRole        // a column of the join table that points to this model
	JoinReferencesRole        // a column of the join table that points to the target
	PolymorphicRole           // prefix P of the target's fields PType and PID
	PolymorphicTypeRole       // a field of the target
	PolymorphicIDRole         // a field of the target
	PolymorphicValueRole      // free text
	ColumnRole                // a column of this model's table
	ValueRole                 // one of a fixed set, or free text, see dialect.Option
	OwnColumnRole             // a column of this model
	TargetColumnRole          // a column of the target
	JoinModelTableRole        // the table of a model that stands between the sides of a many-to-many
	JoinOwnFieldRole          // a field of the join model that leads to this model
	JoinTargetFieldRole       // a field of the join model that leads to the target
	JoinOwnColumnRole         // a column of the join model that points to this model
	JoinTargetColumnRole      // a column of the join model that points to the target
	ColumnPrefixRole          // what several columns begin with: a mention for each of them
	TableRole                 // the table of this model, where that is declared
	RelationRole              // a relation of this model
	TargetTableRole           // the table of the target
	TargetRole                // the model that the relation leads to
	ColumnPathRole            // a column of a table, behind the table: "user.id"
	KeyPathRole               // a field on the side that holds the key, behind its model: "Post.author_id"
	ReferencePathRole         // a field on the side that the key points to, behind its model
	ExpressionRole            // an expression over models and their columns: "User.id == Post.author_id"
	MadeRole                  // the relation of the target that this one makes, where it has no name yet
)

// Mention is a stretch of source that names something.
type Mention struct {
	Place    Place
	Text     string
	Role     Role
	Part     bool    // it stands in a text of code that says more
	Relation FieldID // the relation in whose declaration it stands
	// Field is the field it names, zero where it names none or none was found.
	Field FieldID
	// Model is the model it names (a join model), zero likewise.
	Model facts.Ref
	// Table is the table it names, "" likewise.
	Table string
}

package gopg

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// tableField is the field whose tag speaks about the table, whatever its type.
const tableField = "tableName"

// The words of rel. The first two are the other way round than everywhere else.
const (
	hasOne    = "has-one"    // the key is here: a belongs-to
	belongsTo = "belongs-to" // the key is there: a has-one
	hasMany   = "has-many"
	many2many = "many2many"
)

// words are the values of rel, and the kinds that they stand for.
var words = map[string]relation.Kind{
	hasOne: relation.BelongsTo, belongsTo: relation.HasOne, hasMany: relation.HasMany, many2many: relation.ManyToMany,
}

// wordOf is the word of rel for a kind.
var wordOf = map[relation.Kind]string{
	relation.BelongsTo: hasOne, relation.HasOne: belongsTo, relation.HasMany: hasMany, relation.ManyToMany: many2many,
}

// rules are what the database may do with rows whose row on the other side goes; go-pg
// writes them into the table's definition as they stand.
var rules = []string{"CASCADE", "RESTRICT", "SET NULL", "SET DEFAULT", "NO ACTION"}

// options are what go-pg reads in its tag (pg v10.11.0 orm/table.go, isKnownFieldOption,
// isKnownTableOption, addFields).
var options = []dialect.Option{
	// relations
	{Name: "rel", Role: relation.ValueRole, Values: []string{hasOne, belongsTo, hasMany, many2many}, Relation: true,
		Doc: "Makes a relation. The words are go-pg's own: has-one has its key in this model, belongs-to in the target."},
	{Name: "fk", Role: relation.OwnColumnRole, Relation: true,
		Doc: "In a has-one, the column of this model that is the key; where the target has several keys, what the columns begin with. In a many2many, the column of the join model that points here."},
	{Name: "join_fk", Role: relation.TargetColumnRole, Relation: true,
		Doc: "The column of the target that is the key, in a has-one the one that the key points to; where there are several keys, or with polymorphic, what the columns begin with. In a many2many, the column of the join model that points to the target."},
	{Name: many2many, Role: relation.JoinModelTableRole, Relation: true,
		Doc: "Makes a many-to-many over the table of a model that is made known with orm.RegisterTable."},
	{Name: "polymorphic", Relation: true,
		Doc: "Makes a polymorphic has-many: a column of the target, called type behind what join_fk says, tells whose it is."},
	{Name: "joinFK", Role: relation.TargetColumnRole, Relation: true, Deprecated: "join_fk",
		Doc: "What join_fk was called before."},

	// columns
	{Name: "pk", Doc: "Makes the column part of the primary key. Without it, and while there is none, a column id or uuid is the key."},
	{Name: "nopk", Doc: "Keeps a column id or uuid from being the primary key."},
	{Name: "alias", Role: relation.ValueRole, Doc: "Another name under which the column, or the table, is found."},
	{Name: "type", Role: relation.ValueRole, Doc: "Type of the column in the database; the field is no relation then, unless rel says so."},
	{Name: "notnull", Doc: "Makes the column NOT NULL."},
	{Name: "unique", Doc: "Makes the column unique; columns that give one name are unique together."},
	{Name: "default", Role: relation.ValueRole, Doc: "Default value of the column, in SQL."},
	{Name: "use_zero", Doc: "Writes the zero value of the field as it is, and not as NULL."},
	{Name: "on_delete", Role: relation.ValueRole, Values: rules,
		Doc: "What this column, a foreign key, does when the row it points to is deleted."},
	{Name: "on_update", Role: relation.ValueRole, Values: rules,
		Doc: "What this column, a foreign key, does when the row it points to changes its key."},
	{Name: "soft_delete", Doc: "The column says when the row was deleted; deleted rows are left out."},
	{Name: "array", Doc: "Keeps a slice as an array of the database."},
	{Name: "hstore", Doc: "Keeps a map as an hstore."},
	{Name: "composite", Role: relation.ValueRole, Doc: "Keeps a struct as a composite type of the database, which the value names."},
	{Name: "json_use_number", Doc: "Reads numbers in JSON as json.Number."},
	{Name: "msgpack", Doc: "Keeps the value as MessagePack."},

	// struct layout
	{Name: "inherit", Doc: "Takes the table and the name of the embedded model, too."},
	{Name: "-", Doc: "Leaves the field out."},

	// tableName
	{Name: "select", Role: relation.ValueRole, Doc: "A table or view that is selected from in place of the table."},
	{Name: "tablespace", Role: relation.ValueRole, Doc: "The tablespace in which the table is made."},
	{Name: "partition_by", Role: relation.ValueRole, Doc: "How the table is partitioned, in SQL."},
	{Name: "partitionBy", Role: relation.ValueRole, Deprecated: "partition_by", Doc: "What partition_by was called before."},
	{Name: "discard_unknown_columns", Doc: "Columns of a result that no field has are passed over."},
}

// Options that mean something else beside others.
var (
	joinOwn = dialect.Option{Name: "fk", Role: relation.JoinOwnColumnRole, Relation: true,
		Doc: "The column of the join model that points to this model; where this has several keys, what the columns begin with."}
	joinTarget = dialect.Option{Name: "join_fk", Role: relation.JoinTargetColumnRole, Relation: true,
		Doc: "The column of the join model that points to the target; where that has several keys, what the columns begin with."}
	guessedPrefix = dialect.Option{Name: "polymorphic", Role: relation.ColumnPrefixRole, Relation: true,
		Doc: "Without rel: what the columns of the target begin with that tell whose a row is."}
)

// tableOptions are the options of tableName (isKnownTableOption), embeddedOptions those
// of embedded structs. Both have one in common with columns.
var (
	tableOptions = map[string]bool{
		"alias": true, "select": true, "tablespace": true, "partition_by": true, "discard_unknown_columns": true,
	}
	embeddedOptions = map[string]bool{"inherit": true, "-": true}
	oldOptions      = map[string]bool{"joinFK": true, "partitionBy": true}
)

var optionsByName = dialect.OptionsByName(options)

// optionOf finds the table's entry for an option of a tag; names are case-sensitive.
func optionOf(name string, t *tag) *dialect.Option {
	rel, related := t.Last("rel")
	joined := related && rel.Value.Text == many2many || !related && t.Has(many2many)
	switch {
	case joined && name == "fk":
		return &joinOwn
	case joined && name == "join_fk":
		return &joinTarget
	case name == "polymorphic" && !related:
		return &guessedPrefix
	}
	return optionsByName[name]
}

// offers reports whether an option has its place in the tag of the field.
func offers(f *facts.Field, o *dialect.Option) bool {
	switch {
	case f.Name.Text == tableField:
		return tableOptions[o.Name] || o.Name == "partitionBy"
	case f.Embedded:
		return embeddedOptions[o.Name]
	}
	return o.Name == "-" || o.Name == "joinFK" || knownOption(o.Name)
}

// knownOption reports whether go-pg takes an option of a column or relation without a
// warning (isKnownFieldOption).
func knownOption(name string) bool {
	return optionsByName[name] != nil && !oldOptions[name] && !embeddedOptions[name] &&
		(name == "alias" || !tableOptions[name])
}

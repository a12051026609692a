package gorm

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// optionOf finds the table's entry for an option: names are case-insensitive.
func optionOf(name string) *dialect.Option {
	if known, ok := optionsByName[name]; ok {
		return known.option
	}
	return optionsByName[strings.ToUpper(name)].option
}

// upper is the name of an option in upper case.
func upper(name string) string {
	if known, ok := optionsByName[name]; ok {
		return known.upper
	}
	return strings.ToUpper(name)
}

// namedOption is an option of the table with its name in upper case.
type namedOption struct {
	option *dialect.Option
	upper  string
}

// optionsByName has the options by their names in upper case, and in the spellings
// that most tags use.
var optionsByName = func() map[string]namedOption {
	m := make(map[string]namedOption, 3*len(options))
	for i := range options {
		name := options[i].Name
		known := namedOption{&options[i], strings.ToUpper(name)}
		m[name], m[known.upper], m[strings.ToLower(name)] = known, known, known
	}
	return m
}()

// options are what GORM reads in its tag: v2 in gorm.io/gorm v1.31 schema/field.go,
// relationship.go, index.go and constraint.go; v1, for what it alone knows, in
// github.com/jinzhu/gorm v1.9.16 model_struct.go, scope.go and callback_save.go.
var options = []dialect.Option{
	// relations
	{Name: "foreignKey", Role: relation.ForeignKeyRole, List: ",", Relation: true,
		Doc: "Fields that hold the reference: on this model for belongs-to, on the target for has-one and has-many; in a many-to-many, the fields of this model that the join table points to."},
	{Name: "references", Role: relation.ReferencesRole, List: ",", Relation: true, Module: moduleV2,
		Doc: "Fields that the foreign key points to, in the order of foreignKey; in a many-to-many, the fields of the target that the join table points to."},
	{Name: "many2many", Role: relation.JoinTableRole, Relation: true,
		Doc: "Makes a many-to-many over the join table of this name."},
	{Name: "joinForeignKey", Role: relation.JoinForeignKeyRole, List: ",", Relation: true, Module: moduleV2,
		Doc: "Columns of the join table that point to this model, as Go names."},
	{Name: "joinReferences", Role: relation.JoinReferencesRole, List: ",", Relation: true, Module: moduleV2,
		Doc: "Columns of the join table that point to the target, as Go names."},
	{Name: "polymorphic", Role: relation.PolymorphicRole, Relation: true,
		Doc: "Makes a polymorphic has-one or has-many: the target's fields <value>Type and <value>ID say whose it is."},
	{Name: "polymorphicType", Role: relation.PolymorphicTypeRole, Relation: true, Module: moduleV2,
		Doc: "Field of the target that says the type of the owner, in place of <polymorphic>Type."},
	{Name: "polymorphicId", Role: relation.PolymorphicIDRole, Relation: true, Module: moduleV2,
		Doc: "Field of the target that holds the key of the owner, in place of <polymorphic>ID."},
	{Name: "polymorphicValue", Role: relation.PolymorphicValueRole, Relation: true, Module: moduleV2,
		Doc: "What the type field holds for this model, in place of its table's name."},
	{Name: "belongsTo", Role: relation.ValueRole, Values: []string{"true"}, Relation: true, Module: moduleV2,
		Doc: "Looks for the foreign key on this model first; without it GORM looks on the target first."},
	{Name: "constraint", Role: relation.ValueRole, Relation: true, Module: moduleV2,
		Values: []string{"OnUpdate:CASCADE", "OnDelete:CASCADE", "OnDelete:SET NULL", "OnDelete:RESTRICT", "-"},
		Doc:    "Sets up the foreign key constraint: [name,]OnUpdate:...,OnDelete:...; - makes none."},

	// struct layout
	{Name: "embedded", Doc: "Takes the fields of the struct as fields of this model."},
	{Name: "embeddedPrefix", Role: relation.ValueRole, Module: moduleV2,
		Doc: "Goes before the column names of the embedded fields."},
	{Name: "-", Role: relation.ValueRole, Values: []string{"all", "migration"},
		Doc: "Leaves the field out: - from reading and writing, all from migrations too, migration from migrations alone."},
	{Name: "<-", Role: relation.ValueRole, Values: []string{"create", "update", "false"}, Module: moduleV2,
		Doc: "Says when the field is written: always, on create, on update, or never (false)."},
	{Name: "->", Role: relation.ValueRole, Values: []string{"false"}, Module: moduleV2,
		Doc: "Makes the field read-only; false keeps it from being read."},

	// columns
	{Name: "column", Role: relation.ColumnRole, Doc: "Name of the column."},
	{Name: "type", Role: relation.ValueRole,
		Doc: "Type of the column: bool, int, uint, float, string, time, bytes, or one of the database's own."},
	{Name: "serializer", Role: relation.ValueRole, Values: ownSerializers, Module: moduleV2,
		Doc: "How the value is written into its column: json, gob, unixtime, or one registered with schema.RegisterSerializer."},
	{Name: "json", Role: relation.ValueRole, Values: []string{"json"}, Module: moduleV2,
		Doc: "Another spelling of serializer; without a value, serializer:json."},
	{Name: "size", Role: relation.ValueRole, Doc: "Size or length of the column."},
	{Name: "primaryKey", Module: moduleV2, Doc: "Makes the column part of the primary key."},
	{Name: "primary_key", Doc: "Makes the column part of the primary key; primaryKey is the usual spelling since GORM v2."},
	{Name: "unique", Doc: "Makes the column unique."},
	{Name: "default", Role: relation.ValueRole, Doc: "Default value of the column."},
	{Name: "precision", Role: relation.ValueRole, Doc: "Precision of the column."},
	{Name: "scale", Role: relation.ValueRole, Module: moduleV2, Doc: "Scale of the column."},
	{Name: "not null", Doc: "Makes the column NOT NULL."},
	{Name: "notNull", Module: moduleV2, Doc: "Makes the column NOT NULL."},
	{Name: "autoIncrement", Module: moduleV2, Doc: "Makes the column auto-increment."},
	{Name: "autoIncrementIncrement", Role: relation.ValueRole, Module: moduleV2, Doc: "Step between two auto-increment values."},
	{Name: "autoCreateTime", Role: relation.ValueRole, Values: []string{"nano", "milli"}, Module: moduleV2,
		Doc: "Sets the field to the time of creation; on integers in seconds, nano or milli."},
	{Name: "autoUpdateTime", Role: relation.ValueRole, Values: []string{"nano", "milli"}, Module: moduleV2,
		Doc: "Sets the field to the time of the last update; on integers in seconds, nano or milli."},
	{Name: "comment", Role: relation.ValueRole, Doc: "Comment on the column, written by migrations."},

	{Name: "zeroValue", Role: relation.ValueRole, Module: moduleV2,
		Doc: "On a gorm.DeletedAt: what the column holds for a row that is not deleted, in place of NULL."},

	// indexes and constraints
	{Name: "index", Role: relation.ValueRole, Values: indexOptions,
		Doc: "Makes an index: [name][,class:...,type:...,sort:...,...]; one name on several fields makes a composite index."},
	{Name: "uniqueIndex", Role: relation.ValueRole, Values: indexOptions, Module: moduleV2,
		Doc: "Makes a unique index, with the options of index."},
	{Name: "check", Role: relation.ValueRole, Module: moduleV2, Doc: "Makes a check constraint: [name,]expression."},

	// v1 alone
	{Name: "association_foreignkey", Role: relation.ReferencesRole, List: ",", Relation: true, Deprecated: "references", Module: moduleV1,
		Doc: "Fields that the foreign key points to."},
	{Name: "associationForeignKey", Role: relation.ReferencesRole, List: ",", Relation: true, Deprecated: "references", Module: moduleV1,
		Doc: "Fields that the foreign key points to."},
	{Name: "jointable_foreignkey", Role: relation.JoinForeignKeyRole, List: ",", Relation: true, Deprecated: "joinForeignKey", Module: moduleV1,
		Doc: "Columns of the join table that point to this model."},
	{Name: "association_jointable_foreignkey", Role: relation.JoinReferencesRole, List: ",", Relation: true, Deprecated: "joinReferences", Module: moduleV1,
		Doc: "Columns of the join table that point to the target."},
	{Name: "polymorphic_value", Role: relation.PolymorphicValueRole, Relation: true, Deprecated: "polymorphicValue", Module: moduleV1,
		Doc: "What the type field holds for this model, in place of its table's name."},
	{Name: "preload", Role: relation.ValueRole, Values: []string{"true", "false"}, Relation: true, Module: moduleV1,
		Doc: "Whether auto-preloading loads the relation."},
	{Name: "save_associations", Role: relation.ValueRole, Values: []string{"true", "false"}, Relation: true, Module: moduleV1,
		Doc: "Whether saving the model saves the relation."},
	{Name: "association_autocreate", Role: relation.ValueRole, Values: []string{"true", "false"}, Relation: true, Module: moduleV1,
		Doc: "Whether saving the model creates what the relation holds."},
	{Name: "association_autoupdate", Role: relation.ValueRole, Values: []string{"true", "false"}, Relation: true, Module: moduleV1,
		Doc: "Whether saving the model updates what the relation holds."},
	{Name: "association_save_reference", Role: relation.ValueRole, Values: []string{"true", "false"}, Relation: true, Module: moduleV1,
		Doc: "Whether saving the model saves the reference to what the relation holds."},
	{Name: "auto_increment", Deprecated: "autoIncrement", Module: moduleV1, Doc: "Makes the column auto-increment."},
	{Name: "embedded_prefix", Role: relation.ValueRole, Deprecated: "embeddedPrefix", Module: moduleV1,
		Doc: "Goes before the column names of the embedded fields."},
	{Name: "unique_index", Role: relation.ValueRole, Deprecated: "uniqueIndex", Module: moduleV1, Doc: "Makes a unique index."},
}

// indexOptions are what may stand behind the name of an index (schema/index.go).
var indexOptions = []string{"class:", "type:", "where:", "comment:", "option:", "expression:", "sort:", "collate:",
	"length:", "priority:", "unique", "composite:"}

// ownSerializers are the serializers that GORM registers itself (schema/serializer.go).
var ownSerializers = []string{"json", "gob", "unixtime"}

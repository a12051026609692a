package gorel

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// The keys of tags, each of which is an option.
const (
	refKey     = "ref"
	fkKey      = "fk"
	throughKey = "through"
	dbKey      = "db"
)

// keys are the tags that go-rel reads, relations first.
var keys = []string{refKey, fkKey, throughKey, "auto", "autosave", "autoload", dbKey}

// truth is the one value that switches something on.
var truth = []string{"true"}

// options are what the tags say (getAssociationMeta, fieldName, isEmbedded).
var options = []dialect.Option{
	{Name: refKey, Role: relation.OwnColumnRole, Relation: true,
		Doc: "The column of this model that the relation goes by, whichever side holds the key. Heeded beside fk only."},
	{Name: fkKey, Role: relation.TargetColumnRole, Relation: true,
		Doc: "The column of the target that equals ref. Heeded beside ref only."},
	{Name: throughKey, Role: relation.RelationRole, Relation: true,
		Doc: "The relation of this model, by its column name, that leads to what stands between the sides."},
	{Name: "auto", Role: relation.ValueRole, Values: truth, Relation: true,
		Doc: "Loads the relation with the model and saves it with the model: autoload and autosave."},
	{Name: "autosave", Role: relation.ValueRole, Values: truth, Relation: true,
		Doc: "Saves the relation when the model is inserted or updated."},
	{Name: "autoload", Role: relation.ValueRole, Values: truth, Relation: true,
		Doc: "Loads the relation whenever the model is queried."},
	{Name: dbKey, Role: relation.ColumnRole, Pair: ",", Second: relation.ValueRole, Values: []string{"primary", "embedded"},
		Doc: "Name of the column, - for none; with primary part of the key, with embedded what goes before the columns of a struct."},
}

// offers reports whether an option has its place in the tag of the field.
func offers(f *facts.Field, o *dialect.Option) bool { return !f.Embedded || !o.Relation }

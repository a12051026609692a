package pop

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// The keys of pop's tags (columns/tags.go).
const (
	belongsToKey  = "belongs_to"
	hasOneKey     = "has_one"
	hasManyKey    = "has_many"
	manyToManyKey = "many_to_many"
	foreignKey    = "fk_id"
	primaryKey    = "primary_id"
	orderKey      = "order_by"
	dbKey         = "db"
)

var (
	kindKeys = []string{belongsToKey, hasOneKey, hasManyKey, manyToManyKey}
	// ownKeys are those that no other library reads, shared the others.
	ownKeys = append(slices.Clone(kindKeys), foreignKey, primaryKey)
	shared  = []string{orderKey, dbKey}
	keys    = slices.Concat(ownKeys, shared)
	// popKeys are all keys whose tags pop reads: a field with none of them is a column
	// of its Go name.
	popKeys = append(slices.Clone(keys), "rw", "select")
)

// options are the tags of pop that are about relations, and the column.
var options = []dialect.Option{
	{Name: belongsToKey, Kind: relation.BelongsTo, Role: relation.TargetTableRole, Relation: true,
		Doc: "The foreign key is on this model: the field of this name with ID behind it, or the one that fk_id names. The value means nothing."},
	{Name: hasOneKey, Kind: relation.HasOne, Role: relation.TargetTableRole, Relation: true,
		Doc: "The foreign key is on the target, in the column that fk_id names, else in the one called after this model. The value is the target's table."},
	{Name: hasManyKey, Kind: relation.HasMany, Role: relation.TargetTableRole, Relation: true,
		Doc: "The foreign key is on the target, in the column that fk_id names, else in the one called after this model. The value is the target's table."},
	{Name: manyToManyKey, Kind: relation.ManyToMany, Role: relation.JoinTableRole, Relation: true,
		Doc: "The table of this name holds both keys: one for this model, in the column that primary_id names, and one for the target, in that of fk_id."},
	{Name: foreignKey, Role: relation.TargetColumnRole, Relation: true,
		Doc: "The foreign key: in a belongs_to a field of this model, in has_one and has_many a column of the target, in a many_to_many the column of the join table that points to the target."},
	{Name: primaryKey, Role: relation.ReferencesRole, Relation: true,
		Doc: "In a belongs_to the field of the target that the key points to, in a many_to_many the column of the join table that points to this model."},
	{Name: orderKey, Role: relation.TargetColumnRole, List: ",", Relation: true,
		Doc: "The order in which a has_many or a many_to_many is loaded, in SQL."},
	{Name: dbKey, Role: relation.ColumnRole, Doc: "The column of the field; a field with a dash is none."},
}

// What fk_id and primary_id are beside tags that make other relations.
var (
	belongsKey = dialect.Option{Name: foreignKey, Role: relation.ForeignKeyRole, Relation: true,
		Doc: "The field of this model that holds the key, by its name or by its column."}
	joinTargetKey = dialect.Option{Name: foreignKey, Role: relation.JoinReferencesRole, Columns: true, Relation: true,
		Doc: "The column of the join table that points to the target."}
	joinOwnKey = dialect.Option{Name: primaryKey, Role: relation.JoinForeignKeyRole, Columns: true, Relation: true,
		Doc: "The column of the join table that points to this model."}
)

// meant is what an option is beside the tag that makes the relation.
func meant(f *facts.Field, o *dialect.Option) *dialect.Option {
	switch kind := kindOf(f); {
	case o.Name == foreignKey && kind == belongsToKey:
		return &belongsKey
	case o.Name == foreignKey && kind == manyToManyKey:
		return &joinTargetKey
	case o.Name == primaryKey && kind == manyToManyKey:
		return &joinOwnKey
	}
	return o
}

// kindOf is the key of the field's tag that makes an association, the first of several,
// or will when it has a value; "" for none.
func kindOf(f *facts.Field) string {
	for _, t := range f.Tags {
		if slices.Contains(kindKeys, t.Key.Text) {
			return t.Key.Text
		}
	}
	return ""
}

// heeded are the options that pop reads beside each tag that makes an association.
var heeded = map[string][]string{
	belongsToKey:  {foreignKey, primaryKey},
	hasOneKey:     {foreignKey},
	hasManyKey:    {foreignKey, orderKey},
	manyToManyKey: {foreignKey, primaryKey, orderKey},
}

// offers reports whether an option has its place among the tags of the field: one that
// makes an association only once, what says more of it where it is heeded.
func offers(f *facts.Field, o *dialect.Option) bool {
	kind := kindOf(f)
	switch {
	case o.Kind != relation.NoKind:
		return kind == "" || kind == o.Name
	case o.Name == dbKey:
		return !f.Embedded
	}
	return slices.Contains(heeded[kind], o.Name)
}

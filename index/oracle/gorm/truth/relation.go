package truth

import (
	"reflect"
	"slices"

	"gorm.io/gorm/schema"

	"github.com/rells-dev/rells/index/oracle/ask"
)

var kinds = map[schema.RelationshipType]string{
	schema.BelongsTo: ask.BelongsTo,
	schema.HasOne:    ask.HasOne,
	schema.HasMany:   ask.HasMany,
	schema.Many2Many: ask.ManyToMany,
}

// isRelation is GORM's own condition (schema/schema.go). It holds before the
// relations are resolved, which copies data types onto keys that are relation
// fields themselves.
func isRelation(f *schema.Field) bool {
	return f.DataType == "" && f.GORMDataType == "" && (f.Creatable || f.Updatable || f.Readable)
}

// all returns the resolved relations of a schema, shadowed ones too.
func all(s *schema.Schema) []*schema.Relationship {
	r := &s.Relationships
	return slices.Concat(r.BelongsTo, r.HasOne, r.HasMany, r.Many2Many)
}

// relations returns the resolved relations of a schema in field order, in the
// shape of rells' index.
func relations(s *schema.Schema) []ask.Relation {
	position := map[*schema.Field]int{}
	for i, f := range s.Fields {
		position[f] = i
	}
	resolved := all(s)
	slices.SortFunc(resolved, func(a, b *schema.Relationship) int {
		return position[a.Field] - position[b.Field]
	})
	var out []ask.Relation
	for _, r := range resolved {
		out = append(out, relation(r))
	}
	return out
}

func relation(r *schema.Relationship) ask.Relation {
	out := ask.Relation{
		ID:      fieldID(r.Field),
		Model:   typeID(r.Schema.ModelType),
		Field:   r.Field.Name,
		Target:  typeID(r.FieldSchema.ModelType),
		Kind:    kinds[r.Type],
		Dialect: "gorm",
	}
	if r.Type == schema.Many2Many {
		out.JoinTable = r.JoinTable.Table
		own, far := joinKeys(r, true), joinKeys(r, false)
		out.JoinKeys, out.OwnJoinKeys = slices.Concat(own, far), len(own)
		return out
	}
	for _, ref := range r.References {
		if ref.PrimaryKey == nil {
			continue // the type column of a polymorphic relation points to no field
		}
		out.Keys = append(out.Keys, ask.Key{
			ForeignKey: fieldID(ref.ForeignKey),
			References: fieldID(ref.PrimaryKey),
		})
	}
	if p := r.Polymorphic; p != nil {
		out.Polymorphic = &ask.Polymorphic{
			Type:  fieldID(p.PolymorphicType),
			ID:    fieldID(p.PolymorphicID),
			Value: p.Value,
		}
	}
	return out
}

// joinKeys returns the columns of the join table that point to the model
// itself, or those that point to the target.
func joinKeys(r *schema.Relationship, own bool) []ask.JoinKey {
	var keys []ask.JoinKey
	for _, ref := range r.References {
		if ref.OwnPrimaryKey == own {
			keys = append(keys, ask.JoinKey{Column: ref.ForeignKey.DBName, References: fieldID(ref.PrimaryKey)})
		}
	}
	return keys
}

// fieldID is the id of a model's field: the model's id and the shortest Go
// selector that reaches the field from the model.
func fieldID(f *schema.Field) string {
	model := f.Schema.ModelType
	id := typeID(model)
	for _, name := range shortestSelector(model, f.BindNames) {
		id += "." + name
	}
	return id
}

// shortestSelector returns the fewest of the names in path that still select
// the last of them from struct t: Go promotes the fields of anonymous structs,
// unless another field of that name is as near.
func shortestSelector(t reflect.Type, path []string) []string {
	if len(path) == 0 {
		return nil
	}
	var best []string
	for next := len(path) - 1; next >= 0; next-- {
		step, ok := t.FieldByName(path[next])
		if !ok || !slices.Equal(step.Index, indexes(t, path[:next+1])) {
			continue
		}
		rest := shortestSelector(element(step.Type), path[next+1:])
		if best == nil || 1+len(rest) < len(best) {
			best = append([]string{path[next]}, rest...)
		}
	}
	if best == nil {
		return path
	}
	return best
}

// indexes returns the index of each field on a path of names that leaves out none.
func indexes(t reflect.Type, path []string) []int {
	var index []int
	for _, name := range path {
		f, ok := element(t).FieldByName(name)
		if !ok {
			return nil
		}
		index = append(index, f.Index...)
		t = f.Type
	}
	return index
}

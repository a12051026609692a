package truth

import (
	"reflect"
	"slices"
	"strings"

	"github.com/uptrace/bun/schema"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// relationOf tells a relation of a table in the words of rells' output.
func relationOf(t *schema.Table, r *schema.Relation) ask.Resolved {
	out := ask.Resolved{
		ID:     ask.FieldID(t.Type, r.Field.Index),
		Target: ask.TypeID(r.JoinTable.Type),
		Kind:   kindOf(t, r),
	}
	if r.Type == schema.ManyToManyRelation {
		joinKeys(&out, t, r)
		return out
	}
	for i := range r.BasePKs {
		own, target := ask.FieldID(t.Type, r.BasePKs[i].Index), ask.FieldID(r.JoinTable.Type, r.JoinPKs[i].Index)
		if out.Kind == "belongs-to" {
			out.Keys = append(out.Keys, own+" = "+target)
		} else {
			out.Keys = append(out.Keys, target+" = "+own)
		}
	}
	if r.PolymorphicField != nil {
		out.TypeField, out.TypeValue = ask.FieldID(r.JoinTable.Type, r.PolymorphicField.Index), r.PolymorphicValue
	}
	return out
}

// kindOf is the kind by where the key is: of a relation to one, the side on which the
// join is not on the whole primary key. Where that is both or none, Bun's word counts.
func kindOf(t *schema.Table, r *schema.Relation) string {
	word := map[int]string{
		schema.HasOneRelation: "has-one", schema.BelongsToRelation: "belongs-to",
		schema.HasManyRelation: "has-many", schema.ManyToManyRelation: "many-to-many",
	}[r.Type]
	if word == "has-many" || word == "many-to-many" {
		return word
	}
	byOwnKey, byTargetKey := columns(r.BasePKs) == columns(t.PKs), columns(r.JoinPKs) == columns(r.JoinTable.PKs)
	switch {
	case byTargetKey && !byOwnKey:
		return "belongs-to"
	case byOwnKey && !byTargetKey:
		return "has-one"
	}
	return word
}

func columns(fields []*schema.Field) string {
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	return strings.Join(names, ",")
}

// joinKeys tells the columns of a join table. What the target's columns point to is the
// model behind the second of the join model's two fields.
func joinKeys(out *ask.Resolved, t *schema.Table, r *schema.Relation) {
	out.JoinTable = r.M2MTable.Name
	for i, f := range r.M2MBasePKs {
		out.OwnKeys = append(out.OwnKeys, f.Name+" = "+ask.FieldID(t.Type, r.BasePKs[i].Index))
	}
	right := r.JoinTable.TypeName
	if join, ok := r.Field.Tag.Option("join"); ok {
		_, right, _ = strings.Cut(join, "=")
	}
	target := r.JoinTable.Type
	if f, ok := r.M2MTable.Type.FieldByName(right); ok {
		if target = f.Type; target.Kind() == reflect.Pointer {
			target = target.Elem()
		}
	}
	for i, f := range r.M2MJoinPKs {
		out.TargetKeys = append(out.TargetKeys, f.Name+" = "+ask.FieldID(target, r.JoinPKs[i].Index))
	}
}

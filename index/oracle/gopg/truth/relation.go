package truth

import (
	"slices"
	"strings"

	"github.com/go-pg/pg/v10/orm"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// relationOf tells a relation of a table in the words of rells' output.
func relationOf(t *orm.Table, r *orm.Relation) ask.Resolved {
	out := ask.Resolved{
		ID:     ask.FieldID(t.Type, r.Field.Index),
		Target: ask.TypeID(r.JoinTable.Type),
		Kind:   kindOf(t, r),
	}
	if r.Type == orm.Many2ManyRelation {
		out.JoinTable = strings.ReplaceAll(string(r.M2MTableName), `"`, "")
		out.OwnKeys = joinKeys(t, r.M2MBaseFKs)
		out.TargetKeys = joinKeys(r.JoinTable, r.M2MJoinFKs)
		return out
	}
	for i := range r.BaseFKs {
		own, target := ask.FieldID(t.Type, r.BaseFKs[i].Index), ask.FieldID(r.JoinTable.Type, r.JoinFKs[i].Index)
		if out.Kind == ask.BelongsTo {
			out.Keys = append(out.Keys, own+" = "+target)
		} else {
			out.Keys = append(out.Keys, target+" = "+own)
		}
	}
	if r.Polymorphic != nil {
		out.TypeField, out.TypeValue = ask.FieldID(r.JoinTable.Type, r.Polymorphic.Index), t.ModelName
	}
	return out
}

// joinKeys tells the columns of a join table that lead to a side.
func joinKeys(side *orm.Table, columns []string) []string {
	var keys []string
	for i, column := range columns {
		keys = append(keys, column+" = "+ask.FieldID(side.Type, side.PKs[i].Index))
	}
	return keys
}

// kindOf is the kind by where the key is. go-pg calls the side that has the key has-one,
// and the other belongs-to; but fk and join_fk may turn that round: then the key is on
// the side on which the join is not on the whole primary key.
func kindOf(t *orm.Table, r *orm.Relation) string {
	word := map[int]string{
		orm.HasOneRelation: ask.BelongsTo, orm.BelongsToRelation: ask.HasOne,
		orm.HasManyRelation: ask.HasMany, orm.Many2ManyRelation: ask.ManyToMany,
	}[r.Type]
	if word == ask.HasMany || word == ask.ManyToMany {
		return word
	}
	byOwnKey, byTargetKey := columns(r.BaseFKs) == columns(t.PKs), columns(r.JoinFKs) == columns(r.JoinTable.PKs)
	switch {
	case byTargetKey && !byOwnKey:
		return ask.BelongsTo
	case byOwnKey && !byTargetKey:
		return ask.HasOne
	}
	return word
}

func columns(fields []*orm.Field) string {
	var names []string
	for _, f := range fields {
		names = append(names, f.SQLName)
	}
	slices.Sort(names)
	return strings.Join(names, ",")
}

package gopg

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// manyToMany resolves a relation over the table of a join model (mustM2MRelation), whose
// columns lead to the sides.
func (r *reader) manyToMany(d *declaration) {
	option := "rel:many2many"
	if !d.field.tag.Has("rel") {
		option = many2many
	}
	if !r.needSlice(d, option, "pg12") || !r.needKey(d, r.sch) || !r.needKey(d, d.target) {
		return
	}
	table, ok := d.field.tag.Last(many2many)
	if !ok {
		d.Add(r.noTable(d))
		return
	}
	d.Relation.Kind, d.Relation.JoinTable = relation.ManyToMany, table.Value.Text
	r.through(d, table)
}

// through finds the join model and its columns.
func (r *reader) through(d *declaration, table dialect.Item) {
	if !r.findJoinModel(d, table) {
		return
	}
	own, ok := r.columnsOf(d, r.sch, "fk", [2]string{"pg15", "pg16"})
	if !ok {
		return
	}
	theirs, ok := r.columnsOf(d, d.target, "join_fk", [2]string{"pg17", "pg18"})
	if !ok {
		return
	}
	d.Relation.JoinKeys = append(own, theirs...)
	d.Relation.OwnJoinKeys = len(own)
	d.Relation.Reason = r.whyThrough(d)
}

// findJoinModel finds the model of the join table. go-pg knows those that were handed to
// it before; what was handed to no call at all, it cannot know.
func (r *reader) findJoinModel(d *declaration, table dialect.Item) bool {
	var found []facts.Type
	if table.Value.Text != "" {
		found = r.scope.Tabled(table.Value.Text)
	}
	model, handed := dialect.ChosenHanded(r.scope, found, r.sch.typ)
	switch {
	case model == nil && len(found) == 0 && (!r.registersOthers() || r.misspelt(d, table.Value.Text)):
		d.Add(r.noJoinModel(d, table))
		return false
	case model == nil:
		d.Unsure = true
		return false
	}
	d.join = r.schemaOf(model)
	d.Relation.JoinModel, d.Relation.JoinByTable = model.Ref(), true
	if !handed && !r.registersOthers() {
		d.unregistered = r.unregistered(d, table)
	}
	return true
}

// registersOthers reports whether models are made known that the source does not show.
func (r *reader) registersOthers() bool { return slices.ContainsFunc(calls, r.scope.Obscure) }

// misspelt reports whether a model with nearly that table holds the keys of both sides, and
// is handed to go-pg: what many2many names is then a misspelling, and no model that the
// source does not show.
func (r *reader) misspelt(d *declaration, table string) bool {
	for _, name := range r.scope.Tables() {
		if distance := levenshtein.ComputeDistance(name, table); distance > 2 || 5*distance > len(table) {
			continue
		}
		for _, t := range r.scope.Tabled(name) {
			join := r.schemaOf(t)
			if holdsKey(d, join, r.sch, "fk") && holdsKey(d, join, d.target, "join_fk") && len(r.scope.Uses(t)) > 0 {
				return true
			}
		}
	}
	return false
}

// holdsKey reports whether a model has the columns that lead to a side.
func holdsKey(d *declaration, join, side *schema, option string) bool {
	prefix := dialect.Underscore(side.modelName) + "_"
	if item, named := d.field.tag.Last(option); named {
		if prefix = item.Value.Text; len(side.primary) == 1 {
			return join.byColumn[prefix] != nil
		}
	}
	return !slices.ContainsFunc(side.primary, func(key *field) bool { return join.byColumn[prefix+key.column] == nil })
}

// columnsOf are the columns of the join model that lead to a side: the one that the
// option names, or those that begin as the option, or the side's name, says. rows are
// those of a column that the option names, and of one that goes by convention.
func (r *reader) columnsOf(d *declaration, side *schema, option string, rows [2]string) ([]relation.JoinKey, bool) {
	prefix := dialect.Underscore(side.modelName) + "_"
	item, named := d.field.tag.Last(option)
	if named {
		if prefix = item.Value.Text; len(side.primary) == 1 {
			f := d.column(d.join, prefix)
			if f == nil {
				d.Add(r.joinColumnUnknown(d, item, rows[0]))
				return nil, false
			}
			return []relation.JoinKey{{Column: prefix, References: side.id(side.primary[0])}}, true
		}
	}
	var keys []relation.JoinKey
	fallen := 0
	for _, key := range side.primary {
		f, fell := d.named(d.join, prefix, key.column)
		if f == nil {
			d.Add(r.joinColumnMissing(d, side, prefix+key.column, option, rows[1]))
			return nil, false
		}
		column := prefix + key.column
		if fell {
			column = key.column
			fallen++
		}
		keys = append(keys, relation.JoinKey{Column: column, References: side.id(key)})
	}
	if fallen == len(keys) && r.joinsOwnKey(d, side) {
		d.Remark(r.joinFallback(d, side, prefix))
	}
	return keys, true
}

// joinsOwnKey reports whether, for want of a column that leads to a side, the join
// model's own primary key is taken. A column that carries the name of the side leads
// there.
func (r *reader) joinsOwnKey(d *declaration, side *schema) bool {
	if len(d.join.primary) != len(side.primary) {
		return false
	}
	for _, key := range side.primary {
		f := d.join.byColumn[key.column]
		if !slices.Contains(d.join.primary, f) || strings.HasPrefix(key.column, side.modelName+"_") {
			return false
		}
	}
	return true
}

package bun

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// manyToMany resolves a relation over the table of a join model (m2mRelation): two
// fields of that model lead to the sides, as if each said rel:belongs-to.
func (r *reader) manyToMany(d *declaration) {
	if !r.needSlice(d, "m2m", "bun23") || !r.needKey(d, r.sch) || !r.needKey(d, d.target) {
		return
	}
	table, _ := d.field.tag.Last("m2m")
	d.Relation.Kind, d.Relation.JoinTable = relation.ManyToMany, table.Value.Text
	r.through(d, table.Value)
}

// through finds the join model and its columns.
func (r *reader) through(d *declaration, table facts.Slot) {
	if !r.findJoinModel(d, table) {
		return
	}
	left, right, ok := r.joinFields(d)
	if !ok {
		return
	}
	own, ok := r.throughField(d, left, r.sch, relation.JoinOwnFieldRole)
	if !ok {
		return
	}
	theirs, ok := r.throughField(d, right, nil, relation.JoinTargetFieldRole)
	if !ok {
		return
	}
	d.Relation.JoinKeys = append(own, theirs...)
	d.Relation.OwnJoinKeys = len(own)
	d.Relation.Reason = "m2m names the table of " + d.join.label() + ", whose " + left.goName + " and " + right.goName + " lead to the sides"
}

// findJoinModel finds the model of the join table. Bun knows those that were handed to
// it before; what was handed to no call at all, it cannot know.
func (r *reader) findJoinModel(d *declaration, table facts.Slot) bool {
	found := r.scope.Tabled(table.Text)
	model, handed := dialect.ChosenHanded(r.scope, found, r.sch.typ)
	switch {
	case model == nil && len(found) == 0 && (!r.registersOthers() || r.joinedElsewhere(d)):
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
func (r *reader) registersOthers() bool { return slices.ContainsFunc(registering, r.scope.Obscure) }

// joinedElsewhere reports whether a model of another table joins the sides, and is handed
// to Bun: what m2m names is then a misspelling, and no model that the source does not show.
func (r *reader) joinedElsewhere(d *declaration) bool {
	names, ok := r.joinNames(d)
	if !ok {
		return false
	}
	leads := func(sch *schema, name string, to *schema) bool {
		f := sch.byGoName(name)
		return f != nil && indirect(f.typ).Ref() == to.typ.Ref()
	}
	for _, table := range r.scope.Tables() {
		for _, t := range r.scope.Tabled(table) {
			sch := r.schemaOf(t)
			if leads(sch, names.base.Text, r.sch) && leads(sch, names.join.Text, d.target) && len(r.scope.Uses(t)) > 0 {
				return true
			}
		}
	}
	return false
}

// joinNames are the names of the fields of the join model that lead to the sides: join
// says them, else they are called as the types are.
func (r *reader) joinNames(d *declaration) (names joinItem, ok bool) {
	if !d.field.tag.Has("join") {
		return joinItem{facts.Slot{Text: r.sch.typeName}, facts.Slot{Text: d.target.typeName}}, true
	}
	items, ok := r.joined(d)
	if !ok {
		return joinItem{}, false
	}
	return items[0], true
}

// joinFields are the fields of the join model that lead to the sides.
func (r *reader) joinFields(d *declaration) (left, right *field, ok bool) {
	names, ok := r.joinNames(d)
	if !ok {
		return nil, nil, false
	}
	if left = d.join.byGoName(names.base.Text); left == nil {
		d.Unsure = d.Unsure || d.join.open
		d.Add(r.joinFieldMissing(d, names.base, "bun26", r.sch, relation.JoinOwnFieldRole))
		return nil, nil, false
	}
	if right = d.join.byGoName(names.join.Text); right == nil {
		d.Unsure = d.Unsure || d.join.open
		d.Add(r.joinFieldMissing(d, names.join, "bun27", d.target, relation.JoinTargetFieldRole))
		return nil, nil, false
	}
	return left, right, true
}

// throughField are the columns of the join table by which a field of the join model
// leads to a side, which is the field's own type, unless given.
func (r *reader) throughField(d *declaration, f *field, side *schema, role relation.Role) ([]relation.JoinKey, bool) {
	inner := &declaration{field: f}
	j := &reader{scope: r.scope, sch: d.join, model: &relation.Model{}}
	if j.aim(inner, indirect(f.typ), "m2m") && j.needKey(inner, inner.target) {
		j.toOne(inner, relation.BelongsTo)
	}
	d.Unsure = d.Unsure || inner.Unsure
	if d.Unsure {
		return nil, false
	}
	if len(inner.Mistakes) > 0 {
		if rel, ok := f.tag.Last("rel"); ok && rel.Value.Text == "belongs-to" {
			d.Unsure = true // the join model says so itself
			return nil, false
		}
		d.Add(r.joinModelBroken(d, inner.Mistakes[0], f, role))
		return nil, false
	}
	var keys []relation.JoinKey
	for _, k := range inner.pairs {
		pointed, at := k.join, inner.target
		if side != nil && side != inner.target {
			if pointed, at = side.byColumn[k.join.column], side; pointed == nil {
				d.Unsure = d.Unsure || side.open
				d.Add(r.joinKeyMissing(d, f, side, k.join.column, role))
				return nil, false
			}
		}
		keys = append(keys, relation.JoinKey{Column: k.base.column, References: at.id(pointed)})
	}
	return keys, true
}

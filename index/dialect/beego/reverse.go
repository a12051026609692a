package beego

import (
	"slices"

	"github.com/rells-dev/rells/index/relation"
)

// reversed resolves reverse(one) and reverse(many) by the field on the other side.
func (r *reader) reversed(d *declaration) {
	g, unsure := bound(r.sch, d.field, d.target)
	if g == nil {
		d.Unsure = d.Unsure || unsure || d.target.open
		d.Add(r.noForward(d))
		return
	}
	d.Relation.Inverse = d.target.id(g)
	if g.mistaken {
		d.Unsure = true // the other side says so
		return
	}
	if g.kind == manyToMany {
		r.reversedJoin(d, g)
		return
	}
	d.Relation.Kind = relation.HasMany
	if g.kind == oneToOne {
		d.Relation.Kind = relation.HasOne
	}
	keys, ok := r.keys(d, g, d.target, r.sch)
	if !ok && !d.Unsure {
		d.Unsure = true // the other side says so
		return
	}
	d.Relation.Keys = keys
	d.Relation.Reason = whyReverse(r.sch, d.field, d.target, g)
	r.checkChoice(d, g)
}

// reversedJoin resolves a reverse(many) of a rel(m2m): the join table, seen from here.
func (r *reader) reversedJoin(d *declaration, g *field) {
	other := &declaration{field: g, target: r.sch}
	there := &reader{scope: r.scope, sch: d.target, model: &relation.Model{}}
	there.manyToMany(other)
	if other.Unsure || len(other.Mistakes) > 0 {
		d.Unsure = true // the other side says so
		return
	}
	o := other.Relation
	d.through = other.through
	d.Relation.Kind = relation.ManyToMany
	d.Relation.JoinTable, d.Relation.JoinModel, d.Relation.JoinOpen = o.JoinTable, o.JoinModel, o.JoinOpen
	d.Relation.JoinKeys = slices.Concat(o.JoinKeys[o.OwnJoinKeys:], o.JoinKeys[:o.OwnJoinKeys])
	d.Relation.OwnJoinKeys = len(o.JoinKeys) - o.OwnJoinKeys
	d.Relation.Reason = whyReverse(r.sch, d.field, d.target, g)
	r.checkChoice(d, g)
}

// bound is the field of the target to which Beego binds a reverse field of a model: the
// first rel(one), or the first rel(fk), or else rel(m2m), that leads back. Where it is
// none, unsure says that it may be one for all that can be told.
func bound(sch *schema, f *field, target *schema) (g *field, unsure bool) {
	candidates := candidates(sch, f, target)
	if len(candidates) == 0 {
		return nil, target.mayLead(sch) || f.kind == reverseMany && joinsUnknown(sch, f, target)
	}
	return candidates[0], false
}

// mayLead reports whether a field that Beego refuses was perhaps meant to lead to a model.
func (sch *schema) mayLead(to *schema) bool {
	return slices.ContainsFunc(sch.fields, func(f *field) bool { return f.mistaken && f.leadsTo(to) })
}

// candidates are the fields of the target among which Beego takes the first.
func candidates(sch *schema, f *field, target *schema) []*field {
	if f.kind == reverseOne {
		return target.leading(oneToOne, sch)
	}
	if keys := target.leading(foreignKey, sch); len(keys) > 0 {
		return keys
	}
	return slices.DeleteFunc(target.leading(manyToMany, sch), func(g *field) bool { return !sameJoin(f, g, target, sch) })
}

// leading lists the fields of a kind that lead to a model.
func (sch *schema) leading(kind fieldKind, to *schema) []*field {
	var list []*field
	for _, f := range sch.fields {
		if f.kind == kind && f.leadsTo(to) {
			list = append(list, f)
		}
	}
	return list
}

// sameJoin reports whether a reverse(many) names the join table of a rel(m2m), or none.
func sameJoin(f, g *field, owner, target *schema) bool {
	table, through := f.joins()
	_, goes := g.joins()
	switch {
	case table == "" && through == "":
		return true
	case table != "":
		made, ok := joinTable(g, owner, target)
		return ok && made == table
	}
	return through == goes
}

// joins are the table, or else the model, that a field names with rel_table and
// rel_through.
func (f *field) joins() (table, through string) {
	if table = f.tag.value("rel_table"); table != "" {
		return table, ""
	}
	return "", f.tag.value("rel_through")
}

// overModel reports whether a rel(m2m) names the model of its join table.
func (f *field) overModel() bool {
	_, through := f.joins()
	return through != ""
}

// joinTable is the table of a rel(m2m); false where it cannot be told.
func joinTable(f *field, owner, target *schema) (string, bool) {
	table, through := f.joins()
	switch {
	case table != "":
		return table, true
	case through != "":
		return f.through, f.through != ""
	}
	return owner.table + "_" + target.table + "s", !owner.renamed && !target.renamed
}

// joinsUnknown reports whether some rel(m2m) that leads back has a table that cannot be
// told, and may be the one that a reverse(many) names.
func joinsUnknown(sch *schema, f *field, target *schema) bool {
	table, _ := f.joins()
	return table != "" && slices.ContainsFunc(target.leading(manyToMany, sch), func(g *field) bool {
		_, ok := joinTable(g, target, sch)
		return !ok
	})
}

// lastReverse is the field of the target that Beego takes for the other side of a
// relation: the last of those that are bound to it.
func lastReverse(sch *schema, f *field, target *schema) *field {
	for _, g := range slices.Backward(target.fields) {
		if g.kind < reverseOne || !g.leadsTo(sch) {
			continue
		}
		if to, _ := bound(target, g, sch); to == f {
			return g
		}
	}
	return nil
}

// checkChoice points out a reverse field that Beego binds without asking: to the first
// of several, or to one that has another reverse field.
func (r *reader) checkChoice(d *declaration, g *field) {
	for _, other := range r.sch.fields {
		if other == d.field {
			break
		}
		if other.kind < reverseOne || !other.leadsTo(d.target) {
			continue
		}
		if to, _ := bound(r.sch, other, d.target); to == g {
			d.Remark(r.boundTwice(d, g, other))
			return
		}
	}
	if all := candidates(r.sch, d.field, d.target); len(all) > 1 {
		d.Remark(r.firstOf(d, all))
	}
}

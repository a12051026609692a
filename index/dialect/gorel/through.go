package gorel

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// through makes a many-to-many of a relation that goes through another one of the
// model: to what holds the keys of both sides. go-rel keeps the name and no more than
// that, so that which columns are meant follows from the models.
func (r *reader) through(d *declaration) {
	slot := d.field.tags[throughKey].Value
	way := r.sch.byName[slot.Text]
	if way == nil || way.nature == aColumn || way == d.field {
		d.Unsure = d.Unsure || r.sch.open
		d.Remark(r.wayUnknown(d))
		return
	}
	if way.nature != aRelation || way.tags.value(throughKey) != "" {
		return
	}
	join := r.schemaOf(behind(way.typ))
	own := r.sch.columnsOf(way)
	if join.byName[own.fk] == nil || r.sch.byName[own.ref] == nil || own.kind(way.many) == relation.BelongsTo {
		return // what is wrong with it is told there, or it does not lead away
	}
	d.Relation.Kind = relation.ManyToMany
	d.Relation.JoinTable, d.Relation.JoinModel = join.table, join.typ.Ref()
	d.Relation.JoinKeys = []relation.JoinKey{{Column: own.fk, References: r.sch.id(r.sch.byName[own.ref])}}
	d.Relation.OwnJoinKeys = 1
	if there, ok := farKey(join, d.target, own.fk); ok {
		d.Relation.JoinKeys = append(d.Relation.JoinKeys, relation.JoinKey{Column: there.ref, References: d.target.id(d.target.byName[there.fk])})
	}
	d.Relation.Keys = nil
	d.Remark(r.notFollowed(d, join))
}

// farKey is the column of what stands between the sides that points to the target, and
// the one that it points to: that of a belongs-to or of a relation that leads back from
// the target, else the one called after it. near is the column that is taken already.
func farKey(join, target *schema, near string) (columns, bool) {
	var found []columns
	take := func(c columns) {
		if c.ref != near && join.byName[c.ref] != nil && target.byName[c.fk] != nil {
			found = append(found, c)
		}
	}
	for _, f := range join.fields {
		if c := join.columnsOf(f); leads(f, target) && c.kind(f.many) == relation.BelongsTo {
			take(c)
		}
	}
	if len(found) == 0 {
		for _, f := range target.fields {
			if c := target.columnsOf(f); leads(f, join) && c.kind(f.many) != relation.BelongsTo {
				take(columns{ref: c.fk, fk: c.ref})
			}
		}
	}
	if len(found) == 0 {
		take(columns{ref: snake(dialect.TypeName(target.typ)) + "_id", fk: idColumn})
	}
	for _, c := range found {
		if c != found[0] {
			return columns{}, false
		}
	}
	if len(found) == 0 {
		return columns{}, false
	}
	found[0].origin = written
	return found[0], true
}

// leads reports whether a field is a relation to the model that goes through no other.
func leads(f *field, to *schema) bool {
	return f.nature == aRelation && f.tags.value(throughKey) == "" && behind(f.typ).Ref() == to.typ.Ref()
}

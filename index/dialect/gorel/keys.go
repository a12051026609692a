package gorel

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// columns are what a relation goes by: a column of the model and one of the target,
// whichever of them is the foreign key.
type columns struct {
	ref, fk string
	origin  origin
}

// origin is what the columns of a relation were taken from.
type origin uint8

const (
	written   origin = iota // ref and fk say them
	throughID               // the relation goes through another: go-rel takes both ids
	ownKey                  // the model has a column that is called after the field
	byDefault               // nothing says anything: the target is to have a column called after the model
)

// idColumn is the column that go-rel takes for the key of every model, whatever its key
// is.
const idColumn = "id"

// columnsOf finds the columns of a relation (getAssociationMeta): ref and fk count only
// where both are given.
func (sch *schema) columnsOf(f *field) columns {
	ref, fk := f.tags.value(refKey), f.tags.value(fkKey)
	own := f.name + "_id"
	switch {
	case ref != "" && fk != "":
		return columns{ref, fk, written}
	case f.tags.value(throughKey) != "":
		return columns{idColumn, idColumn, throughID}
	case sch.byName[own] != nil:
		return columns{own, idColumn, ownKey}
	}
	return columns{idColumn, snake(dialect.TypeName(sch.typ)) + "_id", byDefault}
}

// kind is the kind of a relation: of one that is no slice go-rel takes the longer of two
// names for the foreign key.
func (c columns) kind(many bool) relation.Kind {
	switch {
	case many:
		return relation.HasMany
	case len(c.ref) > len(c.fk):
		return relation.BelongsTo
	}
	return relation.HasOne
}

// resolve finds out what the relation is kept by.
func (r *reader) resolve(d *declaration) {
	f := d.field
	if f.tags.saves() && f.tags.value(throughKey) != "" {
		d.Add(r.savedThrough(d))
		return
	}
	d.keys = r.sch.columnsOf(f)
	d.Relation.Kind = d.keys.kind(f.many)
	ref, fk := r.sch.byName[d.keys.ref], d.target.byName[d.keys.fk]
	// Whether there is a column called after the field decides where the keys are.
	hidden := r.sch.open && d.keys.origin == byDefault
	switch {
	case ref == nil:
		d.Unsure = r.sch.open
		d.Add(r.refUnknown(d))
		return
	case fk == nil:
		d.Unsure = d.target.open || hidden
		d.Add(r.fkUnknown(d))
		return
	}
	d.Unsure = hidden
	key := relation.Key{ForeignKey: d.target.id(fk), References: r.sch.id(ref)}
	if d.Relation.Kind == relation.BelongsTo {
		key = relation.Key{ForeignKey: r.sch.id(ref), References: d.target.id(fk)}
	}
	d.Relation.Keys = []relation.Key{key}
	r.checkFlipped(d, ref, fk)
	r.checkHeeded(d)
	if f.tags.value(throughKey) != "" {
		r.through(d)
	}
	d.Relation.Reason = r.why(d)
}

// checkFlipped notes the key of a relation that looks like a belongs-to, and that go-rel
// reads as a has-one because of how long the names of its columns are.
func (r *reader) checkFlipped(d *declaration, ref, fk *field) {
	if d.Relation.Kind == relation.HasOne && d.keys.origin == written && fk.primary && !ref.primary {
		d.Relation.PassedOver = []relation.Key{{ForeignKey: r.sch.id(ref), References: d.target.id(fk)}}
		d.Relation.PassedWhy = "go-rel takes ref for the foreign key only where it is longer than fk"
	}
}

// why says what the columns were taken from.
func (r *reader) why(d *declaration) string {
	var why string
	switch d.keys.origin {
	case written:
		why = "ref and fk name the columns"
		if !d.field.many {
			why += ", of which go-rel takes the longer for the foreign key"
		}
	case throughID:
		return "through " + d.field.tags.value(throughKey)
	case ownKey:
		why = "without ref and fk, " + r.sch.has(d.keys.ref) + " is found, which is called after the field"
	case byDefault:
		why = "without ref and fk, and without a column " + d.field.name + "_id, the key is " + d.target.has(d.keys.fk)
	}
	if through := d.field.tags.value(throughKey); through != "" {
		why = strings.Join([]string{"through " + through, why}, "; ")
	}
	return why
}

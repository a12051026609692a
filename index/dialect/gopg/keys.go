package gopg

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// columns are two columns that are equal: base of the model, join of the target.
type columns struct{ base, join *field }

// column finds a column of a model by its exact name (getField). What is not found may
// be there all the same, in an embedded struct that could not be resolved.
func (d *declaration) column(sch *schema, name string) *field {
	f := sch.byColumn[name]
	if f == nil && (sch.open || d.inlined(sch, name)) {
		d.Unsure = true
	}
	return f
}

// inlined reports whether go-pg may find a column inside of a field that is a struct, as
// field__column (inlineFields): of the model itself once it has come across the field, of
// others if it has read them whole before. No table has such a column.
func (d *declaration) inlined(sch *schema, name string) bool {
	if !strings.Contains(name, "__") {
		return false
	}
	for _, f := range sch.all {
		if f == d.field {
			return false
		}
		if t := indirect(f.typ); strings.HasPrefix(name, f.column+"__") && t != nil && (t.Shape() == facts.Struct || t.Shape() == facts.Unknown) {
			return true
		}
	}
	return false
}

// named finds the column that a key of the other side is kept in: called as a prefix and
// the key say, or else as the key itself. fallen says that it is the latter.
func (d *declaration) named(sch *schema, prefix, key string) (f *field, fallen bool) {
	if f = d.column(sch, prefix+key); f != nil {
		return f, false
	}
	return d.column(sch, key), true
}

// hasOne resolves a relation whose key is here (mustHasOneRelation): to the target's
// primary key, or the column that join_fk names.
func (r *reader) hasOne(d *declaration) {
	keys := d.target.primary
	if item, ok := d.field.tag.Last("join_fk"); ok {
		key := d.column(d.target, item.Value.Text)
		if key == nil {
			d.Add(r.columnUnknown(d, d.target, item, relation.ReferencesUnknown, "pg3"))
			return
		}
		keys = []*field{key}
	} else if !r.needKey(d, d.target) {
		return
	}
	prefix := dialect.Underscore(d.field.goName) + "_"
	if item, ok := d.field.tag.Last("fk"); ok {
		if prefix = item.Value.Text; len(keys) == 1 {
			fk := d.column(r.sch, prefix)
			if fk == nil {
				d.Add(r.columnUnknown(d, r.sch, item, relation.ForeignKeyUnknown, "pg4"))
				return
			}
			r.keep(d, relation.BelongsTo, []columns{{fk, keys[0]}})
			return
		}
	}
	var pairs []columns
	fallen := 0
	for _, key := range keys {
		fk, fell := d.named(r.sch, prefix, key.column)
		if fk == nil {
			d.Add(r.columnMissing(d, r.sch, prefix+key.column, relation.BelongsTo))
			return
		}
		if fell {
			fallen++
		}
		pairs = append(pairs, columns{fk, key})
	}
	d.fallen = fallen == len(pairs)
	r.keep(d, relation.BelongsTo, pairs)
}

// belongsTo resolves a relation to one whose key is there (mustBelongsToRelation).
func (r *reader) belongsTo(d *declaration) { r.keysThere(d, relation.HasOne) }

// hasMany resolves a relation to many (mustHasManyRelation).
func (r *reader) hasMany(d *declaration) {
	r.keysThere(d, relation.HasMany)
	if d.field.tag.Has("polymorphic") && len(d.Mistakes) == 0 {
		r.polymorphic(d, r.prefixThere(d)+"type")
	}
}

// keysThere finds the columns of the target that hold this model's primary key.
func (r *reader) keysThere(d *declaration, kind relation.Kind) {
	polymorphic := kind == relation.HasMany && d.field.tag.Has("polymorphic")
	if item, ok := d.field.tag.Last("join_fk"); ok && !polymorphic && len(r.sch.primary) == 1 {
		fk := d.column(d.target, item.Value.Text)
		if fk == nil {
			row := map[relation.Kind]string{relation.HasOne: "pg6", relation.HasMany: "pg9"}[kind]
			d.Add(r.columnUnknown(d, d.target, item, relation.ForeignKeyUnknown, row))
			return
		}
		r.keep(d, kind, []columns{{r.sch.primary[0], fk}})
		return
	}
	prefix := r.prefixThere(d)
	var pairs []columns
	fallen := 0
	for _, key := range r.sch.primary {
		fk, fell := d.named(d.target, prefix, key.column)
		if fk == nil {
			d.Add(r.columnMissing(d, d.target, prefix+key.column, kind))
			return
		}
		if fell {
			fallen++
		}
		pairs = append(pairs, columns{key, fk})
	}
	d.fallen = fallen == len(pairs)
	r.keep(d, kind, pairs)
}

// prefixThere is what the columns of the target begin with that lead here.
func (r *reader) prefixThere(d *declaration) string {
	if item, ok := d.field.tag.Last("join_fk"); ok {
		return item.Value.Text
	}
	return dialect.Underscore(r.sch.modelName) + "_"
}

// polymorphic finds the column that says whose a row is. It holds the name of the model,
// or that of its type (orm/join.go, manyQuery).
func (r *reader) polymorphic(d *declaration, column string) {
	f := d.column(d.target, column)
	if f == nil {
		d.Add(r.typeColumnMissing(d, column))
		return
	}
	d.typeColumn = column
	d.Relation.Polymorphic = &relation.Polymorphic{Type: d.target.id(f), Value: r.sch.modelName}
	if len(d.pairs) > 0 {
		d.Relation.Polymorphic.ID = d.target.id(d.pairs[0].join)
	}
}

// keep notes the columns as the keys of the relation. Its kind is what the word says,
// unless the columns of a relation to one tell that the other side has the key: the side
// whose columns are not its primary key holds it.
func (r *reader) keep(d *declaration, kind relation.Kind, pairs []columns) {
	var base, join []*field
	for _, p := range pairs {
		base, join = append(base, p.base), append(join, p.join)
	}
	own, target := dialect.SameElements(base, r.sch.primary), dialect.SameElements(join, d.target.primary)
	switch {
	case kind == relation.BelongsTo && own && !target:
		kind = relation.HasOne
	case kind == relation.HasOne && target && !own:
		kind = relation.BelongsTo
	}
	d.pairs, d.Relation.Kind = pairs, kind
	for _, p := range pairs {
		key := relation.Key{ForeignKey: d.target.id(p.join), References: r.sch.id(p.base)}
		if kind == relation.BelongsTo {
			key = relation.Key{ForeignKey: r.sch.id(p.base), References: d.target.id(p.join)}
		}
		d.Relation.Keys = append(d.Relation.Keys, key)
	}
	if d.fallen && r.joinsPrimaryKeys(d) {
		d.Remark(r.fallback(d))
	}
	d.Relation.Reason = r.why(d)
}

// joinsPrimaryKeys reports whether, for want of a foreign key, primary keys are joined. A
// column that carries the name of one of the models was meant to be a key of both.
func (r *reader) joinsPrimaryKeys(d *declaration) bool {
	for _, p := range d.pairs {
		for _, owner := range []string{r.sch.modelName, d.target.modelName, dialect.Underscore(d.field.goName)} {
			if strings.HasPrefix(p.join.column, owner+"_") {
				return false
			}
		}
		if !slices.Contains(r.sch.primary, p.base) || !slices.Contains(d.target.primary, p.join) {
			return false
		}
	}
	return true
}

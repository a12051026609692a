package bun

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// columns are two columns that are equal: base of the model, join of the target.
type columns struct{ base, join *field }

// joinItem is one a=b of an option join, and where its halves stand.
type joinItem struct{ base, join facts.Slot }

// joinItems splits the values of join: one value at its commas, several not
// (parseRelationJoin). It is false at the first that is no pair, which it gives.
func (t *tag) joinItems() (items []joinItem, bad facts.Slot, ok bool) {
	values := t.named("join")
	var parts []facts.Slot
	for _, item := range values {
		if len(values) == 1 {
			parts = append(parts, item.Value.Split(",")...)
		} else {
			parts = append(parts, item.Value)
		}
	}
	for _, part := range parts {
		halves := part.TrimSpace().Split("=")
		if len(halves) != 2 {
			return items, part.TrimSpace(), false
		}
		items = append(items, joinItem{halves[0], halves[1]})
	}
	return items, facts.Slot{}, true
}

// toOne resolves belongs-to and has-one, which word says where columns are looked for
// that join does not name.
func (r *reader) toOne(d *declaration, word relation.Kind) {
	var pairs []columns
	switch {
	case d.field.tag.Has("join"):
		items, ok := r.joined(d)
		if !ok {
			return
		}
		for _, item := range items {
			p, ok := r.pair(d, item, word)
			if !ok {
				return
			}
			pairs = append(pairs, p)
		}
	case word == relation.BelongsTo:
		pairs = r.guessOwn(d)
	default:
		pairs = r.guessTarget(d, word)
	}
	if len(pairs) == 0 {
		return
	}
	d.pairs = pairs
	d.Relation.Kind = r.kindOf(d, pairs, word)
	r.keep(d, pairs)
	r.whyJoined(d, word)
}

// joined are the pairs that join names.
func (r *reader) joined(d *declaration) ([]joinItem, bool) {
	items, bad, ok := d.field.tag.joinItems()
	if !ok {
		d.Add(r.badJoin(d, bad))
	}
	return items, ok
}

// pair finds the two columns that one part of join names.
func (r *reader) pair(d *declaration, item joinItem, word relation.Kind) (columns, bool) {
	base, join := r.sch.byColumn[item.base.Text], d.target.byColumn[item.join.Text]
	switch {
	case base == nil:
		d.Unsure = d.Unsure || r.sch.open
		d.Add(r.columnUnknown(d, r.sch, item.base, word, true))
		return columns{}, false
	case join == nil:
		d.Unsure = d.Unsure || d.target.open
		d.Add(r.columnUnknown(d, d.target, item.join, word, false))
		return columns{}, false
	}
	return columns{base, join}, true
}

// guessOwn finds the columns of the model that are called after the field and the
// target's keys, or else as the keys themselves (belongsToRelationWithTables).
func (r *reader) guessOwn(d *declaration) []columns {
	prefix := dialect.Underscore(d.field.goName) + "_"
	var pairs []columns
	fallen := 0
	for _, key := range d.target.primary {
		base := r.sch.byColumn[prefix+key.column]
		if base == nil {
			base = r.sch.byColumn[key.column]
			fallen++
		}
		if base == nil {
			d.Unsure = d.Unsure || r.sch.open
			d.Add(r.columnMissing(d, r.sch, prefix+key.column, relation.BelongsTo))
			return nil
		}
		d.Unsure = d.Unsure || fallen > 0 && r.sch.open
		pairs = append(pairs, columns{base, d.target.byColumn[key.column]})
	}
	if fallen == len(pairs) {
		r.remarkFallback(d, pairs, r.sch, prefix)
	}
	return pairs
}

// guessTarget finds the columns of the target that are called after the model and its
// keys, or else as the keys themselves (hasOneRelation, hasManyRelation).
func (r *reader) guessTarget(d *declaration, word relation.Kind) []columns {
	prefix := dialect.Underscore(r.sch.modelName) + "_"
	var pairs []columns
	fallen := 0
	for _, key := range r.sch.primary {
		join := d.target.byColumn[prefix+key.column]
		if join == nil {
			join = d.target.byColumn[key.column]
			fallen++
		}
		if join == nil {
			d.Unsure = d.Unsure || d.target.open
			d.Add(r.columnMissing(d, d.target, prefix+key.column, word))
			return nil
		}
		d.Unsure = d.Unsure || fallen > 0 && d.target.open
		pairs = append(pairs, columns{key, join})
	}
	if fallen == len(pairs) {
		r.remarkFallback(d, pairs, d.target, prefix)
	}
	return pairs
}

// remarkFallback remarks on primary keys that are joined for want of a foreign key. A
// column that carries the name of one of the models was meant to be a key of both.
func (r *reader) remarkFallback(d *declaration, pairs []columns, lacking *schema, prefix string) {
	for _, p := range pairs {
		for _, owner := range []string{r.sch.modelName, d.target.modelName, dialect.Underscore(d.field.goName)} {
			if strings.HasPrefix(p.join.column, owner+"_") {
				return
			}
		}
		if !slices.Contains(r.sch.primary, p.base) || !slices.Contains(d.target.primary, p.join) {
			return
		}
	}
	d.Remark(r.fallback(d, pairs, lacking, prefix))
}

// kindOf is the kind of a relation to one by where its key is: the side whose columns
// are not its primary key holds it. Where that does not tell, the word does.
func (r *reader) kindOf(d *declaration, pairs []columns, word relation.Kind) relation.Kind {
	var base, join []*field
	for _, p := range pairs {
		base, join = append(base, p.base), append(join, p.join)
	}
	own, target := dialect.SameElements(base, r.sch.primary), dialect.SameElements(join, d.target.primary)
	switch {
	case target && !own:
		return relation.BelongsTo
	case own && !target:
		return relation.HasOne
	}
	return word
}

// keep notes the columns as the keys of the relation.
func (r *reader) keep(d *declaration, pairs []columns) {
	for _, p := range pairs {
		key := relation.Key{ForeignKey: d.target.id(p.join), References: r.sch.id(p.base)}
		if d.Relation.Kind == relation.BelongsTo {
			key = relation.Key{ForeignKey: r.sch.id(p.base), References: d.target.id(p.join)}
		}
		d.Relation.Keys = append(d.Relation.Keys, key)
	}
}

// hasMany resolves a has-many (hasManyRelation). In a polymorphic one, join may name
// the column that holds the owner's type with type=column.
func (r *reader) hasMany(d *declaration) {
	value, polymorphic := d.field.tag.Last("polymorphic")
	var pairs []columns
	typeColumn := ""
	var typeSlot facts.Slot
	if d.field.tag.Has("join") {
		items, ok := r.joined(d)
		if !ok {
			return
		}
		for _, item := range items {
			if polymorphic && item.base.Text == "type" {
				typeColumn, typeSlot = item.join.Text, item.join
				continue
			}
			p, ok := r.pair(d, item, relation.HasMany)
			if !ok {
				return
			}
			pairs = append(pairs, p)
		}
	} else {
		typeColumn = dialect.Underscore(r.sch.modelName) + "_type"
		if pairs = r.guessTarget(d, relation.HasMany); len(pairs) == 0 {
			return
		}
	}
	d.Relation.Kind = relation.HasMany
	r.keep(d, pairs)
	r.whyJoined(d, relation.HasMany)
	if polymorphic {
		r.polymorphic(d, pairs, typeColumn, typeSlot, value.Value.Text)
	}
}

// polymorphic finds the column that says whose a row is.
func (r *reader) polymorphic(d *declaration, pairs []columns, column string, slot facts.Slot, value string) {
	f := d.target.byColumn[column]
	if f == nil {
		d.Unsure = d.Unsure || d.target.open
		d.Add(r.typeColumnMissing(d, column, slot))
		return
	}
	if value == "" {
		value = r.sch.modelName
	}
	d.Relation.Polymorphic = &relation.Polymorphic{Type: d.target.id(f), Value: value}
	if len(pairs) > 0 {
		d.Relation.Polymorphic.ID = d.target.id(pairs[0].join)
	}
}

package bun

import (
	"maps"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// writer makes the inverse of a relation: it adds a field to a copy of the target's
// schema and lets the reader say what Bun would make of it, tag by tag, until that is
// the inverse. So join is written only where convention does not do.
type writer struct {
	scope  dialect.Scope
	side   dialect.Side
	owner  *schema // has the relation; a copy
	target *schema // gets the inverse; a copy
}

// write gives the inverse of a relation. A polymorphic one has none, nor has one whose
// target cannot import the model, or that joins one primary key with the other.
func write(s dialect.Scope, side dialect.Side) *dialect.Addition {
	w := newWriter(s, side)
	if w == nil {
		return nil
	}
	add := &dialect.Addition{}
	wanted := dialect.Inverted(w.side.Relation, w.unique())
	if side.Relation.Kind != relation.ManyToMany && len(side.Relation.Keys) == 0 && !w.addKeys(add, &wanted) {
		return nil
	}
	if w.joinsPrimaryKeys(wanted.Keys) || !w.addInverse(add, wanted) {
		return nil
	}
	return add
}

// newWriter prepares writing the inverse of a relation, nil where there is none.
func newWriter(s dialect.Scope, side dialect.Side) *writer {
	owner, target := s.Schema(side.Owner).(*schema), s.Schema(side.Target).(*schema)
	if side.Relation.Polymorphic != nil || side.Relation.Foreign || target.open || owner.open {
		return nil
	}
	w := &writer{scope: s, side: side, owner: owner.copied(), target: target.copied()}
	if side.Owner.Ref() == side.Target.Ref() {
		w.owner = w.target
	}
	return w
}

// copied is a schema to which fields can be added.
func (sch *schema) copied() *schema {
	c := *sch
	c.fields, c.byColumn = slices.Clone(sch.fields), maps.Clone(sch.byColumn)
	return &c
}

// unique reports whether no two rows may hold the same foreign key.
func (w *writer) unique() bool {
	keys := w.side.Relation.Keys
	if len(keys) != 1 {
		return false
	}
	f := w.owner.byGoName(keys[0].ForeignKey.Name())
	return f != nil && f.tag.Has("unique")
}

// joinsPrimaryKeys reports whether each key is the primary key on both sides.
func (w *writer) joinsPrimaryKeys(keys []relation.Key) bool {
	primary := func(id relation.FieldID) bool {
		for _, sch := range []*schema{w.owner, w.target} {
			if slices.ContainsFunc(sch.primary, func(f *field) bool { return sch.id(f) == id }) {
				return true
			}
		}
		return false
	}
	return dialect.JoinsPrimaryKeys(keys, primary)
}

// addKeys adds the foreign key that the relation lacks, by the names that Bun looks
// for: to the owner where the relation belongs to the target, else to the target.
func (w *writer) addKeys(add *dialect.Addition, wanted *relation.Relation) bool {
	r := w.side.Relation
	holder, primary, prefix, column := w.target, w.owner, w.owner.typeName, w.owner.modelName
	if r.Kind == relation.BelongsTo {
		holder, primary, prefix, column = w.owner, w.target, r.ID.Name(), dialect.Underscore(r.ID.Name())
	}
	for _, key := range primary.primary {
		f := &field{goName: prefix + key.goName, column: column + "_" + key.column, typ: key.typ}
		f.path = []string{f.goName}
		spec, ok := dialect.SpecOf(key.typ)
		if !ok || holder.byGoName(f.goName) != nil || holder.byColumn[f.column] != nil {
			return false
		}
		spec.Pointer = r.Target == r.ID.Model // the first row refers to none
		declared := dialect.NewField{Name: f.goName, Type: spec}
		if dialect.Underscore(f.goName) != f.column {
			declared.Tags = []dialect.TagSpec{{Key: name, Value: f.column}}
		}
		add.Key(r, declared)
		holder.fields = append(holder.fields, f)
		holder.byColumn[f.column] = f
		wanted.Keys = append(wanted.Keys, relation.Key{ForeignKey: holder.id(f), References: primary.id(key)})
	}
	return len(wanted.Keys) > 0
}

// addInverse adds the field, with the first tag that makes Bun read it as wanted.
func (w *writer) addInverse(add *dialect.Addition, wanted relation.Relation) bool {
	many := wanted.Kind.ToMany()
	taken := func(n string) bool { return w.target.byGoName(n) != nil }
	free := dialect.InverseName(w.side, many, dialect.LeadOnce(w.owner.relationTypes(), w.side.Target.Ref()), dialect.NameByKey(wanted), taken)
	if free == "" {
		return false
	}
	for _, tag := range w.tags(wanted) {
		if !w.reads(free, tag, wanted) {
			continue
		}
		f := dialect.NewField{Name: free, Tags: []dialect.TagSpec{{Key: name, Value: tag}}}
		f.Type = dialect.TypeSpec{Ref: w.side.Owner.Ref(), Slice: many, Pointer: !many || dialect.HoldPointers(w.target.relationTypes())}
		add.Inverse(w.side, f)
		return true
	}
	return false
}

// tags are the bun tags that may make the inverse, the shortest first.
func (w *writer) tags(wanted relation.Relation) []string {
	if wanted.Kind == relation.ManyToMany {
		base := "m2m:" + wanted.JoinTable
		f := w.owner.byGoName(w.side.Relation.ID.Name())
		if f == nil {
			return []string{base}
		}
		left, right := w.owner.typeName, w.target.typeName
		if items, _, ok := f.tag.joinItems(); ok && len(items) > 0 {
			left, right = items[0].base.Text, items[0].join.Text
		}
		return []string{base, base + ",join:" + right + "=" + left}
	}
	base := "rel:" + wanted.Kind.String()
	return []string{base, base + w.joins(wanted)}
}

// joins are the options that name the columns of the keys.
func (w *writer) joins(wanted relation.Relation) string {
	column := func(id relation.FieldID) string {
		for _, sch := range []*schema{w.owner, w.target} {
			for _, f := range sch.fields {
				if sch.id(f) == id {
					return f.column
				}
			}
		}
		return ""
	}
	var b strings.Builder
	for _, k := range wanted.Keys {
		own, other := k.References, k.ForeignKey
		if wanted.Kind == relation.BelongsTo {
			own, other = other, own
		}
		b.WriteString(",join:" + column(own) + "=" + column(other))
	}
	return b.String()
}

// reads reports whether Bun would read a field of the target as wanted.
func (w *writer) reads(goName, tag string, wanted relation.Relation) bool {
	f := &field{goName: goName, path: []string{goName}, tag: splitTag(facts.Slot{Text: tag})}
	d := &declaration{field: f, target: w.owner}
	r := &reader{scope: w.scope, sch: w.target, model: &relation.Model{}}
	if len(w.owner.primary) == 0 || wanted.Kind != relation.BelongsTo && len(w.target.primary) == 0 {
		return false
	}
	switch wanted.Kind {
	case relation.ManyToMany:
		table, _ := f.tag.Last("m2m")
		d.Relation.Kind, d.Relation.JoinTable = relation.ManyToMany, table.Value.Text
		r.through(d, table.Value)
	case relation.HasMany:
		r.hasMany(d)
	default:
		r.toOne(d, wanted.Kind)
	}
	return d.Is(wanted)
}

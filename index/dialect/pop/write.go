package pop

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// writer writes the inverse of one relation. Fields are added to copies of the schemas,
// so that what is proposed can be read before anybody writes it.
type writer struct {
	scope         dialect.Scope
	side          dialect.Side
	owner, target *schema // one and the same where a model refers to itself
}

// write gives the inverse of a relation, with the keys that both lack. It is nil where
// pop would not read it as the inverse.
func write(s dialect.Scope, side dialect.Side) *dialect.Addition {
	w := newWriter(s, side)
	if w == nil {
		return nil
	}
	add := &dialect.Addition{}
	wanted := dialect.Inverted(side.Relation, false)
	if side.Relation.Kind != relation.ManyToMany && !w.keyed(&wanted) && !w.addKey(add, &wanted) {
		return nil
	}
	if !w.addInverse(add, wanted) {
		return nil
	}
	return add
}

// newWriter prepares writing the inverse of a relation, nil where there is none.
func newWriter(s dialect.Scope, side dialect.Side) *writer {
	owner, target := s.Schema(side.Owner).(*schema), s.Schema(side.Target).(*schema)
	if side.Relation.Foreign || target.open || owner.open || target.typeName == "" || owner.typeName == "" ||
		owner.byName("ID") == nil || target.byName("ID") == nil {
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
	c.fields = slices.Clone(sch.fields)
	return &c
}

// keyed reports whether the relation has a key that is a field.
func (w *writer) keyed(wanted *relation.Relation) bool {
	return len(wanted.Keys) == 1 && w.fieldOf(wanted.Keys[0].ForeignKey) != nil
}

// fieldOf is the field of either side that an id names, nil for none.
func (w *writer) fieldOf(id relation.FieldID) *field {
	for _, sch := range []*schema{w.owner, w.target} {
		for _, f := range sch.fields {
			if sch.id(f) == id {
				return f
			}
		}
	}
	return nil
}

// addKey adds the foreign key that the relation lacks: to the owner where the relation
// belongs to the target, else to the target, in the column where pop looks for it.
func (w *writer) addKey(add *dialect.Addition, wanted *relation.Relation) bool {
	r := w.side.Relation
	holder, primary, goName := w.target, w.owner.byName("ID"), w.owner.typeName+"ID"
	references := w.owner.id(primary)
	if r.Kind == relation.BelongsTo {
		holder, primary, goName = w.owner, w.target.byName("ID"), r.ID.Name()+"ID"
		references = w.target.columnID("id")
	}
	column := underscore(strings.TrimSuffix(goName, "ID")) + "_id"
	if len(r.Keys) == 1 {
		column = r.Keys[0].ForeignKey.Field
	}
	spec, ok := dialect.SpecOf(primary.typ)
	if !ok || holder.byName(goName) != nil || holder.byColumn(column) != nil || dialect.Declares(holder.typ)(goName) {
		return false
	}
	spec.Pointer = r.Target == r.ID.Model // the first row refers to none
	tags := []dialect.TagSpec{{Key: dbKey, Value: column}}
	declared := dialect.NewField{Name: goName, Type: spec, Tags: tags}
	add.Key(r, declared)
	f := newField(goName, tags)
	f.typ, f.column = primary.typ, column
	holder.fields = append(holder.fields, f)
	wanted.Keys = []relation.Key{{ForeignKey: holder.id(f), References: references}}
	return true
}

// newField is a field that no source declares yet.
func newField(name string, tags []dialect.TagSpec) *field {
	decl := &facts.Field{Name: facts.Slot{Text: name}, Exported: true}
	for _, t := range tags {
		decl.Tags = append(decl.Tags, facts.Tag{Key: facts.Slot{Text: t.Key}, Value: facts.Slot{Text: t.Value}, Visible: true})
	}
	return &field{name: name, path: []string{name}, index: []int{1 << 30}, decl: decl, file: &facts.File{}}
}

// addInverse adds the field, if pop reads it as wanted.
func (w *writer) addInverse(add *dialect.Addition, wanted relation.Relation) bool {
	many := wanted.Kind != relation.BelongsTo
	byKey := ""
	if !many {
		if name, ok := strings.CutSuffix(wanted.Keys[0].ForeignKey.Name(), "ID"); ok {
			byKey = name
		}
	}
	taken := func(n string) bool { return w.target.byName(n) != nil }
	free := dialect.InverseName(w.side, many, dialect.LeadOnce(w.owner.relationTypes(), w.side.Target.Ref()), byKey, taken)
	if free == "" {
		return false
	}
	tags := w.tags(free, wanted)
	if !w.reads(free, tags, wanted) {
		return false
	}
	f := dialect.NewField{Name: free, Tags: tags}
	// elements are no pointers: pop could not create them
	f.Type = dialect.TypeSpec{Ref: w.side.Owner.Ref(), Slice: many, Pointer: !many}
	add.Inverse(w.side, f)
	return true
}

// tags are those that make a field of the target the inverse.
func (w *writer) tags(name string, wanted relation.Relation) []dialect.TagSpec {
	switch wanted.Kind {
	case relation.BelongsTo:
		tags := []dialect.TagSpec{{Key: belongsToKey, Value: underscore(w.owner.typeName)}}
		if key := wanted.Keys[0].ForeignKey.Name(); key != name+"ID" {
			tags = append(tags, dialect.TagSpec{Key: foreignKey, Value: key})
		}
		return tags
	case relation.ManyToMany:
		tags := []dialect.TagSpec{{Key: manyToManyKey, Value: wanted.JoinTable}}
		if own := wanted.JoinKeys[0].Column; own != underscore(w.target.typeName)+"_id" {
			tags = append(tags, dialect.TagSpec{Key: primaryKey, Value: own})
		}
		if theirs := wanted.JoinKeys[1].Column; theirs != underscore(w.owner.typeName)+"_id" {
			tags = append(tags, dialect.TagSpec{Key: foreignKey, Value: theirs})
		}
		return tags
	}
	table := w.owner.table
	if table == "" {
		table = tableize(w.owner.typeName)
	}
	tags := []dialect.TagSpec{{Key: hasManyKey, Value: table}}
	if f := w.fieldOf(wanted.Keys[0].ForeignKey); f != nil && columnName(f.column) != underscore(w.target.typeName)+"_id" {
		tags = append(tags, dialect.TagSpec{Key: foreignKey, Value: columnName(f.column)})
	}
	return tags
}

// reads reports whether pop would read a field of the target, with these tags, as wanted.
func (w *writer) reads(name string, tags []dialect.TagSpec, wanted relation.Relation) bool {
	f := newField(name, tags)
	kinds := kindsOf(f.decl)
	if len(kinds) != 1 {
		return false
	}
	many := wanted.Kind.ToMany()
	a := &association{field: f, kind: kinds[0], value: *tagged(f.decl, kinds[0]), target: w.owner}
	a.shape = shape{many: many, pointer: !many, model: true}
	r := &reader{scope: w.scope, sch: w.target, model: &relation.Model{}}
	r.resolve(a)
	return a.Is(wanted)
}

package gorel

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// writer makes the inverse of a relation: it adds a field to a copy of the target's
// schema and lets the reader say what go-rel would make of it, tag by tag, until that is
// the inverse. So ref and fk are written only where convention does not do.
type writer struct {
	scope  dialect.Scope
	side   dialect.Side
	owner  *schema // has the relation; a copy
	target *schema // gets the inverse; a copy
}

// write gives the inverse of a relation. One whose target cannot import the model has
// none, nor has one that goes through another: go-rel would not follow it either.
func write(s dialect.Scope, side dialect.Side) *dialect.Addition {
	w := newWriter(s, side)
	if w == nil {
		return nil
	}
	add := &dialect.Addition{}
	wanted := dialect.Inverted(w.side.Relation, false)
	if len(side.Relation.Keys) == 0 && !w.addKey(add, &wanted) {
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
	if side.Relation.Foreign || side.Relation.Kind == relation.ManyToMany || target.open || owner.open {
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
	c.fields, c.byName = slices.Clone(sch.fields), maps.Clone(sch.byName)
	return &c
}

// addKey adds the foreign key that the relation lacks, by the name that go-rel looks for:
// to the owner where the relation belongs to the target, else to the target.
func (w *writer) addKey(add *dialect.Addition, wanted *relation.Relation) bool {
	r := w.side.Relation
	holder, keyed, prefix := w.target, w.owner, label(w.side.Owner)
	if r.Kind == relation.BelongsTo {
		holder, keyed, prefix = w.owner, w.target, r.ID.Name()
	}
	id := keyed.byName[idColumn]
	if id == nil {
		return false
	}
	f := &field{goName: prefix + "ID", name: snake(prefix) + "_id", typ: id.typ}
	f.column, f.path = f.name, []string{f.goName}
	spec, ok := dialect.SpecOf(id.typ)
	if !ok || holder.byGoName(f.goName) != nil || holder.byName[f.column] != nil {
		return false
	}
	spec.Pointer = r.Target == r.ID.Model // the first row refers to none
	declared := dialect.NewField{Name: f.goName, Type: spec}
	if snake(f.goName) != f.column {
		declared.Tags = []dialect.TagSpec{{Key: dbKey, Value: f.column}}
	}
	add.Key(r, declared)
	holder.add(f)
	wanted.Keys = []relation.Key{{ForeignKey: holder.id(f), References: keyed.id(id)}}
	return true
}

// addInverse adds the field, with the first tags that make go-rel read it as wanted.
func (w *writer) addInverse(add *dialect.Addition, wanted relation.Relation) bool {
	many := wanted.Kind != relation.BelongsTo
	taken := func(n string) bool { return w.target.byGoName(n) != nil || w.target.byName[snake(n)] != nil }
	free := dialect.InverseName(w.side, many, dialect.LeadOnce(w.owner.relationTypes(), w.side.Target.Ref()), dialect.NameByKey(wanted), taken)
	if free == "" {
		return false
	}
	for _, tags := range w.tags(wanted) {
		if !w.reads(free, tags, wanted) {
			continue
		}
		f := dialect.NewField{Name: free, Tags: tags}
		f.Type = dialect.TypeSpec{Ref: w.side.Owner.Ref(), Slice: many, Pointer: !many || w.pointers()}
		add.Inverse(w.side, f)
		return true
	}
	return false
}

// pointers reports whether the target's relations to many are slices of pointers.
func (w *writer) pointers() bool {
	return slices.ContainsFunc(w.target.fields, func(f *field) bool {
		return f.nature == aRelation && f.typ.Shape() == facts.Slice && f.typ.Elem().Shape() == facts.Pointer
	})
}

// tags are the tags that may make the inverse, none first.
func (w *writer) tags(wanted relation.Relation) [][]dialect.TagSpec {
	k := wanted.Keys[0]
	own, other := k.References, k.ForeignKey
	if wanted.Kind == relation.BelongsTo {
		own, other = other, own
	}
	return [][]dialect.TagSpec{nil, {{Key: refKey, Value: w.target.columnOf(own)}, {Key: fkKey, Value: w.owner.columnOf(other)}}}
}

// columnOf is the column of a field; "" where the schema does not have it.
func (sch *schema) columnOf(id relation.FieldID) string {
	for _, f := range sch.fields {
		if sch.id(f) == id {
			return f.column
		}
	}
	return ""
}

// reads reports whether go-rel would read a field of the target with these tags as
// wanted.
func (w *writer) reads(goName string, specs []dialect.TagSpec, wanted relation.Relation) bool {
	set := tags{}
	for _, spec := range specs {
		if spec.Value == "" {
			return false
		}
		set[spec.Key] = facts.Tag{Key: facts.Slot{Text: spec.Key}, Value: facts.Slot{Text: spec.Value}}
	}
	f := &field{goName: goName, path: []string{goName}, name: snake(goName), tags: set, nature: aRelation}
	f.column, f.typ = f.name, w.side.Owner
	f.many = wanted.Kind == relation.HasMany
	d := &declaration{field: f, target: w.owner}
	d.Relation.ID, d.Relation.Target = w.target.id(f), w.side.Owner.Ref()
	(&reader{scope: w.scope, sch: w.target, model: &relation.Model{}}).resolve(d)
	return d.Is(wanted)
}

// align gives the tags with which an existing relation of the target becomes the inverse
// of the side's relation. What says nothing about columns stays as it is.
func align(s dialect.Scope, side dialect.Side, inverse *relation.Relation, tag string) (string, bool) {
	w := newWriter(s, side)
	if w == nil {
		return "", false
	}
	wanted := dialect.Inverted(w.side.Relation, false)
	if wanted.Kind == relation.HasMany {
		wanted.Kind = inverse.Kind
	}
	if wanted.Kind != inverse.Kind {
		return "", false
	}
	specs := w.tags(wanted)[1]
	if !w.reads(inverse.ID.Name(), specs, wanted) {
		return "", false
	}
	var pairs []string
	for _, spec := range specs {
		pairs = append(pairs, spec.Key+":"+strconv.Quote(spec.Value))
	}
	return strings.Join(pairs, " "), true
}

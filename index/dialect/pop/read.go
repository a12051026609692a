package pop

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// reader reads the associations of one model.
type reader struct {
	scope dialect.Scope
	sch   *schema
	model *relation.Model
}

// association is one field that pop associates while it is resolved.
type association struct {
	dialect.Outcome

	field  *field
	kind   string // key of the tag that makes it
	value  facts.Slot
	shape  shape
	target *schema // nil until it is known
	key    *field  // of a belongs_to, as soon as it is found
}

func read(s dialect.Scope, sch *schema) *relation.Model {
	m := dialect.NewModel(name, sch.typ, sch.table, sch.open)
	r := &reader{scope: s, sch: sch, model: m}
	associated := false
	for _, f := range sch.fields {
		if f.decl.Embedded {
			continue
		}
		m.Fields = append(m.Fields, modelField(sch, f))
		m.Mistakes = append(m.Mistakes, dialect.Malformed("pop", f.decl, f.file, sch.id(f), ownKeys...)...)
		r.columnMention(f)
		if kinds := kindsOf(f.decl); len(kinds) > 0 {
			associated = true
			r.declared(f, kinds)
		} else {
			m.Mistakes = append(m.Mistakes, r.alone(f)...)
		}
	}
	r.refused(associated)
	return m
}

// kindsOf are the keys of a field's tags that make an association.
func kindsOf(f *facts.Field) []string {
	var found []string
	for _, key := range kindKeys {
		if tagged(f, key) != nil {
			found = append(found, key)
		}
	}
	return found
}

func modelField(sch *schema, f *field) relation.Field {
	out := relation.Field{
		Selector: sch.id(f).Field, Place: f.place(), Type: f.typ.String(),
		Column: columnName(f.column), Stored: f.stored(), Primary: f == sch.byName("ID"),
	}
	out.Target, out.Many = dialect.Target(f.typ)
	if tag := tagged(f.decl, dbKey); tag != nil && tag.Text == "-" {
		out.Ignored = true
	}
	if len(kindsOf(f.decl)) > 0 {
		out.Column, out.Stored, out.Ignored = "", relation.StoredUnknown, false
	}
	return out
}

// declared reads a field with a tag that makes an association (forStruct).
func (r *reader) declared(f *field, kinds []string) {
	a := &association{field: f, kind: kinds[0], value: *tagged(f.decl, kinds[0])}
	a.Relation = dialect.NewRelation(name, r.sch.id(f), f.path, f.file, f.decl)
	r.aim(a)
	switch {
	case r.sch.byName(f.name) != f:
		a.Unsure = true // pop fills the field that Go selects by the name, which is another
	case len(kinds) > 1:
		a.Add(r.severalKinds(a, kinds))
	default:
		r.resolve(a)
	}
	a.Enter(r.model)
	r.mentions(a)
}

// resolve finds out what the association is kept by.
func (r *reader) resolve(a *association) {
	if a.Unsure {
		return
	}
	r.idle(a)
	switch a.kind {
	case belongsToKey:
		r.belongsTo(a)
	case manyToManyKey:
		r.manyToMany(a)
	default:
		r.has(a)
	}
}

// shape is how a field holds what an association leads to.
type shape struct {
	pointer bool // to the struct or slice
	many    bool
	array   bool // many are an array
	inner   bool // many are pointers
	model   bool // it leads to structs at all
}

// aim finds what the type of the field leads to: pop takes one pointer off the field,
// and one off the elements.
func (r *reader) aim(a *association) {
	t := a.field.typ
	if t.Shape() == facts.Pointer {
		a.shape.pointer, t = true, t.Elem()
	}
	if t != nil && (t.Shape() == facts.Slice || t.Shape() == facts.Array) {
		a.shape.many, a.shape.array = true, t.Shape() == facts.Array
		if t = t.Elem(); t != nil && t.Shape() == facts.Pointer {
			a.shape.inner, t = true, t.Elem()
		}
	}
	switch {
	case t == nil || t.Shape() == facts.Unknown:
		a.Unsure = true
	case t.Shape() == facts.Struct:
		a.shape.model = true
		a.target = r.schemaOf(t)
		dialect.Aim(r.scope, &a.Relation, r.sch.typ, t)
	}
}

// fillable reports whether pop can set the field.
func (r *reader) fillable(a *association) bool {
	if a.field.decl.Exported {
		return true
	}
	a.Add(r.unexported(a))
	return false
}

// identified finds the field ID of the model, from which pop leads away: it must be there,
// and within reach when pop comes to the field.
func (r *reader) identified(a *association) (*field, bool) {
	id := r.sch.byName("ID")
	switch {
	case id == nil:
		a.Unsure = a.Unsure || r.sch.open
		a.Add(r.noID(a, r.sch))
		return nil, false
	case !id.set(a.field.index):
		a.Add(r.unset(a, id))
		return nil, false
	}
	return id, true
}

func (r *reader) schemaOf(t facts.Type) *schema {
	if !t.Ref().IsZero() && t.Ref() == r.sch.typ.Ref() {
		return r.sch
	}
	return r.scope.Schema(t).(*schema)
}

// columnID identifies the field of a model that holds a column, or the column itself
// where no field does.
func (sch *schema) columnID(column string) relation.FieldID {
	if f := sch.byColumn(column); f != nil {
		return sch.id(f)
	}
	return relation.FieldID{Model: sch.typ.Ref(), Field: column}
}

// named is the value of another tag of the association; nil for none.
func (a *association) named(key string) *facts.Slot { return tagged(a.field.decl, key) }

// heeds reports whether pop reads a tag beside the one that makes the association.
func (a *association) heeds(key string) bool { return slices.Contains(heeded[a.kind], key) }

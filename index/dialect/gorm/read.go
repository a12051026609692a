package gorm

import (
	"slices"
	"sync"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// reader reads one v2 model.
type reader struct {
	scope   dialect.Scope
	sch     *schema
	model   *relation.Model
	release release
}

// declaration is one relation field while it is resolved.
type declaration struct {
	dialect.Outcome

	field  *field
	shape  facts.Shape // of the field's type, pointers taken off
	target *schema
}

// declarations are those of which nothing is left but what was taken: they are large, and
// each relation has one for as long as it takes to resolve it.
var declarations = sync.Pool{New: func() any { return &declaration{} }}

// done gives a declaration back; nobody may have it any more.
func (d *declaration) done() {
	clear(d.Mistakes)
	clear(d.Remarks)
	*d = declaration{Outcome: dialect.Outcome{Mistakes: d.Mistakes[:0], Remarks: d.Remarks[:0]}}
	declarations.Put(d)
}

func readV2(s dialect.Scope, sch *schema) *relation.Model {
	r := &reader{scope: s, sch: sch, model: dialect.NewModel(name, sch.typ, sch.table, sch.open), release: sch.release}
	r.model.Fields = sch.asRead
	r.model.Mistakes = slices.Clone(sch.mistakes)
	for _, f := range sch.fields {
		if f.isRelation() && !f.refused {
			r.declared(f, r.id(f))
		} else if f.unsure() {
			d := &declaration{field: f}
			d.Relation.ID = r.id(f)
			r.mentions(d)
		}
	}
	return r.model
}

// describe finds out what each reading of the model says alike.
func (sch *schema) describe() {
	for _, t := range sch.troubles {
		sch.mistakes = append(sch.mistakes, sch.troubled(t))
	}
	sch.nilTableName()
	fields := make([]relation.Field, len(sch.fields))
	for i, f := range sch.fields {
		fields[i] = f.asRead(dialect.Selector(sch.typ, f.path))
	}
	sch.asRead = fields
	for _, f := range sch.fields {
		if f.decl != nil {
			sch.mistakes = append(sch.mistakes, dialect.Malformed("gorm", f.decl, f.file, sch.id(f), name)...)
		}
	}
}

// id identifies a field of the model.
func (r *reader) id(f *field) relation.FieldID { return r.sch.id(f) }

func (sch *schema) id(f *field) relation.FieldID {
	if i := slices.Index(sch.fields, f); 0 <= i && i < len(sch.asRead) {
		return relation.FieldID{Model: sch.typ.Ref(), Field: sch.asRead[i].Selector}
	}
	return relation.FieldID{Model: sch.typ.Ref(), Field: dialect.Selector(sch.typ, f.path)}
}

// asRead is the field as the index knows it.
func (f *field) asRead(selector string) relation.Field {
	out := relation.Field{
		Selector: selector,
		Place:    f.place(),
		Column:   f.column,
		Stored:   f.stored(),
		Primary:  f.primary,
		Ignored:  !f.visible(),
	}
	if f.written != nil {
		out.Type = f.written.String()
		out.Target, out.Many = dialect.Target(f.written)
	}
	if f.isRelation() {
		out.Column = ""
	}
	return out
}

// place is where the field's name stands.
func (f *field) place() relation.Place { return dialect.NamePlace(f.file, f.decl) }

// declared reads a field that is no column (schema/relationship.go, parseRelation).
func (r *reader) declared(f *field, id relation.FieldID) {
	d := declarations.Get().(*declaration)
	defer d.done()
	d.field, d.shape = f, f.typ.Shape()
	d.Relation = dialect.NewRelation(name, id, f.path, f.file, f.decl)
	elem, _ := dialect.Element(f.typ)
	switch {
	case elem == nil || elem.Shape() == facts.Unknown:
		d.Unsure = true
	case elem.Shape() != facts.Struct:
		d.Add(r.notStruct(d, elem))
	default:
		r.aim(d, elem)
	}
	r.take(d)
}

// aim resolves a declaration that leads to a struct.
func (r *reader) aim(d *declaration, elem facts.Type) {
	target, ok := r.targetSchema(elem)
	if !ok {
		d.Unsure = true
		return
	}
	d.target = target
	dialect.Aim(r.scope, &d.Relation, r.sch.typ, elem)
	r.resolve(d)
}

// resolve finds out what the relation is kept by.
func (r *reader) resolve(d *declaration) {
	f := d.field
	switch table := f.settings.of("MANY2MANY").value; {
	case r.release.isPolymorphic(f.settings):
		r.polymorphic(d)
	case table != "":
		r.manyToMany(d, table)
	case d.shape == facts.Array && f.settings.of("BELONGSTO").value == "":
		d.Add(r.arrayOf(d))
	default:
		r.guessed(d)
	}
}

// targetSchema is the schema of a target; the model's own where they are one,
// because GORM compares them. A target that GORM v1 reads has none.
func (r *reader) targetSchema(t facts.Type) (*schema, bool) {
	if !t.Ref().IsZero() && t.Ref() == r.sch.typ.Ref() {
		return r.sch, true
	}
	sch, ok := r.scope.Schema(t).(*schema)
	return sch, ok
}

// take adds what came of a declaration to the model.
func (r *reader) take(d *declaration) {
	if d.Relation.Kind != relation.NoKind || len(d.Mistakes) > 0 {
		d.Enter(r.model)
	}
	r.mentions(d)
}

// many reports whether the field leads to a slice.
func (d *declaration) many() bool { return d.shape == facts.Slice }

func (d *declaration) addKey(foreign, primary relation.FieldID) {
	d.Relation.Keys = append(d.Relation.Keys, relation.Key{ForeignKey: foreign, References: primary})
}

func (d *declaration) idOnTarget(f *field) relation.FieldID { return d.target.id(f) }

// hasKind is has-many for a slice, has-one for a struct. An array stays without a
// kind: GORM accepts it and then has no use for it.
func (d *declaration) hasKind() relation.Kind {
	switch d.shape {
	case facts.Slice:
		return relation.HasMany
	case facts.Struct:
		return relation.HasOne
	}
	return relation.NoKind
}

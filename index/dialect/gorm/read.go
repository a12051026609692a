package gorm

import (
	"slices"
	"strings"

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
	field    *field
	shape    facts.Shape // of the field's type, pointers taken off
	target   *schema
	relation relation.Relation
	mistakes []relation.Mistake
	remarks  []relation.Mistake // what GORM takes as it is: the relation stands
	// unsure: the outcome depends on what cannot be seen. Neither a relation nor a
	// mistake comes of it.
	unsure bool
}

func readV2(s dialect.Scope, sch *schema) *relation.Model {
	r := &reader{scope: s, sch: sch, model: newModel(sch.typ, sch.table, sch.open), release: sch.release}
	r.model.Fields = sch.asRead
	r.model.Mistakes = slices.Clone(sch.mistakes)
	for _, f := range sch.fields {
		id := r.id(f)
		if f.decl != nil {
			r.model.Mistakes = append(r.model.Mistakes, malformed(f.decl, f.file, id)...)
		}
		if f.isRelation() && !f.refused {
			r.declared(f, id)
		} else if f.unsure() {
			r.mentions(&declaration{field: f, relation: relation.Relation{ID: id}})
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
}

// newModel is what every model has, whatever its version.
func newModel(t facts.Type, table string, open bool) *relation.Model {
	m := &relation.Model{Ref: t.Ref(), Dialect: name, Table: table, Open: open}
	m.Place, m.Body = dialect.Declaration(t)
	return m
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
func (f *field) place() relation.Place {
	if f.decl == nil {
		return relation.Place{}
	}
	return relation.Place{File: f.file.Path, Span: f.decl.Name.Span}
}

// declared reads a field that is no column (schema/relationship.go, parseRelation).
func (r *reader) declared(f *field, id relation.FieldID) {
	d := &declaration{field: f, shape: f.typ.Shape()}
	d.relation = relation.Relation{
		ID:       id,
		Dialect:  name,
		Place:    f.place(),
		Embedded: len(f.path) > 1,
	}
	if f.decl != nil {
		d.relation.Tag = dialect.TagPlace(f.file, f.decl)
	}
	if path := strings.Join(f.path, "."); path != d.relation.ID.Field {
		d.relation.Path = path
	}
	elem, _ := dialect.Element(f.typ)
	switch {
	case elem == nil || elem.Shape() == facts.Unknown:
		d.unsure = true
	case elem.Shape() != facts.Struct:
		d.mistake(r.notStruct(d, elem))
	default:
		r.aim(d, elem)
	}
	r.take(d)
}

// aim resolves a declaration that leads to a struct.
func (r *reader) aim(d *declaration, elem facts.Type) {
	target, ok := r.targetSchema(elem)
	if !ok {
		d.unsure = true
		return
	}
	d.target = target
	d.relation.Target = elem.Ref()
	own := r.sch.typ.Ref().Package
	if there := elem.Ref().Package; there != own && there != "" {
		d.relation.Foreign = !r.scope.Reaches(there, own)
	}
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
		d.mistake(r.arrayOf(d))
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
	switch {
	case d.unsure:
	case len(d.mistakes) > 0:
		r.model.Mistakes = append(r.model.Mistakes, d.mistakes...)
	case d.relation.Kind != relation.NoKind:
		r.model.Relations = append(r.model.Relations, d.relation)
		r.model.Mistakes = append(r.model.Mistakes, d.remarks...)
	}
	r.mentions(d)
}

// many reports whether the field leads to a slice.
func (d *declaration) many() bool { return d.shape == facts.Slice }

func (d *declaration) mistake(m relation.Mistake) { d.mistakes = append(d.mistakes, m) }

func (d *declaration) addKey(foreign, primary relation.FieldID) {
	d.relation.Keys = append(d.relation.Keys, relation.Key{ForeignKey: foreign, References: primary})
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

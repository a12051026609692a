package gorel

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// reader reads the relations of one model.
type reader struct {
	scope dialect.Scope
	sch   *schema
	model *relation.Model
}

// declaration is one relation field while it is resolved.
type declaration struct {
	dialect.Outcome

	field  *field
	target *schema
	keys   columns
}

func read(s dialect.Scope, sch *schema) *relation.Model {
	m := dialect.NewModel(name, sch.typ, sch.table, sch.open)
	r := &reader{scope: s, sch: sch, model: m}
	r.needKey()
	for _, t := range sch.troubles {
		t.mistake.Field = sch.id(t.field)
		m.Mistakes = append(m.Mistakes, t.mistake)
	}
	for _, f := range sch.fields {
		m.Fields = append(m.Fields, sch.modelField(f))
		m.Mistakes = append(m.Mistakes, dialect.Malformed("go-rel", f.decl, f.file, sch.id(f), keys...)...)
		if f.nature == aRelation {
			r.declared(f)
		} else {
			r.columnMention(f)
			r.remarkIdle(f)
		}
	}
	for _, f := range sch.ignored {
		ignored := sch.modelField(f)
		ignored.Ignored, ignored.Column, ignored.Stored = true, "", relation.StoredUnknown
		m.Fields = append(m.Fields, ignored)
	}
	return m
}

func (sch *schema) modelField(f *field) relation.Field {
	out := relation.Field{
		Selector: sch.id(f).Field, Place: f.place(), Type: f.typ.String(),
		Column: f.column, Stored: f.stored(), Primary: f.primary,
	}
	out.Target, out.Many = dialect.Target(f.typ)
	if f.nature != aColumn {
		out.Column, out.Stored = "", relation.StoredUnknown
	}
	return out
}

// declared reads a field that is a relation.
func (r *reader) declared(f *field) {
	d := &declaration{field: f}
	d.Relation = dialect.NewRelation(name, r.sch.id(f), f.path, f.file, f.decl)
	d.Relation.Called = f.column
	r.aim(d)
	r.alone(d)
	if len(d.Mistakes) == 0 {
		r.resolve(d)
	}
	d.Enter(r.model)
	r.mentions(d)
}

// aim finds the target.
func (r *reader) aim(d *declaration) {
	t := behind(d.field.typ)
	d.target = r.schemaOf(t)
	dialect.Aim(r.scope, &d.Relation, r.sch.typ, t)
}

// alone resolves a relation of an embedded struct as that struct would have it by
// itself, which go-rel does before it asks for the model: what fails there fails for
// the model.
func (r *reader) alone(d *declaration) {
	if d.field.within == nil {
		return
	}
	inner := *d
	inner.Relation.Keys, inner.Remarks = nil, nil
	(&reader{scope: r.scope, sch: d.field.within, model: &relation.Model{}}).resolve(&inner)
	d.Mistakes = inner.Mistakes
	d.Unsure = inner.Unsure
}

func (r *reader) schemaOf(t facts.Type) *schema {
	if !t.Ref().IsZero() && t.Ref() == r.sch.typ.Ref() {
		return r.sch
	}
	return r.scope.Schema(t).(*schema)
}

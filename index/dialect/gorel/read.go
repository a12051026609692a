package gorel

import (
	"strings"

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
	field    *field
	target   *schema
	keys     columns
	relation relation.Relation
	mistakes []relation.Mistake // what go-rel panics on
	remarks  []relation.Mistake // what go-rel takes as it is: the relation stands
	// unsure: the outcome depends on what cannot be seen. Neither a relation nor a
	// mistake comes of it.
	unsure bool
}

func (d *declaration) add(m relation.Mistake) { d.mistakes = append(d.mistakes, m) }

func (d *declaration) remark(m relation.Mistake) { d.remarks = append(d.remarks, m) }

func read(s dialect.Scope, sch *schema) *relation.Model {
	m := &relation.Model{Ref: sch.typ.Ref(), Dialect: name, Table: sch.table, Open: sch.open}
	m.Place, m.Body = dialect.Declaration(sch.typ)
	r := &reader{scope: s, sch: sch, model: m}
	r.needKey()
	for _, t := range sch.troubles {
		t.mistake.Field = sch.id(t.field)
		m.Mistakes = append(m.Mistakes, t.mistake)
	}
	for _, f := range sch.fields {
		m.Fields = append(m.Fields, sch.modelField(f))
		m.Mistakes = append(m.Mistakes, malformed(f, sch.id(f))...)
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
	d.relation = relation.Relation{
		ID: r.sch.id(f), Dialect: name, Place: f.place(), Tag: dialect.TagPlace(f.file, f.decl),
		Embedded: len(f.path) > 1, Called: f.column,
	}
	if path := strings.Join(f.path, "."); path != d.relation.ID.Field {
		d.relation.Path = path
	}
	r.aim(d)
	r.alone(d)
	if len(d.mistakes) == 0 {
		r.resolve(d)
	}
	switch {
	case d.unsure:
	case len(d.mistakes) > 0:
		r.model.Mistakes = append(r.model.Mistakes, d.mistakes...)
	default:
		r.model.Relations = append(r.model.Relations, d.relation)
		r.model.Mistakes = append(r.model.Mistakes, d.remarks...)
	}
	r.mentions(d)
}

// aim finds the target.
func (r *reader) aim(d *declaration) {
	t := behind(d.field.typ)
	d.target = r.schemaOf(t)
	d.relation.Target = t.Ref()
	own := r.sch.typ.Ref().Package
	if there := t.Ref().Package; there != own && there != "" {
		d.relation.Foreign = !r.scope.Reaches(there, own)
	}
}

// alone resolves a relation of an embedded struct as that struct would have it by
// itself, which go-rel does before it asks for the model: what fails there fails for
// the model.
func (r *reader) alone(d *declaration) {
	if d.field.within == nil {
		return
	}
	inner := *d
	inner.relation.Keys, inner.remarks = nil, nil
	(&reader{scope: r.scope, sch: d.field.within, model: &relation.Model{}}).resolve(&inner)
	d.mistakes = inner.mistakes
	d.unsure = inner.unsure
}

func (r *reader) schemaOf(t facts.Type) *schema {
	if !t.Ref().IsZero() && t.Ref() == r.sch.typ.Ref() {
		return r.sch
	}
	return r.scope.Schema(t).(*schema)
}

package bun

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
	target *schema // nil until it is known
	join   *schema // the join model of a many-to-many, nil likewise
	pairs  []columns
	// unregistered says that Bun does not know the join model, whatever else there is.
	unregistered *relation.Mistake
}

func read(s dialect.Scope, sch *schema) *relation.Model {
	m := dialect.NewModel(name, sch.typ, sch.table, sch.open)
	m.Mentions = append(m.Mentions, sch.mentions...)
	r := &reader{scope: s, sch: sch, model: m}
	for _, t := range sch.troubles {
		t.mistake.Field = relation.FieldID{Model: m.Ref, Field: dialect.Selector(sch.typ, t.path)}
		m.Mistakes = append(m.Mistakes, t.mistake)
	}
	for _, f := range sch.fields {
		m.Fields = append(m.Fields, modelField(sch, f))
		m.Mistakes = append(m.Mistakes, dialect.Malformed("bun", f.decl, f.file, sch.id(f), name)...)
		if !f.isRelation() {
			r.columnMention(f)
		}
	}
	for _, f := range sch.relating {
		r.declared(f)
	}
	for _, f := range sch.ignored {
		ignored := modelField(sch, f)
		ignored.Ignored, ignored.Column = true, ""
		m.Fields = append(m.Fields, ignored)
	}
	return m
}

func modelField(sch *schema, f *field) relation.Field {
	out := relation.Field{
		Selector: sch.id(f).Field, Place: f.place(), Type: f.typ.String(),
		Column: f.column, Stored: f.stored(), Primary: f.primary,
	}
	out.Target, out.Many = dialect.Target(f.typ)
	if f.isRelation() {
		out.Column, out.Stored = "", relation.StoredUnknown
	}
	return out
}

// declared reads a field that says rel or m2m (processRelation).
func (r *reader) declared(f *field) {
	d := &declaration{field: f}
	d.Relation = dialect.NewRelation(name, r.sch.id(f), f.path, f.file, f.decl)
	r.resolve(d)
	r.checkRepeated(d)
	if d.unregistered != nil {
		r.model.Mistakes = append(r.model.Mistakes, *d.unregistered)
	}
	d.Enter(r.model)
	r.mentions(d)
}

// resolve finds out what the relation is kept by. Of rel and m2m, rel decides.
func (r *reader) resolve(d *declaration) {
	rel, ok := d.field.tag.Last("rel")
	if !ok {
		r.manyToMany(d)
		return
	}
	switch rel.Value.Text {
	case "belongs-to":
		if r.aim(d, indirect(d.field.typ), "rel:belongs-to") && r.needKey(d, d.target) {
			r.checkRules(d)
			r.toOne(d, relation.BelongsTo)
		}
	case "has-one":
		if r.needKey(d, r.sch) && r.aim(d, indirect(d.field.typ), "rel:has-one") {
			r.toOne(d, relation.HasOne)
		}
	case "has-many":
		if r.needKey(d, r.sch) && r.needSlice(d, "rel:has-many", "bun18") {
			r.hasMany(d)
		}
	default:
		d.Add(r.unknownKind(d, rel))
	}
}

// aim finds the target, which must be a struct.
func (r *reader) aim(d *declaration, t facts.Type, option string) bool {
	switch {
	case t == nil || t.Shape() == facts.Unknown:
		d.Unsure = true
		return false
	case t.Shape() != facts.Struct:
		d.Add(r.notStruct(d, t, option))
		return false
	}
	d.target = r.schemaOf(t)
	dialect.Aim(r.scope, &d.Relation, r.sch.typ, t)
	return true
}

// needSlice finds the target of a relation to many, behind one pointer, the slice and
// another pointer.
func (r *reader) needSlice(d *declaration, option, row string) bool {
	t := indirect(d.field.typ)
	switch {
	case t == nil || t.Shape() == facts.Unknown:
		d.Unsure = true
		return false
	case t.Shape() != facts.Slice:
		d.Add(r.notSlice(d, option, row))
		return false
	}
	return r.aim(d, indirect(t.Elem()), option)
}

// needKey reports whether a model has a primary key, without which Bun refuses the
// relation even where join names other columns (CheckPKs).
func (r *reader) needKey(d *declaration, sch *schema) bool {
	if len(sch.primary) > 0 {
		return true
	}
	d.Unsure = d.Unsure || sch.open
	d.Add(r.noPrimaryKey(d, sch))
	return false
}

func (r *reader) schemaOf(t facts.Type) *schema {
	if !t.Ref().IsZero() && t.Ref() == r.sch.typ.Ref() {
		return r.sch
	}
	return r.scope.Schema(t).(*schema)
}

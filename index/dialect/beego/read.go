package beego

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

	field   *field
	target  *schema // nil until it is known
	through *schema // the model between the sides of a many-to-many; nil without one
}

func read(s dialect.Scope, sch *schema) *relation.Model {
	m := dialect.NewModel(name, sch.typ, sch.table, sch.open)
	if sch.renamed {
		m.Table = ""
	}
	r := &reader{scope: s, sch: sch, model: m}
	for _, t := range sch.troubles {
		t.mistake.Field = relation.FieldID{Model: m.Ref, Field: dialect.Selector(sch.typ, t.path)}
		m.Mistakes = append(m.Mistakes, t.mistake)
	}
	for _, f := range sch.fields {
		m.Fields = append(m.Fields, modelField(sch, f))
		r.columnMention(f)
		if f.isRelation() {
			r.declared(f)
		}
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
		Column: f.column, Stored: f.stored, Primary: f.primary,
	}
	out.Target, out.Many = dialect.Target(f.typ)
	if f.kind != columnField {
		out.Column, out.Stored = "", relation.StoredUnknown
	}
	return out
}

// declared reads a field that says rel or reverse (bootstrap).
func (r *reader) declared(f *field) {
	d := &declaration{field: f}
	d.Relation = dialect.NewRelation(name, r.sch.id(f), f.path, f.file, f.decl)
	d.Unsure = f.mistaken // that has been said
	if r.aim(d) {
		r.resolve(d)
	}
	d.Enter(r.model)
	r.mentions(d)
}

// aim finds the target, which must be a model, and so a struct.
func (r *reader) aim(d *declaration) bool {
	if d.Unsure {
		return false
	}
	t := d.field.typ.Elem()
	if d.field.kind == manyToMany || d.field.kind == reverseMany {
		t = t.Elem()
	}
	switch {
	case t == nil || t.Shape() == facts.Unknown:
		d.Unsure = true
		return false
	case t.Shape() != facts.Struct || t.Ref().IsZero():
		d.Add(r.notModel(d, t))
		return false
	}
	d.target = r.schemaOf(t)
	dialect.Aim(r.scope, &d.Relation, r.sch.typ, t)
	if !isRegistered(r.scope, t) && isRegistered(r.scope, r.sch.typ) {
		d.Remark(r.unregistered(d))
	}
	return true
}

func (r *reader) resolve(d *declaration) {
	switch d.field.kind {
	case foreignKey, oneToOne:
		r.belongsTo(d)
	case manyToMany:
		r.manyToMany(d)
	case reverseOne, reverseMany:
		r.reversed(d)
	}
	if d.field.kind < reverseOne && !d.Unsure && len(d.Mistakes) == 0 {
		if g := lastReverse(r.sch, d.field, d.target); g != nil {
			d.Relation.Inverse = d.target.id(g)
		}
		r.checkInvented(d)
	}
}

// belongsTo resolves rel(fk) and rel(one): the field is itself the column of the key,
// which points to the primary key of the target.
func (r *reader) belongsTo(d *declaration) {
	d.Relation.Kind = relation.BelongsTo
	keys, ok := r.keys(d, d.field, r.sch, d.target)
	d.Relation.Keys = keys
	if ok {
		d.Relation.Reason = whyKey(d.field)
	}
}

// keys are the foreign key that a field of the holder is, and what it points to; false
// where that cannot be told, or the model that it points to has no key.
func (r *reader) keys(d *declaration, f *field, holder, pointed *schema) ([]relation.Key, bool) {
	if pointed.primary == nil {
		d.Unsure = d.Unsure || pointed.open
		d.Add(r.noPrimaryKey(d, pointed))
		return nil, false
	}
	key := relation.FieldID{Model: holder.typ.Ref(), Field: f.column}
	return []relation.Key{{ForeignKey: key, References: pointed.keyID(pointed.primary)}}, true
}

func (r *reader) schemaOf(t facts.Type) *schema {
	if t.Ref() == r.sch.typ.Ref() {
		return r.sch
	}
	return r.scope.Schema(t).(*schema)
}

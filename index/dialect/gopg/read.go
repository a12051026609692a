package gopg

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// reader reads the relations of one model.
type reader struct {
	scope    dialect.Scope
	sch      *schema
	model    *relation.Model
	relating []*field // the fields that are relations, or are to be
}

// declaration is one relation field while it is resolved.
type declaration struct {
	dialect.Outcome

	field   *field
	target  *schema // nil until it is known
	join    *schema // the join model of a many-to-many, nil likewise
	pairs   []columns
	guessed bool // nothing says that the field is a relation
	// typeColumn is the column of a polymorphic relation that says whose a row is.
	typeColumn string
	fallen     bool // every key is joined with the column that is called like it
	// unregistered says that go-pg does not know the join model, whatever else there is.
	unregistered *relation.Mistake
}

func read(s dialect.Scope, sch *schema) *relation.Model {
	m := dialect.NewModel(name, sch.typ, sch.table, sch.open)
	m.Mentions = append(m.Mentions, sch.mentions...)
	for _, t := range sch.troubles {
		t.mistake.Field = sch.id(t.field)
		m.Mistakes = append(m.Mistakes, t.mistake)
	}
	r := &reader{scope: s, sch: sch, model: m}
	for _, f := range sch.fields {
		m.Mistakes = append(m.Mistakes, dialect.Malformed("go-pg", f.decl, f.file, sch.id(f), tagKey)...)
		r.field(f)
	}
	for _, f := range sch.fields {
		m.Fields = append(m.Fields, r.modelField(f))
	}
	for _, f := range sch.ignored {
		ignored := r.modelField(f)
		ignored.Ignored, ignored.Column = true, ""
		m.Fields = append(m.Fields, ignored)
	}
	return m
}

func (r *reader) modelField(f *field) relation.Field {
	out := relation.Field{
		Selector: r.sch.id(f).Field, Place: f.place(), Type: f.typ.String(), Column: f.column,
	}
	out.Target, out.Many = dialect.Target(f.typ)
	if slices.Contains(r.relating, f) {
		out.Column = ""
		return out
	}
	out.Stored, out.Primary = f.stored(), slices.Contains(r.sch.primary, f)
	return out
}

// field reads a field: a relation if it says so, or go-pg guesses so, else a column
// (tryRelation).
func (r *reader) field(f *field) {
	d := &declaration{field: f}
	d.Relation = dialect.NewRelation(name, r.sch.id(f), f.path, f.file, f.decl)
	if f.says() {
		r.resolve(d)
	} else if d.guessed = true; !r.guess(d) {
		r.columnMention(f)
		r.checkColumn(d)
		return
	}
	r.checkRepeated(d)
	r.checkSwapped(d)
	r.checkIdle(d)
	r.relating = append(r.relating, f)
	r.conclude(d)
	r.mentions(d)
}

// conclude adds to the model what has come of a field.
func (r *reader) conclude(d *declaration) {
	if d.unregistered != nil {
		r.model.Mistakes = append(r.model.Mistakes, *d.unregistered)
	}
	d.Enter(r.model)
}

// resolve finds out what a relation is kept by that says what it is. Of rel and
// many2many, rel decides (tryRelationType).
func (r *reader) resolve(d *declaration) {
	switch rel := d.word(); rel {
	case hasOne:
		if r.aim(d, indirect(d.field.typ), "rel:has-one") {
			r.hasOne(d)
		}
	case belongsTo:
		if r.needKey(d, r.sch) && r.aim(d, indirect(d.field.typ), "rel:belongs-to") {
			r.belongsTo(d)
		}
	case hasMany:
		if r.needKey(d, r.sch) && r.needSlice(d, "rel:has-many", "pg8") {
			r.hasMany(d)
		}
	case many2many:
		r.manyToMany(d)
	default:
		d.Add(r.unknownKind(d, rel))
	}
}

// word is what rel says; many2many, where there is none.
func (d *declaration) word() string {
	if rel, ok := d.field.tag.Last("rel"); ok {
		return rel.Value.Text
	}
	return many2many
}

// aim finds the target, which must be a struct.
func (r *reader) aim(d *declaration, t facts.Type, option string) bool {
	switch {
	case t == nil || t.Shape() == facts.Unknown || t.Shape() == facts.Struct && t.Ref().IsZero():
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

// needKey reports whether a model has a primary key (checkPKs).
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

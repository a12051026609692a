package gopg

import (
	"slices"
	"strings"

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
	field   *field
	target  *schema // nil until it is known
	join    *schema // the join model of a many-to-many, nil likewise
	pairs   []columns
	guessed bool // nothing says that the field is a relation
	// typeColumn is the column of a polymorphic relation that says whose a row is.
	typeColumn string
	fallen     bool // every key is joined with the column that is called like it
	relation   relation.Relation
	mistakes   []relation.Mistake
	remarks    []relation.Mistake // what go-pg takes as it is: the relation stands
	// unregistered says that go-pg does not know the join model, whatever else there is.
	unregistered *relation.Mistake
	// unsure: the outcome depends on what cannot be seen. Neither a relation nor a
	// mistake comes of it.
	unsure bool
}

func read(s dialect.Scope, sch *schema) *relation.Model {
	m := &relation.Model{Ref: sch.typ.Ref(), Dialect: name, Table: sch.table, Open: sch.open}
	m.Place, m.Body = dialect.Declaration(sch.typ)
	m.Mentions = append(m.Mentions, sch.mentions...)
	for _, t := range sch.troubles {
		t.mistake.Field = sch.id(t.field)
		m.Mistakes = append(m.Mistakes, t.mistake)
	}
	r := &reader{scope: s, sch: sch, model: m}
	for _, f := range sch.fields {
		m.Mistakes = append(m.Mistakes, malformed(f, sch.id(f))...)
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
	d.relation = relation.Relation{
		ID: r.sch.id(f), Dialect: name, Place: f.place(), Tag: dialect.TagPlace(f.file, f.decl), Embedded: len(f.path) > 1,
	}
	if path := strings.Join(f.path, "."); path != d.relation.ID.Field {
		d.relation.Path = path
	}
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
	switch {
	case d.unsure:
	case len(d.mistakes) > 0:
		r.model.Mistakes = append(r.model.Mistakes, d.mistakes...)
	default:
		r.model.Relations = append(r.model.Relations, d.relation)
		r.model.Mistakes = append(r.model.Mistakes, d.remarks...)
	}
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
		d.add(r.unknownKind(d, rel))
	}
}

// word is what rel says; many2many, where there is none.
func (d *declaration) word() string {
	if rel, ok := d.field.tag.last("rel"); ok {
		return rel.Value.Text
	}
	return many2many
}

// aim finds the target, which must be a struct.
func (r *reader) aim(d *declaration, t facts.Type, option string) bool {
	switch {
	case t == nil || t.Shape() == facts.Unknown || t.Shape() == facts.Struct && t.Ref().IsZero():
		d.unsure = true
		return false
	case t.Shape() != facts.Struct:
		d.add(r.notStruct(d, t, option))
		return false
	}
	d.target = r.schemaOf(t)
	d.relation.Target = t.Ref()
	own := r.sch.typ.Ref().Package
	if there := t.Ref().Package; there != own && there != "" {
		d.relation.Foreign = !r.scope.Reaches(there, own)
	}
	return true
}

// needSlice finds the target of a relation to many, behind one pointer, the slice and
// another pointer.
func (r *reader) needSlice(d *declaration, option, row string) bool {
	t := indirect(d.field.typ)
	switch {
	case t == nil || t.Shape() == facts.Unknown:
		d.unsure = true
		return false
	case t.Shape() != facts.Slice:
		d.add(r.notSlice(d, option, row))
		return false
	}
	return r.aim(d, indirect(t.Elem()), option)
}

// needKey reports whether a model has a primary key (checkPKs).
func (r *reader) needKey(d *declaration, sch *schema) bool {
	if len(sch.primary) > 0 {
		return true
	}
	d.unsure = d.unsure || sch.open
	d.add(r.noPrimaryKey(d, sch))
	return false
}

func (r *reader) schemaOf(t facts.Type) *schema {
	if !t.Ref().IsZero() && t.Ref() == r.sch.typ.Ref() {
		return r.sch
	}
	return r.scope.Schema(t).(*schema)
}

func (d *declaration) add(m relation.Mistake) { d.mistakes = append(d.mistakes, m) }

package native

import (
	"fmt"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// reader reads the native tags of one model.
type reader struct {
	scope dialect.Scope
	sch   *schema
	model *relation.Model
}

// declaration is one relation while it is resolved.
type declaration struct {
	*field
	target   *schema
	inverse  *field // the field of the target that the tag, or the target's tag, names; nil for none
	relation relation.Relation
	unsure   bool // depends on what cannot be seen
}

func read(s dialect.Scope, t facts.Type) *relation.Model {
	sch, ok := s.Schema(t).(*schema)
	if !ok {
		return nil
	}
	r := &reader{scope: s, sch: sch, model: &relation.Model{Ref: t.Ref(), Dialect: relation.NativeDialect, Open: sch.open}}
	r.model.Place, r.model.Body = dialect.Declaration(t)
	primary := sch.primary()
	for _, f := range sch.fields {
		r.model.Fields = append(r.model.Fields, modelField(f, f == primary))
		r.badTags(f)
		if f.tagged && (f.stated.Not || ours(f.items)) {
			r.model.Statements = append(r.model.Statements, f.stated)
		}
		if f.declares() {
			r.declared(f)
		}
	}
	return r.model
}

func modelField(f *field, primary bool) relation.Field {
	out := relation.Field{Selector: f.selector, Place: f.place(), Type: f.Type.String(), Primary: primary}
	out.Target, out.Many = dialect.Target(f.Type)
	if f.target == nil || isTime(f.target) {
		out.Column = f.Name.Text // could be a key; a struct could not
	}
	return out
}

func isTime(t facts.Type) bool { return t.Ref() == facts.Ref{Package: "time", Name: "Time"} }

// badTags reports what is wrong with how a tag is written.
func (r *reader) badTags(f *field) {
	add := func(place relation.Place, text, name string) {
		r.model.Mistakes = append(r.model.Mistakes, relation.Mistake{
			Kind: relation.TagMalformed, Field: r.sch.id(f), Place: place, Text: text, Name: name, Role: relation.OptionRole,
		})
	}
	for _, bad := range f.bad {
		add(relation.Place{File: f.File.Path, Span: bad.slot.Span}, bad.text, bad.name)
	}
	for _, tag := range f.Tags {
		if tag.Key.Text == key(r.scope, f.File) && tag.Defect != facts.TagOK && (ours(lex(tag.Value)) || tag.Defect == facts.TagNoValue) {
			add(relation.Place{File: f.File.Path, Span: tag.Span}, "the tag cannot be read: "+dialect.Defect(tag.Defect), "")
			r.model.Mistakes[len(r.model.Mistakes)-1].Target, _ = dialect.Target(f.Type)
		}
	}
}

// declared resolves one relation.
func (r *reader) declared(f *field) {
	d := &declaration{field: f}
	stated := f.stated // not a part of f, which must not outlive the link
	d.relation = dialect.NewRelation(relation.NativeDialect, r.sch.id(f), f.path, f.File, f.Field)
	d.relation.Stated = &stated
	mistakes := len(r.model.Mistakes)
	switch text := contradiction(f); {
	case f.unknown:
	case text != "":
		r.contradiction(d, text)
	default:
		d.target, _ = r.scope.Schema(f.target).(*schema)
		if f.target.Ref() == r.sch.typ.Ref() {
			d.target = r.sch
		}
		dialect.Aim(r.scope, &d.relation, r.sch.typ, f.target)
		d.inverse = r.inverse(d)
		d.relation.Kind = d.kind(r.sch)
		r.keys(d)
		if len(r.model.Mistakes) == mistakes && !d.unsure {
			r.model.Relations = append(r.model.Relations, d.relation)
		}
	}
	r.mentions(d)
}

// contradiction says how the Go type cannot be what the tag says; "" where it can.
func contradiction(f *field) string {
	switch kind := f.stated.Kind; {
	case f.unknown:
		return ""
	case f.target == nil:
		return fmt.Sprintf("%s leads to no model, so it can be no relation", f.Type)
	case f.many && (kind == relation.BelongsTo || kind == relation.HasOne):
		return fmt.Sprintf("%s on %s: a slice leads to many", kind, f.Type)
	case !f.many && (kind == relation.HasMany || kind == relation.ManyToMany):
		return fmt.Sprintf("%s on %s: it needs a slice", kind, f.Type)
	}
	return ""
}

func (r *reader) contradiction(d *declaration, text string) {
	place := d.stated.Value
	if d.stated.Kind != relation.NoKind && d.target == nil && d.stated.KindSlot.Text != "" {
		place = d.stated.KindSlot
	}
	r.model.Mistakes = append(r.model.Mistakes, relation.Mistake{
		Kind: relation.TagContradiction, Field: d.relation.ID, Text: text,
		Place: relation.Place{File: d.File.Path, Span: place.Span},
	})
}

// inverse finds the field of the target that the relation and it state to be a
// pair: the one that the tag names, else the only one that names this field.
func (r *reader) inverse(d *declaration) *field {
	if d.target == nil {
		return nil
	}
	if back := d.stated.BackPopulates; back != nil {
		return d.target.lookUp(back.Text)
	}
	var found *field
	for _, f := range d.target.fields {
		back := f.stated.BackPopulates
		if back == nil || f.target == nil || f.target.Ref() != r.sch.typ.Ref() || !d.relation.Named(back.Text) {
			continue
		}
		if found != nil {
			return nil
		}
		found = f
	}
	return found
}

// kind is what the tag says, else what the type, the inverse and the keys suggest.
func (d *declaration) kind(own *schema) relation.Kind {
	stated := d.stated.Kind
	switch {
	case stated != relation.NoKind:
		return stated
	case d.many && (d.stated.Through != nil || d.inverse != nil && d.inverse.many):
		return relation.ManyToMany
	case d.many:
		return relation.HasMany
	case d.inverse != nil && d.inverse.many:
		return relation.BelongsTo
	case d.inverse != nil && d.inverse.stated.Kind == relation.BelongsTo:
		return relation.HasOne
	case own.conventional(d.Name.Text) != nil || len(d.stated.ForeignKey) > 0 && own.lookUp(d.stated.ForeignKey[0].Text) != nil:
		return relation.BelongsTo
	case d.inverse != nil && d.target.conventional(d.inverse.Name.Text) != nil:
		return relation.HasOne
	}
	return relation.BelongsTo
}

package native

import (
	"fmt"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// keys finds what the relation is kept by.
func (r *reader) keys(d *declaration) {
	switch d.relation.Kind {
	case relation.ManyToMany:
		r.joined(d)
	case relation.BelongsTo:
		r.keyed(d, r.sch, d.target, d.stated, nil)
	default:
		var back *relation.Statement
		if d.inverse != nil && d.inverse.declares() {
			back = &d.inverse.stated
		}
		r.keyed(d, d.target, r.sch, d.stated, back)
	}
}

// keyed pairs the foreign key, on one side, with what it points to on the other.
// Names come from the tag, then from the inverse's, then from convention.
func (r *reader) keyed(d *declaration, foreignSide, primarySide *schema, own relation.Statement, back *relation.Statement) {
	if foreignSide == nil || primarySide == nil {
		d.unsure = true
		return
	}
	named, refers := own.ForeignKey, own.References
	file := own.File
	if back != nil && len(named) == 0 && len(back.ForeignKey) > 0 {
		named, refers, file = back.ForeignKey, back.References, back.File
	}
	foreign, ok := r.fields(d, foreignSide, named, file, relation.ForeignKeyUnknown)
	if !ok {
		return
	}
	primary, ok := r.fields(d, primarySide, refers, file, relation.ReferencesUnknown)
	if !ok {
		return
	}
	if len(named) == 0 {
		if f := r.conventionalKey(d, foreignSide); f != nil {
			foreign = []*field{f}
		} else if d.unsure = d.unsure || foreignSide.open; !d.unsure {
			r.foreignKeyMissing(d, foreignSide)
		}
	}
	if len(refers) == 0 {
		if f := primarySide.primary(); f != nil {
			primary = []*field{f}
		} else if d.unsure = d.unsure || primarySide.open; !d.unsure {
			r.mistake(d, relation.Mistake{Kind: relation.ReferencesUnknown, Role: relation.ReferencesRole, Target: primarySide.typ.Ref(),
				Text: fmt.Sprintf("%s has no field ID: name with references what the foreign key points to", primarySide.name)})
		}
	}
	if len(foreign) == 0 || len(primary) == 0 {
		return
	}
	if len(foreign) != len(primary) {
		r.mistake(d, relation.Mistake{Kind: relation.KeyCount, Role: relation.ForeignKeyRole, Target: foreignSide.typ.Ref(),
			Text: fmt.Sprintf("the foreign key has %d %s in %s, but points to %d in %s",
				len(foreign), plural("field", len(foreign)), foreignSide.name, len(primary), primarySide.name)})
		return
	}
	d.relation.Reason = whyKeyed(len(own.ForeignKey) > 0, len(named) > 0, foreignSide.id(foreign[0]))
	for i := range foreign {
		d.relation.Keys = append(d.relation.Keys, relation.Key{
			ForeignKey: foreignSide.id(foreign[i]), References: primarySide.id(primary[i]),
		})
	}
}

// whyKeyed says where a foreign key comes from: the own tag, the inverse's, or
// neither.
func whyKeyed(own, named bool, key relation.FieldID) string {
	switch {
	case own:
		return "foreign_key names " + key.Short()
	case named:
		return "foreign_key of the inverse names " + key.Short()
	}
	return "no tag names the foreign key, by convention it is " + key.Short()
}

// conventionalKey is the key that nobody names: that of the side that belongs to
// the other, by its name; where that side has no relation, by its owner's.
func (r *reader) conventionalKey(d *declaration, side *schema) *field {
	if d.relation.Kind == relation.BelongsTo {
		return side.conventional(d.Name.Text)
	}
	if d.inverse != nil {
		if f := side.conventional(d.inverse.Name.Text); f != nil {
			return f
		}
	}
	return side.conventional(r.sch.name)
}

// fields are the named fields of a side; a name that it lacks is a mistake.
func (r *reader) fields(d *declaration, side *schema, names []facts.Slot, file string, kind relation.MistakeKind) ([]*field, bool) {
	var found []*field
	for _, name := range names {
		f := side.lookUp(name.Text)
		if f == nil {
			d.unsure = d.unsure || side.open || name.Text == "" || file != d.stated.File
			if !d.unsure {
				r.fieldUnknown(d, side, name, kind)
			}
			return nil, false
		}
		found = append(found, f)
	}
	return found, true
}

func (r *reader) fieldUnknown(d *declaration, side *schema, name facts.Slot, kind relation.MistakeKind) {
	option, role := foreignKey, relation.ForeignKeyRole
	if kind == relation.ReferencesUnknown {
		option, role = references, relation.ReferencesRole
	}
	r.mistake(d, relation.Mistake{
		Kind: kind, Role: role, Name: name.Text, Target: side.typ.Ref(),
		Place: relation.Place{File: d.File.Path, Span: name.Span},
		Text:  fmt.Sprintf("%s names %s.%s, but %s has no such field", option, side.name, name.Text, side.name),
	})
}

// foreignKeyMissing reports a key that no convention finds, on the side that belongs
// to the other where both are declared.
func (r *reader) foreignKeyMissing(d *declaration, side *schema) {
	if d.relation.Kind != relation.BelongsTo && d.inverse != nil && d.inverse.declares() {
		d.unsure = true
		return
	}
	wanted := r.sch.name
	switch {
	case d.relation.Kind == relation.BelongsTo:
		wanted = d.Name.Text
	case d.inverse != nil:
		wanted = d.inverse.Name.Text
	}
	r.mistake(d, relation.Mistake{
		Kind: relation.ForeignKeyMissing, Role: relation.ForeignKeyRole, Target: d.target.typ.Ref(), Wanted: d.relation.Kind,
		Text: fmt.Sprintf("no foreign key: %s has no %sID; name one with %s", side.name, wanted, foreignKey),
	})
}

// joined finds the join table of a many-to-many: what through names is a model if
// there is a type of that name, else a table.
func (r *reader) joined(d *declaration) {
	through, file := d.stated.Through, d.File
	if through == nil && d.inverse != nil {
		through, file = d.inverse.stated.Through, d.inverse.File
	}
	if through == nil {
		if d.stated.BackPopulates == nil && d.inverse == nil {
			r.mistake(d, relation.Mistake{Kind: relation.JoinModelInvalid, Role: relation.JoinModelRole, Target: d.target.typ.Ref(),
				Text: "many-to-many: name the join model with through, or the inverse with back_populates"})
		}
		return
	}
	d.relation.Reason = "through names " + through.Text
	if t, ok := r.scope.Lookup(file, through.Text); ok && t.Shape() == facts.Struct {
		d.relation.JoinModel = t.Ref()
		return
	}
	d.relation.JoinTable = through.Text
}

// mistake adds a mistake of the declaration, at the field's name if it has no
// place of its own.
func (r *reader) mistake(d *declaration, m relation.Mistake) {
	m.Field = d.relation.ID
	if m.Place.File == "" {
		m.Place = d.place()
	}
	r.model.Mistakes = append(r.model.Mistakes, m)
}

func plural(word string, n int) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

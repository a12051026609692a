package gorel

import (
	"fmt"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// trouble is a mistake that shows while a struct is parsed, before relations.
type trouble struct {
	field   *field
	mistake relation.Mistake
}

// mistake is a mistake of the field at a stretch of its tag, or at its name where
// there is none.
func (f *field) mistake(kind relation.MistakeKind, row string, at facts.Slot) relation.Mistake {
	return dialect.MistakeAt(kind, row, f.place(), at)
}

// mistake is a mistake of the declaration likewise.
func (d *declaration) mistake(kind relation.MistakeKind, row string, at facts.Slot) relation.Mistake {
	m := d.field.mistake(kind, row, at)
	m.Field = d.Relation.ID
	m.Target = d.Relation.Target
	m.Related = append(m.Related, dialect.DeclaredHere(d.target.typ, label(d.target.typ))...)
	return m
}

// nameTaken: two fields have one name, even where one of them is promoted, or is a
// relation (addFieldIndex).
func (sch *schema) nameTaken(f, other *field) relation.Mistake {
	m := f.mistake(relation.NameDuplicate, "rel8", f.tags.columnSlot())
	m.Name = ""
	m.Text = fmt.Sprintf("%s is called %s, as %s is: go-rel wants a name of its own for each field and relation",
		sch.id(f).Short(), f.column, sch.id(other).Short())
	m.Related = []relation.Related{{Place: other.place(), Text: "the other " + other.column}}
	return m
}

// interfaceField: go-rel looks for a struct behind the type of each field, and panics on
// an interface (getDocumentMeta).
func (sch *schema) interfaceField(f *field) relation.Mistake {
	m := f.mistake(relation.TargetNotModel, "rel11", facts.Slot{})
	m.Text = fmt.Sprintf(`go-rel panics on a field of the interface type %s; with db:"-" it is left out`, f.typ)
	return m
}

// needKey finds a model that is written to and has no primary key, without which go-rel
// inserts, updates and deletes nothing.
func (r *reader) needKey() {
	if r.sch.open || r.sch.key.open || r.sch.primaries() {
		return
	}
	written := dialect.Called(r.scope.Uses(r.sch.typ), writingCalls)
	if written == "" {
		return
	}
	r.model.Mistakes = append(r.model.Mistakes, relation.Mistake{
		Kind: relation.PrimaryKeyMissing, Row: "rel9",
		Field: relation.FieldID{Model: r.model.Ref}, Place: r.model.Place,
		Text: fmt.Sprintf(`%s needs a primary key: a field ID, or fields with the tag db:",primary"`, written),
	})
}

// savedThrough: a relation that goes through another cannot be saved.
func (r *reader) savedThrough(d *declaration) relation.Mistake {
	key := "autosave"
	if d.field.tags.value("auto") == "true" {
		key = "auto"
	}
	m := d.mistake(relation.OptionConflict, "rel1", d.field.tags[key].Key)
	m.Name = ""
	m.Text = fmt.Sprintf("%s saves the relation, which go-rel cannot do with one that goes through %s", key, d.field.tags.value(throughKey))
	return m
}

// refUnknown: the model has no column of the name.
func (r *reader) refUnknown(d *declaration) relation.Mistake {
	if d.keys.origin != written {
		m := d.mistake(relation.ReferencesUnknown, "rel2", facts.Slot{})
		m.Text = fmt.Sprintf("go-rel goes by %s, which there is not; name the columns with ref and fk%s", r.sch.has(d.keys.ref), d.halfWritten())
		return m
	}
	kind := relation.ReferencesUnknown
	if d.Relation.Kind == relation.BelongsTo {
		kind = relation.ForeignKeyUnknown
	}
	return r.columnUnknown(d, kind, "rel2", refKey, r.sch)
}

// fkUnknown: the target has no column of the name.
func (r *reader) fkUnknown(d *declaration) relation.Mistake {
	switch d.keys.origin {
	case written:
		kind := relation.ForeignKeyUnknown
		if d.Relation.Kind == relation.BelongsTo {
			kind = relation.ReferencesUnknown
		}
		return r.columnUnknown(d, kind, "rel3", fkKey, d.target)
	case byDefault:
		return r.keyMissing(d)
	}
	m := d.mistake(relation.ReferencesUnknown, "rel3", facts.Slot{})
	m.Text = fmt.Sprintf("go-rel goes by %s, which there is not; name the columns with ref and fk%s", d.target.has(d.keys.fk), d.halfWritten())
	return m
}

// columnUnknown: ref or fk names a column that its side does not have.
func (r *reader) columnUnknown(d *declaration, kind relation.MistakeKind, row, key string, side *schema) relation.Mistake {
	at := d.field.tags[key].Value
	m := d.mistake(kind, row, at)
	m.Role, m.Choices = relation.OwnColumnRole, side.columnNames()
	if key == fkKey {
		m.Role = relation.TargetColumnRole
	}
	m.Text = fmt.Sprintf("%s names %s, but %s has no such column", key, side.has(at.Text), label(side.typ))
	if f := side.byGoName(at.Text); f != nil && f.nature == aColumn {
		m.Meant = f.column
		m.Text += fmt.Sprintf(": %s wants columns, not Go names", key)
	}
	return m
}

// keyMissing: no tag names the columns, and neither side has one that convention would
// find.
func (r *reader) keyMissing(d *declaration) relation.Mistake {
	m := d.mistake(relation.ForeignKeyMissing, "rel3", facts.Slot{})
	own := d.field.name + "_id"
	m.Wanted = relation.BelongsTo
	if d.field.many {
		m.Wanted = relation.HasMany
		m.Text = fmt.Sprintf("no foreign key: %s has no column %s%s", label(d.target.typ), d.keys.fk, d.halfWritten())
		return m
	}
	m.Text = fmt.Sprintf("no foreign key: neither has %s a column %s, nor %s a column %s%s",
		label(r.sch.typ), own, label(d.target.typ), d.keys.fk, d.halfWritten())
	return m
}

// lone is the one of ref and fk that stands there without the other; false where both
// do, or none.
func (d *declaration) lone() (key string, slot facts.Slot, ok bool) {
	ref, fk := d.field.tags.value(refKey), d.field.tags.value(fkKey)
	switch {
	case ref != "" && fk == "":
		return refKey, d.field.tags[refKey].Key, true
	case fk != "" && ref == "":
		return fkKey, d.field.tags[fkKey].Key, true
	}
	return "", facts.Slot{}, false
}

// halfWritten explains why a key that is named was not looked for; "" where none is.
func (d *declaration) halfWritten() string {
	key, _, ok := d.lone()
	if !ok {
		return ""
	}
	return fmt.Sprintf("; %s alone is not heeded, ref and fk go together", key)
}

// checkHeeded remarks on ref without fk, or fk without ref, which go-rel passes over,
// where convention finds another column than the one that is named.
func (r *reader) checkHeeded(d *declaration) {
	key, slot, ok := d.lone()
	found := map[string]string{refKey: d.keys.ref, fkKey: d.keys.fk}[key]
	if !ok || d.field.tags.value(key) == found {
		return
	}
	m := d.mistake(relation.OptionIdle, "rel13", slot)
	m.Text = fmt.Sprintf("%s has no effect without %s: the relation goes by %s = %s", key, map[string]string{refKey: fkKey, fkKey: refKey}[key],
		r.sch.has(d.keys.ref), d.target.has(d.keys.fk))
	d.Remark(m)
}

// wayUnknown: through names no relation of the model. go-rel does not look.
func (r *reader) wayUnknown(d *declaration) relation.Mistake {
	slot := d.field.tags[throughKey].Value
	m := d.mistake(relation.ValueUnknown, "rel14", slot)
	m.Role = relation.RelationRole
	for _, f := range r.sch.fields {
		if f.nature == aRelation && f != d.field && f.tags.value(throughKey) == "" {
			m.Choices = append(m.Choices, f.column)
		}
	}
	m.Text = fmt.Sprintf("through names %s, which is no relation of %s", slot.Text, label(r.sch.typ))
	if f := r.sch.byGoName(slot.Text); f != nil && f.nature == aRelation {
		m.Meant = f.column
		m.Text += ": it wants columns' names, not Go names"
	}
	return m
}

// notFollowed: go-rel keeps what a relation goes through, but nothing in it follows that:
// Preload compares columns of both sides, which are their ids unless ref and fk name others.
func (r *reader) notFollowed(d *declaration, join *schema) relation.Mistake {
	m := d.mistake(relation.JoinFallback, "rel12", d.field.tags[throughKey].Key)
	m.Name = ""
	m.Text = fmt.Sprintf("go-rel does not follow through: loading it compares %s with %s, and does not look into %s",
		d.target.has(d.keys.fk), r.sch.has(d.keys.ref), label(join.typ))
	return m
}

// remarkIdle remarks on what a tag says about a relation where go-rel sees none, as far as
// it can be meant for go-rel: other libraries know some of the keys, too.
func (r *reader) remarkIdle(f *field) {
	both := f.tags.value(refKey) != "" && f.tags.value(fkKey) != ""
	t := behind(f.typ)
	if f.nature != aColumn || !both && (t.Shape() != facts.Struct || t.Ref() == timeType) {
		return
	}
	for _, o := range options {
		tag, ok := f.tags[o.Name]
		if !ok || !o.Relation || tag.Value.Text == "" {
			continue
		}
		m := f.mistake(relation.OptionIdle, "rel15", tag.Key)
		m.Field = r.sch.id(f)
		m.Text = fmt.Sprintf("%s has no effect: the field is a column", o.Name)
		if t.Shape() == facts.Struct {
			m.Text += fmt.Sprintf(`, because %s has no primary key of its own: a field ID, or the tag db:",primary"`, label(t))
		}
		r.model.Mistakes = append(r.model.Mistakes, m)
		return
	}
}

// columnSlot is where the db tag gives the name; zero where it gives none.
func (t tags) columnSlot() facts.Slot {
	if t.column() == "" {
		return facts.Slot{}
	}
	return t[dbKey].Value.Sub(0, len(t.column()))
}

package native

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// mentions adds every name in the declaration of a relation: its own, the tag's
// key and kind, and what the options name.
func (r *reader) mentions(d *declaration) {
	add := func(slot facts.Slot, m relation.Mention) {
		r.model.Mentions = append(r.model.Mentions, dialect.MentionAt(d.File, slot, d.relation.ID, m))
	}
	add(d.Name, relation.Mention{Role: relation.NameRole, Field: d.relation.ID})
	if tag, ok := d.Tag(key(r.scope, d.File)); ok {
		add(tag.Key, relation.Mention{Role: relation.TagKeyRole})
	}
	if d.stated.Kind != relation.NoKind {
		add(d.stated.KindSlot, relation.Mention{Role: relation.KindRole})
	}
	if back := d.stated.BackPopulates; back != nil {
		add(*back, relation.Mention{Role: relation.BackPopulatesRole, Field: named(d.target, back.Text)})
	}
	if t := d.stated.Through; t != nil {
		add(*t, relation.Mention{Role: relation.JoinModelRole, Model: d.relation.JoinModel, Table: d.relation.JoinTable})
	}
	foreign, primary := d.target, r.sch
	if d.relation.Kind == relation.BelongsTo {
		foreign, primary = r.sch, d.target
	}
	for _, slot := range d.stated.ForeignKey {
		add(slot, relation.Mention{Role: relation.ForeignKeyRole, Field: named(foreign, slot.Text)})
	}
	for _, slot := range d.stated.References {
		add(slot, relation.Mention{Role: relation.ReferencesRole, Field: named(primary, slot.Text)})
	}
}

// named is the field of a side that a text names, zero where it names none.
func named(side *schema, text string) relation.FieldID {
	if side == nil {
		return relation.FieldID{}
	}
	f := side.lookUp(text)
	if f == nil {
		return relation.FieldID{}
	}
	return side.id(f)
}

package bun

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// mentions adds every name in the declaration of a relation, whether one came of it
// or not.
func (r *reader) mentions(d *declaration) {
	f := d.field
	r.mention(d, f.decl.Name, relation.Mention{Role: relation.NameRole, Field: d.Relation.ID})
	if tag, ok := f.decl.Tag(name); ok {
		r.mention(d, tag.Key, relation.Mention{Role: relation.TagKeyRole})
	}
	if item, ok := f.tag.Last("polymorphic"); ok && item.Sep {
		r.mention(d, item.Value, relation.Mention{Role: relation.PolymorphicValueRole})
	}
	joined := !f.tag.Has("rel")
	if item, ok := f.tag.Last("m2m"); ok && joined {
		m := relation.Mention{Role: relation.JoinModelTableRole, Table: item.Value.Text}
		if d.join != nil {
			m.Model = d.join.typ.Ref()
		}
		r.mention(d, item.Value, m)
	}
	items, _, _ := f.tag.joinItems()
	for _, item := range items {
		if joined {
			r.mention(d, item.base, joinField(d.join, item.base, relation.JoinOwnFieldRole))
			r.mention(d, item.join, joinField(d.join, item.join, relation.JoinTargetFieldRole))
			continue
		}
		if !f.tag.Has("polymorphic") || item.base.Text != "type" {
			r.mention(d, item.base, column(r.sch, item.base, relation.OwnColumnRole))
		}
		r.mention(d, item.join, column(d.target, item.join, relation.TargetColumnRole))
	}
}

func (r *reader) mention(d *declaration, at facts.Slot, m relation.Mention) {
	r.model.Mentions = append(r.model.Mentions, dialect.MentionAt(d.field.file, at, d.Relation.ID, m))
}

// column is the mention of a column of one side.
func column(side *schema, at facts.Slot, role relation.Role) relation.Mention {
	m := relation.Mention{Role: role}
	if side != nil {
		if f := side.byColumn[at.Text]; f != nil {
			m.Field = side.id(f)
		}
	}
	return m
}

// joinField is the mention of a field of the join model.
func joinField(join *schema, at facts.Slot, role relation.Role) relation.Mention {
	m := relation.Mention{Role: role}
	if join != nil {
		if f := join.byGoName(at.Text); f != nil {
			m.Field = join.id(f)
		}
	}
	return m
}

// columnMention adds the name of a column where a tag gives it.
func (r *reader) columnMention(f *field) {
	declared := f.tag.Name
	if item, ok := f.tag.Last("column"); ok {
		declared = item.Value
	}
	if declared.Text == "" {
		return
	}
	r.model.Mentions = append(r.model.Mentions, dialect.ColumnMention(f.file, declared, r.sch.id(f)))
}

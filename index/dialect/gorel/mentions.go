package gorel

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
	for _, key := range keys {
		tag, ok := f.tags[key]
		if !ok {
			continue
		}
		r.mention(d, tag.Key, relation.Mention{Role: relation.TagKeyRole})
		switch key {
		case refKey:
			r.mention(d, tag.Value, named(r.sch, tag.Value, relation.OwnColumnRole))
		case fkKey:
			r.mention(d, tag.Value, named(d.target, tag.Value, relation.TargetColumnRole))
		case throughKey:
			r.mention(d, tag.Value, named(r.sch, tag.Value, relation.RelationRole))
		}
	}
}

func (r *reader) mention(d *declaration, at facts.Slot, m relation.Mention) {
	r.model.Mentions = append(r.model.Mentions, dialect.MentionAt(d.field.file, at, d.Relation.ID, m))
}

// named is the mention of a column or a relation of one side.
func named(side *schema, at facts.Slot, role relation.Role) relation.Mention {
	m := relation.Mention{Role: role}
	if f := side.byName[at.Text]; f != nil {
		m.Field = side.id(f)
	}
	return m
}

// columnMention adds the name of a column where a tag gives it. One with a prefix is
// called otherwise elsewhere.
func (r *reader) columnMention(f *field) {
	at := f.tags.columnSlot()
	if at.IsZero() || f.column != f.name {
		return
	}
	r.model.Mentions = append(r.model.Mentions, dialect.ColumnMention(f.file, at, r.sch.id(f)))
}

package beego

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// mentions adds every name in the declaration of a relation, whether one came of it
// or not.
func (r *reader) mentions(d *declaration) {
	f := d.field
	r.mention(d, f.decl.Name, relation.Mention{Role: relation.NameRole, Field: d.Relation.ID})
	if tag, ok := f.decl.Tag(tagKey); ok {
		r.mention(d, tag.Key, relation.Mention{Role: relation.TagKeyRole})
	}
	table, through := f.joins()
	switch {
	case f.kind != manyToMany && f.kind != reverseMany:
	case table != "":
		r.mention(d, f.tag.values["rel_table"].Value, relation.Mention{Role: relation.JoinTableRole, Table: table})
	case through != "":
		m := relation.Mention{Role: relation.JoinModelRole}
		if d.through != nil {
			m.Model = d.through.typ.Ref()
		}
		named := f.tag.values["rel_through"].Value
		r.mention(d, named.Sub(strings.LastIndexByte(named.Text, '.')+1, len(named.Text)), m)
	}
}

func (r *reader) mention(d *declaration, at facts.Slot, m relation.Mention) {
	r.model.Mentions = append(r.model.Mentions, dialect.MentionAt(d.field.file, at, d.Relation.ID, m))
}

// columnMention adds the name of a column where a tag gives it.
func (r *reader) columnMention(f *field) {
	item, ok := f.tag.values["column"]
	if !ok || item.Value.Text == "" || f.kind > oneToOne {
		return
	}
	r.model.Mentions = append(r.model.Mentions, dialect.ColumnMention(f.file, item.Value, r.sch.id(f)))
}

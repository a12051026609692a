package pop

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// mentions adds every name in the tags of an association, whether a relation came of it
// or not.
func (r *reader) mentions(a *association) {
	f := a.field
	r.mention(a, f.decl.Name, relation.Mention{Role: relation.NameRole, Field: a.Relation.ID})
	for _, tag := range f.decl.Tags {
		if tag.Visible && tag.Key.Text == a.kind {
			r.mention(a, tag.Key, relation.Mention{Role: relation.TagKeyRole})
		}
	}
	if a.kind == manyToManyKey {
		r.joinMentions(a)
		return
	}
	r.mention(a, a.value, r.tableMention(a))
	if named := a.named(foreignKey); named != nil {
		r.mention(a, *named, r.keyMention(a, named.Text))
	}
	if primary := a.named(primaryKey); primary != nil && a.kind == belongsToKey {
		m := relation.Mention{Role: relation.ReferencesRole}
		if a.target != nil {
			if f := a.target.byName(primary.Text); f != nil {
				m.Field = a.target.id(f)
			}
		}
		r.mention(a, *primary, m)
	}
	r.orderMentions(a)
}

// tableMention is the mention of the target by its table, or by whatever word stands in a
// belongs_to.
func (r *reader) tableMention(a *association) relation.Mention {
	m := relation.Mention{Role: relation.TargetTableRole}
	if a.target == nil {
		return m
	}
	m.Model = a.target.typ.Ref()
	if a.target.table == a.value.Text {
		m.Table = a.value.Text
	}
	return m
}

// keyMention is the mention of a foreign key: of a field of the model by its name or its
// column, or of a column of the target.
func (r *reader) keyMention(a *association, text string) relation.Mention {
	if a.kind != belongsToKey {
		m := relation.Mention{Role: relation.TargetColumnRole}
		if a.target != nil {
			if f := a.target.byColumn(text); f != nil {
				m.Field = a.target.id(f)
			}
		}
		return m
	}
	m := relation.Mention{Role: relation.ForeignKeyRole}
	if f := r.sch.byName(text); f != nil {
		m.Field = r.sch.id(f)
	} else if f := r.sch.tagged(text); f != nil {
		m.Role, m.Field = relation.OwnColumnRole, r.sch.id(f)
	}
	return m
}

// joinMentions adds the join table and its columns.
func (r *reader) joinMentions(a *association) {
	table, own := joinTable(a.value)
	m := relation.Mention{Role: relation.JoinTableRole, Table: table.Text, Model: a.Relation.JoinModel}
	r.mention(a, table, m)
	if own.Text != "" {
		r.mention(a, own, relation.Mention{Role: relation.JoinForeignKeyRole, Table: table.Text})
	}
	if named := a.named(primaryKey); named != nil {
		r.mention(a, *named, relation.Mention{Role: relation.JoinForeignKeyRole, Table: table.Text})
	}
	if named := a.named(foreignKey); named != nil {
		r.mention(a, *named, relation.Mention{Role: relation.JoinReferencesRole, Table: table.Text})
	}
	r.orderMentions(a)
}

// orderMentions adds the columns of the target that order_by names.
func (r *reader) orderMentions(a *association) {
	order := a.named(orderKey)
	if order == nil || a.target == nil || !a.heeds(orderKey) {
		return
	}
	for start := 0; start <= len(order.Text); {
		end := len(order.Text)
		if i := strings.IndexByte(order.Text[start:], ','); i >= 0 {
			end = start + i
		}
		from := start + len(order.Text[start:end]) - len(strings.TrimLeft(order.Text[start:end], " "))
		column, _, _ := strings.Cut(order.Text[from:end], " ")
		if f := a.target.byColumn(column); f != nil && column != "" {
			at := order.Sub(from, from+len(column))
			r.mention(a, at, relation.Mention{Role: relation.TargetColumnRole, Field: a.target.id(f)})
		}
		start = end + 1
	}
}

func (r *reader) mention(a *association, at facts.Slot, m relation.Mention) {
	r.model.Mentions = append(r.model.Mentions, dialect.MentionAt(a.field.file, at, a.Relation.ID, m))
}

// columnMention adds the name of a column where a tag gives it.
func (r *reader) columnMention(f *field) {
	tag := tagged(f.decl, dbKey)
	if tag == nil || f.column == "" || columnName(f.column) != tag.Text {
		return
	}
	r.model.Mentions = append(r.model.Mentions, dialect.ColumnMention(f.file, *tag, r.sch.id(f)))
}

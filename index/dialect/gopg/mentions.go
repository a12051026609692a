package gopg

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
	for _, name := range []string{"fk", "join_fk", many2many, "fk_value", "polymorphic"} {
		if item, ok := f.tag.Last(name); ok && item.Sep {
			r.optionMentions(d, item)
		}
	}
}

// optionMentions adds what the value of an option names: a table, a column or, where
// there are several keys, what columns begin with.
func (r *reader) optionMentions(d *declaration, item dialect.Item) {
	word := d.word()
	if d.guessed {
		word = ""
	}
	switch option := item.Name.Text; {
	case option == many2many:
		m := relation.Mention{Role: relation.JoinModelTableRole, Table: item.Value.Text}
		if d.join != nil {
			m.Model = d.join.typ.Ref()
		}
		r.mention(d, item.Value, m)
	case option == "polymorphic" || word == many2many && d.join == nil:
	case option == "fk_value":
		r.columnsNamed(d, item, r.sch, relation.OwnColumnRole)
	case word == many2many && option == "fk":
		r.columnsNamed(d, item, d.join, relation.JoinOwnColumnRole)
	case word == many2many:
		r.columnsNamed(d, item, d.join, relation.JoinTargetColumnRole)
	case option == "join_fk":
		r.columnsNamed(d, item, d.target, relation.TargetColumnRole)
	case word == hasOne || d.guessed && d.Relation.Kind == relation.BelongsTo:
		r.columnsNamed(d, item, r.sch, relation.OwnColumnRole)
	case d.guessed:
		r.columnsNamed(d, item, d.target, relation.TargetColumnRole)
	}
}

// columnsNamed adds the mention of one column, or of each that begins as the value says.
func (r *reader) columnsNamed(d *declaration, item dialect.Item, side *schema, role relation.Role) {
	if side == nil {
		return
	}
	if f := side.byColumn[item.Value.Text]; f != nil {
		r.mention(d, item.Value, relation.Mention{Role: role, Field: side.id(f)})
		return
	}
	prefix := item.Value.Text
	if d.guessed {
		prefix = asPrefix(prefix)
	}
	begins := false
	for _, column := range d.kept(role) {
		if f := side.byColumn[column]; f != nil && prefix != "" && strings.HasPrefix(column, prefix) {
			r.mention(d, item.Value, relation.Mention{Role: relation.ColumnPrefixRole, Field: side.id(f)})
			begins = true
		}
	}
	if !begins {
		r.mention(d, item.Value, relation.Mention{Role: role})
	}
}

// kept are the columns by which the relation is kept, of what a role names.
func (d *declaration) kept(role relation.Role) []string {
	var columns []string
	for _, p := range d.pairs {
		if role == relation.OwnColumnRole {
			columns = append(columns, p.base.column)
		} else {
			columns = append(columns, p.join.column)
		}
	}
	if role == relation.TargetColumnRole && d.typeColumn != "" {
		columns = append(columns, d.typeColumn)
	}
	for i, k := range d.Relation.JoinKeys {
		if own := i < d.Relation.OwnJoinKeys; own == (role == relation.JoinOwnColumnRole) {
			columns = append(columns, k.Column)
		}
	}
	return columns
}

func (r *reader) mention(d *declaration, at facts.Slot, m relation.Mention) {
	r.model.Mentions = append(r.model.Mentions, dialect.MentionAt(d.field.file, at, d.Relation.ID, m))
}

// columnMention adds the name of a column where a tag gives it.
func (r *reader) columnMention(f *field) {
	declared := f.tag.Name
	if declared.Text == "" {
		return
	}
	r.model.Mentions = append(r.model.Mentions, dialect.ColumnMention(f.file, declared, r.sch.id(f)))
}

package gorm

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// mentions adds every name in the declaration of a relation: its own, the tag's
// key, and what the options name, whether a relation came of it or not.
func (r *reader) mentions(d *declaration) {
	f := d.field
	if f.decl == nil {
		return
	}
	r.model.Mentions = declared(slices.Grow(r.model.Mentions, 2+namings(f.settings)), f.decl, f.file, d.Relation.ID)
	for _, o := range namingOptions {
		set, ok := f.settings.find(o.option)
		if !ok || !set.item.Sep {
			continue
		}
		for i, slot := range set.item.Values {
			m := dialect.MentionAt(set.file, slot, d.Relation.ID, o.mention(r, d, i, slot.Text))
			r.model.Mentions = append(r.model.Mentions, m)
		}
	}
}

// namings is how many names the options that name something hold.
func namings(s settings) int {
	count := 0
	for _, o := range namingOptions {
		count += len(s.of(o.option).item.Values)
	}
	return count
}

// namingOptions are the options whose values name something, and what they name.
var namingOptions = []struct {
	option  string
	mention func(r *reader, d *declaration, i int, text string) relation.Mention
}{
	{"FOREIGNKEY", (*reader).foreignKeyMention},
	{"REFERENCES", (*reader).referencesMention},
	{"MANY2MANY", (*reader).joinTableMention},
	{"JOINFOREIGNKEY", joinColumnMention(relation.JoinForeignKeyRole)},
	{"JOINREFERENCES", joinColumnMention(relation.JoinReferencesRole)},
	{"POLYMORPHIC", (*reader).polymorphicMention},
	{"POLYMORPHICTYPE", targetFieldMention(relation.PolymorphicTypeRole)},
	{"POLYMORPHICID", targetFieldMention(relation.PolymorphicIDRole)},
	{"POLYMORPHICVALUE", func(*reader, *declaration, int, string) relation.Mention {
		return relation.Mention{Role: relation.PolymorphicValueRole}
	}},
}

// declared appends the mentions that need no reading of options: the relation's own
// name and the key of its tag.
func declared(mentions []relation.Mention, f *facts.Field, file *facts.File, id relation.FieldID) []relation.Mention {
	mentions = append(mentions, dialect.MentionAt(file, f.Name, id, relation.Mention{Role: relation.NameRole, Field: id}))
	if tag, ok := f.Tag(name); ok {
		mentions = append(mentions, dialect.MentionAt(file, tag.Key, id, relation.Mention{Role: relation.TagKeyRole}))
	}
	return mentions
}

func (r *reader) foreignKeyMention(d *declaration, i int, text string) relation.Mention {
	m := relation.Mention{Role: relation.ForeignKeyRole}
	if d.field.settings.of("MANY2MANY").value != "" || r.release.isPolymorphic(d.field.settings) {
		m.Role = relation.OwnKeyRole
		m.Field = r.named(d, r.sch, text)
		return m
	}
	if i < len(d.Relation.Keys) {
		m.Field = d.Relation.Keys[i].ForeignKey
		return m
	}
	first, second := r.sch, d.target
	if d.many() {
		first, second = second, first
	}
	if m.Field = r.named(d, first, text); m.Field.IsZero() && !d.many() {
		m.Field = r.named(d, second, text)
	}
	return m
}

func (r *reader) referencesMention(d *declaration, i int, text string) relation.Mention {
	m := relation.Mention{Role: relation.ReferencesRole}
	switch {
	case d.field.settings.of("MANY2MANY").value != "":
		m.Role = relation.TargetKeyRole
		m.Field = r.named(d, d.target, text)
	case i < len(d.Relation.Keys) && !r.release.isPolymorphic(d.field.settings):
		m.Field = d.Relation.Keys[i].References
	case d.many():
		m.Field = r.named(d, r.sch, text)
	default:
		m.Field = r.named(d, d.target, text)
	}
	return m
}

// named is the field of one side that a text names, zero where it names none.
func (r *reader) named(d *declaration, side *schema, text string) relation.FieldID {
	if side == nil {
		return relation.FieldID{}
	}
	f := side.lookUp(text)
	if f == nil {
		return relation.FieldID{}
	}
	return side.id(f)
}

func (r *reader) joinTableMention(_ *declaration, _ int, text string) relation.Mention {
	return relation.Mention{Role: relation.JoinTableRole, Table: r.sch.naming.joinTable(text)}
}

func joinColumnMention(role relation.Role) func(*reader, *declaration, int, string) relation.Mention {
	return func(_ *reader, d *declaration, _ int, _ string) relation.Mention {
		return relation.Mention{Role: role, Table: d.Relation.JoinTable}
	}
}

// polymorphicMention names, by its prefix, the field that holds the owner's key.
func (r *reader) polymorphicMention(d *declaration, i int, text string) relation.Mention {
	_, id := r.release.polymorphicNames(d.field.settings)
	return targetFieldMention(relation.PolymorphicRole)(r, d, i, id)
}

func targetFieldMention(role relation.Role) func(*reader, *declaration, int, string) relation.Mention {
	return func(_ *reader, d *declaration, _ int, text string) relation.Mention {
		m := relation.Mention{Role: role}
		if d.target != nil {
			if f := d.target.byName.of(text); f != nil {
				m.Field = d.target.id(f)
			}
		}
		return m
	}
}

package gopg

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// mistake is a mistake of the declaration at a stretch of its tag, or at the field's
// name where there is none.
func (d *declaration) mistake(kind relation.MistakeKind, row string, at facts.Slot) relation.Mistake {
	m := d.field.mistake(kind, row, at)
	m.Field = d.Relation.ID
	m.Target = d.Relation.Target
	for _, sch := range []*schema{d.target, d.join} {
		if sch != nil {
			m.Related = append(m.Related, dialect.DeclaredHere(sch.typ, sch.label())...)
		}
	}
	return m
}

// valueSlot is where an option's value stands, else its name.
func valueSlot(item dialect.Item) facts.Slot {
	if item.Value.Text == "" {
		return item.Name
	}
	return item.Value
}

// columnNames lists the columns of a model, for the search of the nearest one.
func (sch *schema) columnNames() []string {
	var names []string
	for _, f := range sch.fields {
		if !f.says() {
			names = append(names, f.column)
		}
	}
	return names
}

// has is a column of the model as messages call it.
func (sch *schema) has(column string) string { return sch.label() + "." + column }

// unknownKind: rel has a value that go-pg does not know.
func (r *reader) unknownKind(d *declaration, word string) relation.Mistake {
	rel, _ := d.field.tag.Last("rel")
	m := d.mistake(relation.ValueInvalid, "pg2", valueSlot(rel))
	m.Role, m.Choices = relation.ValueRole, optionsByName["rel"].Values
	m.Text = fmt.Sprintf("go-pg has no relation %s: rel is has-one, belongs-to, has-many or many2many", strconv.Quote(word))
	if word == "many-to-many" {
		m.Meant = many2many
	}
	return m
}

// notStruct: the type leads to nothing that could be a model.
func (r *reader) notStruct(d *declaration, t facts.Type, option string) relation.Mistake {
	kind := relation.TargetNotModel
	text := fmt.Sprintf("%s leads to %s, which is no struct", option, t)
	if shape := t.Shape(); shape == facts.Slice || shape == facts.Pointer || shape == facts.Array {
		kind = relation.ShapeUnfit
		text = fmt.Sprintf("%s wants a struct or a pointer to one, but the type is %s", option, d.field.typ)
		if word := d.word(); word == hasMany || word == many2many {
			text = fmt.Sprintf("%s wants a slice of structs or of pointers to them, but the type is %s", option, d.field.typ)
		}
	}
	m := d.mistake(kind, "pg32", facts.Slot{})
	m.Text = text
	return m
}

// notSlice: a relation to many needs a slice.
func (r *reader) notSlice(d *declaration, option, row string) relation.Mistake {
	m := d.mistake(relation.ShapeUnfit, row, facts.Slot{})
	m.Target, _ = dialect.Target(d.field.typ)
	m.Text = fmt.Sprintf("%s wants a slice, but the type is %s", option, d.field.typ)
	return m
}

// noPrimaryKey: a model lacks the key that the relation leads from, or to.
func (r *reader) noPrimaryKey(d *declaration, sch *schema) relation.Mistake {
	m := d.mistake(relation.PrimaryKeyMissing, "pg1", facts.Slot{})
	m.Text = fmt.Sprintf("%s has no primary key, which go-pg wants here: a column id or uuid, or one with the option pk", sch.label())
	return m
}

// columnUnknown: an option names a column that its side does not have.
func (r *reader) columnUnknown(d *declaration, side *schema, item dialect.Item, kind relation.MistakeKind, row string) relation.Mistake {
	m := d.mistake(kind, row, valueSlot(item))
	m.Role, m.Choices = relation.TargetColumnRole, side.columnNames()
	if kind == relation.ForeignKeyUnknown {
		m.Wanted = words[d.word()]
	}
	if item.Name.Text != "join_fk" {
		m.Role = relation.OwnColumnRole
	}
	m.Text = fmt.Sprintf("%s names %s, but %s has no such column", item.Name.Text, side.has(item.Value.Text), side.label())
	if f := side.byGoName(item.Value.Text); f != nil && !f.says() {
		m.Meant = f.column
		m.Text += fmt.Sprintf(": %s wants columns, not Go names", item.Name.Text)
	}
	return m
}

// missingRows are the rows of columns that no tag names.
var missingRows = map[relation.Kind]string{relation.BelongsTo: "pg5", relation.HasOne: "pg7", relation.HasMany: "pg10"}

// columnMissing: nothing names a column, and none has the name that go-pg would find.
func (r *reader) columnMissing(d *declaration, side *schema, column string, kind relation.Kind) relation.Mistake {
	m := d.mistake(relation.ForeignKeyMissing, missingRows[kind], facts.Slot{})
	m.Wanted = kind
	option := "join_fk"
	if kind == relation.BelongsTo {
		option = "fk"
	}
	m.Text = fmt.Sprintf("no foreign key: %s has no column %s", side.label(), column)
	if d.field.tag.Has(option) {
		m.Text += fmt.Sprintf(", which begins as %s says and ends as the key is called", option)
	} else {
		m.Text += fmt.Sprintf("; name one with %s", option)
	}
	return m
}

// fallback: the primary keys of both sides are joined.
func (r *reader) fallback(d *declaration) relation.Mistake {
	lacking, prefix := d.target, r.prefixThere(d)
	if d.Relation.Kind == relation.BelongsTo {
		lacking, prefix = r.sch, dialect.Underscore(d.field.goName)+"_"
		if item, ok := d.field.tag.Last("fk"); ok {
			prefix = item.Value.Text
		}
	}
	wanted := make([]string, len(d.pairs))
	for i, p := range d.pairs {
		wanted[i] = prefix + p.join.column
	}
	m := d.mistake(relation.JoinFallback, "", facts.Slot{})
	m.Text = fmt.Sprintf("joins %s: %s has no column %s, so that go-pg takes the one that is called like the key",
		equalities(d.pairs, r.sch, d.target), lacking.label(), strings.Join(wanted, " and "))
	return m
}

// equalities are the columns that are joined, as messages write them.
func equalities(pairs []columns, base, join *schema) string {
	equal := make([]string, len(pairs))
	for i, p := range pairs {
		equal[i] = base.has(p.base.column) + " = " + join.has(p.join.column)
	}
	return strings.Join(equal, " and ")
}

// joinFallback: the primary key of the join model is joined with a side.
func (r *reader) joinFallback(d *declaration, side *schema, prefix string) relation.Mistake {
	column := side.primary[0].column
	m := d.mistake(relation.JoinFallback, "", facts.Slot{})
	m.Text = fmt.Sprintf("joins %s = %s: %s has no column %s, so that go-pg takes its own key, which is called like that of %s",
		d.join.has(column), side.has(column), d.join.label(), prefix+column, side.label())
	return m
}

// typeColumnMissing: nothing on the target says whose a row is.
func (r *reader) typeColumnMissing(d *declaration, column string) relation.Mistake {
	option, _ := d.field.tag.Last("polymorphic")
	m := d.mistake(relation.PolymorphicInvalid, "pg11", option.Name)
	m.Text = fmt.Sprintf("polymorphic needs %s, but %s has no such column", d.target.has(column), d.target.label())
	return m
}

// noTable: rel says many2many, and nothing says over which table.
func (r *reader) noTable(d *declaration) relation.Mistake {
	rel, _ := d.field.tag.Last("rel")
	m := d.mistake(relation.JoinModelInvalid, "pg13", rel.Value)
	m.Name = ""
	m.Text = "rel:many2many needs the option many2many too, which names the table of the join model"
	return m
}

// noJoinModel: no model has the table that many2many names.
func (r *reader) noJoinModel(d *declaration, table dialect.Item) relation.Mistake {
	m := d.mistake(relation.JoinModelUnregistered, "pg14", valueSlot(table))
	m.Role, m.Choices = relation.JoinModelTableRole, r.scope.Tables()
	m.Text = fmt.Sprintf("many2many names the table %s, but no model has it: go-pg wants a join model, made known with orm.RegisterTable",
		strconv.Quote(table.Value.Text))
	return m
}

// unregistered: the join model is there, but nobody hands it to go-pg.
func (r *reader) unregistered(d *declaration, table dialect.Item) *relation.Mistake {
	m := d.mistake(relation.JoinModelUnregistered, "pg14", valueSlot(table))
	m.Name = ""
	m.Text = fmt.Sprintf("%s, the model of the join table, is not made known to go-pg: orm.RegisterTable((*%s)(nil))", d.join.label(), d.join.label())
	return &m
}

// joinColumnUnknown: an option names a column that the join model does not have.
func (r *reader) joinColumnUnknown(d *declaration, item dialect.Item, row string) relation.Mistake {
	m := d.mistake(relation.JoinModelInvalid, row, valueSlot(item))
	m.Role, m.Choices = relation.JoinOwnColumnRole, d.join.columnNames()
	if item.Name.Text != "fk" {
		m.Role = relation.JoinTargetColumnRole
	}
	m.Text = fmt.Sprintf("%s names %s, but %s has no such column", item.Name.Text, d.join.has(item.Value.Text), d.join.label())
	if f := d.join.byGoName(item.Value.Text); f != nil && !f.says() {
		m.Meant = f.column
		m.Text += fmt.Sprintf(": %s wants columns, not Go names", item.Name.Text)
	}
	return m
}

// joinColumnMissing: the join model has no column that leads to a side.
func (r *reader) joinColumnMissing(d *declaration, side *schema, column, option, row string) relation.Mistake {
	table, _ := d.field.tag.Last(many2many)
	m := d.mistake(relation.JoinModelInvalid, row, valueSlot(table))
	m.Name = ""
	m.Text = fmt.Sprintf("%s, which leads to %s, is missing from the join model: %s has no such column; name another with %s",
		d.join.has(column), side.label(), d.join.label(), option)
	return m
}

// tooManyKeys: fk_value stands for one column, but the key has several.
func (r *reader) tooManyKeys(d *declaration, item dialect.Item, fks []*field) relation.Mistake {
	columns := make([]string, len(fks))
	for i, f := range fks {
		columns[i] = d.target.has(f.column)
	}
	m := d.mistake(relation.KeyCount, "pg19", valueSlot(item))
	m.Name = ""
	m.Text = fmt.Sprintf("fk_value names one column, but the foreign key has several: %s", strings.Join(columns, ", "))
	return m
}

// guessedRows are the rows of relations that nothing says are one.
var guessedRows = map[relation.Kind]string{relation.BelongsTo: "pg30", relation.HasOne: "pg31", relation.HasMany: "pg28"}

// guessed: go-pg makes a relation of the field that its tag says nothing of.
func (r *reader) guessed(d *declaration, kind relation.Kind) relation.Mistake {
	keys := make([]string, len(d.Relation.Keys))
	for i, k := range d.Relation.Keys {
		keys[i] = k.ForeignKey.Short()
	}
	m := d.mistake(relation.RelationGuessed, guessedRows[kind], facts.Slot{})
	m.Text = fmt.Sprintf("go-pg guesses a relation by %s, which is deprecated: say rel:%s", strings.Join(keys, " and "), wordOf[kind])
	m.Tag = r.explicit(d, kind)
	return m
}

// checkRepeated finds a second relation of one Go name, which embedded structs can
// bring (addRelation).
func (r *reader) checkRepeated(d *declaration) {
	if d.Unsure || len(d.Mistakes) > 0 {
		return
	}
	at := slices.IndexFunc(r.relating, func(f *field) bool { return f.goName == d.field.goName })
	if at < 0 {
		return
	}
	m := d.mistake(relation.RelationRepeated, "pg22", facts.Slot{})
	m.Text = fmt.Sprintf("%s has another relation %s, by way of another embedded struct", r.sch.label(), d.field.goName)
	m.Related = []relation.Related{{Place: r.relating[at].place(), Text: "the other " + d.field.goName}}
	d.Add(m)
}

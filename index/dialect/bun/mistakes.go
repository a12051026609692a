package bun

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

// columnNames lists the columns of a model, for the search of the nearest one.
func (sch *schema) columnNames() []string {
	var names []string
	for _, f := range sch.fields {
		if !f.isRelation() {
			names = append(names, f.column)
		}
	}
	return names
}

// has is a column of the model as messages call it.
func (sch *schema) has(column string) string { return sch.label() + "." + column }

// unknownKind: rel has a value that Bun does not know.
func (r *reader) unknownKind(d *declaration, rel dialect.Item) relation.Mistake {
	at := rel.Value
	if at.Text == "" {
		at = rel.Name
	}
	m := d.mistake(relation.ValueInvalid, "bun4", at)
	m.Role, m.Choices = relation.ValueRole, kinds
	m.Text = fmt.Sprintf("bun has no relation %q: rel is belongs-to, has-one or has-many, and a many-to-many says m2m", rel.Value.Text)
	return m
}

// notStruct: the type leads to nothing that could be a model.
func (r *reader) notStruct(d *declaration, t facts.Type, option string) relation.Mistake {
	kind := relation.TargetNotModel
	text := fmt.Sprintf("%s leads to %s, which is no struct", option, t)
	if shape := t.Shape(); option != "m2m" && (shape == facts.Slice || shape == facts.Pointer || shape == facts.Array) {
		kind = relation.ShapeUnfit
		text = fmt.Sprintf("%s wants a struct or a pointer to one, but the type is %s", option, d.field.typ)
		if option == "rel:has-many" {
			text = fmt.Sprintf("%s wants a slice of structs or of pointers to them, but the type is %s", option, d.field.typ)
		}
	}
	m := d.mistake(kind, "", facts.Slot{})
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
	m := d.mistake(relation.PrimaryKeyMissing, "bun2", facts.Slot{})
	m.Text = fmt.Sprintf("%s has no primary key, which bun wants here whatever join says: a field is one only with the option pk", sch.label())
	return m
}

// badJoin: a part of join is not a=b.
func (r *reader) badJoin(d *declaration, bad facts.Slot) relation.Mistake {
	if bad.Text == "" {
		item, _ := d.field.tag.Last("join")
		bad = item.Name
	}
	m := d.mistake(relation.TagMalformed, "bun28", bad)
	m.Name = ""
	m.Text = "join wants a column of each side, parted by =: join:author_id=id"
	if d.field.tag.Has("m2m") {
		m.Text = "join wants two fields of the join model, parted by =: join:Order=Item"
	}
	return m
}

// columnRows are the rows of columns that join names: of the model, then of the target.
var columnRows = map[relation.Kind][2]string{
	relation.BelongsTo: {"bun10", "bun11"}, relation.HasOne: {"bun15", "bun16"}, relation.HasMany: {"bun19", "bun20"},
}

// columnUnknown: join names a column that its side does not have. The foreign key is
// where the word of the tag says.
func (r *reader) columnUnknown(d *declaration, side *schema, at facts.Slot, word relation.Kind, own bool) relation.Mistake {
	row, kind, role := columnRows[word][0], relation.ReferencesUnknown, relation.OwnColumnRole
	if !own {
		row, role = columnRows[word][1], relation.TargetColumnRole
	}
	if own == (word == relation.BelongsTo) {
		kind = relation.ForeignKeyUnknown
	}
	m := d.mistake(kind, row, at)
	m.Role, m.Choices = role, side.columnNames()
	m.Text = fmt.Sprintf("join names %s, but %s has no such column", side.has(at.Text), side.label())
	if f := side.byGoName(at.Text); f != nil && !f.isRelation() {
		m.Meant = f.column
		m.Text += ": join wants columns, not Go names"
	}
	return m
}

// missingRows are the rows of columns that no tag names.
var missingRows = map[relation.Kind]string{relation.BelongsTo: "bun14", relation.HasOne: "bun17", relation.HasMany: "bun21"}

// columnMissing: nothing names a column, and none has the name that Bun would find.
func (r *reader) columnMissing(d *declaration, side *schema, column string, word relation.Kind) relation.Mistake {
	m := d.mistake(relation.ForeignKeyMissing, missingRows[word], facts.Slot{})
	m.Wanted = word
	m.Text = fmt.Sprintf("no foreign key: %s has no column %s; name one with join:%s", side.label(), column, r.example(d, word))
	return m
}

// example is how a join could look.
func (r *reader) example(d *declaration, word relation.Kind) string {
	if word == relation.BelongsTo {
		return "column_here=" + d.target.primary[0].column
	}
	return r.sch.primary[0].column + "=column_there"
}

// fallback: the primary keys of both sides are joined.
func (r *reader) fallback(d *declaration, pairs []columns, lacking *schema, prefix string) relation.Mistake {
	equal, wanted := make([]string, len(pairs)), make([]string, len(pairs))
	for i, p := range pairs {
		equal[i] = r.sch.has(p.base.column) + " = " + d.target.has(p.join.column)
		wanted[i] = prefix + p.join.column
	}
	m := d.mistake(relation.JoinFallback, "silent9", facts.Slot{})
	m.Text = fmt.Sprintf("joins %s: %s has no column %s, so that bun takes the one that is called like the key",
		strings.Join(equal, " and "), lacking.label(), strings.Join(wanted, " and "))
	return m
}

// typeColumnMissing: nothing on the target says whose a row is.
func (r *reader) typeColumnMissing(d *declaration, column string, slot facts.Slot) relation.Mistake {
	option, _ := d.field.tag.Last("polymorphic")
	m := d.mistake(relation.PolymorphicInvalid, "bun22", option.Name)
	if column == "" {
		m.Text = fmt.Sprintf("join has to name the column of %s that says whose a row is, with type=", d.target.label())
		return m
	}
	if slot.Text != "" {
		m.Place.Span, m.Name = slot.Span, slot.Text
		m.Role, m.Choices = relation.TargetColumnRole, d.target.columnNames()
	}
	m.Text = fmt.Sprintf("polymorphic needs %s, but %s has no such column", d.target.has(column), d.target.label())
	return m
}

// noJoinModel: no model has the table that m2m names.
func (r *reader) noJoinModel(d *declaration, table facts.Slot) relation.Mistake {
	at := table
	if at.Text == "" {
		item, _ := d.field.tag.Last("m2m")
		at = item.Name
	}
	m := d.mistake(relation.JoinModelUnregistered, "bun25", at)
	m.Role, m.Choices = relation.JoinModelTableRole, r.scope.Tables()
	m.Text = fmt.Sprintf("m2m names the table %s, but no model has it: bun wants a join model, made known with RegisterModel", strconv.Quote(table.Text))
	return m
}

// unregistered: the join model is there, but nobody hands it to Bun.
func (r *reader) unregistered(d *declaration, table facts.Slot) *relation.Mistake {
	m := d.mistake(relation.JoinModelUnregistered, "bun25", table)
	m.Name = ""
	m.Text = fmt.Sprintf("%s, the model of the join table, is not made known to bun: db.RegisterModel((*%s)(nil))", d.join.label(), d.join.label())
	return &m
}

// joinFieldMissing: the join model has no field that leads to a side.
func (r *reader) joinFieldMissing(d *declaration, at facts.Slot, row string, side *schema, role relation.Role) relation.Mistake {
	m := d.mistake(relation.JoinModelInvalid, row, at)
	m.Role = role
	if at.Span.IsZero() {
		m.Name = ""
		m.Text = fmt.Sprintf("%s, which leads to %s, is missing from the join model: %s has no such field; name another with join:Left=Right",
			d.join.label()+"."+at.Text, side.label(), d.join.label())
		return m
	}
	for _, f := range d.join.fields {
		if t := indirect(f.typ); t != nil && t.Shape() == facts.Struct {
			m.Choices = append(m.Choices, f.goName)
		}
	}
	m.Text = fmt.Sprintf("join names %s, but %s has no such field", d.join.label()+"."+at.Text, d.join.label())
	if f := d.join.byColumn[at.Text]; f != nil {
		m.Text += ": of a many-to-many, join wants Go names, not columns"
	}
	return m
}

// joinModelBroken: a field of the join model, which itself says nothing of a relation,
// does not lead to its side.
func (r *reader) joinModelBroken(d *declaration, why relation.Mistake, f *field, role relation.Role) relation.Mistake {
	m := d.mistake(relation.JoinModelInvalid, why.Row, r.joinSlot(d, role))
	m.Name = ""
	m.Text = fmt.Sprintf("bun reads %s as a belongs-to: %s", d.join.label()+"."+f.goName, why.Text)
	return m
}

// joinKeyMissing: the join model points to a column that this model does not have.
func (r *reader) joinKeyMissing(d *declaration, f *field, side *schema, column string, role relation.Role) relation.Mistake {
	row := "bun13"
	if f.tag.Has("join") {
		row = "bun12"
	}
	m := d.mistake(relation.JoinModelInvalid, row, r.joinSlot(d, role))
	m.Name = ""
	m.Text = fmt.Sprintf("%s points to a column %s, which %s does not have", d.join.label()+"."+f.goName, column, side.label())
	return m
}

// joinSlot is where the tag names the join model's field for a side, else its table.
func (r *reader) joinSlot(d *declaration, role relation.Role) facts.Slot {
	table, _ := d.field.tag.Last("m2m")
	items, _, ok := d.field.tag.joinItems()
	switch {
	case !ok || len(items) == 0:
		return table.Value
	case role == relation.JoinOwnFieldRole:
		return items[0].base
	}
	return items[0].join
}

// checkRules finds what a belongs-to says wrongly about its foreign key
// (belongsToRelationWithTables): each option may stand there once, and Bun writes a
// rule that it does not know into the table's definition as it is.
func (r *reader) checkRules(d *declaration) {
	for _, o := range []struct{ name, repeated, unknown string }{{"on_update", "bun6", "bun7"}, {"on_delete", "bun8", "bun9"}} {
		items := d.field.tag.named(o.name)
		switch {
		case len(items) > 1:
			m := d.mistake(relation.OptionRepeated, o.repeated, items[1].Name)
			m.Text = o.name + " may be given once"
			d.Add(m)
		case len(items) == 1 && !slices.Contains(rules, strings.ToUpper(items[0].Value.Text)):
			if strings.EqualFold(items[0].Value.Text, "NO ACTION") {
				continue // Bun warns, though every database knows it
			}
			at := items[0].Value
			if at.Text == "" {
				at = items[0].Name
			}
			m := d.mistake(relation.ValueUnknown, o.unknown, at)
			m.Role, m.Choices = relation.ValueRole, rules
			m.Text = fmt.Sprintf("bun knows no rule %q for %s, and writes it into the table's definition", items[0].Value.Text, o.name)
			d.Remark(m)
		}
	}
}

// checkRepeated finds a second relation of one Go name, which embedded structs can
// bring (addRelation).
func (r *reader) checkRepeated(d *declaration) {
	for _, f := range r.sch.relating {
		if f == d.field {
			return
		}
		if f.goName == d.field.goName && !d.Unsure && len(d.Mistakes) == 0 {
			m := d.mistake(relation.RelationRepeated, "bun5", facts.Slot{})
			m.Text = fmt.Sprintf("%s has another relation %s, by way of another embedded struct", r.sch.label(), f.goName)
			m.Related = []relation.Related{{Place: f.place(), Text: "the other " + f.goName}}
			d.Add(m)
			return
		}
	}
}

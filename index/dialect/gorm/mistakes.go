package gorm

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

func quote(s string) string { return strconv.Quote(s) }

// newMistake is a mistake of the declaration at the i-th name of an option, at the
// field's name where that does not stand in a tag.
func (d *declaration) newMistake(kind relation.MistakeKind, row, option string, i int) relation.Mistake {
	m := relation.Mistake{Kind: kind, Row: row, Field: d.Relation.ID, Place: d.field.place()}
	if d.field.settings.declareRelation() {
		m.Target = d.Relation.Target // without a tag perhaps no relation was meant, and the type is no model
	}
	if set := d.field.settings.of(option); set.file != nil && set.item.Sep && i < len(set.item.Values) {
		slot := set.item.Values[i]
		m.Place = relation.Place{File: set.file.Path, Span: slot.Span}
		m.Name = slot.Text
	}
	if d.target != nil {
		m.Related = append(m.Related, dialect.DeclaredHere(d.target.typ, d.target.label())...)
	}
	return m
}

// label is what messages call the type of a schema.
func (sch *schema) label() string {
	if sch.name == "" {
		return "the unnamed struct"
	}
	return sch.name
}

func (sch *schema) has(field string) string { return sch.label() + "." + field }

// notStruct: the type leads to nothing that could be a model.
func (r *reader) notStruct(d *declaration, elem facts.Type) relation.Mistake {
	row := "gorm14"
	if !elem.Ref().IsZero() {
		row = "gorm15"
	}
	m := d.newMistake(relation.TargetNotModel, row, "", 0)
	m.Text = fmt.Sprintf("%s is neither a column nor a model: store it with serializer:json, give it a type, or leave it out with -", d.field.written)
	return m
}

// arrayOf: an array of structs is no relation.
func (r *reader) arrayOf(d *declaration) relation.Mistake {
	m := d.newMistake(relation.TargetNotModel, "gorm2", "", 0)
	m.Text = fmt.Sprintf("%s is an array: a relation to many of %s needs a slice", d.field.written, d.target.label())
	return m
}

// trouble is a mistake that shows while a struct is parsed, before relations.
type trouble struct {
	kind   relation.MistakeKind
	row    string
	field  *field
	path   []string // to the field, from the struct that is being read
	option string   // whose value is wrong; "" for none
	text   string
	name   facts.Slot // an option's name that is wrong; zero for none
	meant  string     // what should stand there, where that is certain
}

func (sch *schema) trouble(f *field, kind relation.MistakeKind, row, option, text string) {
	sch.troubles = append(sch.troubles, trouble{kind: kind, row: row, field: f, path: []string{f.name}, option: option, text: text})
}

func (sch *schema) troubled(t trouble) relation.Mistake {
	id := relation.FieldID{Model: sch.typ.Ref(), Field: dialect.Selector(sch.typ, t.path)}
	d := &declaration{field: t.field}
	d.Relation.ID = id
	m := d.newMistake(t.kind, t.row, t.option, 0)
	m.Text = t.text
	if t.option != "" {
		m.Role = relation.ValueRole
	}
	if t.name.Text != "" {
		m.Role, m.Name, m.Meant = relation.OptionRole, t.name.Text, t.meant
		m.Place = relation.Place{File: t.field.file.Path, Span: t.name.Span}
	}
	return m
}

// polymorphicMissing: the target lacks the fields that would say whose it is. An
// option that names one of them answers for that one, polymorphic for what no other
// option names.
func (r *reader) polymorphicMissing(d *declaration, typeName string, typeField *field, idName string, idField *field) []relation.Mistake {
	var mistakes []relation.Mistake
	var lacking []string
	row := "gorm3"
	lack := func(f *field, name, option, itsRow string, role relation.Role) {
		switch {
		case f != nil:
		case d.field.settings.of(option).item.Sep && !r.release.onlyPolymorphic:
			m := d.newMistake(relation.PolymorphicInvalid, itsRow, option, 0)
			m.Role = role
			m.Text = fmt.Sprintf("%s names %s, but %s has no such field", d.field.settings.of(option).item.Name.Text, d.target.has(name), d.target.label())
			if name == "" {
				m.Text = fmt.Sprintf("%s names no field of %s", d.field.settings.of(option).item.Name.Text, d.target.label())
			}
			mistakes = append(mistakes, m)
		default:
			lacking, row = append(lacking, d.target.has(name)), itsRow
		}
	}
	lack(typeField, typeName, "POLYMORPHICTYPE", "gorm3", relation.PolymorphicTypeRole)
	lack(idField, idName, "POLYMORPHICID", "gorm4", relation.PolymorphicIDRole)
	if len(lacking) > 0 {
		m := d.newMistake(relation.PolymorphicInvalid, row, "POLYMORPHIC", 0)
		m.Role = relation.PolymorphicRole
		m.Text = fmt.Sprintf("polymorphic needs %s: %s has no such %s", strings.Join(lacking, " and "), d.target.label(), plural("field", len(lacking)))
		mistakes = append(mistakes, m)
	}
	return mistakes
}

func (r *reader) polymorphicKeyCount(d *declaration, names []string) relation.Mistake {
	m := d.newMistake(relation.PolymorphicInvalid, "gorm5", "FOREIGNKEY", 1)
	m.Name, m.Target = "", r.sch.typ.Ref()
	m.Text = fmt.Sprintf("a polymorphic relation points to one field of %s, but foreignKey names %d", r.sch.label(), len(names))
	return m
}

func (r *reader) polymorphicKeyUnknown(d *declaration, name string) relation.Mistake {
	m := d.newMistake(relation.PolymorphicInvalid, "gorm5", "FOREIGNKEY", 0)
	m.Role, m.Target = relation.OwnKeyRole, r.sch.typ.Ref()
	m.Text = fmt.Sprintf("foreignKey names %s, but %s has no such field; in a polymorphic relation it is the field of %s that %s points to",
		r.sch.has(name), r.sch.label(), r.sch.label(), d.target.label())
	return m
}

func (r *reader) polymorphicNoKey(d *declaration) relation.Mistake {
	m := d.newMistake(relation.PolymorphicInvalid, "gorm6", "POLYMORPHIC", 0)
	m.Name = ""
	m.Text = fmt.Sprintf("%s has no single primary key that a polymorphic %s could point to: name a field with foreignKey", r.sch.label(), d.target.label())
	return m
}

// joinedFieldUnknown: foreignKey or references of a many-to-many names a field
// that its side does not have.
func (r *reader) joinedFieldUnknown(d *declaration, side *schema, option string, i int, name string) relation.Mistake {
	kind, row, role, word := relation.ForeignKeyUnknown, "gorm7", relation.OwnKeyRole, "foreignKey"
	if option == "REFERENCES" {
		kind, row, role, word = relation.ReferencesUnknown, "gorm8", relation.TargetKeyRole, "references"
	}
	m := d.newMistake(kind, row, option, i)
	m.Role, m.Target = role, side.typ.Ref()
	m.Text = fmt.Sprintf("%s names %s, but %s has no such field", word, side.has(name), side.label())
	return m
}

func (r *reader) joinModelBroken(d *declaration, why string) relation.Mistake {
	option := "MANY2MANY"
	for _, o := range []string{"JOINREFERENCES", "JOINFOREIGNKEY"} {
		if d.field.settings.has(o) {
			option = o
		}
	}
	m := d.newMistake(relation.JoinModelInvalid, "gorm9", option, 0)
	m.Name = ""
	m.Text = why + ": gorm makes a Go struct of its columns"
	return m
}

// explain says why no step of a guess found the keys.
func (r *reader) explain(d *declaration, g *guess) relation.Mistake {
	last := g.failures[len(g.failures)-1]
	if last.why == outOfRange {
		m := d.newMistake(relation.KeyCount, "gorm10", "FOREIGNKEY", len(g.references))
		m.Name = ""
		m.Text = fmt.Sprintf("foreignKey names %d fields, but references only %d: gorm panics", len(g.foreignKeys), len(g.references))
		return m
	}
	blamed := g.blamed(d.many())
	primary, foreign := g.sides(blamed.step)
	switch blamed.why {
	case keyUnknown:
		return r.foreignKeyUnknown(d, g, blamed)
	case referenceUnknown:
		m := d.newMistake(relation.ReferencesUnknown, "gorm10", "REFERENCES", blamed.index)
		m.Role, m.Target = relation.ReferencesRole, primary.ref()
		m.Text = fmt.Sprintf("references names %s, but %s has no such field", primary.has(g.references[blamed.index]), primary.label())
		return m
	case countsDiffer:
		m := d.newMistake(relation.KeyCount, "gorm10", "FOREIGNKEY", 0)
		m.Name, m.Target = "", primary.ref()
		m.Text = fmt.Sprintf("foreignKey names %s of %s, but the primary key of %s has %s: name with references what it points to",
			counted(len(g.foreignKeys)), foreign.label(), primary.label(), counted(len(primary.primary)))
		return m
	}
	return r.foreignKeyMissing(d, g)
}

// ref is the identity of the model whose fields the schema has; zero for an
// unnamed struct.
func (sch *schema) ref() facts.Ref { return sch.typ.Ref() }

// blamed is the failure to tell: of the step that got farthest, and of equal ones
// that where the key of such a field mostly is.
func (g *guess) blamed(many bool) failure {
	usual := belongs
	if many && g.field.settings.of("BELONGSTO").value == "" {
		usual = has
	}
	best := g.failures[0]
	for _, f := range g.failures[1:] {
		if f.progress(g) > best.progress(g) || f.progress(g) == best.progress(g) && f.step == usual {
			best = f
		}
	}
	if best.why == nothingFound {
		best = g.missingReference(usual, best)
	}
	return best
}

// progress orders failures by how much of the declaration was found before.
func (f failure) progress(g *guess) int {
	switch f.why {
	case keyUnknown:
		return f.index
	case referenceUnknown:
		return len(g.foreignKeys) + 1 + f.index
	case countsDiffer:
		return len(g.foreignKeys) + 1
	}
	return 0
}

// missingReference finds the name of references that kept the usual step from
// looking for a key, if there is one.
func (g *guess) missingReference(usual step, otherwise failure) failure {
	for _, f := range g.failures {
		primary, _ := g.sides(f.step)
		if f.step != usual {
			continue
		}
		for i, name := range g.references {
			if g.release.lookUp(primary, name) == nil {
				return failure{f.step, referenceUnknown, i}
			}
		}
	}
	return otherwise
}

func (r *reader) foreignKeyUnknown(d *declaration, g *guess, blamed failure) relation.Mistake {
	name := g.foreignKeys[blamed.index]
	_, side := g.sides(blamed.step)
	m := d.newMistake(relation.ForeignKeyUnknown, "gorm10", "FOREIGNKEY", blamed.index)
	m.Role, m.Target, m.Wanted = relation.ForeignKeyRole, side.ref(), d.wanted()
	if blamed.step == embeddedBelongs {
		m.Target = r.sch.ref()
	}
	if name == "" {
		m.Text = "foreignKey ends in a comma: name a field behind it, or take it away"
		return m
	}
	if d.many() || g.own == g.target {
		m.Text = fmt.Sprintf("foreignKey names %s, but %s has no such field", side.has(name), side.label())
		return m
	}
	m.Text = fmt.Sprintf("foreignKey names %s, but neither %s nor %s exists", name, g.own.has(name), g.target.has(name))
	return m
}

// foreignKeyMissing: nothing names a key, and no convention finds one.
func (r *reader) foreignKeyMissing(d *declaration, g *guess) relation.Mistake {
	m := d.newMistake(relation.ForeignKeyMissing, "gorm10", "", 0)
	m.Role = relation.ForeignKeyRole
	m.Wanted = d.wanted()
	var lacking, keyless []string
	for _, f := range g.failures {
		if f.step == embeddedBelongs || f.step == embeddedHas || f.step == has && g.own == g.target && !d.many() {
			continue
		}
		primary, foreign := g.sides(f.step)
		names := g.wanted(f.step)
		if len(names) == 0 {
			keyless = append(keyless, primary.label()+" has no primary key")
			continue
		}
		lack := foreign.label() + " has no " + strings.Join(names, " or ")
		if f.step == belongs {
			lacking = append([]string{lack}, lacking...)
		} else {
			lacking = append(lacking, lack)
		}
	}
	slices.Sort(keyless)
	why := strings.Join(slices.Compact(append(lacking, keyless...)), " and ")
	advice := "name one with foreignKey or make the type a driver.Valuer"
	if d.many() {
		advice = "name one with foreignKey, or a join table with many2many"
	}
	m.Text = fmt.Sprintf("no foreign key: %s; %s", why, advice)
	return m
}

// wanted is what a declaration without keys was most likely meant to be.
func (d *declaration) wanted() relation.Kind {
	if d.many() {
		return relation.HasMany
	}
	return relation.BelongsTo
}

// wanted are the first choices for the names of the keys that a step looks for.
func (g *guess) wanted(s step) []string {
	primary, _ := g.sides(s)
	keys := primary.primary
	if len(g.references) > 0 {
		keys = nil
		for _, name := range g.references {
			if f := g.release.lookUp(primary, name); f != nil {
				keys = append(keys, f)
			}
		}
	}
	var names []string
	for _, p := range keys {
		names = append(names, g.candidates(s, p, false)...)
	}
	return names
}

func counted(n int) string { return fmt.Sprintf("%d %s", n, plural("field", n)) }

func plural(word string, n int) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

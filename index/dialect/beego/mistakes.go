package beego

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// mistake is a mistake of the declaration at a stretch of its tag, or at the field's
// name where there is none.
func (d *declaration) mistake(kind relation.MistakeKind, row string, at facts.Slot) relation.Mistake {
	m := d.field.mistake(kind, row, at)
	m.Field, m.Target = d.Relation.ID, d.Relation.Target
	for _, sch := range []*schema{d.target, d.through} {
		if sch != nil {
			m.Related = append(m.Related, dialect.DeclaredHere(sch.typ, sch.label())...)
		}
	}
	return m
}

// says is the part of the tag that makes the field a relation: "rel(fk)".
func (f *field) says() string {
	if rel := f.tag.value("rel"); rel != "" {
		return "rel(" + rel + ")"
	}
	return "reverse(" + f.tag.value("reverse") + ")"
}

// notModel: the type leads to nothing that could be a model.
func (r *reader) notModel(d *declaration, t facts.Type) relation.Mistake {
	m := d.mistake(relation.TargetNotModel, "beego18", facts.Slot{})
	m.Text = fmt.Sprintf("%s leads to %s, which is no model", d.field.says(), t)
	return m
}

// unregistered: the target is no model, for nobody registers it.
func (r *reader) unregistered(d *declaration) relation.Mistake {
	m := d.mistake(relation.TargetNotModel, "beego18", facts.Slot{})
	label := d.target.label()
	m.Text = fmt.Sprintf("%s is handed to no %s, as %s is: new(%s)", label, register, r.sch.label(), label)
	return m
}

// noPrimaryKey: a model lacks the key that the relation leads from, or to. Beego panics
// when the relation is used; before v2 it did when the model was registered.
func (r *reader) noPrimaryKey(d *declaration, sch *schema) relation.Mistake {
	m := d.mistake(relation.PrimaryKeyMissing, "", facts.Slot{})
	m.Text = fmt.Sprintf("%s has no primary key: beego takes the field with pk or auto, else an integer field called Id", sch.label())
	return m
}

// noForward: reverse finds nothing on the other side that leads back.
func (r *reader) noForward(d *declaration) relation.Mistake {
	f := d.field
	row, wanted, words := "beego24", relation.HasOne, "rel(one)"
	if f.kind == reverseMany {
		row, wanted, words = "beego25", relation.HasMany, "rel(fk) or rel(m2m)"
	}
	m := d.mistake(relation.InverseUnknown, row, f.tag.values["reverse"].Value)
	m.Name, m.Wanted = "", wanted
	m.Text = fmt.Sprintf("%s wants a %s of %s that leads back to %s, and there is none", f.says(), words, d.target.label(), r.sch.label())
	back := slices.IndexFunc(d.target.fields, func(g *field) bool { return g.isRelation() && g.kind < reverseOne && g.leadsTo(r.sch) })
	if back < 0 {
		return m
	}
	g := d.target.fields[back]
	m.Text = fmt.Sprintf("%s wants a %s of %s that leads back, but %s is %s", f.says(), words, d.target.label(), d.target.id(g).Short(), g.says())
	if table, through := f.joins(); g.kind == manyToMany && f.kind == reverseMany {
		m.Text = fmt.Sprintf("%s is over another join table than %s", d.target.id(g).Short(), table+through)
	}
	return m
}

// boundTwice: two reverse fields have one other side, and so the same rows.
func (r *reader) boundTwice(d *declaration, g, other *field) relation.Mistake {
	m := d.mistake(relation.InverseDuplicate, "silent15", d.field.tag.values["reverse"].Value)
	m.Name = ""
	m.Text = fmt.Sprintf("beego binds %s to %s, which is the other side of %s already%s",
		d.field.says(), d.target.id(g).Short(), r.sch.id(other).Short(), first(candidates(r.sch, d.field, d.target)))
	m.Related = append(m.Related, relation.Related{Place: other.place(), Text: r.sch.id(other).Short() + " is declared here"})
	return m
}

// first says why it is the first of several that Beego takes.
func first(all []*field) string {
	switch {
	case len(all) < 2:
		return ""
	case all[0].kind == manyToMany:
		return ": it takes the first declared, unless rel_table or rel_through says which"
	}
	return ": it takes the first declared, and there is no way to choose another"
}

// firstOf: Beego takes the first of several that could be the other side.
func (r *reader) firstOf(d *declaration, all []*field) relation.Mistake {
	m := d.mistake(relation.InverseChosen, "silent15", facts.Slot{})
	names := make([]string, len(all))
	for i, g := range all {
		names[i] = d.target.id(g).Short()
		m.Related = append(m.Related, relation.Related{Place: g.place(), Text: names[i] + " leads here"})
	}
	last := len(names) - 1
	m.Text = fmt.Sprintf("%s and %s could each be the other side, and beego takes %s%s",
		strings.Join(names[:last], ", "), names[last], names[0], first(all))
	return m
}

// throughWithoutPath: rel_through is a bare name.
func (r *reader) throughWithoutPath(d *declaration, named facts.Slot) relation.Mistake {
	m := d.mistake(relation.JoinModelInvalid, "beego20", named)
	m.Role = relation.JoinModelRole
	m.Text = fmt.Sprintf("rel_through wants the import path of the model's package before its name, not %q", named.Text)
	if t, ok := r.besides(d, "", named.Text); ok {
		m.Meant = throughName(d.field.file, t)
	} else {
		m.Name = ""
	}
	return m
}

// throughName is how rel_through calls a model.
func throughName(from *facts.File, t facts.Type) string {
	if from.Package.Text == "main" {
		return "main." + t.Ref().Name
	}
	return t.Ref().String()
}

// throughUnknown: rel_through names no model, or one that has another path.
func (r *reader) throughUnknown(d *declaration, named facts.Slot, other facts.Type) relation.Mistake {
	m := d.mistake(relation.JoinModelInvalid, "beego19", named)
	m.Role = relation.JoinModelRole
	m.Text = fmt.Sprintf("rel_through names %s, but there is no such model", named.Text)
	if other != nil {
		m.Meant = throughName(d.field.file, other)
		m.Text = fmt.Sprintf("rel_through names %s, but the model is %s", named.Text, m.Meant)
	} else {
		for _, t := range r.scope.Types(d.field.file) {
			if t.Shape() == facts.Struct {
				m.Choices = append(m.Choices, throughName(d.field.file, t))
			}
		}
	}
	return m
}

// throughUnregistered: the model is there, but nobody registers it.
func (r *reader) throughUnregistered(d *declaration, named facts.Slot) relation.Mistake {
	m := d.mistake(relation.JoinModelUnregistered, "beego19", named)
	m.Name = ""
	label := d.through.label()
	m.Text = fmt.Sprintf("%s, the model of the join table, is handed to no %s: new(%s)", label, register, label)
	return m
}

// throughLacks: the model of the join table leads to one side only. Without a way to the
// target Beego stops; without one to the model itself it panics when the relation is used.
func (r *reader) throughLacks(d *declaration, side *schema) relation.Mistake {
	m := d.mistake(relation.JoinModelInvalid, "beego23", d.field.tag.values["rel_through"].Value)
	m.Name = ""
	m.Text = fmt.Sprintf("%s has no rel(fk) that leads to %s", d.through.label(), side.label())
	return m
}

// oneColumn: of a many-to-many between a model and itself Beego finds one column of the
// join table for both sides.
func (r *reader) oneColumn(d *declaration) relation.Mistake {
	at := d.field.tag.values["rel"].Value
	m := d.mistake(relation.JoinModelInvalid, "", at)
	m.Name = ""
	last := len(d.Relation.JoinKeys) - 1
	m.Text = fmt.Sprintf("beego finds one column of the join table, %s, for both sides of a many-to-many between %s and itself: "+
		"use reverse(many) on a model of the join table in place of it", d.Relation.JoinKeys[last].Column, r.sch.label())
	return m
}

// clash is what is wrong with a join table that is the table of something else already;
// nil for nothing. Of two sides that have one table the later by name is wrong.
func (r *reader) clash(d *declaration) *relation.Mistake {
	table := d.Relation.JoinTable
	m := d.mistake(relation.NameDuplicate, "beego21", d.field.tag.values["rel_table"].Value)
	m.Name = ""
	if f := r.earlierJoin(d); f != nil {
		m.Text = fmt.Sprintf("%s is the join table of %s already: give this one another by rel_table", table, r.sch.id(f).Short())
		m.Related = append(m.Related, relation.Related{Place: f.place(), Text: r.sch.id(f).Short() + " is declared here"})
		return &m
	}
	for _, g := range d.target.leading(manyToMany, r.sch) {
		made, ok := joinTable(g, d.target, r.sch)
		if ok && made == table && !g.overModel() && d.target.label() < r.sch.label() {
			m.Text = fmt.Sprintf("%s is the join table of %s already: the other side of that is reverse(many)", table, d.target.id(g).Short())
			return &m
		}
	}
	for _, t := range r.scope.Tabled(table) {
		if slices.ContainsFunc(r.scope.Uses(t), registers) {
			m.Text = fmt.Sprintf("%s is the table of %s already: name the model, by rel_through(%s)", table, t.Ref().Name, throughName(d.field.file, t))
			return &m
		}
	}
	return nil
}

// earlierJoin is a rel(m2m) of the same model that has the same join table.
func (r *reader) earlierJoin(d *declaration) *field {
	for _, f := range r.sch.fields {
		if f == d.field {
			return nil
		}
		if f.kind != manyToMany || f.overModel() || !f.leadsTo(d.target) && f.tag.value("rel_table") == "" {
			continue
		}
		if made, ok := joinTable(f, r.sch, d.target); ok && made == d.Relation.JoinTable {
			return f
		}
	}
	return nil
}

// invented are the names that Beego tries for the other side that a relation lacks.
func invented(owner string) []string {
	names := []string{owner}
	for i := range 5 {
		names = append(names, fmt.Sprint(owner, i))
	}
	return names
}

// checkInvented finds a target that has no room for the other side which Beego makes up
// where nothing leads back.
func (r *reader) checkInvented(d *declaration) {
	if d.target.open {
		return
	}
	taken := map[string]bool{}
	for _, f := range d.target.fields {
		if f.kind >= reverseOne && f.leadsTo(r.sch) {
			return
		}
		taken[f.name()], taken[f.column] = true, true
	}
	owner := dialect.TypeName(r.sch.typ)
	for _, name := range invented(owner) {
		if !taken[name] {
			return
		}
	}
	m := d.mistake(relation.NameDuplicate, "beego22", facts.Slot{})
	m.Text = fmt.Sprintf("beego makes up the other side on %s, but %s is taken, and so are %s0 to %s4: declare a reverse field",
		d.target.label(), owner, owner, owner)
	d.Remark(m)
}

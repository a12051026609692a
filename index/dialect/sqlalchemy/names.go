package sqlalchemy

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// What texts name besides relationships: tables, where they are declared and where foreign
// keys lead, and in texts that are evaluated classes, their columns and tables.

// nameTables notes what is named of tables: for each class, by what is declared in it, and
// by the tables of variables that are its own or lead to it.
func (g *mappers) nameTables() {
	for _, c := range g.order {
		if c.kind == mapped && c.decl != nil {
			c.nameTable()
		}
	}
	for _, m := range g.modules {
		for _, d := range m.variables {
			if t := g.made[d.Value]; t != nil {
				g.nameVariable(m.file, d, t)
			}
		}
	}
}

// nameVariable notes what is named of the table that a variable holds.
func (g *mappers) nameVariable(file *facts.File, d *facts.Decl, t *table) {
	c := t.concerns(g)
	n := namer{class: c, file: file}
	if c == nil {
		n.class, n.beside = t.neighbour(g, file), true
	}
	if n.class == nil {
		return
	}
	if t.class != nil {
		n.own = t
	}
	n.of.Model = n.class.ref
	n.tableCall(d.Value)
}

// concerns is the class with which a table is read: that which is mapped to it, else the
// first that a foreign key of it leads to; nil for none.
func (t *table) concerns(g *mappers) *class {
	if t.class != nil {
		return t.class
	}
	for _, c := range t.constraints {
		if c.toClass != nil {
			return c.toClass
		}
		for _, to := range g.tables[c.to] {
			if to.class != nil && !g.apart(t.registry, to.registry) {
				return to.class
			}
		}
	}
	return nil
}

// neighbour is a class with which a table can be read that concerns none, as one does of
// which no foreign key is typed yet: any of its file, else of its registry; nil for none.
func (t *table) neighbour(g *mappers, file *facts.File) *class {
	var other *class
	for _, c := range g.order {
		switch {
		case c.kind != mapped || c.decl == nil || !t.registry.IsZero() && c.registry != t.registry:
		case c.file == file:
			return c
		case other == nil && !t.registry.IsZero():
			other = c
		}
	}
	return other
}

// nameTable notes what the class itself declares of its table.
func (c *class) nameTable() {
	for _, a := range c.own() {
		n := namer{class: c, file: a.file, of: relation.FieldID{Model: c.ref, Field: a.name.Text}, own: c.table}
		switch {
		case a.value == nil && a.kind == columnAttribute:
			n.annotation(a)
		case a.value == nil:
		case a.name.Text == "__tablename__" && a.value.Kind == facts.TextValue:
			n.of.Field = ""
			n.note(a.value.Name, relation.Mention{Role: relation.TableRole, Table: a.value.Name.Text})
		case a.name.Text == "__table__":
			n.of.Field = ""
			n.tableCall(a.value)
		case a.name.Text == "__table_args__":
			n.of.Field = ""
			n.keys(a.value)
		case a.kind == columnAttribute:
			n.keys(a.value)
		}
	}
}

// namer notes names for a class.
type namer struct {
	class  *class
	file   *facts.File
	of     relation.FieldID // in whose declaration they stand
	table  *table           // in that of which table; nil for the class's own
	own    *table           // that table where its columns are the class's; nil for another
	beside bool             // the class has nothing to do with what it says
}

func (n *namer) note(slot facts.Slot, m relation.Mention) {
	m.Place, m.Text, m.Relation = relation.Place{File: n.file.Path, Span: slot.Span}, slot.Text, n.of
	n.class.named = append(n.class.named, m)
}

// tableCall notes the name of a Table, and where its foreign keys lead.
func (n *namer) tableCall(v *facts.Value) {
	if v.Kind != facts.CallValue || n.class.g.library(n.file, v.Of) != "Table" || len(v.Args) == 0 || v.Args[0].Kind != facts.TextValue {
		return
	}
	n.note(v.Args[0].Name, relation.Mention{Role: relation.TableRole, Table: v.Args[0].Name.Text})
	n.table = n.class.g.made[v]
	for i := range v.Args[1:] {
		n.keys(&v.Args[i+1])
	}
}

// keys notes where the foreign keys lead that an expression declares.
func (n *namer) keys(v *facts.Value) {
	if v.Kind == facts.CallValue {
		switch n.class.g.library(n.file, v.Of) {
		case "ForeignKey":
			if len(v.Args) > 0 && v.Args[0].Kind == facts.TextValue {
				n.path(&v.Args[0])
			}
			return
		case "ForeignKeyConstraint":
			if len(v.Args) > 0 && v.Args[0].Kind == facts.ListValue {
				n.columns(v.Args[0].Args)
			}
			if len(v.Args) > 1 && v.Args[1].Kind == facts.ListValue {
				for i := range v.Args[1].Args {
					n.path(&v.Args[1].Args[i])
				}
			}
			return
		case "Field":
			if key := v.Arg("foreign_key"); key != nil {
				n.path(key)
			}
			return
		}
	}
	for i := range v.Args {
		n.keys(&v.Args[i])
	}
}

// columns notes texts that name columns of the class itself.
func (n *namer) columns(list []facts.Value) {
	for i := range list {
		if list[i].Kind != facts.TextValue || n.own == nil {
			continue
		}
		m := relation.Mention{Role: relation.OwnColumnRole}
		if n.own.columnNamed(list[i].Name.Text) != nil {
			m.Field = n.own.field(list[i].Name.Text)
		}
		n.note(list[i].Name, m)
	}
}

// path notes the table and the column that a text like "user.id" names; one that is half
// typed may become such a text.
func (n *namer) path(v *facts.Value) {
	if v.Kind != facts.TextValue {
		return
	}
	text := v.Name.Text
	column := strings.LastIndexByte(text, '.') + 1
	if column == 0 {
		n.note(v.Name, relation.Mention{Role: relation.ColumnPathRole})
		return
	}
	start := strings.LastIndexByte(text[:column-1], '.') + 1
	name := text[start : column-1]
	n.note(v.Name.Sub(start, column-1), relation.Mention{Role: relation.TargetTableRole, Table: name, Part: true})
	m := relation.Mention{Role: relation.TargetColumnRole, Part: true}
	t := n.class.tableNamed(name)
	if !n.beside {
		n.checkPath(v.Name, t, start, column)
	}
	if t != nil && t.class != nil {
		if m.Field = t.field(text[column:]); t.columnNamed(text[column:]) == nil {
			m.Field, m.Model = relation.FieldID{}, t.class.ref
		}
	}
	n.note(v.Name.Sub(column, len(text)), m)
}

// evaluatedArguments are those whose texts are evaluated, with what their names mean.
var evaluatedArguments = map[string]relation.Role{
	"foreign_keys": relation.ForeignKeyRole, "remote_side": relation.ReferencesRole, "order_by": relation.ReferencesRole,
	"primaryjoin": relation.ForeignKeyRole, "secondaryjoin": relation.ForeignKeyRole,
}

// wholeArguments are the roles of such texts as a whole, in which more may be typed.
var wholeArguments = map[string]relation.Role{
	"foreign_keys": relation.KeyPathRole, "remote_side": relation.ReferencePathRole, "order_by": relation.ExpressionRole,
	"primaryjoin": relation.ExpressionRole, "secondaryjoin": relation.ExpressionRole,
}

// nameEvaluated notes the classes, columns and tables that texts of the relationship name,
// and the texts themselves.
func (r *relationship) nameEvaluated(note func(facts.Slot, relation.Mention)) {
	for i := range r.call.Args {
		v := &r.call.Args[i]
		role, evaluated := evaluatedArguments[v.Key.Text]
		if !evaluated || v.Kind != facts.TextValue {
			continue
		}
		if v.Of != nil {
			r.nameParts(v.Of, role, note)
		}
		note(v.Name, relation.Mention{Role: wholeArguments[v.Key.Text]})
	}
}

// nameParts notes the names in an expression.
func (r *relationship) nameParts(v *facts.Value, role relation.Role, note func(facts.Slot, relation.Mention)) {
	if v.Kind == facts.SelectedValue {
		if c := r.classNamed(v.Of); c != nil {
			note(v.Of.Name, relation.Mention{Role: relation.TargetRole, Model: c.ref, Part: true})
			m := relation.Mention{Role: role, Part: true}
			if a := c.find(v.Name.Text); a != nil && a.class != nil && a.file != nil {
				m.Field = c.attributeID(a)
			}
			note(v.Name, m)
			return
		}
		if of := v.Of; of.Kind == facts.SelectedValue && of.Name.Text == "c" && of.Of.Kind == facts.NamedValue {
			if t := r.owner.tableNamed(of.Of.Name.Text); t != nil {
				note(of.Of.Name, relation.Mention{Role: relation.JoinTableRole, Table: t.name, Part: true})
				return
			}
		}
	}
	if v.Of != nil && v.Kind != facts.TextValue {
		r.nameParts(v.Of, role, note)
	}
	for i := range v.Args {
		r.nameParts(&v.Args[i], role, note)
	}
}

// classNamed is the class that a text calls by a name or a path; nil for none.
func (r *relationship) classNamed(v *facts.Value) *class {
	if v.Dotted() == "" {
		return nil
	}
	if found, _ := r.inRegistry(v.Dotted()); len(found) == 1 {
		return found[0]
	}
	return nil
}

// attributeID is the id of an attribute of the class, by the class that has it.
func (c *class) attributeID(a *attribute) relation.FieldID {
	for at := c; at != nil; at = at.parent {
		if at.byName[a.name.Text] == a || at.parent == nil {
			return relation.FieldID{Model: at.ref, Field: a.name.Text}
		}
	}
	return relation.FieldID{Model: c.ref, Field: a.name.Text}
}

package sqlalchemy

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// checkPath reports a text like "user.id" that names a table or a column that is not there.
// SQLAlchemy looks for them when it joins the two tables, or else when it makes them
// (sql/schema.py, ForeignKey._resolve_column). t is the table that the text names, nil where
// it is not known; its name begins at an offset of the text, and the column's at another.
func (n *namer) checkPath(text facts.Slot, t *table, start, column int) {
	switch {
	case start > 0 || column == len(text.Text) || n.table != nil && n.table.registry != n.class.registry || n.class.open || n.class.registry.IsZero() || elsewhere[n.class.registry].root:
	case t == nil:
		n.checkTable(text, text.Sub(0, column-1))
	case !t.schematic && !t.unsure && t.registry == n.class.registry && t.columnNamed(text.Text[column:]) == nil:
		name := text.Sub(column, len(text.Text))
		m := relation.Mistake{Kind: relation.ReferencesUnknown, Name: name.Text, Text: t.name + " has no column " + name.Text}
		for _, c := range t.columns {
			m.Choices = append(m.Choices, c.name)
			if c.attribute != nil && c.attribute.name.Text == name.Text {
				m.Meant = c.name
				m.Related = []relation.Related{{Place: c.attribute.place(), Text: "the attribute " + name.Text + " is the column " + c.name}}
			}
		}
		n.refuse(text, name, m)
	}
}

// checkTable reports the name of a table that no table has, where one of nearly that name is
// there: tables may be made in ways that cannot be seen.
func (n *namer) checkTable(text, name facts.Slot) {
	if len(n.class.g.tables[name.Text]) > 0 {
		return
	}
	choices, all := n.class.registryTables()
	if near, ok := dialect.Nearest(name.Text, choices); all && ok {
		n.refuse(text, name, relation.Mistake{Kind: relation.TargetUnknown, Name: name.Text, Role: relation.TargetTableRole,
			Text: "no table is called " + name.Text, Meant: near, Choices: choices})
	}
}

// refuse notes what is wrong with a name in the text of a foreign key.
func (n *namer) refuse(text, name facts.Slot, m relation.Mistake) {
	m.Place, m.Field = relation.Place{File: n.file.Path, Span: name.Span}, n.of
	if n.table != nil && n.table.class == nil {
		m.Text = "the foreign key of " + n.table.name + ": " + m.Text
	}
	key := mistakeAt{m.Place, m.Kind}
	if n.class.g.told[key] {
		return
	}
	n.class.g.told[key] = true
	n.class.g.lost[relation.Place{File: n.file.Path, Span: text.Span}] = m.Meant
	n.class.mistakes = append(n.class.mistakes, m)
}

// registryTables are the names of all tables of the registry; false where there may be more.
func (c *class) registryTables() (names []string, all bool) {
	for _, other := range c.g.order {
		ours := other.registry == c.registry
		switch {
		case other.kind != mapped || !ours && !other.registry.IsZero():
		case !ours || other.table == nil || other.table.name == "" || other.open:
			return nil, false
		default:
			names = append(names, other.table.name)
		}
	}
	for name, list := range c.g.tables {
		if slices.ContainsFunc(list, func(t *table) bool { return t.registry == c.registry }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), true
}

// lost reports whether a constraint names a column that is not there, or would lead to a
// table if its name were not misspelt, which is told of its text.
func (c *constraint) lost(g *mappers, to *table) bool {
	return slices.ContainsFunc(c.texts, func(at relation.Place) bool {
		meant, lost := g.lost[at]
		return lost && (meant == to.name || meant == "" && c.to == to.name)
	})
}

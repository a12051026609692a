package sqlalchemy

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// checkTable reports what is wrong with the table of a class by itself, for which no class
// is made at all.
func (c *class) checkTable() {
	if c.table == nil || c.table.class != c || c.mapping != nil || c.open {
		return
	}
	c.checkName()
	if c.parent == nil {
		c.checkPrimary()
	} else if !c.concrete && !c.sqlmodel {
		c.checkInherited()
	}
}

// checkName reports the name of a table that another class of the same module has given to
// its own (sql/schema.py, Table._new). Of other modules it is not known that they meet.
func (c *class) checkName() {
	a := c.byName["__tablename__"]
	if a == nil || a.value == nil || a.value.Kind != facts.TextValue || c.decl.Within != "" || c.extends() {
		return
	}
	for _, t := range c.g.tables[c.table.name] {
		other := t.class
		if other == nil || other == c || other.file != c.file || other.decl.Within != "" || other.decl.Name.Text == c.decl.Name.Text ||
			other.registry != c.registry || other.registry.IsZero() || t.schematic || c.table.schematic || other.extends() ||
			other.decl.Span.Start > c.decl.Span.Start {
			continue
		}
		c.mistakes = append(c.mistakes, relation.Mistake{Kind: relation.NameDuplicate, Place: a.at(a.value.Name.Span),
			Field: relation.FieldID{Model: c.ref}, Name: c.table.name, Text: "the table " + c.table.name + " is that of " + other.decl.Name.Text,
			Related: []relation.Related{{Place: relation.Place{File: other.file.Path, Span: other.decl.Name.Span}, Text: other.decl.Name.Text + " is declared here"}}})
		return
	}
}

// extends reports whether the table may be one that is there already.
func (c *class) extends() bool {
	a := c.find("__table_args__")
	return a != nil && (a.value == nil || a.value.Kind != facts.ListValue && a.value.Kind != facts.MapValue || c.table.unsure)
}

// checkPrimary reports a class without a primary key (orm/mapper.py, Mapper._configure_pks).
func (c *class) checkPrimary() {
	if c.table.unsure || c.table.keyed || c.registry.IsZero() || len(c.table.columns) == 0 || c.find("__mapper_args__") != nil || c.find("__table__") != nil {
		return
	}
	c.mistakes = append(c.mistakes, relation.Mistake{Kind: relation.PrimaryKeyMissing, Field: relation.FieldID{Model: c.ref},
		Place: relation.Place{File: c.file.Path, Span: c.decl.Name.Span}, Text: "no column is marked by primary_key=True, and without one nothing can be mapped to a table"})
}

// checkInherited reports a table that cannot be joined to the one that it extends
// (orm/mapper.py, Mapper._configure_inheritance).
func (c *class) checkInherited() {
	parent := c.parent.table
	if parent == nil || parent == c.table || parent.unsure || c.table.unsure || c.find("__mapper_args__") != nil && c.mapperArguments() == nil || c.mapperArgument("inherit_condition") != nil {
		return
	}
	all := between(selectable{[]*table{c.table}}, selectable{[]*table{parent}}, nil)
	found := narrowed(slices.DeleteFunc(slices.Clone(all), (*path).mayBeLate), nil)
	m := relation.Mistake{Kind: relation.ForeignKeyMissing, Field: relation.FieldID{Model: c.ref}, Target: c.parent.ref,
		Place: relation.Place{File: c.file.Path, Span: c.decl.Name.Span}}
	switch {
	case len(all) == 0:
		m.Text = "there is no foreign key from " + c.table.name + " to " + parent.name + ", the table of " + c.parent.decl.Name.Text + ", which it inherits from"
	case len(found) > 1:
		m.Text = "there are several foreign keys between " + c.table.name + " and " + parent.name + ", the table of " + c.parent.decl.Name.Text +
			", and inherit_condition does not say which"
	default:
		return
	}
	c.mistakes = append(c.mistakes, m)
}

// mayBeLate reports whether a class of single-table inheritance brings a column of the path,
// which may be when all else is done.
func (p *path) mayBeLate() bool {
	return slices.ContainsFunc(p.columns, func(name string) bool {
		column := p.table.columnNamed(name)
		return column != nil && column.adder != nil
	})
}

package sqlalchemy

import "slices"

// selectable is what rows of a class are made of: its own table first, and those that it
// inherits behind it; or an association table.
type selectable struct{ tables []*table }

// selectable is that of the class.
func (c *class) selectable() selectable {
	s := selectable{}
	for range mostBases {
		if c == nil {
			break
		}
		if c.table != nil && !s.holds(c.table) {
			s.tables = append(s.tables, c.table)
		}
		if c.concrete {
			break
		}
		c = c.parent
	}
	return s
}

// tables are those that rows of the class are made of.
func (c *class) tables() []*table { return c.selectable().tables }

// near is the own table alone.
func (s selectable) near() selectable { return selectable{s.tables[:1]} }

// holds reports whether a table is among those of the selectable.
func (s selectable) holds(t *table) bool { return slices.Contains(s.tables, t) }

// has reports whether a column is among those of the selectable. The join of the tables of
// a class is made with the class: what a class that comes later, in the single table of
// another, adds to an inherited one is not in it (orm/mapper.py, _configure_inheritance).
func (s selectable) has(c cell) bool {
	if !s.holds(c.table) {
		return false
	}
	column, joined := c.table.columnNamed(c.column), s.tables[0]
	return c.table == joined || column == nil || column.adder == nil || joined.class == nil || !column.adder.declaredAfter(joined.class)
}

// declaredAfter reports whether a class is certainly declared after another one: further
// down, or in a module that knows the other one by its name.
func (c *class) declaredAfter(other *class) bool {
	if c.file == other.file {
		return c.decl.Name.Span.Start > other.decl.Name.Span.Start
	}
	found, ok := c.g.resolve(c.file, other.decl.Name.Text)
	return ok && found.Ref() == other.ref
}

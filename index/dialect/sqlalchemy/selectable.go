package sqlalchemy

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

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

// declaredAfter reports whether a class is certainly mapped after another one: further
// down, or in a module that has the other one by its name when it is run.
func (c *class) declaredAfter(other *class) bool {
	file, at := c.mappedAt()
	otherFile, otherAt := other.mappedAt()
	if file == otherFile {
		return at > otherAt
	}
	name := other.decl.Name.Text
	if slices.ContainsFunc(file.Imports, func(i facts.Import) bool { return i.Checking && (i.Member.Text == name || i.Name.Text == name) }) {
		return false
	}
	found, ok := c.g.resolve(file, name)
	return ok && found.Ref() == other.ref && other.file == otherFile
}

// mappedAt is where the class is mapped: where it is declared, or by a call.
func (c *class) mappedAt() (*facts.File, int32) {
	if c.mapping != nil {
		return c.mapping.file, c.mapping.call.Span.Start
	}
	return c.file, c.decl.Name.Span.Start
}

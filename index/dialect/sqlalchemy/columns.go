package sqlalchemy

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// cell is one column of one table.
type cell struct {
	table  *table
	column string
}

// namedColumn is a column that an argument names.
type namedColumn struct {
	cell
	class *class     // by whose attribute it goes; nil for one of a table
	slot  facts.Slot // the attribute's name
}

// where an expression is evaluated decides what its names mean.
type where uint8

const (
	inBody   where = iota // of the class, as it is run
	inLambda              // in the module, once all is declared
	inText                // in the registry, likewise
)

// argumentIn is what an argument says behind the lambda or the quotes, and where that is
// evaluated; nil for a text that is no expression.
func argumentIn(v *facts.Value) (*facts.Value, where) {
	switch {
	case v.Kind == facts.FuncValue && v.Of != nil:
		return v.Of, inLambda
	case v.Kind == facts.TextValue:
		return v.Of, inText
	}
	return v, inBody
}

// namedColumns are those that an argument names: a column, a list of them, or a text that
// is evaluated. known is false where one of them cannot be told.
func (r *relationship) namedColumns(argument string) (list []namedColumn, known bool) {
	if !r.given(argument) {
		return nil, true
	}
	return r.columnsOf(r.arg(argument))
}

func (r *relationship) columnsOf(v *facts.Value) (list []namedColumn, known bool) {
	if v.Kind == facts.TextValue && v.Of == nil {
		r.bareColumn(v.Name)
	}
	v, in := argumentIn(v)
	if v == nil {
		return nil, false
	}
	return r.listOf(v, in)
}

func (r *relationship) listOf(v *facts.Value, in where) (list []namedColumn, known bool) {
	if v.Kind == facts.TextValue && in == inBody && len(v.Name.Text) > 0 {
		r.refuse(relation.Mistake{Kind: relation.ValueInvalid, Place: r.at(v.Name.Span),
			Text: "a list of texts names no columns: one text names them all, as in \"[" + v.Name.Text + "]\""})
		return nil, false
	}
	if v.Kind == facts.ListValue {
		for i := range v.Args {
			some, ok := r.listOf(&v.Args[i], in)
			if !ok {
				return nil, false
			}
			list = append(list, some...)
		}
		return list, true
	}
	n, ok := r.columnOf(v, in)
	if !ok {
		return nil, false
	}
	return []namedColumn{n}, true
}

// columnOf is the column that a value means: a name of the class's own body, an attribute
// of a class, or a column of a table.
func (r *relationship) columnOf(v *facts.Value, in where) (namedColumn, bool) {
	switch {
	case v.Kind == facts.NamedValue && in == inBody:
		return r.owner.columnCalled(v.Name)
	case v.Kind == facts.IndexValue && len(v.Args) == 1 && v.Args[0].Kind == facts.TextValue && isColumns(v.Of):
		return r.inTable(v.Of.Of, v.Args[0].Name, in)
	case v.Kind == facts.SelectedValue && isColumns(v.Of):
		return r.inTable(v.Of.Of, v.Name, in)
	case v.Kind == facts.SelectedValue:
		if c := r.classIn(v.Of, in); c != nil {
			n, ok := c.columnCalled(v.Name)
			if !ok {
				r.noColumn(c, v.Name)
			}
			return n, ok
		}
		if name := v.Of.Name; in == inText && v.Of.Kind == facts.NamedValue && r.isNowhere(name.Text) {
			r.unknownTarget(name)
		}
	}
	return namedColumn{}, false
}

// bareColumn reports a column that a text names without its class.
func (r *relationship) bareColumn(name facts.Slot) {
	if r.target == nil || len(r.g().named[name.Text]) > 0 || len(r.g().tables[name.Text]) > 0 {
		return
	}
	for _, c := range []*class{r.target, r.owner} {
		if _, ok := c.columnCalled(name); ok {
			r.refuse(relation.Mistake{Kind: relation.TargetUnknown, Row: "sa49", Place: r.at(name.Span), Name: name.Text,
				Meant: c.decl.Name.Text + "." + name.Text, Text: "a text names columns by their classes, and none is called " + name.Text})
			return
		}
	}
}

// isNowhere reports whether no class that a text may mean has a name, and no table.
func (r *relationship) isNowhere(name string) bool {
	found, others := r.inRegistry(name)
	return len(found) == 0 && !others && len(r.g().tables[name]) == 0
}

// noColumn reports a name that no attribute of a class has, or one that is a relationship.
func (r *relationship) noColumn(c *class, name facts.Slot) {
	if a := c.find(name.Text); c.kind == mapped && a != nil && a.kind == relationshipAttribute {
		r.refuse(relation.Mistake{Kind: relation.ReferencesUnknown, Place: r.at(name.Span), Name: name.Text, Target: c.ref,
			Text:    c.decl.Name.Text + "." + name.Text + " is a relationship, not a column",
			Related: []relation.Related{{Place: a.place(), Text: c.decl.Name.Text + "." + name.Text + " is declared here"}}})
		return
	}
	if c.kind != mapped || c.open || name.Text == "" || strings.HasPrefix(name.Text, "__") || c.find(name.Text) != nil ||
		slices.ContainsFunc(c.tables(), func(t *table) bool { return t.unsure }) || c.made(name.Text) {
		return
	}
	m := relation.Mistake{Kind: relation.ReferencesUnknown, Place: r.at(name.Span), Name: name.Text, Target: c.ref,
		Text: c.decl.Name.Text + " has no column " + name.Text}
	for _, t := range c.tables() {
		for _, column := range t.columns {
			if column.attribute != nil {
				m.Choices = append(m.Choices, column.attribute.name.Text)
			}
		}
	}
	r.refuse(m)
}

// made reports whether the class, or one that it inherits from, may get an attribute that
// is not declared: by backref, or from one that is not mapped.
func (c *class) made(name string) bool {
	for at := c; at != nil; at = at.parent {
		if slices.ContainsFunc(at.relationships, func(r *relationship) bool { return r.name.Text == name }) {
			return true
		}
	}
	return false
}

// isColumns reports whether a value is the columns of a table: table.c.
func isColumns(v *facts.Value) bool {
	return v.Kind == facts.SelectedValue && (v.Name.Text == "c" || v.Name.Text == "columns")
}

// columnCalled is the column that an attribute of the class is.
func (c *class) columnCalled(name facts.Slot) (namedColumn, bool) {
	for _, t := range c.tables() {
		for _, column := range t.columns {
			if column.attribute != nil && column.attribute.name.Text == name.Text && c.find(name.Text) == column.attribute {
				return namedColumn{cell: cell{t, column.name}, class: c, slot: name}, true
			}
		}
	}
	return namedColumn{}, false
}

// inTable is a column of the table that a value means.
func (r *relationship) inTable(v *facts.Value, name facts.Slot, in where) (namedColumn, bool) {
	t := r.tableIn(v, in)
	if t == nil || t.columnNamed(name.Text) == nil {
		return namedColumn{}, false
	}
	return namedColumn{cell: cell{t, name.Text}, slot: name}, true
}

// tableIn is the table that a value means; nil where that cannot be told.
func (r *relationship) tableIn(v *facts.Value, in where) *table {
	if v.Kind == facts.SelectedValue && v.Name.Text == "__table__" {
		if c := r.classIn(v.Of, in); c != nil {
			return c.table
		}
		return nil
	}
	if in == inText {
		if dotted := v.Dotted(); dotted != "" {
			return r.owner.tableNamed(dotted[strings.LastIndexByte(dotted, '.')+1:])
		}
		return nil
	}
	return r.g().tableOf(r.file, v)
}

// classIn is the class that a value names in an argument: by what the file knows, or in
// the registry.
func (r *relationship) classIn(v *facts.Value, in where) *class {
	dotted := v.Dotted()
	switch {
	case dotted == "":
		return nil
	case dotted == "cls" && r.described && in != inText:
		return r.owner
	case in == inText:
		found, _ := r.inRegistry(dotted)
		if len(found) == 1 {
			return found[0]
		}
		if len(found) > 1 && !r.owner.registry.IsZero() && !distinct(found) {
			r.ambiguous(v, found)
			return nil
		}
	case dotted == r.owner.decl.Name.Text && r.owner == r.class && r.file == r.owner.file:
		return r.owner
	}
	if c := r.g().lookup(r.file, v); c != nil && (in != inText || c.registry.IsZero() || c.registry == r.owner.registry) {
		return c
	}
	return nil
}

// inRegistry are the mapped classes that a text may mean: those of the registry of the
// owner that have the name, and whose module's path ends with what stands before it.
// others says that there are classes of the name of which it is not known whether the text
// means them.
func (r *relationship) inRegistry(dotted string) (found []*class, others bool) {
	parts := strings.Split(dotted, ".")
	last := len(parts) - 1
	for _, c := range r.g().named[parts[last]] {
		switch {
		case c.kind == mapped && c.registry == r.owner.registry && c.below(parts[:last]):
			found = append(found, c)
		case c.kind != mapped, !r.g().apart(c.registry, r.owner.registry) && (c.registry != r.owner.registry || c.mayBeBelow(parts[:last])):
			others = true
		}
	}
	if len(found) > 1 && distinct(found) {
		found = r.nearest(found)
	}
	return found, others
}

// referenceOf is the column to which the i-th column of a constraint leads; false where
// that is not there, or cannot be told.
func (c *constraint) referenceOf(i int, to *table) (cell, bool) {
	name := c.references[i]
	if c.toClass != nil {
		n, ok := c.toClass.columnCalled(facts.Slot{Text: name})
		return n.cell, ok && n.table == to
	}
	return cell{to, name}, to.columnNamed(name) != nil
}

// references reports whether a foreign key leads from one column to another.
func (from cell) references(to cell) bool {
	return slices.ContainsFunc(from.table.constraints, func(c *constraint) bool {
		if !c.leadsTo(to.table) {
			return false
		}
		for i, column := range c.columns {
			if column == from.column {
				if reference, ok := c.referenceOf(i, to.table); ok && reference == to {
					return true
				}
			}
		}
		return false
	})
}

package sqlalchemy

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// namedColumn is a column that an argument names.
type namedColumn struct {
	table  *table
	column string
	class  *class
	slot   facts.Slot // the attribute's name
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
	switch {
	case v.Kind == facts.FuncValue && v.Of != nil:
		return r.columnsOf(v.Of)
	case v.Kind == facts.TextValue && v.Of != nil:
		return r.columnsOf(v.Of)
	case v.Kind == facts.ListValue:
		for i := range v.Args {
			some, ok := r.columnsOf(&v.Args[i])
			if !ok || v.Args[i].Kind == facts.TextValue {
				return nil, false
			}
			list = append(list, some...)
		}
		return list, true
	}
	n, ok := r.columnOf(v)
	if !ok {
		return nil, false
	}
	return []namedColumn{n}, true
}

// columnOf is the column that a value means: a name of the class's own body, or an
// attribute of a class.
func (r *relationship) columnOf(v *facts.Value) (namedColumn, bool) {
	c, name := r.owner, v.Name
	switch v.Kind {
	case facts.NamedValue:
	case facts.SelectedValue:
		of := v.Of
		if c = r.classIn(of); c == nil {
			return namedColumn{}, false
		}
	default:
		return namedColumn{}, false
	}
	for _, t := range c.tables() {
		for _, column := range t.columns {
			if column.attribute != nil && column.attribute.name.Text == name.Text && c.find(name.Text) == column.attribute {
				return namedColumn{table: t, column: column.name, class: c, slot: name}, true
			}
		}
	}
	return namedColumn{}, false
}

// classIn is the class that a value names in an argument: by what the file knows, or in
// the registry.
func (r *relationship) classIn(v *facts.Value) *class {
	dotted := v.Dotted()
	switch {
	case dotted == "cls" && r.described:
		return r.owner
	case dotted == r.owner.decl.Name.Text:
		return r.owner
	}
	if c := r.g().lookup(r.file, v); c != nil {
		return c
	}
	return r.inRegistry(dotted)
}

// inRegistry is the only class of a name in the registry of the owner; nil for none.
func (r *relationship) inRegistry(name string) *class {
	var found *class
	for _, c := range r.g().named[name] {
		if c.kind == mapped && c.registry == r.owner.registry {
			if found != nil {
				return nil
			}
			found = c
		}
	}
	return found
}

// joinByCondition joins by a comparison of two columns, or several that must all hold.
// Which of them are keys the foreign keys of their tables say, or foreign_keys.
func (r *relationship) joinByCondition() {
	pairs, ok := r.comparisons(r.arg("primaryjoin"))
	named, known := r.namedColumns("foreign_keys")
	if !ok || !known || len(pairs) == 0 || r.given("remote_side") {
		return
	}
	own, others := r.owner.tables(), r.target.tables()
	if own[0] == others[0] {
		return // which side is remote is not said
	}
	found := undirected
	for _, pair := range pairs {
		key, reference := pair[0], pair[1]
		switch first, second := key.isKey(reference, named), reference.isKey(key, named); {
		case first == second:
			return
		case second:
			key, reference = reference, key
		}
		direction := undirected
		switch {
		case slices.Contains(own, key.table) && slices.Contains(others, reference.table):
			direction = manyToOne
		case slices.Contains(others, key.table) && slices.Contains(own, reference.table):
			direction = oneToMany
		}
		if direction == undirected || found != undirected && found != direction {
			r.keys = nil
			return
		}
		found = direction
		r.keys = append(r.keys, relation.Key{ForeignKey: key.table.field(key.column), References: reference.table.field(reference.column)})
	}
	r.direction = found
}

// comparisons are the pairs of columns that a condition compares; false for one that says
// anything else.
func (r *relationship) comparisons(v *facts.Value) ([][2]namedColumn, bool) {
	switch {
	case (v.Kind == facts.FuncValue || v.Kind == facts.TextValue) && v.Of != nil:
		return r.comparisons(v.Of)
	case v.Kind == facts.CallValue && v.Callee().Text == "and_", v.Kind == facts.OperatorValue && v.Name.Text == "&":
		var all [][2]namedColumn
		for i := range v.Args {
			some, ok := r.comparisons(&v.Args[i])
			if !ok {
				return nil, false
			}
			all = append(all, some...)
		}
		return all, true
	case v.Kind == facts.OperatorValue && v.Name.Text == "==":
		left, ok := r.columnOf(&v.Args[0])
		right, also := r.columnOf(&v.Args[1])
		return [][2]namedColumn{{left, right}}, ok && also
	}
	return nil, false
}

// isKey reports whether a column holds a foreign key to another one: one of those that are
// named, if any are.
func (n namedColumn) isKey(to namedColumn, named []namedColumn) bool {
	if len(named) > 0 {
		return slices.ContainsFunc(named, func(m namedColumn) bool { return m.table == n.table && m.column == n.column })
	}
	return slices.ContainsFunc(n.table.constraints, func(c *constraint) bool {
		i := slices.Index(c.columns, n.column)
		return i >= 0 && c.leadsTo(to.table) && (c.references[i] == to.column || c.toClass != nil)
	})
}

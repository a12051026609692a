package sqlalchemy

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// table is one table.
type table struct {
	name        string    // "" where it cannot be told
	class       *class    // that declares it; nil for a Table
	registry    facts.Ref // the root whose metadata holds it; zero where that is not known
	columns     []*column
	constraints []*constraint
	// unsure says that there may be foreign keys that cannot be seen.
	unsure bool
	// keyed says that it has a primary key, or may have.
	keyed    bool
	computed [2]string // ways in which its name may be computed, see mayBe
	// schematic says that it is in a schema, so that its name is not all that it is called.
	schematic bool
}

// column is one column of a table.
type column struct {
	name      string
	attribute *attribute // nil in a Table that no class is mapped to
	declared  facts.Slot // its name in a Table
	file      *facts.File
	primary   bool
	adder     *class // of single-table inheritance, that adds it to the table of another; nil for none
}

// constraint is one foreign key: its columns, and where they lead.
type constraint struct {
	table      *table
	columns    []string
	to         string           // name of the table, without a schema; "" where a class is named
	toClass    *class           // nil likewise
	references []string         // columns; attributes of toClass
	texts      []relation.Place // which name the references
}

// findTable finds or makes the table of a mapped class.
func (c *class) findTable() {
	if c.table != nil || c.kind != mapped {
		return
	}
	if c.parent != nil {
		c.parent.findTable()
	}
	if c.mapping != nil {
		c.table = c.mappedTable()
		return
	}
	switch a := c.find("__table__"); {
	case a != nil && (a.value != nil || a.file == nil) && (c.parent == nil || !inherited(a, c.parent)):
		c.table = c.g.tableOf(a.file, a.value)
		if c.table == nil {
			c.table = &table{unsure: true}
		}
		if c.table.class = c; a.file != nil {
			c.adopt(c.table)
		}
		return
	}
	name, declares, known := c.tableName()
	if !declares && c.parent != nil {
		c.table = c.parent.table // of a single table, which gets the columns of all
		if c.table != nil && c.table.class != nil {
			c.fill(c.table)
			c.table.unsure = c.table.unsure || c.open
		}
		return
	}
	c.table = &table{name: name, class: c, registry: c.registry, unsure: !known || c.open}
	c.fill(c.table)
	if known {
		c.g.tables[name] = append(c.g.tables[name], c.table)
	}
}

// inherited reports whether an attribute comes from a mapped class or what is above it.
func inherited(a *attribute, parent *class) bool { return parent.find(a.name.Text) == a }

// fill adds the columns and constraints that the class brings to a table.
func (c *class) fill(t *table) {
	for _, a := range c.own() {
		switch {
		case a.name.Text == "__table_args__":
			t.arguments(c.g, a)
		case a.kind == columnAttribute:
			t.add(c.g, a.file, c.g.columnOf(a), a)
			if t.class != c {
				t.columns[len(t.columns)-1].adder = c
			}
		case a.kind == unknownAttribute && !strings.HasPrefix(a.name.Text, "__"):
			t.unsure = true
		}
	}
}

// columnOf is the call that declares a column; nil for an annotation alone.
func (g *mappers) columnOf(a *attribute) *facts.Value {
	if a.value == nil || a.value.Kind != facts.CallValue {
		return nil
	}
	switch g.library(a.file, a.value.Of) {
	case "deferred", "column_property":
		return &a.value.Args[0]
	}
	return a.value
}

// add adds a column, with its foreign keys.
func (t *table) add(g *mappers, file *facts.File, call *facts.Value, a *attribute) {
	c := &column{attribute: a}
	if a != nil {
		c.name = a.name.Text
	}
	t.columns = append(t.columns, c)
	t.keyed = t.keyed || file == nil // what a library brings is not known in full
	switch {
	case call == nil || call.Kind != facts.CallValue:
	case a != nil && a.class.sqlmodel && g.library(file, call.Of) == "Field":
		t.addField(g, file, c, call)
	default:
		t.declare(g, file, c, call)
	}
	if a != nil {
		if v, ok := g.annotated(a); ok {
			t.byAnnotation(g, file, c, v)
		}
	}
}

// declare reads the call of Column that declares a column.
func (t *table) declare(g *mappers, file *facts.File, c *column, call *facts.Value) {
	for i := range call.Args {
		arg := &call.Args[i]
		switch {
		case arg.Spread:
			t.unsure = true
		case arg.Key.Text == "name" && arg.Kind == facts.TextValue, i == 0 && arg.Kind == facts.TextValue && arg.Key.Text == "":
			c.name, c.declared, c.file = arg.Name.Text, arg.Name, file
		case arg.Key.Text == "primary_key":
			c.primary = arg.Dotted() == "True"
			t.keyed = t.keyed || arg.Dotted() != "False"
		case arg.Key.Text == "key":
			t.unsure = true // foreign keys go by it, not by the name
		case arg.Key.Text == "" && arg.Kind == facts.CallValue && g.library(file, arg.Of) == "ForeignKey":
			t.foreignKey(g, file, c.name, arg)
		case arg.Key.Text == "" && arg.Kind == facts.NamedValue && g.isVariable(file, arg):
			t.unsure = true // it may be a foreign key
		case arg.Key.Text == "" && arg.Kind == facts.UnknownValue && i > 0:
			t.unsure = true
		}
	}
}

// isVariable reports whether a value names a variable of a module, of which more could be
// told by running it.
func (g *mappers) isVariable(file *facts.File, v *facts.Value) bool {
	dotted := v.Dotted()
	if dotted == "" {
		return false
	}
	t, ok := g.scope.Lookup(file, dotted)
	if !ok {
		return false
	}
	_, d := t.Decl()
	return d != nil && d.Value != nil
}

// foreignKey adds the constraint of ForeignKey("table.column") or ForeignKey(Class.column).
// One that stands twice on a column is one.
func (t *table) foreignKey(g *mappers, file *facts.File, column string, call *facts.Value) {
	if len(call.Args) == 0 || call.Args[0].Key.Text != "" {
		t.unsure = true
		return
	}
	c := &constraint{table: t, columns: []string{column}}
	if !c.point(g, file, &call.Args[0]) {
		t.unsure = true
		return
	}
	for _, other := range t.constraints {
		if len(other.columns) == 1 && other.columns[0] == column && other.to == c.to && other.toClass == c.toClass && other.references[0] == c.references[0] {
			return
		}
	}
	t.constraints = append(t.constraints, c)
}

// point adds to a constraint where a column leads; false where that cannot be told, or is
// another table than that of the columns before.
func (c *constraint) point(g *mappers, file *facts.File, v *facts.Value) bool {
	switch {
	case v.Kind == facts.TextValue:
		parts := strings.Split(v.Name.Text, ".")
		if len(parts) < 2 {
			return false
		}
		to := parts[len(parts)-2]
		if len(c.references) > 0 && to != c.to {
			return false
		}
		c.to, c.references = to, append(c.references, parts[len(parts)-1])
		c.texts = append(c.texts, relation.Place{File: file.Path, Span: v.Name.Span})
		return true
	case v.Kind == facts.SelectedValue && isColumns(v.Of):
		to := g.tableOf(file, v.Of.Of)
		if to == nil || to.name == "" || len(c.references) > 0 && to.name != c.to {
			return false
		}
		c.to, c.references = to.name, append(c.references, v.Name.Text)
		return true
	case v.Kind == facts.SelectedValue:
		to := g.lookup(file, v.Of)
		if to == nil || len(c.references) > 0 && to != c.toClass {
			return false
		}
		c.toClass, c.references = to, append(c.references, v.Name.Text)
		return true
	}
	return false
}

// arguments reads __table_args__.
func (t *table) arguments(g *mappers, a *attribute) {
	switch {
	case a.value == nil:
		t.unsure = true
	case a.value.Kind == facts.MapValue:
		t.options(a.value.Args)
	case a.value.Kind == facts.ListValue:
		for i := range a.value.Args {
			t.argument(g, a.file, &a.value.Args[i])
		}
	default:
		t.unsure = true
	}
}

// options reads arguments of a Table that have a name.
func (t *table) options(options []facts.Value) {
	for i := range options {
		switch option := &options[i]; option.Key.Text {
		case "schema":
			t.schematic = true
		case "autoload", "autoload_with", "extend_existing", "keep_existing":
			t.unsure = t.unsure || option.Dotted() != "False" // more columns come from elsewhere
		}
	}
}

// argument reads one argument of a Table, or of __table_args__.
func (t *table) argument(g *mappers, file *facts.File, v *facts.Value) {
	switch {
	case v.Kind == facts.MapValue:
		t.options(v.Args)
		return
	case v.Key.Text != "" && !v.Spread:
		t.options([]facts.Value{*v})
		return
	case v.Kind != facts.CallValue:
		t.unsure = true
		return
	}
	switch g.library(file, v.Of) {
	case "Column":
		t.add(g, file, v, nil)
	case "ForeignKeyConstraint":
		if len(v.Args) < 2 || v.Args[0].Kind != facts.ListValue || v.Args[1].Kind != facts.ListValue {
			t.unsure = true
			return
		}
		c := &constraint{table: t}
		for i := range v.Args[0].Args {
			c.columns = append(c.columns, v.Args[0].Args[i].Name.Text)
		}
		for i := range v.Args[1].Args {
			if !c.point(g, file, &v.Args[1].Args[i]) {
				t.unsure = true
				return
			}
		}
		if len(c.columns) != len(c.references) || len(c.columns) == 0 {
			t.unsure = true
			return
		}
		t.constraints = append(t.constraints, c)
	case "PrimaryKeyConstraint":
		t.keyed = true
	case "Index", "UniqueConstraint", "CheckConstraint":
	default:
		t.unsure = true
	}
}

// tableOf is the table that a value is: a call of Table, or a variable that holds one.
func (g *mappers) tableOf(file *facts.File, v *facts.Value) *table {
	if v == nil {
		return nil
	}
	if v.Kind != facts.CallValue {
		if c := g.ofClass(file, v); c != nil {
			c.findTable()
			return c.table
		}
		t, ok := g.variable(file, v, "Table")
		if !ok {
			return nil
		}
		file, decl := t.Decl()
		return g.tableOf(file, decl.Value)
	}
	if g.library(file, v.Of) != "Table" || len(v.Args) == 0 || v.Args[0].Kind != facts.TextValue {
		return nil
	}
	if t := g.made[v]; t != nil {
		return t
	}
	t := &table{name: v.Args[0].Name.Text, registry: g.flaskRoot(file, v.Of)}
	g.made[v] = t
	for i := 1; i < len(v.Args); i++ {
		if i == 1 && v.Args[i].Kind != facts.CallValue && v.Args[i].Key.Text == "" {
			t.registry = g.registryOf(file, &v.Args[i])
			continue
		}
		t.argument(g, file, &v.Args[i])
	}
	g.tables[t.name] = append(g.tables[t.name], t)
	return t
}

// columnNamed is the column of a name, nil for none.
func (t *table) columnNamed(name string) *column {
	for _, c := range t.columns {
		if c.name == name {
			return c
		}
	}
	return nil
}

// field is how a column goes in relations: by its attribute, or else by its table.
func (t *table) field(name string) relation.FieldID {
	if c := t.columnNamed(name); c != nil && c.attribute != nil && t.class != nil {
		return relation.FieldID{Model: c.owner(t).ref, Field: c.attribute.name.Text}
	}
	return relation.FieldID{Model: facts.Ref{Name: t.name}, Field: name}
}

// owner is the class whose attribute a column is: of a mixin's, the one with the table.
func (c *column) owner(t *table) *class {
	if c.attribute.class.kind == mapped {
		return c.attribute.class
	}
	return t.class
}

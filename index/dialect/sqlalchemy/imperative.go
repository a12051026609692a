package sqlalchemy

import (
	"github.com/rells-dev/rells/index/facts"
)

// Classes can be mapped apart from their declaration, by a call that brings class, table
// and properties together (orm/decl_api.py, registry.map_imperatively, and mapper() of 1.4):
//
//	mapper_registry.map_imperatively(User, users, properties={"posts": relationship(Post)})
//
// and a mapper that is made can be given more:
//
//	User.__mapper__.add_property("posts", relationship(Post))

// calls are the last names of the functions that do so.
var calls = []string{"map_imperatively", "mapper", "add_property"}

// mapping is a call that maps a class.
type mapping struct {
	file *facts.File
	call *facts.Value
}

// mapImperatively takes in what calls map, in all files that declare something.
func (g *mappers) mapImperatively() {
	for _, s := range g.modules {
		file := s.file
		for i := range file.Statements {
			switch call := &file.Statements[i]; call.Callee().Text {
			case "add_property":
				g.addProperty(file, call)
			case "mapper":
				if g.library(file, call.Of) == "mapper" {
					g.mapClass(file, call)
				}
			default:
				g.mapClass(file, call)
			}
		}
	}
}

// argument is the argument of a name, or that at a place.
func argument(call *facts.Value, at int, name string) *facts.Value {
	if v := call.Arg(name); v != nil {
		return v
	}
	if at < len(call.Args) && call.Args[at].Key.Text == "" && !call.Args[at].Spread {
		return &call.Args[at]
	}
	return nil
}

// mapClass maps a class, unless it is mapped already.
func (g *mappers) mapClass(file *facts.File, call *facts.Value) {
	v := argument(call, 0, "class_")
	if v == nil {
		return
	}
	c := g.lookup(file, v)
	if c == nil || c.kind == mapped || c.kind == root {
		return
	}
	c.kind, c.reason, c.mapping = mapped, "mapped by a call of "+call.Callee().Text, &mapping{file, call}
	if registry, ok := g.variable(file, call.Receiver(), "registry"); ok {
		c.registry = registry.Ref()
	}
	// What the body of the class says is nothing to the mapper.
	c.told, c.attributes, c.byName, c.shared = true, nil, map[string]*attribute{}, false
	if v := call.Arg("inherits"); v != nil {
		if parent := g.lookup(file, v); parent != nil && parent.top() != c {
			c.parent = parent
		}
	}
	if v := call.Arg("concrete"); v != nil {
		c.concrete = v.Dotted() != "False"
	}
	if v := call.Arg("properties"); v != nil {
		c.addProperties(file, v)
	}
	for i := range call.Args {
		c.open = c.open || call.Args[i].Spread
	}
}

// addProperties adds the properties that a mapping names.
func (c *class) addProperties(file *facts.File, v *facts.Value) {
	if v.Kind != facts.MapValue && (v.Kind != facts.CallValue || v.Callee().Text != "dict") {
		c.open = true
		return
	}
	for i := range v.Args {
		p := &v.Args[i]
		if p.Spread || p.Key.Text == "" {
			c.open = true
			continue
		}
		c.addMapped(file, p.Key, p)
	}
}

// addMapped adds an attribute that is declared outside of the class.
func (c *class) addMapped(file *facts.File, name facts.Slot, v *facts.Value) {
	a := &attribute{name: name, class: c, file: file, value: v}
	if a.kind = c.g.kindOf(a); a.kind == plainAttribute {
		a.kind = unknownAttribute
	}
	c.readAttributes()
	c.add(a)
}

// addProperty gives a mapper one more property.
func (g *mappers) addProperty(file *facts.File, call *facts.Value) {
	mapper, key, value := call.Receiver(), argument(call, 0, "key"), argument(call, 1, "prop")
	if mapper == nil || key == nil || value == nil {
		return
	}
	var c *class
	switch {
	case mapper.Kind == facts.SelectedValue && mapper.Name.Text == "__mapper__":
		c = g.lookup(file, mapper.Of)
	case mapper.Kind == facts.CallValue && len(mapper.Args) > 0:
		if called := g.library(file, mapper.Of); called == "inspect" || called == "class_mapper" {
			c = g.lookup(file, &mapper.Args[0])
		}
	}
	switch {
	case c == nil:
	case key.Kind != facts.TextValue:
		c.open = true
	default:
		c.addMapped(file, key.Name, value)
	}
}

// mappedTable is the table that a mapping names, or that of the class from which it
// inherits.
func (c *class) mappedTable() *table {
	local := argument(c.mapping.call, 1, "local_table")
	if local == nil && c.parent != nil && c.parent.table != nil {
		return c.parent.table
	}
	t := c.g.tableOf(c.mapping.file, local)
	if t == nil {
		return &table{unsure: true, class: c}
	}
	if t.class == nil { // else it is mapped by another class, too
		t.class = c
		c.adopt(t)
	}
	return t
}

// adopt makes the columns of a Table attributes of the class under their own names, which
// it may annotate, unless a property of its mapping stands for them.
func (c *class) adopt(t *table) {
	for _, a := range c.attributes {
		if v := a.value; c.mapping != nil && v != nil && v.Kind == facts.SelectedValue && isColumns(v.Of) && c.g.tableOf(a.file, v.Of.Of) == t {
			if column := t.columnNamed(v.Name.Text); column != nil && column.attribute == nil {
				a.kind, column.attribute = columnAttribute, a
			}
		}
	}
	for _, column := range t.columns {
		if column.attribute != nil || column.declared.Text == "" {
			continue
		}
		if a := c.byName[column.declared.Text]; a != nil {
			if c.mapping == nil && a.kind == columnAttribute && a.value == nil {
				column.attribute = a
			}
			continue
		}
		a := &attribute{kind: columnAttribute, name: column.declared, class: c, file: column.file}
		c.add(a)
		column.attribute = a
	}
}

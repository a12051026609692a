package oracle

import (
	"fmt"
	"strings"
)

// Classes that know nothing of SQLAlchemy, and are mapped by a call.
var imperativeForm = &form{
	name: "imperative", since: "1.4", kin: true,
	roots: func(w *world) string {
		text := "from sqlalchemy.orm import registry\n\nmapper_registry = registry()\n"
		if w.style.registries > 1 {
			text += "other_registry = registry()\n"
		}
		return text
	},
	root:        registryName,
	registry:    registryName,
	column:      func(_ *world, _ *class, c *column) string { return "" },
	own:         func(c *class, one *column) string { return tableVariable(c.holder()) + ".c." + one.stored() },
	class:       mapped,
	association: tableOf,
	outside: func(_ *world, r *related, class string) string {
		return fmt.Sprintf("%s.__mapper__.add_property(%q, %s)", class, r.name, r.call("relationship"))
	},
}

func registryName(n int) string { return []string{"mapper_registry", "other_registry"}[n] }

// tableVariable is the variable that holds the table of a class.
func tableVariable(c *class) string { return c.table + "_table" }

// mapped writes the table, the class and the call that maps one to the other. Columns of
// a class that has no table stand in that of its parent, with which they are written.
func mapped(w *world, c *class) string {
	var b strings.Builder
	b.WriteString("\n\n")
	args := []string{c.name}
	if c.table != "" {
		whole := *c
		for _, other := range w.classes {
			if other.table == "" && other.parent == c {
				whole.columns = append(whole.columns[:len(whole.columns):len(whole.columns)], other.columns...)
				whole.arguments = append(whole.arguments[:len(whole.arguments):len(whole.arguments)], other.arguments...)
			}
		}
		fmt.Fprintf(&b, "%s = %s\n\n\n", tableVariable(c), whole.tableCall(registryName(c.root)+".metadata"))
		args = append(args, tableVariable(c))
	}
	bases := ""
	if c.parent != nil {
		bases = "(" + c.parent.code(c) + ")"
	}
	fmt.Fprintf(&b, "class %s%s:\n    pass\n\n\n", c.name, bases)
	if c.parent != nil {
		args = append(args, "inherits="+c.parent.code(c))
	}
	switch {
	case c.concrete:
		args = append(args, "concrete=True")
	case c.parent != nil && c.table != "":
		args = append(args, fmt.Sprintf("inherit_condition=%s.c.id == %s.c.id", tableVariable(c), tableVariable(c.parent)))
	}
	var properties []string
	for _, r := range c.relations {
		if !r.outside && !r.gone {
			properties = append(properties, fmt.Sprintf("%q: %s", r.name, r.call("relationship")))
		}
	}
	if len(properties) > 0 {
		args = append(args, "properties={\n    "+strings.Join(properties, ",\n    ")+",\n}")
	}
	fmt.Fprintf(&b, "%s.map_imperatively(%s)\n", registryName(c.root), strings.Join(args, ", "))
	return b.String()
}

package oracle

import (
	"fmt"
	"slices"
	"strings"
)

// Classes that inherit from a root: with Column, with mapped_column and Mapped[...], and
// mapped as dataclasses.

var columnForm = declarative(form{
	name: "column", since: "1.4", core: true,
	roots: func(w *world) string {
		text := "from sqlalchemy.orm import declarative_base, registry\n\n"
		if w.style.registries == 1 && w.style.stars {
			return text + "Base, *spare = declarative_base(), 1, 2\n"
		}
		text += "Base = declarative_base()\n"
		if w.style.registries > 1 {
			text += "Other = registry().generate_base()\n"
		}
		return text
	},
	column:   func(_ *world, _ *class, c *column) string { return c.attr + " = " + c.call("Column") },
	relation: func(r *related) string { return r.name + " = " + r.call("relationship") },
})

var mappedForm = declarative(form{
	name: "mapped", since: "2.0", annotated: true, core: true,
	roots: func(w *world) string {
		return "from typing import Annotated\n\nfrom sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\nintpk = Annotated[int, mapped_column(primary_key=True)]\n" + classRoots(w, "DeclarativeBase")
	},
	column:   func(w *world, _ *class, c *column) string { return inAnnotation(w, c) },
	relation: func(r *related) string { return annotated(r) + r.call("relationship") },
})

// inAnnotation writes a column; in some worlds its annotation says what it is.
func inAnnotation(w *world, c *column) string {
	switch {
	case !w.style.aliases || c.name != "" || w.style.later && !c.primary || c.key != "" && !strings.HasPrefix(c.key, `"`):
		return c.attr + ": Mapped[int] = " + c.call("mapped_column")
	case c.primary && c.key == "":
		return c.attr + ": Mapped[intpk]"
	}
	return c.attr + ": Mapped[Annotated[int, " + c.call("mapped_column") + "]]"
}

var dataclassForm = declarative(form{
	name: "dataclass", since: "2.0", annotated: true,
	roots: func(w *world) string {
		return "from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column\n" + classRoots(w, "MappedAsDataclass, DeclarativeBase")
	},
	column: func(_ *world, _ *class, c *column) string {
		return c.attr + ": Mapped[int] = " + c.call("mapped_column", "init=False")
	},
	relation: func(r *related) string { return annotated(r) + r.call("relationship", "init=False") },
})

func init() { dataclassForm.mixins = false }

// declarative completes a form of classes that inherit from a root.
func declarative(f form) *form {
	f.kin, f.mixins, f.renamed = true, true, true
	f.root = rootName
	f.registry = func(n int) string { return rootName(n) + ".registry" }
	f.own = inBody
	f.class = func(w *world, c *class) string { return f.body(w, c) }
	f.association = tableOf
	f.outside = func(_ *world, r *related, class string) string {
		return class + "." + r.name + " = " + r.call("relationship")
	}
	return &f
}

// classRoots declares roots that are classes.
func classRoots(w *world, bases string) string {
	var text string
	for n := range w.style.registries {
		text += "\n\nclass " + rootName(n) + "(" + bases + "):\n    pass\n"
	}
	return text
}

// annotated is the beginning of an assignment.
func annotated(r *related) string {
	if r.note == "" {
		return r.name + " = "
	}
	return r.name + ": " + r.note + " = "
}

// tableOf writes an association table as a Table.
func tableOf(w *world, t *association) string {
	return fmt.Sprintf("%s = Table(%q, %s.metadata, %s)", t.name, t.name, w.style.form.root(t.a.root), strings.Join(t.columns("Column"), ", "))
}

// columns writes the columns of the table.
func (t *association) columns(function string) []string {
	left, right := fmt.Sprintf("ForeignKey(%q)", t.a.holder().table+".id"), fmt.Sprintf("ForeignKey(%q)", t.b.holder().table+".id")
	if t.keyless {
		left, right = "Integer", "Integer"
	}
	return []string{function + `("a_id", ` + left + ")", function + `("b_id", ` + right + ")"}
}

// body writes a class with all that stands in its body.
func (f *form) body(w *world, c *class) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n\nclass %s(%s):\n", c.name, strings.Join(append(slices.Clone(c.mixins), f.baseOf(w, c)), ", "))
	switch {
	case c.core:
		fmt.Fprintf(&b, "    __table__ = %s\n", c.tableCall(f.root(c.root)+".metadata"))
	case c.table != "" && (!f.named || c.table != strings.ToLower(c.name)):
		fmt.Fprintf(&b, "    __tablename__ = %q\n", c.table)
	}
	if !c.core {
		for _, line := range f.columnLines(w, c) {
			b.WriteString("    " + line + "\n")
		}
	}
	for _, r := range c.relations {
		if !r.outside && !r.gone {
			b.WriteString("    " + f.relation(r) + "\n")
		}
	}
	if len(c.arguments) > 0 && !c.core {
		b.WriteString("    __table_args__ = (" + strings.Join(c.arguments, ", ") + ",)\n")
	}
	if entries := f.mapperEntries(c); len(entries) > 0 {
		b.WriteString("    __mapper_args__ = {" + strings.Join(entries, ", ") + "}\n")
	}
	return b.String() + "    pass\n"
}

// columnLines writes the columns of a class: a line each, or one for all.
func (f *form) columnLines(w *world, c *class) []string {
	var lines, names, values []string
	for _, one := range c.columns {
		line := f.column(w, c, one)
		name, value, _ := strings.Cut(line, " = ")
		lines, names, values = append(lines, line), append(names, name), append(values, value)
	}
	if w.style.stars && !f.annotated && len(lines) > 1 && c.parent == nil {
		return []string{strings.Join(names, ", ") + " = " + strings.Join(values, ", ")}
	}
	return lines
}

// baseOf is what a class inherits from.
func (f *form) baseOf(w *world, c *class) string {
	switch {
	case c.parent != nil:
		return c.parent.code(c)
	case w.style.common && !c.composite && c.root == 0 && !c.core:
		return "Common"
	}
	return f.root(c.root)
}

// mapperEntries are what a mapper is told besides.
func (f *form) mapperEntries(c *class) []string {
	switch {
	case c.concrete:
		return []string{`"concrete": True`}
	case c.parent != nil && c.table != "" && !f.unsaid:
		return []string{fmt.Sprintf(`"inherit_condition": id == %s.id`, c.parent.code(c))}
	}
	return nil
}

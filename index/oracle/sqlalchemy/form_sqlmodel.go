package oracle

import (
	"fmt"
	"slices"
	"strings"
)

// Classes of SQLModel, in which annotations say what a column holds and where a
// relationship leads.
var sqlmodelForm = &form{
	name: "sqlmodel", needs: "sqlmodel", since: "1.4", renamed: true, typed: true,
	imports: "from sqlmodel import Field, Relationship\n",
	roots: func(w *world) string {
		text := "from typing import Optional\n\nfrom sqlalchemy.orm import registry\nfrom sqlmodel import Field, SQLModel\n"
		for n := range w.style.registries {
			text += fmt.Sprintf("\n\nclass %s(SQLModel, registry=registry()):\n    pass\n", rootName(n))
		}
		return text
	},
	root:     rootName,
	registry: func(n int) string { return rootName(n) + "._sa_registry" },
	own:      func(*class, *column) string { return "" }, // names of the body are those of fields
	column:   func(_ *world, _ *class, c *column) string { return c.field() },
	class:    sqlmodel,
	association: func(w *world, t *association) string {
		text := fmt.Sprintf("\n\nclass %s(%s, table=True):\n", t.model(), rootName(t.a.root))
		for _, side := range []struct {
			name string
			of   *class
		}{{"a_id", t.a}, {"b_id", t.b}} {
			key := ""
			if !t.keyless {
				key = fmt.Sprintf("foreign_key=%q, ", side.of.holder().table+".id")
			}
			text += fmt.Sprintf("    %s: Optional[int] = Field(default=None, %sprimary_key=True)\n", side.name, key)
		}
		return text + fmt.Sprintf("\n\n%s = %s.__table__\n", t.name, t.model())
	},
	outside: func(_ *world, r *related, class string) string {
		return class + "." + r.name + " = " + r.call("relationship")
	},
}

// model is the class that an association table belongs to.
func (t *association) model() string { return strings.ToUpper(t.name) }

// field writes the column as a field.
func (c *column) field() string {
	args := []string{"default=None"}
	if c.name != "" {
		args = append(args, fmt.Sprintf("sa_column_kwargs={\"name\": %q}", c.name))
	}
	if c.key != "" {
		args = append(args, "foreign_key="+c.key)
	}
	if c.primary {
		args = append(args, "primary_key=True")
	}
	return c.attr + ": Optional[int] = Field(" + strings.Join(args, ", ") + ")"
}

func sqlmodel(w *world, c *class) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n\nclass %s(%s, table=True):\n    __tablename__ = %q\n", c.name, rootName(c.root), c.table)
	if c.table == strings.ToLower(c.name) {
		b.Reset()
		fmt.Fprintf(&b, "\n\nclass %s(%s, table=True):\n", c.name, rootName(c.root))
	}
	for _, one := range c.columns {
		b.WriteString("    " + one.field() + "\n")
	}
	for _, r := range c.relations {
		if !r.outside && !r.gone {
			b.WriteString("    " + r.relationship(w) + "\n")
		}
	}
	if len(c.arguments) > 0 {
		b.WriteString("    __table_args__ = (" + strings.Join(c.arguments, ", ") + ",)\n")
	}
	return b.String()
}

// relationship writes the call of Relationship: what that does not take itself is handed
// over in a dictionary, or, with what an annotation cannot name, as a whole.
func (r *related) relationship(w *world) string {
	annotation := fmt.Sprintf("Optional[%q]", strings.Trim(r.written, `"'`))
	if r.many && r.value("uselist") != "False" {
		annotation = fmt.Sprintf("List[%q]", strings.Trim(r.written, `"'`))
	}
	if !strings.HasPrefix(r.written, `"`) && !strings.HasPrefix(r.written, `'`) || strings.Contains(r.written, "[") {
		return r.name + ": " + strings.NewReplacer(strings.Trim(r.written, `"'`), r.target.name).Replace(annotation) +
			" = Relationship(sa_relationship=" + r.call("relationship") + ")"
	}
	var args, others []string
	for _, a := range r.args {
		link := slices.IndexFunc(w.tables, func(t *association) bool { return t.name == a.value })
		switch {
		case a.key == "back_populates":
			args = append(args, a.key+"="+a.value)
		case a.key == "secondary" && link >= 0:
			args = append(args, "link_model="+w.tables[link].model())
		default:
			others = append(others, fmt.Sprintf("%q: %s", a.key, a.value))
		}
	}
	if len(others) > 0 {
		args = append(args, "sa_relationship_kwargs={"+strings.Join(others, ", ")+"}")
	}
	return r.name + ": " + annotation + " = Relationship(" + strings.Join(args, ", ") + ")"
}

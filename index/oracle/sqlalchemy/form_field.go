package oracle

import (
	"fmt"
	"strings"
)

// Classes that are dataclasses of Python's, whose fields carry what they are to the mapper
// (SQLAlchemy 1.4: "declarative dataclass mapping").
var fieldForm = declarative(form{
	name: "field", since: "1.4", unsaid: true,
	imports: "from dataclasses import dataclass, field\n",
	roots: func(w *world) string {
		text := "from dataclasses import dataclass, field\n\nfrom sqlalchemy.orm import registry\n\nmapper_registry = registry()\n"
		if w.style.registries > 1 {
			text += "other_registry = registry()\n"
		}
		return text
	},
	column: func(_ *world, _ *class, c *column) string { return field(c.attr, "int", "None", c.call("Column")) },
	relation: func(r *related) string {
		if r.many {
			return fmt.Sprintf("%s: List[%q] = field(default_factory=list, init=False, metadata={\"sa\": %s})", r.name, r.target.name, r.call("relationship"))
		}
		return field(r.name, fmt.Sprintf("Optional[%q]", r.target.name), "None", r.call("relationship"))
	},
})

func init() {
	fieldForm.mixins = false
	fieldForm.root, fieldForm.registry = registryName, registryName
	fieldForm.outside = imperativeForm.outside
	fieldForm.own = func(*class, *column) string { return "" } // names of the body are those of fields
	fieldForm.class = func(w *world, c *class) string {
		text := fieldForm.body(w, c)
		head, body, _ := strings.Cut(text, ":\n")
		head = strings.TrimSuffix(head, "("+registryName(c.root)+")")
		return strings.Replace(head, "class ", "@"+registryName(c.root)+".mapped\n@dataclass\nclass ", 1) + ":\n    __sa_dataclass_metadata_key__ = \"sa\"\n" + body
	}
}

// field writes a field of a dataclass with what it is to the mapper.
func field(name, annotation, initial, is string) string {
	return fmt.Sprintf("%s: %s = field(default=%s, init=False, metadata={\"sa\": %s})", name, annotation, initial, is)
}

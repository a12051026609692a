package sqlalchemy

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// columnType is what a column holds, as people would write it, and whether it can hold
// nothing: the annotation tells both, else the call, by which a column is nullable unless it
// is a primary key (sql/schema.py, Column.__init__).
func (g *mappers) columnType(a *attribute, primary bool) (written string, nullable bool) {
	nullable = !primary
	if v, ok := g.annotated(a); ok || a.class.sqlmodel && v != nil {
		written = annotationSource(v)
		nullable = strings.Contains(written, "Optional[") || strings.Contains(written, "None")
	}
	call := g.columnOf(a)
	if call == nil || call.Kind != facts.CallValue {
		return written, nullable
	}
	for i := range call.Args {
		arg := &call.Args[i]
		switch {
		case arg.Key.Text == "nullable":
			nullable = arg.Dotted() != "False"
		case written == "" && (arg.Key.Text == "" || arg.Key.Text == "type_"):
			written = typeName(arg)
		}
	}
	return written, nullable
}

// schemaItems are arguments of Column that are no types.
var schemaItems = map[string]bool{"ForeignKey": true, "Sequence": true, "Identity": true, "Computed": true, "CheckConstraint": true}

// typeName is the name of the type that an argument of Column is; "" for what is none.
func typeName(v *facts.Value) string {
	if v.Kind == facts.CallValue {
		v = v.Of
	}
	name := lastPart(v.Dotted())
	if schemaItems[name] || name == strings.ToLower(name) {
		return ""
	}
	return name
}

// annotationSource writes an annotation; "" where that is more than names, brackets and
// unions.
func annotationSource(v *facts.Value) string {
	switch v.Kind {
	case facts.TextValue:
		if v.Of == nil {
			return v.Name.Text
		}
		return annotationSource(v.Of)
	case facts.NamedValue, facts.SelectedValue:
		return lastPart(v.Dotted())
	case facts.OperatorValue:
		left, right := annotationSource(&v.Args[0]), annotationSource(&v.Args[1])
		if left != "" && right != "" {
			return left + " | " + right
		}
	case facts.IndexValue:
		parts := make([]string, len(v.Args))
		for i := range v.Args {
			if parts[i] = annotationSource(&v.Args[i]); parts[i] == "" {
				return ""
			}
		}
		return lastPart(v.Of.Dotted()) + "[" + strings.Join(parts, ", ") + "]"
	}
	return ""
}

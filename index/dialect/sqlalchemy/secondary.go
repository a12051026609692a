package sqlalchemy

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// secondaryOf is the association table that an argument means; nil where that cannot be
// told, or is a mistake.
func (r *relationship) secondaryOf(v *facts.Value) *table {
	if v.Kind == facts.TextValue {
		return r.secondaryNamed(v)
	}
	v, in := argumentIn(v)
	if c := r.classIn(v, in); c != nil && c.kind == mapped {
		r.classAsTable(v.Span, c)
		return nil
	}
	return r.tableIn(v, in)
}

// secondaryNamed is the table that a text means: unlike elsewhere, tables come before
// classes of the same name.
func (r *relationship) secondaryNamed(v *facts.Value) *table {
	if t := r.owner.tableNamed(v.Name.Text); t != nil {
		return t
	}
	if found, _ := r.inRegistry(v.Name.Text); strings.Contains(v.Name.Text, ".") && len(found) == 1 {
		r.classAsTable(v.Name.Span, found[0])
		return nil
	}
	if v.Of != nil {
		return r.tableIn(v.Of, inText)
	}
	if found, others := r.inRegistry(v.Name.Text); len(found) == 1 && !(others && r.owner.registry.IsZero()) && len(r.g().tables[v.Name.Text]) == 0 {
		r.classAsTable(v.Name.Span, found[0])
	} else if len(found) == 0 {
		r.unknownTable(v.Name)
	}
	return nil
}

// unknownTable reports a name that no table has, where those of all classes of the registry
// are known.
func (r *relationship) unknownTable(name facts.Slot) {
	if r.owner.open || r.owner.registry.IsZero() || elsewhere[r.owner.registry].root || !identifier(name.Text) || r.known(name.Text) || len(r.g().tables[name.Text]) > 0 {
		return
	}
	choices, all := r.owner.registryTables()
	if !all {
		return
	}
	r.refuse(relation.Mistake{Kind: relation.TargetUnknown, Row: "sa49", Place: r.at(name.Span), Name: name.Text,
		Role: relation.JoinTableRole, Text: "no table is called " + name.Text, Choices: choices})
}

// classAsTable reports a mapped class where a table belongs.
func (r *relationship) classAsTable(at facts.Span, c *class) {
	r.refuse(relation.Mistake{Kind: relation.JoinModelInvalid, Row: "sa22", Place: r.at(at),
		Text: "secondary must be a table, and " + c.decl.Name.Text + " is a mapped class: " + c.decl.Name.Text + ".__table__ is its table"})
}

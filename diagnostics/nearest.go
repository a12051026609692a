package diagnostics

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// candidates lists what could stand in place of the name of a dialect's mistake.
func (p *Pass) candidates(d *dialect.Dialect, m *relation.Mistake) []string {
	if m.Choices != nil {
		return m.Choices
	}
	switch m.Role {
	case relation.OptionRole, relation.KindRole:
		return optionsOf(d)
	case relation.ForeignKeyRole, relation.ReferencesRole, relation.OwnKeyRole, relation.TargetKeyRole,
		relation.PolymorphicTypeRole, relation.PolymorphicIDRole:
		return columns(p.other(m.Target))
	case relation.PolymorphicRole:
		return prefixes(columns(p.other(m.Target)))
	case relation.BackPopulatesRole:
		return p.freeInverses(m)
	case relation.RelationRole:
		return fieldsOf(p.sides(p.other(m.Target)))
	}
	return nil
}

// freeInverses lists the relations of a mistake's target that lead back to the model
// of the pass and are nobody's inverse.
func (p *Pass) freeInverses(m *relation.Mistake) []string {
	var names []string
	for _, y := range p.sides(p.other(m.Target)) {
		if y.target == p.Node.Ref && y.relation != nil && p.snapshot.Pair(y.relation).Inverse.IsZero() {
			names = append(names, y.id.Field)
		}
	}
	return names
}

// optionsOf lists the names of the options that a dialect knows today, for the
// native tag kinds too.
func optionsOf(d *dialect.Dialect) []string {
	var names []string
	if d != nil {
		for i := range d.Options {
			if o := &d.Options[i]; o.Module == "" || o.Module == d.Modules[0] {
				names = append(names, o.Name)
			}
		}
	}
	return names
}

// columns lists the fields of a node that are columns, by their selectors.
func columns(n *index.Node) []string {
	var fields []string
	if n == nil {
		return nil
	}
	for _, m := range n.Models {
		for i := range m.Fields {
			if f := &m.Fields[i]; f.Column != "" && !f.Ignored && !slices.Contains(fields, f.Selector) {
				fields = append(fields, f.Selector)
			}
		}
	}
	return fields
}

// prefixes lists each P for which there are fields PType and PID.
func prefixes(fields []string) []string {
	var list []string
	for _, f := range fields {
		if p, ok := strings.CutSuffix(f, "Type"); ok && slices.Contains(fields, p+"ID") {
			list = append(list, p)
		}
	}
	return list
}

package ent

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// write gives the From edge of a To edge that has none. Where an edge leads to its own
// schema, a From edge would change what it is, and move its key or its columns.
func write(s dialect.Scope, side dialect.Side) *dialect.Addition {
	g := graphOf(s, side.Owner)
	if g == nil || g.byName[side.Owner.Ref().Name] == nil {
		return nil
	}
	n := g.byName[side.Owner.Ref().Name]
	e := n.edgeNamed(side.Relation.ID.Field)
	if e == nil || !e.told() || e.doubtful || e.isInverse() || e.pair != nil || e.mixed || e.typ == n {
		return nil
	}
	target := e.typ
	file, ok := edgesFile(target.typ)
	if !ok || target.fieldsOpen || target.edgesOpen {
		return nil
	}
	calls := []dialect.NewCall{
		{Name: "From", Args: []dialect.NewArg{{}, {Type: n.ref, Member: "Type"}}},
		{Name: "Ref", Args: []dialect.NewArg{{Text: e.name}}},
	}
	name := label(n.name)
	if e.shape == o2m {
		calls = append(calls, dialect.NewCall{Name: "Unique"})
	} else {
		name = snake(rules.Pluralize(n.name))
	}
	for _, free := range []string{name, singular(e.name) + "_" + name} {
		if target.fieldsBy[free] != nil || target.edgeNamed(free) != nil {
			continue
		}
		calls[0].Args[0].Text = free
		return &dialect.Addition{Elements: []dialect.NewElement{{
			Name: free, Method: "Edges", File: file, List: facts.Ref{Package: module, Name: "Edge"},
			Package: edgePackage, Calls: calls,
		}}}
	}
	return nil
}

// edgesFile is the file in which a schema declares Edges itself, "" where it does not. It
// is false where the schema has the method from a base, which one of its own would hide.
func edgesFile(t facts.Type) (path string, ok bool) {
	file, m, found := t.MethodIn("Edges")
	if _, decl := t.Decl(); found && m.Receiver == decl.Name.Text {
		return file.Path, true
	}
	return "", !found || m.Returns != nil && m.Returns.Value.Kind == facts.NamedValue && m.Returns.Value.Name.Text == "nil"
}

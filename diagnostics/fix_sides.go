package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// Fixes that add what a side lacks: a word in its tag, or the whole side.

// AddMissingSide proposes the inverse of a relation that has none, whether or not
// anything is wrong. It proposes nothing where there can be no inverse (of a
// polymorphic relation, or of one to a package that cannot import this one back),
// where one field would belong to several models (inside an embedded struct), where
// the relation is one-way on purpose, and where it has an inverse, a choice of
// them, or names one already.
func AddMissingSide(s *index.Snapshot, r *relation.Relation) []Fix {
	pair := s.Pair(r)
	if !pair.Inverse.IsZero() || len(pair.Claims) > 0 || !mayHaveInverse(s, r) {
		return nil
	}
	if r.Stated != nil && (r.Stated.OneWay || r.Stated.BackPopulates != nil) {
		return nil
	}
	return applicableOf(s, addSide(s, r, ""))
}

// mayHaveInverse reports whether a new field of the target could be the inverse.
func mayHaveInverse(s *index.Snapshot, r *relation.Relation) bool {
	if r.Polymorphic != nil || r.Foreign || r.Embedded {
		return false
	}
	return isTable(s.Node(r.ID.Model), r.Dialect) || !slices.ContainsFunc(s.NodesIn(r.Place.File), func(n *index.Node) bool {
		return n.Ref != r.ID.Model && declaredAt(n, r.Place) != nil // embeds the struct
	})
}

// isTable reports whether an ORM is sure to keep a table for the struct, as opposed
// to one that is there to be embedded.
func isTable(n *index.Node, dialectName string) bool {
	m := n.Model(dialectName)
	return dialectName != relation.NativeDialect && m != nil && m.Evidence.Certainty == relation.Certain
}

// addSide proposes the inverse of a relation, with the given name unless that is "".
func addSide(s *index.Snapshot, r *relation.Relation, name string) []Fix {
	proposal := s.Propose(r)
	if proposal == nil {
		return nil
	}
	if r.Dialect == relation.NativeDialect && readByORM(s.Node(r.Target)) {
		return nil // the ORM would read the new field too, in its own way
	}
	if len(proposal.Elements) == 1 && (name == "" || name == proposal.Elements[0].Name) {
		return written(s, index.Rewrite{{Model: r.Target, Elements: proposal.Elements}}, "Add "+r.Target.Name+"."+proposal.Elements[0].Name)
	}
	if len(proposal.Attributes) == 1 && (name == "" || name == proposal.Attributes[0].Name) {
		return written(s, attributed(r, proposal), "Add "+r.Target.Name+"."+proposal.Attributes[0].Name)
	}
	at := slices.IndexFunc(proposal.Fields, func(f dialect.NewField) bool { return f.Type.Ref == r.ID.Model })
	if at < 0 || name != "" && proposal.Fields[at].Name != name {
		return nil
	}
	rewrite := index.Rewrite{
		{Model: r.Target, Fields: proposal.Fields},
		{Model: r.ID.Model, Fields: proposal.Own},
	}
	if proposal.Back != "" {
		rewrite[1].Options = []index.NewOption{{Field: r.ID.Field, Option: proposal.Back}}
	}
	return written(s, rewrite, "Add "+r.Target.Name+"."+proposal.Fields[at].Name)
}

// attributed is the rewrite that adds an inverse declared by a call to the target.
func attributed(r *relation.Relation, proposal *dialect.Addition) index.Rewrite {
	return index.Rewrite{
		{Model: r.ID.Model, Arguments: proposal.Arguments},
		{Model: r.Target, Attributes: proposal.Attributes},
	}
}

// readByORM reports whether an ORM reads the struct.
func readByORM(n *index.Node) bool {
	return slices.ContainsFunc(n.Models, func(m *relation.Model) bool { return m.Dialect != relation.NativeDialect })
}

// written makes the preferred fix of a rewrite, none where it cannot be written.
func written(s *index.Snapshot, rewrite index.Rewrite, title string) []Fix {
	edits, ok := s.Rewrite(rewrite)
	if !ok {
		return nil
	}
	return []Fix{{Title: title, Edits: edits, Preferred: true, rewrite: rewrite}}
}

// fixUnknown offers the relations that could be meant and, unless one of them names
// this side already, to add the one that is named.
func fixUnknown(p *Pass, problem Problem) []Fix {
	x := p.side(problem.Field)
	if x == nil || x.stated == nil {
		return p.addNamed(problem)
	}
	fixes := fixInverse(p, problem)
	if x.names() == nil || slices.ContainsFunc(p.leadingBack(x), func(y side) bool { return y.namesBack(x) }) {
		return fixes
	}
	r := x.relation
	if r == nil {
		r = p.meant(x)
	}
	if r == nil || !mayHaveInverse(p.snapshot, r) {
		return fixes
	}
	added := addSide(p.snapshot, r, x.names().Text)
	for i := range added {
		added[i].Preferred = !slices.ContainsFunc(fixes, func(f Fix) bool { return f.Preferred })
	}
	return append(fixes, added...)
}

// addNamed offers to add the side that the call of a relation names, which is none as long
// as that is not there.
func (p *Pass) addNamed(problem Problem) []Fix {
	for _, m := range p.Node.Models {
		for i := range m.Mistakes {
			mistake := &m.Mistakes[i]
			if mistake.Kind == relation.InverseUnknown && mistake.Field.Field == problem.Field && mistake.Place == problem.Place {
				meant := &relation.Relation{ID: mistake.Field, Dialect: m.Dialect, Target: mistake.Target}
				return addSide(p.snapshot, meant, mistake.Name)
			}
		}
	}
	return nil
}

// fixOneSided offers to name this side on the one that it names.
func fixOneSided(p *Pass, problem Problem) []Fix {
	x := p.side(problem.Field)
	if x == nil || x.names() == nil {
		return nil
	}
	field := x.names().Text
	for _, y := range p.sides(p.other(x.target)) {
		if y.named(field) {
			field = y.id.Field
			if y.stated != nil && y.stated.OneWay {
				return nil // says on purpose that there is no inverse
			}
		}
	}
	return p.nameBack(x, field)
}

// fixNotRelation offers the relations that could be meant, and to make a relation
// of a field that leads back but that the ORM leaves out or stores.
func fixNotRelation(p *Pass, problem Problem) []Fix {
	fixes := fixInverse(p, problem)
	x := p.side(problem.Field)
	if x == nil || x.names() == nil {
		return fixes
	}
	target := p.other(x.target)
	if target == nil {
		return fixes
	}
	for _, m := range target.Models {
		if f, ok := m.FieldBySelector(x.names().Text); ok && f.Target == x.id.Model {
			return append(p.nameBack(x, f.Selector), fixes...)
		}
	}
	return fixes
}

// nameBack offers to state on a field of the target that x is its inverse.
func (p *Pass) nameBack(x *side, field string) []Fix {
	option := index.NewOption{Field: field, Option: "back_populates:" + x.id.Field}
	rewrite := index.Rewrite{{Model: x.target, Options: []index.NewOption{option}}}
	return written(p.snapshot, rewrite, "Add back_populates to "+x.target.Name+"."+field)
}

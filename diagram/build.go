package diagram

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// New is the graph of a snapshot and of the problems that are shown in it.
func New(s *index.Snapshot, problems []diagnostics.Problem, o Options) *Graph {
	b := builder{snapshot: s, options: o, foreign: map[relation.FieldID]bool{}, worst: map[relation.FieldID]diagnostics.Severity{}}
	relations := s.Relations()
	for _, r := range relations {
		for _, k := range r.Keys {
			b.foreign[k.ForeignKey] = true
		}
	}
	byModel := map[facts.Ref][]Problem{}
	for i := range problems {
		p := &problems[i]
		id := relation.FieldID{Model: p.Model, Field: p.Field}
		b.worst[id] = max(b.worst[id], p.Severity)
		byModel[p.Model] = append(byModel[p.Model], Problem{p.Rule, p.Severity.String(), p.Message, p.Field})
	}
	g := &Graph{Version: 1, Models: []Model{}, Relations: []Line{}}
	for node := range s.Nodes() {
		if len(node.Models) > 0 && !node.Models[0].Misused() {
			g.Models = append(g.Models, b.model(node, byModel[node.Ref]))
		}
	}
	slices.SortFunc(g.Models, func(a, b Model) int { return cmp.Compare(a.ID, b.ID) })
	for _, r := range relations {
		if line, ok := b.line(r); ok && g.has(line.From.Model) && g.has(line.To.Model) {
			g.Relations = append(g.Relations, line)
		}
	}
	for node := range s.Nodes() {
		g.Relations = append(g.Relations, b.broken(g, node)...)
	}
	slices.SortFunc(g.Relations, func(a, b Line) int { return cmp.Or(compareEnds(a.From, b.From), compareEnds(a.To, b.To)) })
	return g.chosen(o)
}

func compareEnds(a, b End) int {
	return cmp.Or(cmp.Compare(a.Model, b.Model), cmp.Compare(a.Field, b.Field))
}

// has reports whether a model is in the graph.
func (g *Graph) has(id string) bool {
	_, found := slices.BinarySearchFunc(g.Models, id, func(m Model, id string) int { return cmp.Compare(m.ID, id) })
	return found
}

// builder makes the parts of one graph.
type builder struct {
	snapshot *index.Snapshot
	options  Options
	foreign  map[relation.FieldID]bool // foreign keys
	worst    map[relation.FieldID]diagnostics.Severity
}

// model is the box of a node; all its models are declared at the same place, and the
// fields are those of the first dialect that reads it.
func (b *builder) model(node *index.Node, problems []Problem) Model {
	box := Model{
		ID:       node.Ref.String(),
		Name:     node.Ref.Name,
		Package:  node.Ref.Package,
		Fields:   []Field{},
		Problems: problems,
		At:       b.locate(node.Models[0].Place),
	}
	leads := map[string]bool{}
	for _, m := range node.Models {
		box.Dialects = append(box.Dialects, m.Dialect)
		box.Table = cmp.Or(box.Table, m.Table)
		for i := range m.Relations {
			leads[m.Relations[i].ID.Field] = true
		}
	}
	fields := node.Models[0].Fields
	for i := range fields {
		f := &fields[i]
		if f.Ignored && !leads[f.Selector] {
			continue
		}
		box.Fields = append(box.Fields, Field{
			Name:     f.Selector,
			Type:     f.Type,
			Column:   f.Column,
			Primary:  f.Primary,
			Foreign:  b.foreign[relation.FieldID{Model: node.Ref, Field: f.Selector}],
			Relation: leads[f.Selector],
			At:       b.locate(f.Place),
		})
	}
	return box
}

func (b *builder) locate(place relation.Place) any {
	if b.options.Locate == nil || place.File == "" {
		return nil
	}
	return b.options.Locate(place)
}

// line is what a relation and its inverse are drawn as, false for the side of a pair
// that the other is drawn for.
func (b *builder) line(r *relation.Relation) (Line, bool) {
	inverse := b.snapshot.Inverse(r)
	if back := b.back(inverse); back != nil && back.ID == r.ID && inverse.ID.String() < r.ID.String() {
		return Line{}, false
	}
	own, other := b.ends(r, inverse)
	line := Line{From: own, To: other, OneSided: inverse == nil, Severity: b.severity(r, inverse)}
	switch {
	case r.Polymorphic != nil:
		line.Label = "polymorphic"
	case r.Kind == relation.ManyToMany:
		line.Label = r.JoinTable
	}
	if r.Kind == relation.BelongsTo {
		line.From, line.To = line.To, line.From
	}
	return line, true
}

// broken are lines for the fields of a node that lead to a model, but of which the ORM
// cannot make a relation: somebody meant them to be one.
func (b *builder) broken(g *Graph, node *index.Node) []Line {
	var lines []Line
	m := node.Model("")
	if m == nil || !g.has(node.Ref.String()) {
		return nil
	}
	for i := range m.Fields {
		f := &m.Fields[i]
		id := relation.FieldID{Model: node.Ref, Field: f.Selector}
		if f.Target.IsZero() || b.worst[id] == diagnostics.Off || b.snapshot.Relation(id, "") != nil || !g.has(f.Target.String()) {
			continue
		}
		lines = append(lines, Line{
			From:     End{Model: node.Ref.String(), Field: f.Selector, Optional: true, Many: !f.Many},
			To:       End{Model: f.Target.String(), Optional: true, Many: f.Many},
			OneSided: true,
			Severity: b.worst[id].String(),
		})
	}
	return lines
}

// back is the inverse of an inverse.
func (b *builder) back(inverse *relation.Relation) *relation.Relation {
	if inverse == nil {
		return nil
	}
	return b.snapshot.Inverse(inverse)
}

// ends are the end of the line at the relation's own model and that at its target. How
// many rows there are at an end is told by the relation that leads to it; where none
// does, by what the kind of the other allows.
func (b *builder) ends(r, inverse *relation.Relation) (own, target End) {
	own = End{Model: r.ID.Model.String(), Field: r.ID.Field}
	target = End{Model: r.Target.String()}
	target.Many, target.Optional = b.reaches(r)
	if inverse != nil {
		target.Field = inverse.ID.Field
		own.Many, own.Optional = b.reaches(inverse)
		return own, target
	}
	switch r.Kind {
	case relation.HasOne, relation.HasMany:
		own.Optional = b.nullable(r)
	default:
		own.Many, own.Optional = true, true
	}
	return own, target
}

// reaches says how many rows a relation leads to from one.
func (b *builder) reaches(r *relation.Relation) (many, optional bool) {
	switch r.Kind {
	case relation.BelongsTo:
		return false, b.nullable(r)
	case relation.HasOne:
		return false, true
	default:
		return true, true
	}
}

// nullable reports whether a foreign key of the relation can hold nothing, as far as the
// column or its type tells: a pointer, or one of the types called Null.
func (b *builder) nullable(r *relation.Relation) bool {
	return slices.ContainsFunc(r.Keys, func(k relation.Key) bool {
		m := b.snapshot.Node(k.ForeignKey.Model).Model(r.Dialect)
		if m == nil {
			return false
		}
		f, ok := m.FieldBySelector(k.ForeignKey.Field)
		return ok && (f.Nullable || strings.HasPrefix(f.Type, "*") || strings.Contains(f.Type, "Null"))
	})
}

// severity is that of the worst problem of the sides, "" for none.
func (b *builder) severity(sides ...*relation.Relation) string {
	worst := diagnostics.Off
	for _, r := range sides {
		if r != nil {
			worst = max(worst, b.worst[r.ID])
		}
	}
	if worst == diagnostics.Off {
		return ""
	}
	return worst.String()
}

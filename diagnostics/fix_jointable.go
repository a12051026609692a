package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// addJoinTable offers to name, in the ORM's tag, the join table of what the native tag
// calls a many-to-many, where it is certain which that is.
func (p *Pass) addJoinTable(m *relation.Model, x *side) []Fix {
	if m.Dialect == relation.NativeDialect || x.shared() || p.declaredElsewhere(x) {
		return nil
	}
	other := p.joinedWith(m, x)
	if other == nil {
		return nil
	}
	meant := &relation.Relation{ID: x.id, Dialect: m.Dialect, Kind: relation.ManyToMany, Target: x.target, Place: x.place}
	value, ok := p.snapshot.Align(other, meant)
	if !ok {
		return nil
	}
	tag := index.NewTag{Field: x.id.Field, Dialect: m.Dialect, Value: value}
	rewrite := index.Rewrite{{Model: x.id.Model, Tags: []index.NewTag{tag}}}
	return written(p.snapshot, rewrite, "Make "+x.id.Short()+" a many-to-many over "+other.JoinTable)
}

// joinedWith is the relation of the target that has the join table of x: the one that
// x names, or that names x; else one that is made up for the table, or the model, that
// x names with through. It is nil where there is none, and where these differ.
func (p *Pass) joinedWith(m *relation.Model, x *side) *relation.Relation {
	table := p.throughTable(m, x)
	for _, y := range p.leadingBack(x) {
		r := y.relation
		if r == nil || r.Dialect != m.Dialect || r.JoinTable == "" || r.JoinOpen || y.shared() {
			continue
		}
		if names := x.names(); names == nil && !y.namesBack(x) || names != nil && !y.named(names.Text) {
			continue
		}
		if x.stated.Through != nil && table != r.JoinTable {
			return nil
		}
		return r
	}
	if table == "" {
		return nil
	}
	return &relation.Relation{
		ID: relation.FieldID{Model: x.target}, Dialect: m.Dialect, Kind: relation.ManyToMany, Target: x.id.Model, JoinTable: table,
	}
}

// throughTable is the table that the side's through names, by itself or by its model;
// "" where that is not known.
func (p *Pass) throughTable(m *relation.Model, x *side) string {
	if x.stated.Through == nil {
		return ""
	}
	n := p.Node
	for _, own := range n.Models {
		i := slices.IndexFunc(own.Mentions, func(mention relation.Mention) bool {
			return mention.Place.File == x.stated.File && mention.Place.Span == x.stated.Through.Span
		})
		if i < 0 {
			continue
		}
		mention := &own.Mentions[i]
		if mention.Model.IsZero() {
			return mention.Table
		}
		if join := p.other(mention.Model); certainIn(join, m.Dialect) {
			return join.Model(m.Dialect).Table
		}
	}
	return ""
}

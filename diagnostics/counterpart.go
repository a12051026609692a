package diagnostics

import (
	"slices"
	"strings"

	"github.com/jinzhu/inflection"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// counterparts are two relations that are meant to be the sides of one pair,
// whether or not their keys agree.
type counterparts struct {
	x, y   side
	stated bool // somebody wrote it; else they are the only ones that lead to each other
}

// counterpartsOf lists the sides of the pass's node together with what is meant to
// be their other half, each two once: at the node of the one that comes first in
// the source. Both are models for certain. Sides that are shared by several models,
// or have no inverse by nature, are left out.
func (p *Pass) counterpartsOf() []counterparts {
	if !p.paired {
		p.halves, p.paired = p.findCounterparts(), true
	}
	return p.halves
}

func (p *Pass) findCounterparts() []counterparts {
	var list []counterparts
	for _, x := range p.sides(p.Node) {
		if !ordinary(&x) || !p.certain(x.relation.Dialect) {
			continue
		}
		c, ok := p.counterpart(x)
		if ok && (c.stated || !x.relation.Independent) && certainIn(p.other(x.target), x.relation.Dialect) && p.tells(&c.x, &c.y) {
			list = append(list, c)
		}
	}
	return list
}

func (p *Pass) counterpart(x side) (counterparts, bool) {
	pair := p.snapshot.Pair(x.relation)
	all := p.leadingBack(&x)
	alone := len(all) == 1
	back := slices.DeleteFunc(all, func(y side) bool {
		return !ordinary(&y) || y.relation.Dialect != x.relation.Dialect
	})
	if pair.Pairing == relation.Explicit {
		i := slices.IndexFunc(back, func(y side) bool { return y.id == pair.Inverse })
		if i < 0 || p.snapshot.Pair(back[i].relation).Inverse != x.id {
			return counterparts{}, false
		}
		return counterparts{x: x, y: back[i], stated: true}, true
	}
	if len(back) != 1 || x.target == x.id.Model || silenced(&x) || silenced(&back[0]) {
		return counterparts{}, false
	}
	if y := back[0]; alone && len(p.leadingBack(&y)) == 1 {
		return counterparts{x: x, y: y}, true
	}
	return counterparts{}, false
}

// ordinary reports whether a side is a relation of an ORM that can have one inverse.
func ordinary(x *side) bool {
	return x.relation != nil && x.relation.Dialect != relation.NativeDialect && x.kind != relation.NoKind &&
		!x.shared() && !x.polymorphic()
}

// silenced reports whether somebody has said what the inverse of a side is, or
// that it has none: then nothing is to be concluded from what else there is.
func silenced(x *side) bool {
	return x.stated != nil && (x.stated.OneWay || x.stated.BackPopulates != nil)
}

// tells reports whether x, a side of the pass's node, is where a fault of both
// sides is told: the first in the source that may be reported.
func (p *Pass) tells(x, y *side) bool {
	if there := p.reportable(y.place); there != p.reportable(x.place) {
		return !there
	}
	return compareSides(x, y) <= 0
}

// plainlyNamed reports whether the field is called as the model that it leads to,
// in the singular or the plural: Posts, Post or BlogPosts for a BlogPost.
func plainlyNamed(x *side) bool {
	field := x.id.Name()
	return singular(field) == singular(x.target.Name)
}

func singular(name string) string { return inflection.Singular(strings.ToLower(name)) }

// tagPlace is where the side's tag names something in the given role, else where
// its name stands; text is what stands there.
func (p *Pass) tagPlace(x *side, role relation.Role) (place relation.Place, text string) {
	n := p.other(x.id.Model)
	for _, m := range n.Models {
		for i := range m.Mentions {
			if mention := &m.Mentions[i]; mention.Relation == x.id && plays(mention.Role, role, x.kind) && mention.Text != "" {
				return mention.Place, mention.Text
			}
		}
	}
	return x.place, x.id.Field
}

// plays reports whether what a mention of one role names in a relation of the kind is
// what another role asks for: a column that is the foreign key, the table of a model
// that is the join table.
func plays(role, asked relation.Role, kind relation.Kind) bool {
	switch role {
	case relation.JoinModelTableRole:
		return asked == relation.JoinTableRole
	case relation.OwnColumnRole:
		return asked == relation.ForeignKeyRole && kind == relation.BelongsTo
	case relation.TargetColumnRole:
		return asked == relation.ForeignKeyRole && kind != relation.BelongsTo
	}
	return role == asked
}

// fieldOf is the field with the given id in a dialect's reading, nil for none.
func (p *Pass) fieldOf(id relation.FieldID, dialect string) *relation.Field {
	if id.Model == (facts.Ref{}) {
		return nil
	}
	if m := p.other(id.Model).Model(dialect); m != nil && m.Dialect == dialect {
		if f, ok := m.FieldBySelector(id.Field); ok {
			return f
		}
	}
	return nil
}

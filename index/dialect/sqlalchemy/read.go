package sqlalchemy

import (
	"github.com/rells-dev/rells/index/relation"
)

// modelFields adds the columns, those of classes that it inherits from included.
func (c *class) modelFields(m *relation.Model) {
	seen := make(map[string]bool, len(c.own()))
	m.Fields = make([]relation.Field, 0, len(c.own())+len(c.relationships))
	for range mostBases {
		if c == nil {
			break
		}
		for _, a := range c.own() {
			if a.kind != columnAttribute || seen[a.name.Text] {
				continue
			}
			seen[a.name.Text] = true
			f := relation.Field{Selector: a.name.Text, Place: a.place(), Column: a.name.Text}
			if c.table != nil {
				for _, column := range c.table.columns {
					if column.attribute == a {
						f.Column, f.Primary = column.name, column.primary
					}
				}
			}
			f.Type, f.Nullable = c.g.columnType(a, f.Primary)
			m.Fields = append(m.Fields, f)
		}
		c = c.parent
	}
}

func (r *relationship) modelField() relation.Field {
	f := relation.Field{Selector: r.name.Text, Place: r.place(), Many: r.uselist}
	if r.target != nil {
		f.Target, f.Type = r.target.ref, r.target.decl.Name.Text
		if r.uselist {
			f.Type = "list[" + f.Type + "]"
		}
	}
	return f
}

// kind is what the relationship is in the terms of all ORMs.
func (r *relationship) kind() relation.Kind {
	switch {
	case r.direction == manyToMany:
		return relation.ManyToMany
	case r.direction == manyToOne:
		return relation.BelongsTo
	case r.uselist:
		return relation.HasMany
	}
	return relation.HasOne
}

func (r *relationship) relation() relation.Relation {
	out := relation.Relation{
		ID: r.id(), Dialect: name, Kind: r.kind(), Target: r.target.ref, Keys: r.keys,
		Place: r.place(), Embedded: r.class != r.owner, Independent: true, Reason: r.reason(),
	}
	if r.maker != nil {
		out.Made = true
	} else {
		out.Whole = r.at(r.call.Span)
	}
	if r.inverse != nil {
		out.Inverse = r.inverse.id()
	}
	if r.secondary != nil {
		out.JoinTable, out.JoinKeys, out.OwnJoinKeys = r.secondary.name, r.joinKeys, r.ownJoinKeys
		if r.secondary.class != nil {
			out.JoinModel, out.JoinByTable = r.secondary.class.ref, true
		}
	}
	return out
}

// reason says for people where the relationship comes from.
func (r *relationship) reason() string {
	switch {
	case r.maker != nil:
		return "made by the backref of " + r.maker.short()
	case r.direction == manyToMany:
		return "secondary is " + r.secondary.name
	case len(r.keys) > 0:
		return "the foreign key " + r.keys[0].ForeignKey.Short() + " links the tables: " + directions[r.direction]
	}
	return ""
}

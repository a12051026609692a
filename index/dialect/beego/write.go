package beego

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// writer makes the inverse of a relation: it adds a field to a copy of the target's
// schema and looks whether Beego would bind the two to each other.
type writer struct {
	side   dialect.Side
	owner  *schema // has the relation; a copy
	target *schema // gets the inverse; a copy
	field  *field  // the relation's own
}

// write gives the inverse of a relation: a reverse field of a rel, a rel(fk) or rel(one)
// of a reverse field that has nothing to be bound to.
func write(s dialect.Scope, side dialect.Side) *dialect.Addition {
	w := newWriter(s, side)
	if w == nil || side.Relation.Foreign {
		return nil
	}
	many := w.field.kind == foreignKey || w.field.kind == manyToMany
	taken := func(n string) bool { return w.target.byName(n) != nil }
	free := dialect.InverseName(side, many, w.alone(), "", taken)
	if free == "" {
		return nil
	}
	for _, tag := range w.tags() {
		g := w.added(free, tag)
		if !w.binds(g) {
			continue
		}
		add := &dialect.Addition{}
		f := dialect.NewField{Name: free, Tags: []dialect.TagSpec{{Key: tagKey, Value: tag}}}
		f.Type = dialect.TypeSpec{Ref: side.Owner.Ref(), Pointer: true, Slice: g.kind == reverseMany}
		add.Inverse(side, f)
		return add
	}
	return nil
}

// newWriter prepares writing the inverse of a relation, nil where there is none.
func newWriter(s dialect.Scope, side dialect.Side) *writer {
	owner, target := s.Schema(side.Owner).(*schema), s.Schema(side.Target).(*schema)
	if target.open || owner.open {
		return nil
	}
	w := &writer{side: side, owner: owner.copied(), target: target.copied()}
	if side.Owner.Ref() == side.Target.Ref() {
		w.owner = w.target
		if side.Relation.Kind == relation.ManyToMany {
			return nil // which has none: Beego finds one column for both sides
		}
	}
	for _, f := range w.owner.fields {
		if w.owner.id(f) == side.Relation.ID {
			w.field = f
		}
	}
	if w.field == nil || !w.field.isRelation() || w.field.mistaken {
		return nil
	}
	return w
}

// copied is a schema to which fields can be added.
func (sch *schema) copied() *schema {
	c := *sch
	c.fields = slices.Clone(sch.fields)
	return &c
}

// alone reports whether no other relation of the owner leads to the target.
func (w *writer) alone() bool {
	return !slices.ContainsFunc(w.owner.fields, func(f *field) bool {
		return f != w.field && f.isRelation() && f.leadsTo(w.target)
	})
}

// tags are the tags that may make the inverse, the shortest first.
func (w *writer) tags() []string {
	switch w.field.kind {
	case foreignKey:
		return []string{"reverse(many)"}
	case oneToOne:
		return []string{"reverse(one)"}
	case reverseOne:
		return []string{"rel(one)"}
	case reverseMany:
		if table, through := w.field.joins(); table != "" {
			return []string{"rel(m2m);rel_table(" + table + ")"}
		} else if through != "" {
			return []string{"rel(m2m);rel_through(" + through + ")"}
		}
		return []string{"rel(fk)"}
	}
	table, through := w.field.joins()
	switch {
	case table != "":
		return []string{"reverse(many)", "reverse(many);rel_table(" + table + ")"}
	case through != "":
		return []string{"reverse(many)", "reverse(many);rel_through(" + through + ")"}
	}
	return []string{"reverse(many)", "reverse(many);rel_table(" + w.side.Relation.JoinTable + ")"}
}

// added is a field of the target as Beego would read it.
func (w *writer) added(name, tag string) *field {
	g := &field{path: []string{name}, tag: splitTag(facts.Slot{Text: tag}), typ: w.side.Owner}
	g.kind = kindOf(g)
	g.column = w.target.columnOf(g)
	return g
}

// binds reports whether Beego would bind a new field of the target and the relation to
// each other.
func (w *writer) binds(g *field) bool {
	if w.target.clashing(g) != nil {
		return false
	}
	fields := w.target.fields
	w.target.fields = append(slices.Clone(fields), g)
	defer func() { w.target.fields = fields }()
	if w.field.kind >= reverseOne {
		to, _ := bound(w.owner, w.field, w.target)
		return to == g
	}
	to, _ := bound(w.target, g, w.owner)
	return to == w.field
}

// align gives the tag with which a rel(m2m) of the target, whose tag is the given one,
// becomes the reverse side of the side's rel(m2m).
func align(s dialect.Scope, side dialect.Side, inverse *relation.Relation, tag string) (string, bool) {
	w := newWriter(s, side)
	if w == nil || w.field.kind != manyToMany || strings.Contains(tag, `\`) {
		return "", false
	}
	g := w.target.byName(inverse.ID.Name())
	if g == nil || !g.isRelation() && g.kind != columnField || len(g.path) > 1 {
		return "", false
	}
	w.target.fields = slices.DeleteFunc(w.target.fields, func(f *field) bool { return f == g })
	for _, reverse := range w.tags() {
		if w.binds(w.added(g.name(), reverse)) {
			aligned := retagged(tag, reverse)
			return aligned, aligned != tag
		}
	}
	return "", false
}

// retagged is a tag with other options in place of those that make a relation.
func retagged(tag, relating string) string {
	parts := []string{relating}
	for _, item := range lex(facts.Slot{Text: tag}) {
		switch strings.ToLower(item.Name.Text) {
		case "rel", "reverse", "rel_table", "rel_through":
		default:
			parts = append(parts, tag[item.Span.Start:item.Span.End])
		}
	}
	return strings.Join(parts, ";")
}

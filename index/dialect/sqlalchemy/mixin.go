package sqlalchemy

import (
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// checkMixins reports what a class takes from one that is not mapped and that must be
// declared there by a function (orm/decl_base.py, _scan_attributes and
// _produce_column_copies). It is told of the first class that takes it.
func (c *class) checkMixins() {
	for _, a := range c.taken() {
		switch {
		case a.described || a.optional || a.class == c:
		case a.kind == relationshipAttribute || a.kind == propertyAttribute || a.kind == columnAttribute && c.g.isWrapped(a):
			c.undescribed(a, "sa52", a.name.Text+" is a relationship or another property of a mapper, which a class that is not mapped itself must declare by @declared_attr")
		case a.kind == columnAttribute && a.keyWithin():
			c.undescribed(a, "sa53", a.name.Text+" has a foreign key to a column that is in no table yet, which a class that is not mapped itself must declare by @declared_attr")
		}
	}
}

// taken are the attributes that the class takes from bases that are not mapped, those that
// it overrides included: SQLAlchemy refuses them all the same.
func (c *class) taken() []*attribute {
	var list []*attribute
	for _, base := range c.bases {
		if base.isMixin() {
			base.collect(&list, 0)
		}
	}
	return list
}

func (c *class) collect(list *[]*attribute, depth int) {
	for _, a := range c.attributes {
		if c.byName[a.name.Text] == a {
			*list = append(*list, a)
		}
	}
	for _, base := range c.bases {
		if base.isMixin() && depth < mostBases {
			base.collect(list, depth+1)
		}
	}
}

// isMixin reports whether the class is certainly not mapped itself.
func (c *class) isMixin() bool { return c.kind != mapped && c.kind != unclear }

func (c *class) undescribed(a *attribute, row, text string) {
	key := mistakeAt{a.place(), relation.AttributeUndescribed}
	if c.g.told[key] {
		return
	}
	c.g.told[key] = true
	c.mistakes = append(c.mistakes, relation.Mistake{Kind: relation.AttributeUndescribed, Row: row, Place: a.place(),
		Field: relation.FieldID{Model: c.ref, Field: a.name.Text}, Text: text})
}

// isWrapped reports whether a column is declared by deferred or column_property, which are
// properties.
func (g *mappers) isWrapped(a *attribute) bool {
	called := ""
	if a.value != nil && a.value.Kind == facts.CallValue {
		called = g.library(a.file, a.value.Of)
	}
	return called == "deferred" || called == "column_property"
}

// keyWithin reports whether a column has a foreign key to a column of the same body, which
// is in no table.
func (a *attribute) keyWithin() bool {
	if a.value == nil || a.value.Kind != facts.CallValue {
		return false
	}
	for i := range a.value.Args {
		arg := &a.value.Args[i]
		if arg.Kind != facts.CallValue || a.class.g.library(a.file, arg.Of) != "ForeignKey" || len(arg.Args) == 0 || arg.Args[0].Kind != facts.NamedValue {
			continue
		}
		if to := a.class.byName[arg.Args[0].Name.Text]; to != nil && to.kind == columnAttribute && to != a {
			return true
		}
	}
	return false
}

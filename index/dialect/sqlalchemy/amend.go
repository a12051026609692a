package sqlalchemy

import (
	"github.com/jinzhu/inflection"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Arguments with which nothing would be wrong with a pair.

// nameBack is what makes the other side of a relationship name it: nothing where that
// leads to a class which does not have the relationship, or may not say so.
func (r *relationship) nameBack(other *relationship) []relation.Argument {
	if other.target.relationship(r.name.Text) != r || other.class != other.owner {
		return nil
	}
	return []relation.Argument{{Relation: other.id(), Name: "back_populates", Code: quote(r.name.Text)}}
}

// remoteSide is what makes one of two sides within one table the many-to-one: the one that
// holds one, by its annotation or its name. It is nothing where that is not certain.
func (r *relationship) remoteSide(other *relationship) []relation.Argument {
	if r.direction != oneToMany || r.owner != other.owner || len(r.keys) == 0 || r.given("remote_side") || other.given("remote_side") {
		return nil
	}
	one := r
	switch mine, theirs := r.holdsOne(), other.holdsOne(); {
	case mine == theirs:
		return nil
	case theirs:
		one = other
	}
	if one.call != one.value {
		return nil // SQLModel's call does not take it
	}
	list := facts.Value{Kind: facts.ListValue}
	for _, k := range one.keys {
		column := dotted(k.References.Field)
		if !one.inBody() || !one.declaredBefore(k.References.Field) {
			column = dotted(one.owner.decl.Name.Text + "." + k.References.Field)
		}
		list.Args = append(list.Args, *column)
	}
	code := source(&list)
	if !one.inBody() || !one.declaredBefore(one.keys[0].References.Field) {
		code = quote(code) // a text, for there the class has no name yet
	}
	return []relation.Argument{{Relation: one.id(), Name: "remote_side", Code: code}}
}

// holdsOne reports whether a relationship is meant to lead to one: it is annotated so, or
// it is called as one is, and not as many are.
func (r *relationship) holdsOne() bool {
	if _, ok := r.g().annotated(r.attribute); ok {
		return !r.uselist
	}
	name := r.name.Text
	return inflection.Singular(name) == name && inflection.Plural(name) != name
}

// declaredBefore reports whether the body of the class has an attribute of the name before
// the relationship.
func (r *relationship) declaredBefore(name string) bool {
	a := r.class.byName[name]
	return a != nil && a.class == r.class && a.name.Span.Start < r.name.Span.Start
}

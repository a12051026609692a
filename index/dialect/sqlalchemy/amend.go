package sqlalchemy

import (
	"slices"
	"strings"

	"github.com/jinzhu/inflection"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Arguments with which nothing would be wrong with a relationship, or a pair of them.

// nameBack is what makes the other side of a relationship name it: nothing where that
// leads to a class which does not have the relationship, or may not say so. Of two sides of
// one direction the one that holds one becomes the many-to-one.
func (r *relationship) nameBack(other *relationship) []relation.Remedy {
	if other.target.relationship(r.name.Text) != r || other.class != other.owner {
		return nil
	}
	remedy := relation.Remedy{Sure: true, Arguments: []relation.Argument{{Relation: other.id(), Name: "back_populates", Code: quote(r.name.Text)}}}
	if r.direction == other.direction && r.direction != manyToMany {
		remote := r.remoteSide(other)
		if remote == nil {
			return nil
		}
		remedy.Arguments = append(remedy.Arguments, remote[0].Arguments...)
	}
	return []relation.Remedy{remedy}
}

// remoteSide is what makes one of two sides within one table the many-to-one: the one that
// holds one, by its annotation or its name. It is nothing where that is not certain.
func (r *relationship) remoteSide(other *relationship) []relation.Remedy {
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
	if one.call != one.value || one.class != one.owner {
		return nil // SQLModel's call does not take it; a mixin's may be that of others
	}
	var columns []relation.FieldID
	for _, k := range one.keys {
		columns = append(columns, k.References)
	}
	v := one.columnsArgument("remote_side", columns)
	if v == nil {
		return nil
	}
	if with := one.with(*v); with.direction != manyToOne || with.refused {
		return nil
	}
	return []relation.Remedy{{Sure: true, Arguments: []relation.Argument{{Relation: one.id(), Name: "remote_side", Code: source(v)}}}}
}

// with is what the relationship would be with other arguments.
func (r *relationship) with(arguments ...facts.Value) *relationship {
	call := *r.call
	call.Args = slices.Clone(call.Args)
	for _, a := range arguments {
		if i := slices.IndexFunc(call.Args, func(v facts.Value) bool { return v.Key.Text == a.Key.Text }); i >= 0 {
			call.Args[i] = a
		} else {
			call.Args = append(call.Args, a)
		}
	}
	with := r.tried()
	with.call = &call
	r.g().untold(func() {
		with = with.withoutInverse()
		with.checkOptions()
		with.checkCascade()
	})
	return with
}

// columnsArgument names columns in an argument of the relationship: by the names that they
// have in the body of its class before it, else in a text. It is nil for what has no certain
// name.
func (r *relationship) columnsArgument(name string, columns []relation.FieldID) *facts.Value {
	near := r.inBody() && !slices.ContainsFunc(columns, func(id relation.FieldID) bool {
		return id.Model != r.owner.ref || !r.declaredBefore(id.Field)
	})
	list := &facts.Value{Kind: facts.ListValue}
	for i, id := range columns {
		if slices.Contains(columns[:i], id) {
			continue // of an inherited table too
		}
		var column *facts.Value
		switch c := r.g().classes[id.Model]; {
		case near:
			column = dotted(id.Field)
		case c != nil:
			column = selected(c.registryName(), id.Field)
		case id.Model.Package == "" && len(r.g().tables[id.Model.Name]) == 1:
			column = selected(r.owner.tableText(r.g().tables[id.Model.Name][0]), "c."+id.Field)
		}
		if column == nil {
			return nil
		}
		list.Args = append(list.Args, *column)
	}
	switch {
	case near:
	case len(list.Args) == 1:
		list = asTextOf(&list.Args[0])
	default:
		list = asTextOf(list)
	}
	list.Key.Text = name
	return list
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
	f := r.class.bound(name)
	return f != nil && f.Name.Span.Start < r.name.Span.Start
}

// bound is what the body of the class binds a name to; nil for nothing. Columns of a Table
// in it, and those of an annotation alone, are attributes of the class, and no names of its
// body.
func (c *class) bound(name string) *facts.Field {
	for i := range c.decl.Type.Fields {
		if f := &c.decl.Type.Fields[i]; !f.Embedded && f.Name.Text == name && f.Value != nil {
			return f
		}
	}
	return nil
}

// link is what makes a pair of a relationship and the one among others that leads back over
// the same columns, where neither has an inverse. It is nothing where there is not just one.
func (r *relationship) link(others []*relationship) []relation.Remedy {
	var back *relationship
	for _, other := range others {
		switch {
		case !other.mirrors(r) || !other.mayBeLinked(r):
		case back != nil:
			return nil
		default:
			back = other
		}
	}
	if back == nil || !r.mayBeLinked(back) || slices.ContainsFunc(others, func(other *relationship) bool { return other.mirrors(back) }) {
		return nil
	}
	return []relation.Remedy{{
		// Where a condition joins them, one may be a part of the other.
		Sure: len(others) == 1 && !r.given("primaryjoin") && !back.given("primaryjoin") && !r.given("secondaryjoin") && !back.given("secondaryjoin"),
		Arguments: []relation.Argument{
			{Relation: r.id(), Name: "back_populates", Code: quote(back.name.Text)},
			{Relation: back.id(), Name: "back_populates", Code: quote(r.name.Text)},
		},
	}}
}

// unconflicted is what says of a relationship and others which write what it writes how they
// belong together: that they are a pair, that it is only read, or that it overlaps them.
func (r *relationship) unconflicted(others []*relationship) []relation.Remedy {
	remedies := r.link(others)
	if r.class != r.owner || r.maker != nil || r.unsure {
		return remedies
	}
	var names []string
	for _, other := range others {
		if name := other.name.Text; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	add := func(name, code string, v facts.Value) {
		if v.Key.Text = name; !r.given(name) && len(r.with(v).mistakes) == 0 {
			remedies = append(remedies, relation.Remedy{Arguments: []relation.Argument{{Relation: r.id(), Name: name, Code: code}}})
		}
	}
	if !r.given("back_populates") && !r.given("backref") {
		add("viewonly", "True", *dotted("True"))
	}
	overlaps := strings.Join(names, ",")
	add("overlaps", quote(overlaps), facts.Value{Kind: facts.TextValue, Name: facts.Slot{Text: overlaps}})
	return remedies
}

// mayBeLinked reports whether the relationship can be given another one for its inverse.
func (r *relationship) mayBeLinked(back *relationship) bool {
	return r.class == r.owner && r.maker == nil && r.inverse == nil && !r.given("back_populates") && !r.given("backref") &&
		!r.unsure && r.target.relationship(back.name.Text) == back && len(r.mistakes) == 0
}

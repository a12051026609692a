package sqlalchemy

import (
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// direction says where the foreign key of a relationship is.
type direction uint8

const (
	undirected direction = iota // it cannot be told, or there is a mistake
	oneToMany
	manyToOne
	manyToMany
)

var directions = [...]string{"", "ONETOMANY", "MANYTOONE", "MANYTOMANY"}

// relationship is one relationship of a mapped class.
type relationship struct {
	*attribute
	owner *class
	call  *facts.Value
	// unsure says that there may be arguments that cannot be seen.
	unsure bool

	target      *class
	targetValue *facts.Value // what names it
	direction   direction
	uselist     bool
	keys        []relation.Key // foreign key first
	secondary   *table
	joinKeys    []relation.JoinKey
	ownJoinKeys int

	written  []namedColumn // those that a text in foreign_keys names
	maker    *relationship // whose backref makes this one; nil for one that is written
	inverse  *relationship
	mistakes []relation.Mistake
}

// relate reads the relationships of all mapped classes: what each says, where it leads,
// how it joins, and then what they say of each other.
func (g *mappers) relate() {
	var all []*relationship
	for _, c := range g.order {
		if c.kind != mapped {
			continue
		}
		for _, a := range c.own() {
			if a.kind == relationshipAttribute {
				r := &relationship{attribute: a, owner: c, call: g.callOf(a)}
				c.relationships = append(c.relationships, r)
				all = append(all, r)
			}
		}
	}
	for _, r := range all {
		r.readArguments()
		r.findTarget()
	}
	for _, r := range all {
		r.join()
		if v := r.text("foreign_keys"); v != nil {
			r.written, _ = r.columnsOf(v)
		}
	}
	for _, r := range all {
		r.makeBackref()
	}
	for _, r := range all {
		r.populate()
	}
	for _, r := range all {
		r.checkPair()
	}
	for _, r := range all {
		if r.inverse != nil && r.inverse.inverse == nil && !r.inverse.given("back_populates") {
			r.inverse.inverse = r // named by one side, it is the inverse of both
		}
	}
}

// positional are the arguments that may go without their name, in order.
var positional = []string{"argument", "secondary"}

// arg is the argument of a name; nil for none.
func (r *relationship) arg(name string) *facts.Value {
	if v := r.call.Arg(name); v != nil {
		return v
	}
	for i, p := range positional {
		if p == name && i < len(r.call.Args) && r.call.Args[i].Key.Text == "" && !r.call.Args[i].Spread {
			return &r.call.Args[i]
		}
	}
	return nil
}

// given reports whether an argument is there and is not None.
func (r *relationship) given(name string) bool {
	v := r.arg(name)
	return v != nil && v.Dotted() != "None"
}

// says reports whether an argument is True.
func (r *relationship) says(name string) bool {
	v := r.arg(name)
	return v != nil && v.Dotted() == "True"
}

// readArguments notes arguments that cannot be seen, and those that exclude each other.
func (r *relationship) readArguments() {
	for i := range r.call.Args {
		r.unsure = r.unsure || r.call.Args[i].Spread
	}
	if r.given("backref") && r.given("back_populates") {
		v := r.arg("backref")
		r.wrong(relation.Mistake{Kind: relation.OptionConflict, Row: "sa5", Place: r.at(v.Key.Span),
			Text: "backref and back_populates exclude each other: one makes the inverse, the other names it"})
	}
	if v := r.arg("secondaryjoin"); v != nil && r.given("secondaryjoin") && !r.given("secondary") && !r.unsure {
		r.wrong(relation.Mistake{Kind: relation.OptionUnfit, Row: "sa33", Place: r.at(v.Key.Span),
			Text: "secondaryjoin is given without secondary"})
	}
}

// wrong notes a mistake of the relationship.
func (r *relationship) wrong(m relation.Mistake) {
	m.Field = r.id()
	r.mistakes = append(r.mistakes, m)
}

func (r *relationship) id() relation.FieldID {
	return relation.FieldID{Model: r.owner.ref, Field: r.name.Text}
}

// short is how messages name the relationship.
func (r *relationship) short() string { return r.id().Short() }

// text is the argument of a name where it is a string that is not empty.
func (r *relationship) text(name string) *facts.Value {
	if v := r.arg(name); v != nil && v.Kind == facts.TextValue && v.Name.Text != "" {
		return v
	}
	return nil
}

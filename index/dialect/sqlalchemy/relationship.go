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
	joining     *joining // nil while it is not known what is to be joined
	copied      []link   // what it writes, and from where
	one         bool     // its annotation is of one

	maker    *relationship // whose backref makes this one; nil for one that is written
	inverse  *relationship
	mistakes []relation.Mistake
	refused  bool // SQLAlchemy comes no further
}

// relate reads the relationships of all mapped classes: what each says, where it leads,
// how it joins, and then what they say of each other.
func (g *mappers) relate() {
	var all []*relationship
	for _, c := range g.order {
		if c.kind != mapped {
			continue
		}
		c.checkMixins()
		c.checkTable()
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
	}
	for _, r := range all {
		r.checkCascade()
		r.makeBackref()
	}
	for _, r := range all {
		r.populate()
	}
	for _, r := range all {
		r.checkPair()
	}
	g.checkOverlaps()
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

// viewonly reports whether the relationship is only read, which backref hands on; known is
// false where that cannot be told.
func (r *relationship) viewonly() (readOnly, known bool) {
	v := r.arg("viewonly")
	switch {
	case v == nil && r.maker != nil:
		return r.maker.viewonly()
	case v == nil:
		return false, true
	}
	switch v.Dotted() {
	case "True":
		return true, true
	case "False", "None":
		return false, true
	}
	return false, false
}

// readArguments notes arguments that cannot be seen, and those that are refused at once.
func (r *relationship) readArguments() {
	for i := range r.call.Args {
		r.unsure = r.unsure || r.call.Args[i].Spread
	}
	r.checkOptions()
	if r.given("backref") && r.given("back_populates") {
		v := r.arg("backref")
		r.refuse(relation.Mistake{Kind: relation.OptionConflict, Row: "sa5", Place: r.at(v.Key.Span),
			Text: "backref and back_populates exclude each other: one makes the inverse, the other names it"})
	}
	if v := r.arg("secondaryjoin"); v != nil && r.given("secondaryjoin") && !r.given("secondary") && !r.unsure {
		r.refuse(relation.Mistake{Kind: relation.OptionUnfit, Row: "sa33", Place: r.at(v.Key.Span),
			Text: "secondaryjoin is given without secondary"})
	}
}

// refuse notes a mistake behind which SQLAlchemy comes no further. What a mixin says wrongly
// is told of the first class that it is wrong for.
func (r *relationship) refuse(m relation.Mistake) {
	r.refused, r.direction = true, undirected
	r.warn(m)
}

// warn notes a mistake that SQLAlchemy puts up with.
func (r *relationship) warn(m relation.Mistake) {
	key := mistakeAt{m.Place, m.Kind}
	if r.g().told[key] {
		return
	}
	r.g().told[key] = true
	m.Field = r.id()
	r.mistakes = append(r.mistakes, m)
}

// mistakeAt is one mistake, wherever it is told of.
type mistakeAt struct {
	relation.Place
	relation.MistakeKind
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

package sqlalchemy

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// makeBackref makes the relationship that backref stands for (orm/relationships.py,
// _generate_backref).
func (r *relationship) makeBackref() {
	v := r.arg("backref")
	if v == nil || r.target == nil || !r.given("backref") {
		return
	}
	call, v := r.backrefCall(v)
	if v.Kind != facts.TextValue || v.Name.Text == "" {
		r.target.open = true // something will be there
		return
	}
	if other := r.inTheWay(v.Name.Text); other != nil {
		r.taken(v, other)
		return
	}
	if r.target.concrete && r.target.byName[v.Name.Text] != nil {
		return // which SQLAlchemy does not look at, and replaces
	}
	back := &relationship{
		attribute: &attribute{kind: relationshipAttribute, name: v.Name, class: r.target, file: r.file},
		owner:     r.target, target: r.owner, call: call, maker: r, inverse: r, secondary: r.secondary,
		refused: r.refused, unsure: r.unsure || r.direction == undirected,
	}
	r.inverse = back
	r.target.relationships = append(r.target.relationships, back)
	r.target.put(back.attribute)
	if s := call.Arg("secondaryjoin"); s != nil && s.Dotted() != "None" && r.direction != undirected && r.secondary == nil {
		r.refuse(relation.Mistake{Kind: relation.OptionUnfit, Row: "sa30", Place: r.at(s.Key.Span),
			Text: "the backref has a secondaryjoin, but there is no secondary"})
		back.refused = true
	}
	back.readArguments()
	if r.secondary != nil {
		back.direction = manyToMany
	}
	back.join()
	back.checkCascade()
}

// backrefCall takes backref("name", ...) apart: its arguments, and the name.
func (r *relationship) backrefCall(v *facts.Value) (call, name *facts.Value) {
	if v.Kind == facts.CallValue && r.g().library(r.file, v.Of) == "backref" && len(v.Args) > 0 && v.Args[0].Key.Text == "" {
		named := *v
		named.Args = slices.Clone(v.Args[1:])
		return &named, &v.Args[0]
	}
	return &facts.Value{}, v
}

// inTheWay is the property that the target, or a class that it inherits from or that
// inherits from it, has by the name of a backref; nil for none, and for one of which it
// cannot be told whether it is there first.
func (r *relationship) inTheWay(name string) *attribute {
	if r.target.concrete {
		return nil
	}
	if a := r.target.find(name); a != nil && a.isProperty() {
		if made := r.target.relationship(name); made == nil || made.maker == nil || made.file == r.file && made.maker != r {
			return a
		}
		return nil
	}
	for _, c := range r.g().order {
		if c.parent == nil || c.kind != mapped {
			continue // as nearly all: names are looked up in the others alone
		}
		if a := c.byName[name]; a != nil && a.isProperty() && c.inherits(r.target) {
			return a
		}
	}
	return nil
}

func (a *attribute) isProperty() bool {
	return a.kind == columnAttribute || a.kind == relationshipAttribute || a.kind == propertyAttribute
}

// inherits reports whether a class inherits from another one that is mapped, columns
// included.
func (c *class) inherits(from *class) bool {
	for range mostBases {
		if c == nil || c.concrete {
			return false
		}
		if c = c.parent; c == from {
			return true
		}
	}
	return false
}

// taken reports a backref whose name is in use.
func (r *relationship) taken(v *facts.Value, a *attribute) {
	r.refuse(relation.Mistake{Kind: relation.NameDuplicate, Row: "sa29", Place: r.at(v.Name.Span),
		Text:    "backref would make " + r.target.decl.Name.Text + "." + v.Name.Text + ", which is there already",
		Related: []relation.Related{{Place: a.place(), Text: a.class.decl.Name.Text + "." + v.Name.Text + " is declared here"}}})
}

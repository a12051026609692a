package sqlalchemy

import (
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// makeBackref makes the relationship that backref stands for (orm/relationships.py,
// _generate_backref).
func (r *relationship) makeBackref() {
	v := r.arg("backref")
	if v == nil || r.target == nil {
		return
	}
	call := &facts.Value{}
	if v.Kind == facts.CallValue && r.g().library(r.file, v.Of) == "backref" && len(v.Args) > 0 && v.Args[0].Key.Text == "" {
		call, v = v, &v.Args[0]
	}
	if v.Kind != facts.TextValue || v.Name.Text == "" {
		r.target.open = true // something will be there
		return
	}
	if a := r.target.find(v.Name.Text); a != nil {
		r.taken(v, a)
		return
	}
	for _, other := range r.target.relationships {
		if other.name.Text == v.Name.Text && other.maker != nil {
			return // the second of two: whichever is read first makes it
		}
	}
	back := &relationship{
		attribute: &attribute{kind: relationshipAttribute, name: v.Name, class: r.target, file: r.file},
		owner:     r.target, target: r.owner, call: call, maker: r, inverse: r,
		keys: r.keys, secondary: r.secondary,
	}
	switch r.direction {
	case oneToMany:
		back.direction = manyToOne
	case manyToOne:
		back.direction, back.uselist = oneToMany, true
	case manyToMany:
		back.direction, back.uselist = manyToMany, true
		back.joinKeys = append(append(back.joinKeys, r.joinKeys[r.ownJoinKeys:]...), r.joinKeys[:r.ownJoinKeys]...)
		back.ownJoinKeys = len(r.joinKeys) - r.ownJoinKeys
	}
	if call.Arg("uselist") != nil && call.Arg("uselist").Dotted() == "False" {
		back.uselist = false
	}
	r.inverse = back
	r.target.relationships = append(r.target.relationships, back)
	r.target.byName[v.Name.Text] = back.attribute
}

// taken reports a backref whose name the target has already.
func (r *relationship) taken(v *facts.Value, a *attribute) {
	if a.kind != columnAttribute && a.kind != relationshipAttribute && a.kind != propertyAttribute {
		return
	}
	r.wrong(relation.Mistake{Kind: relation.NameDuplicate, Row: "sa29", Place: r.at(v.Name.Span),
		Text:    "backref would make " + r.target.decl.Name.Text + "." + v.Name.Text + ", which is there already",
		Related: []relation.Related{{Place: a.place(), Text: r.target.decl.Name.Text + "." + v.Name.Text + " is declared here"}}})
}

// populate finds the relationship that back_populates names (_add_reverse_property).
func (r *relationship) populate() {
	v := r.text("back_populates")
	if v == nil || r.target == nil || len(r.mistakes) > 0 {
		return // SQLAlchemy comes no further
	}
	a := r.target.find(v.Name.Text)
	switch {
	case a == nil || a.kind == plainAttribute && a.value == nil && !a.described && a.annotation == nil:
		if !r.target.open {
			r.unknownInverse(v)
		}
		return
	case a.kind == columnAttribute || a.kind == propertyAttribute:
		r.wrong(relation.Mistake{Kind: relation.InverseNotRelation, Row: "sa19", Place: r.at(v.Name.Span), Name: v.Name.Text,
			Role: relation.BackPopulatesRole, Target: r.target.ref, Choices: r.candidates(),
			Text:    "back_populates names " + r.target.decl.Name.Text + "." + v.Name.Text + ", which is not a relationship",
			Related: []relation.Related{{Place: a.place(), Text: r.target.decl.Name.Text + "." + v.Name.Text + " is declared here"}}})
		return
	}
	if other := r.target.relationship(v.Name.Text); other != nil && other.target != nil {
		if !other.target.related(r.owner) {
			r.wrongModel(v, other)
			return
		}
		r.inverse = other
	}
}

// relationship is the one of a name, of the class or those it inherits from.
func (c *class) relationship(name string) *relationship {
	for range mostBases {
		if c == nil {
			break
		}
		for _, r := range c.relationships {
			if r.name.Text == name {
				return r
			}
		}
		c = c.parent
	}
	return nil
}

// candidates are the relationships of the target that lead back.
func (r *relationship) candidates() []string {
	var names []string
	for _, other := range r.target.relationships {
		if other != r && other.target != nil && other.target.related(r.owner) {
			names = append(names, other.name.Text)
		}
	}
	return names
}

func (r *relationship) unknownInverse(v *facts.Value) {
	r.wrong(relation.Mistake{Kind: relation.InverseUnknown, Row: "sa50", Place: r.at(v.Name.Span), Name: v.Name.Text,
		Role: relation.BackPopulatesRole, Target: r.target.ref, Choices: r.candidates(),
		Text: "back_populates names " + r.target.decl.Name.Text + "." + v.Name.Text + ", but " + r.target.decl.Name.Text + " has no such relationship"})
}

func (r *relationship) wrongModel(v *facts.Value, other *relationship) {
	r.wrong(relation.Mistake{Kind: relation.InverseWrongModel, Row: "sa20", Place: r.at(v.Name.Span), Name: v.Name.Text,
		Role: relation.BackPopulatesRole, Target: r.target.ref, Choices: r.candidates(),
		Text:    "back_populates names " + other.short() + ", which leads to " + other.target.decl.Name.Text + ", not back to " + r.owner.decl.Name.Text,
		Related: []relation.Related{{Place: other.place(), Text: other.short() + " leads to " + other.target.decl.Name.Text}}})
}

// checkPair looks at both sides of a pair that back_populates makes.
func (r *relationship) checkPair() {
	v := r.text("back_populates")
	if v == nil || r.inverse == nil || r.inverse.maker != nil {
		return
	}
	other := r.inverse
	switch {
	case r.direction == other.direction && (r.direction == oneToMany || r.direction == manyToOne):
		mutual := other.inverse == r && other != r
		if mutual && after(r, other) || !mutual && other != r && !r.configuredAfter(other) {
			return // told of the other one, or never compared
		}
		text := "back_populates names " + other.short() + ", but both are " + directions[r.direction]
		if r.direction == oneToMany && r.owner.related(r.target) {
			text += ": the many-to-one side needs remote_side"
		}
		r.wrong(relation.Mistake{Kind: relation.InverseSameKind, Row: "sa21", Place: r.at(v.Name.Span), Target: r.target.ref,
			Text: text, Related: []relation.Related{{Place: other.place(), Text: other.short() + " is " + directions[other.direction] + " too"}}})
	case !other.given("back_populates") && !other.given("backref") && !other.unsure && !r.says("viewonly") && !other.says("viewonly") && !r.unsure:
		r.wrong(relation.Mistake{Kind: relation.InverseOneSided, Place: r.at(v.Name.Span), Target: r.target.ref,
			Text:    "back_populates names " + other.short() + ", but " + other.short() + " does not name it back: what is set there does not show here until it is loaded again",
			Related: []relation.Related{{Place: other.place(), Text: other.short() + " names no inverse"}}})
	}
}

// configuredAfter reports whether SQLAlchemy comes to a relationship after it came to
// another, class by class as they are made: only then are the two compared, where one
// alone names the other. In which order modules are imported is not known.
func (r *relationship) configuredAfter(other *relationship) bool {
	if r.owner == other.owner {
		return after(r, other)
	}
	return r.owner.file == other.owner.file && r.owner.decl.Name.Span.Start > other.owner.decl.Name.Span.Start
}

// after reports whether a relationship stands behind another in the source.
func after(r, other *relationship) bool {
	if r.file.Path != other.file.Path {
		return r.file.Path > other.file.Path
	}
	return r.name.Span.Start > other.name.Span.Start
}

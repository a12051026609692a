package sqlalchemy

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// populate finds the relationship that back_populates names (_add_reverse_property).
func (r *relationship) populate() {
	if v := r.arg("back_populates"); v != nil && !r.refused && (v.Kind == facts.NumberValue || v.Kind == facts.ListValue || v.Kind == facts.MapValue || v.Dotted() == "True") {
		r.refuse(relation.Mistake{Kind: relation.ValueInvalid, Row: "sa31", Place: r.at(v.Span), Text: "back_populates must be the name of a relationship"})
		return
	}
	v := r.text("back_populates")
	if v == nil || r.target == nil || r.refused {
		return // SQLAlchemy comes no further
	}
	a := r.target.find(v.Name.Text)
	switch {
	case a == nil || a.kind == plainAttribute && a.value == nil && !a.described && a.annotation == nil:
		if !r.target.open {
			r.unknownInverse(v)
		}
		return
	case a.kind == columnAttribute || a.kind == propertyAttribute || a.kind == relationshipAttribute && r.target.passes(a):
		why := ", which is not a relationship"
		if a.kind == relationshipAttribute {
			why = ", which " + r.target.decl.Name.Text + " does not inherit: it is mapped to a table of its own alone"
		}
		r.refuse(relation.Mistake{Kind: relation.InverseNotRelation, Row: "sa19", Place: r.at(v.Name.Span), Name: v.Name.Text,
			Role: relation.BackPopulatesRole, Target: r.target.ref, Choices: r.candidates(),
			Text:    "back_populates names " + r.target.decl.Name.Text + "." + v.Name.Text + why,
			Related: []relation.Related{{Place: a.place(), Text: r.target.decl.Name.Text + "." + v.Name.Text + " is declared here"}}})
		return
	}
	if other := r.target.relationship(v.Name.Text); other != nil && other.target != nil {
		switch {
		case other.maker != nil && other.maker != r && other.maker.configuredAfter(r):
			r.refuse(relation.Mistake{Kind: relation.InverseUnknown, Row: "sa50", Place: r.at(v.Name.Span), Name: v.Name.Text,
				Text:    "back_populates names " + other.short() + ", which " + other.maker.short() + " makes too late",
				Related: []relation.Related{{Place: other.place(), Text: other.short() + " is made by the backref of " + other.maker.short()}}})
		case r.readOnlySync(other) || other.readOnlySync(r):
		case !other.target.related(r.owner):
			r.wrongModel(v, other)
		default:
			r.inverse = other
		}
	}
}

// readOnlySync reports that one side is to be kept up to date with another that is only
// read.
func (r *relationship) readOnlySync(other *relationship) bool {
	v := r.arg("sync_backref")
	if readOnly, known := other.viewonly(); !readOnly || !known || !r.says("sync_backref") {
		return false
	}
	r.refuse(relation.Mistake{Kind: relation.OptionConflict, Row: "sa18", Place: r.at(v.Key.Span),
		Text:    "sync_backref=True, but " + other.short() + " is viewonly",
		Related: []relation.Related{{Place: other.place(), Text: other.short() + " is declared here"}}})
	return true
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
		if c.concrete {
			break // where what is inherited is another thing
		}
		c = c.parent
	}
	return nil
}

// passes reports whether the class, or one that it inherits from, is mapped to a table of
// its own alone and so has no property of its own for a relationship that it inherits.
func (c *class) passes(a *attribute) bool {
	for range mostBases {
		if c == nil || c.parent == nil || c.byName[a.name.Text] == a || slices.Contains(c.own(), a) {
			break
		}
		if c.concrete {
			return true
		}
		c = c.parent
	}
	return false
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
	r.refuse(relation.Mistake{Kind: relation.InverseUnknown, Row: "sa50", Place: r.at(v.Name.Span), Name: v.Name.Text,
		Role: relation.BackPopulatesRole, Target: r.target.ref, Choices: r.candidates(),
		Text: "back_populates names " + r.target.decl.Name.Text + "." + v.Name.Text + ", but " + r.target.decl.Name.Text + " has no such relationship"})
}

func (r *relationship) wrongModel(v *facts.Value, other *relationship) {
	r.refuse(relation.Mistake{Kind: relation.InverseWrongModel, Row: "sa20", Place: r.at(v.Name.Span), Name: v.Name.Text,
		Role: relation.BackPopulatesRole, Target: r.target.ref, Choices: r.candidates(),
		Text:    "back_populates names " + other.short() + ", which leads to " + other.target.decl.Name.Text + ", not back to " + r.owner.decl.Name.Text,
		Related: []relation.Related{{Place: other.place(), Text: other.short() + " leads to " + other.target.decl.Name.Text}}})
}

// checkPair looks at both sides of a pair that back_populates or backref makes.
func (r *relationship) checkPair() {
	v := r.text("back_populates")
	if v == nil {
		v = r.arg("backref")
	}
	other := r.inverse
	if v == nil || other == nil || r.maker != nil || r.refused || other.refused {
		return
	}
	at := r.at(v.Name.Span)
	if v.Kind != facts.TextValue {
		at = r.at(v.Key.Span)
	}
	switch {
	case r.direction == undirected || other.direction == undirected:
	case r.direction == other.direction && r.direction != manyToMany:
		r.sameDirection(at, other)
	case (r.direction == manyToMany) != (other.direction == manyToMany):
		if after(r, other) && other.inverse == r {
			return // told of the other one
		}
		r.warn(relation.Mistake{Kind: relation.KeysApart, Place: at, Target: r.target.ref,
			Text:    "back_populates names " + other.short() + ", but " + r.short() + " is " + r.kept() + ", and " + other.short() + " " + other.kept(),
			Related: []relation.Related{{Place: other.place(), Text: other.short() + " is " + other.kept()}}})
	case other.maker != nil:
	default:
		r.checkBack(at, other)
	}
}

// kept says where the relationship keeps what it leads to.
func (r *relationship) kept() string {
	if r.direction == manyToMany {
		return "kept by the rows of " + r.secondary.name
	}
	if len(r.keys) == 0 {
		return "kept by no key"
	}
	return "kept by " + r.keys[0].ForeignKey.Short()
}

// sameDirection reports a pair of which both sides hold the key, or neither does. SQLAlchemy
// looks at it when it comes to the second of the two.
func (r *relationship) sameDirection(at relation.Place, other *relationship) {
	verb := "back_populates names "
	if other.maker == r {
		verb = "backref makes "
	} else if mutual := other.inverse == r && other != r; mutual && after(r, other) {
		return // told of the other one
	} else if !mutual && other != r && !r.configuredAfter(other) {
		r.checkBack(at, other) // never compared
		return
	}
	text := verb + other.short() + ", but both are " + directions[r.direction]
	if r.direction == oneToMany && r.owner.related(r.target) {
		text += ": the many-to-one side needs remote_side"
	}
	m := relation.Mistake{Kind: relation.InverseSameKind, Row: "sa21", Place: at, Target: r.target.ref, Text: text, Remedies: r.remoteSide(other)}
	if other.place() != at {
		m.Related = []relation.Related{{Place: other.place(), Text: other.short() + " is " + directions[other.direction] + " too"}}
	}
	r.warn(m)
}

// checkBack looks at what back_populates names, where the two can be a pair.
func (r *relationship) checkBack(at relation.Place, other *relationship) {
	ours, known := r.viewonly()
	theirs, also := other.viewonly()
	switch {
	case !known || !also || r.unsure || other.unsure:
	case !ours && theirs:
		r.checkReadOnly(at, other)
	case !ours && !other.given("back_populates") && !other.given("backref"):
		r.warn(relation.Mistake{Kind: relation.InverseOneSided, Place: at, Target: r.target.ref, Remedies: r.nameBack(other),
			Text:    "back_populates names " + other.short() + ", but " + other.short() + " does not name it back: what is set there does not show here until it is loaded again",
			Related: []relation.Related{{Place: other.place(), Text: other.short() + " names no inverse"}}})
	}
}

// checkReadOnly reports that a writable relationship has one for its inverse that is only
// read, beside another that is written and has no other.
func (r *relationship) checkReadOnly(at relation.Place, other *relationship) {
	for _, sibling := range r.target.relationships {
		if readOnly, known := sibling.viewonly(); sibling == other || sibling.inverse != nil && sibling.inverse != r || readOnly || !known || sibling.unsure || !sibling.mirrors(r) {
			continue
		}
		r.warn(relation.Mistake{Kind: relation.InverseReadOnly, Place: at, Target: r.target.ref, Name: other.name.Text, Meant: sibling.name.Text,
			Role:    relation.BackPopulatesRole,
			Text:    "back_populates names " + other.short() + ", which is viewonly: " + sibling.short() + " writes the same columns, and does not learn what is set here",
			Related: []relation.Related{{Place: sibling.place(), Text: sibling.short() + " is declared here"}}})
		return
	}
}

// mirrors reports whether two relationships lead to each other's class and write the same
// columns.
func (r *relationship) mirrors(other *relationship) bool {
	if r.target == nil || !r.target.related(other.owner) || len(r.copied) == 0 || len(r.copied) != len(other.copied) || r.direction == other.direction && r.direction != manyToMany {
		return false
	}
	return !slices.ContainsFunc(r.copied, func(l link) bool { return !slices.Contains(other.copied, l) })
}

// configuredAfter reports whether SQLAlchemy comes to a relationship after it came to
// another, class by class as they are made: only then are the two compared, where one
// alone names the other. In which order modules are imported is not known.
func (r *relationship) configuredAfter(other *relationship) bool {
	if r.owner == other.owner {
		return after(r, other)
	}
	if r.owner.isA(other.owner) {
		return true // what it inherits from must be there
	}
	return r.owner.declaredAfter(other.owner)
}

// after reports whether a relationship stands behind another in the source.
func after(r, other *relationship) bool {
	if r.file.Path != other.file.Path {
		return r.file.Path > other.file.Path
	}
	return r.name.Span.Start > other.name.Span.Start
}

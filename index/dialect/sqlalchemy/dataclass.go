package sqlalchemy

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// checkDataclass looks at the default of a relationship in a class that is mapped as a
// dataclass. SQLAlchemy 2.1 refuses when it maps the class what 2.0 stumbles over when an
// instance is made, or passes over.
func (r *relationship) checkDataclass() {
	if !r.owner.isDataclass() {
		return
	}
	collection := ""
	if inner, ok := r.g().annotated(r.attribute); ok {
		collection = collectionOf(inner)
	}
	if v := r.arg("default"); v != nil {
		constant := v.Kind == facts.NumberValue || v.Kind == facts.TextValue || v.Kind == facts.ListValue || v.Kind == facts.MapValue || v.Dotted() == "True" || v.Dotted() == "False"
		kind := relation.ValueUnknown // 2.0 passes it over where there is one
		if collection != "" {
			kind = relation.ValueInvalid
		}
		switch {
		case constant:
			r.warn(relation.Mistake{Kind: kind, Row: "sa1", Place: r.at(v.Span), Text: "the default of a relationship can only be None"})
		case v.Dotted() == "None" && collection != "":
			r.warn(relation.Mistake{Kind: kind, Row: "sa32", Place: r.at(v.Span),
				Text: "None is the default of a relationship to one: a collection has default_factory=" + collection})
		}
	}
	v := r.arg("default_factory")
	if v == nil || collection == "" || r.given("collection_class") || v.Dotted() == collection || !builtin[v.Dotted()] {
		return
	}
	r.warn(relation.Mistake{Kind: relation.ValueInvalid, Row: "sa25", Place: r.at(v.Span), Name: v.Dotted(), Meant: collection,
		Text: "default_factory makes a " + v.Dotted() + ", and the relationship holds a " + collection})
}

var builtin = map[string]bool{"list": true, "set": true, "dict": true, "tuple": true, "frozenset": true}

// collectionOf is the builtin type that an annotation makes the collection, "" for none.
func collectionOf(v *facts.Value) string {
	if v.Kind != facts.IndexValue {
		return ""
	}
	of := v.Of.Dotted()
	switch of[strings.LastIndexByte(of, '.')+1:] {
	case "List", "list":
		return "list"
	case "Set", "set":
		return "set"
	}
	return ""
}

// isDataclass reports whether the class is mapped as a dataclass of SQLAlchemy's.
func (c *class) isDataclass() bool { return c.dataclassWithin(0) }

func (c *class) dataclassWithin(depth int) bool {
	if c.dataclass || depth > mostBases {
		return c.dataclass
	}
	for _, base := range c.bases {
		if base.dataclassWithin(depth + 1) {
			return true
		}
	}
	return false
}

// isModern reports whether the class is certainly mapped by SQLAlchemy 2.0 or newer: by
// what only that has.
func (c *class) isModern() bool {
	for _, other := range c.g.order {
		if other.registry == c.registry && (other.modern || other.declaresModern()) {
			return true
		}
	}
	return false
}

func (c *class) declaresModern() bool {
	for _, a := range c.attributes {
		if a.kind == columnAttribute && (a.value == nil || a.value.Kind == facts.CallValue && c.g.library(c.file, a.value.Of) == "mapped_column") {
			return true
		}
	}
	return false
}

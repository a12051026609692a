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
		switch v := a.value; {
		case a.kind != columnAttribute:
		case v == nil && a.annotation != nil, v != nil && v.Kind == facts.CallValue && c.g.library(c.file, v.Of) == "mapped_column":
			return true
		}
	}
	return false
}

// inField is what a field of a dataclass of Python's carries for SQLAlchemy, where the class
// says under which key its metadata holds that, else the value itself:
//
//	__sa_dataclass_metadata_key__ = "sa"
//	id: int = field(init=False, metadata={"sa": Column(Integer, primary_key=True)})
func (c *class) inField(v *facts.Value) *facts.Value {
	if v == nil || v.Kind != facts.CallValue || v.Callee().Text != "field" {
		return v
	}
	key, metadata := c.metadataKey(0), v.Arg("metadata")
	if key == "" || metadata == nil || metadata.Arg(key) == nil {
		return v
	}
	carried := *metadata.Arg(key)
	carried.Key = facts.Slot{}
	return &carried
}

// metadataKey is the key that the class names, or one of its bases; "" for none.
func (c *class) metadataKey(depth int) string {
	for i := range c.decl.Type.Fields {
		if f := &c.decl.Type.Fields[i]; f.Name.Text == "__sa_dataclass_metadata_key__" && f.Value != nil && f.Value.Kind == facts.TextValue {
			return f.Value.Name.Text
		}
	}
	for _, base := range c.bases {
		if depth < mostBases && base.decl != nil && base.kind != mapped {
			if key := base.metadataKey(depth + 1); key != "" {
				return key
			}
		}
	}
	return ""
}

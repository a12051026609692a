package sqlalchemy

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Collections, by the last part of the name of their type: those that SQLAlchemy makes
// itself, those that cannot be made at all, and those that it makes and cannot fill.
var (
	collections = map[string]bool{"List": true, "list": true, "Set": true, "set": true}
	abstracts   = map[string]bool{
		"Sequence": true, "Collection": true, "MutableSequence": true, "AbstractSet": true, "MutableSet": true, "Mapping": true, "MutableMapping": true,
	}
	closed = map[string]bool{
		"Dict": true, "dict": true, "Tuple": true, "tuple": true, "FrozenSet": true, "frozenset": true,
	}
)

// readAnnotation reads what Mapped[...] says of the relationship: whether it is to one, and
// what names the target, nil where that cannot be told
// (orm/relationships.py, RelationshipProperty.declarative_scan).
func (r *relationship) readAnnotation() *facts.Value {
	v, ok := r.g().annotated(r.attribute)
	if !ok {
		r.checkContainer(v)
		return nil
	}
	collected := r.given("collection_class") || !r.class.sqlmodel && r.g().library(r.file, r.container()) != "Mapped"
	r.one = !collected
	v = optional(v)
	if v == nil || v.Kind != facts.IndexValue {
		r.checkBare(v)
		return v
	}
	of := lastPart(v.Of.Dotted())
	switch {
	case of == "Annotated" || len(v.Args) == 0:
		return nil
	case r.g().lookup(r.file, v.Of) != nil:
		r.one = false
		return nil // a generic class of the workspace's own
	case abstracts[of] || closed[of]:
		if !r.given("collection_class") && !r.class.sqlmodel {
			r.unfilled(v, of)
		}
		r.one = false
	case collections[of]:
		r.one = false
	}
	inner := &v.Args[0]
	if strings.HasSuffix(of, "Mapping") || of == "Dict" || of == "dict" {
		inner = &v.Args[len(v.Args)-1]
	}
	if inner.Kind == facts.TextValue || inner.Dotted() != "" {
		return inner
	}
	return nil
}

// checkContainer reports an annotation that says what a relationship holds outside of
// Mapped[...], where DeclarativeBase makes SQLAlchemy read it
// (orm/util.py, _extract_mapped_subtype).
func (r *relationship) checkContainer(v *facts.Value) {
	root := r.g().classes[r.owner.registry]
	if v == nil || root == nil || !root.modern || r.owner.open || r.owner.find("__allow_unmapped__") != nil {
		return
	}
	of := v
	switch {
	case v.Kind == facts.IndexValue:
		of = v.Of
	case v.Kind == facts.TextValue:
		of = &facts.Value{Kind: facts.NamedValue, Name: v.Name}
	}
	name := lastPart(of.Dotted())
	if held := r.g().lookup(r.file, of); !collections[name] && !closed[name] && !abstracts[name] && name != "Optional" && (held == nil || held.kind != mapped) {
		return
	}
	r.refuse(relation.Mistake{Kind: relation.ShapeUnfit, Place: r.at(r.annotation.Span),
		Text: "the annotation is read, and must stand in Mapped[...]"})
}

// container is the generic type around the annotation: Mapped.
func (r *relationship) container() *facts.Value {
	v := r.annotation
	if v.Kind == facts.TextValue {
		v = v.Of
	}
	return v.Of
}

// optional takes what only says that there may be none off an annotation; nil for what
// cannot be told.
func optional(v *facts.Value) *facts.Value {
	for range mostBases {
		inner := v
		if v.Kind == facts.TextValue && v.Of != nil && v.Of.Kind != facts.SelectedValue {
			inner = v.Of
		}
		of := ""
		if inner.Kind == facts.IndexValue {
			of = lastPart(inner.Of.Dotted())
		}
		switch {
		case inner.Kind == facts.OperatorValue && inner.Name.Text == "|", of == "Union" && len(inner.Args) == 2:
			switch {
			case inner.Args[0].Dotted() == "None":
				v = &inner.Args[1]
			case inner.Args[1].Dotted() == "None":
				v = &inner.Args[0]
			default:
				return nil
			}
		case of == "Optional" && len(inner.Args) == 1:
			v = &inner.Args[0]
		case v.Kind == facts.TextValue || v.Dotted() != "" || v.Kind == facts.IndexValue:
			return v
		default:
			return nil
		}
	}
	return nil
}

func lastPart(dotted string) string { return dotted[strings.LastIndexByte(dotted, '.')+1:] }

// checkBare reports a collection of which it is not said what it holds.
func (r *relationship) checkBare(v *facts.Value) {
	if v == nil || v.Kind == facts.TextValue || r.class.sqlmodel || r.g().lookup(r.file, v) != nil {
		return
	}
	name := lastPart(v.Dotted())
	upper := name != strings.ToLower(name)
	if !collections[name] && !closed[name] || !upper && r.arg("argument") != nil {
		return // that of the language is passed over beside an argument
	}
	r.refuse(relation.Mistake{Kind: relation.ShapeUnfit, Row: "sa24", Place: r.at(v.Span),
		Text: "the annotation does not say what the " + name + " holds"})
}

// unfilled reports a collection that SQLAlchemy cannot make, or cannot fill.
func (r *relationship) unfilled(v *facts.Value, of string) {
	m := relation.Mistake{Kind: relation.ShapeUnfit, Place: r.at(v.Of.Span),
		Text: "nothing can be added to a " + of + ": collection_class must say what the relationship is kept in"}
	if abstracts[of] {
		m.Row, m.Text = "sa23", "a "+of+" cannot be made: annotate a list or a set, or say by collection_class what to make"
	}
	r.refuse(m)
}

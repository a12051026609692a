package sqlalchemy

import (
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// attributeKind says what an attribute of a class is.
type attributeKind uint8

const (
	unknownAttribute      attributeKind = iota // it may be anything
	columnAttribute                            // Column, mapped_column, or an annotation alone
	relationshipAttribute                      // relationship
	propertyAttribute                          // another property of a mapper: synonym, column_property
	plainAttribute                             // no business of SQLAlchemy's
)

// attribute is one name that a class declares.
type attribute struct {
	kind       attributeKind
	name       facts.Slot
	class      *class // that declares it
	file       *facts.File
	value      *facts.Value // nil for none
	annotation *facts.Value
	described  bool // by a method, with @declared_attr
	optional   bool // declared under a condition
}

// place is where the name stands; nowhere for what a library brings.
func (a *attribute) place() relation.Place {
	if a.file == nil {
		return relation.Place{}
	}
	return relation.Place{File: a.file.Path, Span: a.name.Span}
}

// at is the place of a stretch of the attribute's file.
func (a *attribute) at(span facts.Span) relation.Place {
	return relation.Place{File: a.file.Path, Span: span}
}

// properties are the library's functions that make properties of a mapper other than
// columns and relationships.
var properties = map[string]bool{
	"column_property": true, "synonym": true, "composite": true, "query_expression": true, "deferred": true, "dynamic_loader": true,
}

// proxies are those of which a mapper knows nothing.
var proxies = map[string]bool{"association_proxy": true, "hybrid_property": true}

// readAttributes reads what the class and those that it inherits from declare, each once.
func (c *class) readAttributes() {
	if c.told {
		return
	}
	c.told = true
	for _, base := range c.bases {
		base.readAttributes()
	}
	done := c.g.looking()
	defer func() { c.keepAttributes(done()) }()
	for i := range c.decl.Type.Fields {
		f := &c.decl.Type.Fields[i]
		if f.Embedded {
			continue
		}
		a := &attribute{name: f.Name, class: c, file: c.file, value: c.inField(f.Value), annotation: f.Annotation}
		a.kind = c.g.kindOf(a)
		c.add(a)
		if f.Optional {
			a.kind, a.optional = unknownAttribute, true
		}
	}
	for i := range c.file.Methods {
		m := &c.file.Methods[i]
		if m.Receiver == c.ref.Name {
			c.add(c.method(m))
		}
	}
}

// add adds an attribute. Of several of one name the last counts, as it does in Python.
func (c *class) add(a *attribute) {
	c.put(a)
	c.attributes = append(c.attributes, a)
}

// put lets a name of the class stand for an attribute, declared or not.
func (c *class) put(a *attribute) {
	c.unshare()
	c.gathered = nil
	c.byName[a.name.Text] = a
}

// method is the attribute that a method is: what it returns, if it is a declared_attr.
func (c *class) method(m *facts.Method) *attribute {
	a := &attribute{kind: plainAttribute, name: m.Name, class: c, file: c.file}
	for i := range m.Decorators {
		d := &m.Decorators[i]
		if c.g.library(c.file, d) == "declared_attr" || d.Kind == facts.SelectedValue && c.g.library(c.file, d.Of) == "declared_attr" {
			a.described = true
		}
	}
	switch {
	case !a.described && len(m.Decorators) > 0:
		a.kind = plainAttribute
	case a.described && m.Returns == nil:
		a.kind = unknownAttribute
	case a.described:
		a.value = &m.Returns.Value
		a.kind = c.g.kindOf(a)
	}
	return a
}

// kindOf tells what an attribute is from its value, or else from its annotation.
func (g *mappers) kindOf(a *attribute) attributeKind {
	v := a.value
	if v == nil {
		if _, ok := g.annotated(a); ok {
			return columnAttribute // nobody annotates a relationship and says no more
		}
		return plainAttribute
	}
	switch v.Kind {
	case facts.CallValue:
		switch called := g.library(a.file, v.Of); {
		case called == "relationship" || called == "Relationship" || called == "relation" || called == "dynamic_loader":
			return relationshipAttribute
		case called == "Column" || called == "mapped_column" || called == "Field":
			return columnAttribute
		case (called == "deferred" || called == "column_property") && len(v.Args) > 0 && v.Args[0].Kind == facts.CallValue &&
			g.library(a.file, v.Args[0].Of) == "Column":
			return columnAttribute
		case properties[called]:
			return propertyAttribute
		case proxies[called]:
			return plainAttribute
		}
		return unknownAttribute
	case facts.TextValue, facts.ListValue, facts.MapValue:
		return plainAttribute
	case facts.NamedValue:
		switch v.Name.Text {
		case "True", "False", "None":
			return plainAttribute
		}
	}
	return unknownAttribute
}

// annotated is what stands in the brackets of the annotation Mapped[...] of an attribute;
// false where it has none.
func (g *mappers) annotated(a *attribute) (*facts.Value, bool) {
	v := a.annotation
	if v == nil {
		return nil, false
	}
	if v.Kind == facts.TextValue && v.Of != nil {
		v = v.Of
	}
	if v.Kind == facts.IndexValue && len(v.Args) == 1 {
		switch g.library(a.file, v.Of) {
		case "Mapped", "DynamicMapped", "WriteOnlyMapped":
			return &v.Args[0], true
		}
	}
	return v, a.class.sqlmodel && a.kind == relationshipAttribute
}

// extend adds the attributes that classes get outside of their declaration, in all files
// that declare something.
func (g *mappers) extend() {
	for _, s := range g.modules {
		file := s.file
		for j := range file.Extensions {
			e := &file.Extensions[j]
			c := g.lookup(file, &e.Of)
			if c == nil || e.Field.Name.Text == "" {
				continue
			}
			a := &attribute{name: e.Field.Name, class: c, file: file, value: e.Field.Value}
			if a.kind = g.kindOf(a); a.kind == plainAttribute || e.Field.Optional {
				a.kind = unknownAttribute
			}
			c.readAttributes()
			c.add(a)
		}
	}
}

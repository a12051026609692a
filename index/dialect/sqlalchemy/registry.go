package sqlalchemy

import "github.com/rells-dev/rells/index/facts"

// Texts are looked up in the registry of a class. A root makes one of its own, or is given
// one that others may have too:
//
//	Base = mapper_registry.generate_base()
//
//	class Base(DeclarativeBase):
//	    registry = mapper_registry

// generators are the functions of the library that return a root.
var generators = []string{"declarative_base", "registry.generate_base"}

// registryMade is the registry of the root that a call of a generator returns; made is what
// is called after it.
func (g *mappers) registryMade(file *facts.File, call *facts.Value, made facts.Ref) facts.Ref {
	if call.Of.Kind == facts.SelectedValue {
		if registry, ok := g.variable(file, call.Of.Of, "registry"); ok {
			return registry.Ref()
		}
	}
	if call.Arg("class_registry") != nil {
		g.share(made)
	}
	return made
}

// readRegistry takes the registry that a root is given.
func (c *class) readRegistry() {
	a := c.byName["registry"]
	if a == nil || a.value == nil || a.value.Kind == facts.CallValue && c.g.library(a.file, a.value.Of) == "registry" {
		return
	}
	if registry, ok := c.g.variable(a.file, a.value, "registry"); ok {
		c.registry = registry.Ref()
		return
	}
	c.g.share(c.registry)
}

// share notes that there may be several roots of a registry.
func (g *mappers) share(registry facts.Ref) {
	g.shared[registry] = true
	if last := len(g.looks) - 1; last >= 0 {
		g.looks[last].shared = append(g.looks[last].shared, registry)
	}
}

// apart reports whether two registries are certainly not one.
func (g *mappers) apart(one, other facts.Ref) bool {
	return one != other && !one.IsZero() && !other.IsZero() && !g.shared[one] && !g.shared[other]
}

// decorator reads @registry.mapped and its like.
func (c *class) decorator(v *facts.Value) {
	called := v
	if v.Kind == facts.CallValue {
		v = v.Of
	}
	if v.Kind == facts.CallValue {
		return
	}
	if called != v && c.g.library(c.file, v) == "as_declarative" {
		c.kind, c.registry = root, c.g.registryMade(c.file, called, c.ref)
		return
	}
	if v.Kind != facts.SelectedValue {
		return
	}
	registry, ok := c.g.variable(c.file, v.Of, "registry")
	switch {
	case !ok:
	case v.Name.Text == "mapped" || v.Name.Text == "mapped_as_dataclass":
		c.inherit(registry.Ref(), "decorated with "+v.Dotted())
		c.dataclass = c.dataclass || v.Name.Text == "mapped_as_dataclass"
	case v.Name.Text == "as_declarative_base":
		c.kind, c.registry = root, registry.Ref()
	}
}

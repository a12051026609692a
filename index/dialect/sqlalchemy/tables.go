package sqlalchemy

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// Which table a name means, among those of all registries.

// registryOf is the root whose metadata a value is: Base.metadata; zero where that cannot
// be told.
func (g *mappers) registryOf(file *facts.File, v *facts.Value) facts.Ref {
	if v.Kind != facts.SelectedValue || v.Name.Text != "metadata" {
		return facts.Ref{}
	}
	if c := g.lookup(file, v.Of); c != nil {
		return c.registry
	}
	if t, ok := g.variable(file, v.Of, "declarative_base", "SQLAlchemy", "registry"); ok {
		return t.Ref()
	}
	if t, ok := g.variable(file, v.Of, "registry.generate_base"); ok {
		at, d := t.Decl()
		return g.registryMade(at, d.Value, t.Ref())
	}
	return facts.Ref{}
}

// ofClass is the class of which a value is the table, or a variable that holds it; nil for
// none: Link.__table__.
func (g *mappers) ofClass(file *facts.File, v *facts.Value) *class {
	if v.Kind == facts.NamedValue {
		t, ok := g.resolve(file, v.Name.Text)
		if !ok {
			return nil
		}
		at, d := t.Decl()
		if d == nil || d.Value == nil {
			return nil
		}
		file, v = at, d.Value
	}
	if v.Kind == facts.SelectedValue && v.Name.Text == "__table__" {
		return g.lookup(file, v.Of)
	}
	return nil
}

// tableNamed is the table that a text names to a class: the one of its registry, or else
// the only one there is; nil where that cannot be told.
func (c *class) tableNamed(name string) *table {
	var own, others []*table
	for _, t := range c.g.tables[name] {
		if t.registry == c.registry && !t.registry.IsZero() {
			own = append(own, t)
		} else {
			others = append(others, t)
		}
	}
	switch {
	case len(own) == 1:
		return own[0]
	case len(own) == 0 && len(others) == 1:
		return others[0]
	}
	return nil
}

// leadsTo reports whether a constraint leads to a table.
func (c *constraint) leadsTo(t *table) bool {
	switch {
	case c.toClass != nil:
		return c.toClass.table == t
	case t.name == "":
		return t.mayBe(c.to)
	}
	return c.to == t.name
}

// mayBe reports whether a table whose name is computed is the one that a foreign key
// names: it is called after its class in one of the ways in which names are computed, and
// no other table has the name. Nothing is ever wrong with such a table.
func (t *table) mayBe(name string) bool {
	if t.class == nil {
		return false
	}
	if t.computed[0] == "" {
		class := t.class.decl.Name.Text
		t.computed = [...]string{strings.ToLower(class), snake(class)}
	}
	singular := strings.TrimSuffix(name, "s")
	for _, one := range t.computed {
		if name == one || singular == one {
			return t.elsewhere(name) || len(t.class.g.tables[name]) == 0
		}
	}
	return false
}

// elsewhere reports whether all tables of a name are in other registries than that of the
// table, which is known, as are theirs.
func (t *table) elsewhere(name string) bool {
	return !t.registry.IsZero() && !slices.ContainsFunc(t.class.g.tables[name], func(other *table) bool {
		return other.registry.IsZero() || other.registry == t.registry
	})
}

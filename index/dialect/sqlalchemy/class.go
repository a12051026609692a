package sqlalchemy

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// classKind says what a class is to SQLAlchemy.
type classKind uint8

const (
	plain    classKind = iota // certainly not mapped; it may be a mixin
	unclear                   // it has a base of which nothing is known
	root                      // what declarative_base() returns, or stands for
	abstract                  // inherits from a root, and is not mapped itself
	mapped
)

// class is one class.
type class struct {
	g      *mappers
	file   *facts.File
	decl   *facts.Decl
	ref    facts.Ref
	kind   classKind
	reason string // why it is mapped

	bases []*class
	// open says that there may be attributes that cannot be seen, of the class or a base.
	open bool
	// lost says that it has a base that is not found, or is computed: one of the workspace's
	// own, perhaps.
	lost     bool
	registry facts.Ref // the root in whose registry it is; zero for one that is not known
	parent   *class    // the mapped class from which it inherits
	// tableNames gives a table the name that a base gives it; nil for none.
	tableNames func(class string) string
	flask      bool     // it inherits from the Model of Flask-SQLAlchemy
	sqlmodel   bool     // it inherits from SQLModel
	schema     bool     // it inherits from a table of SQLModel, which is as much as no table
	mapping    *mapping // that maps it apart from its declaration; nil for none
	dataclass  bool     // MappedAsDataclass is among its bases, or it is decorated likewise
	modern     bool     // it has a base that only SQLAlchemy 2.0 has
	concrete   bool     // its rows are of its own table alone
	whole      bool     // all of its bases have been read
	told       bool     // its attributes have been read
	kept       *reading // nil while it is being read
	shared     bool     // attributes and byName are those of kept

	attributes []*attribute // of the class itself, in source order
	byName     map[string]*attribute
	gathered   []*attribute // what own returns, once that stays as it is
	table      *table       // its own, or that of the parent

	mistakes []relation.Mistake // of the class, not of one of its relationships

	relationships []*relationship // of the class, of its mixins and made by backref
	named         []relation.Mention
}

// class reads a class and all its bases, each once.
func (g *mappers) class(t facts.Type) *class {
	file, decl := t.Decl()
	return g.declared(file, declaration{t.Ref(), decl})
}

// declared is likewise for what a file declares.
func (g *mappers) declared(file *facts.File, d declaration) *class {
	c := g.classes[d.ref]
	if c == nil {
		if c = g.keptClass(d.ref); c != nil {
			g.takeOver(c)
		} else {
			c = g.readClass(file, d)
		}
	}
	g.noteClass(c)
	return c
}

func (g *mappers) readClass(file *facts.File, d declaration) *class {
	c := &class{g: g, file: file, decl: d.decl, ref: d.ref, byName: map[string]*attribute{}}
	g.register(c)
	done := g.looking()
	c.readBases()
	if c.matters() {
		c.readAttributes()
	}
	c.classify()
	c.whole, c.shared = true, true
	c.keep(done())
	return c
}

// register makes a class known, behind those that are.
func (g *mappers) register(c *class) {
	g.classes[c.ref] = c
	g.order = append(g.order, c)
	g.named[c.decl.Name.Text] = append(g.named[c.decl.Name.Text], c)
}

// matters reports whether what a class declares is to be read, and not only if another one
// inherits from it. Most classes of a program are nothing to SQLAlchemy.
func (c *class) matters() bool {
	return c.kind > unclear || c.sqlmodel || slices.ContainsFunc(c.decl.Type.Fields, func(f facts.Field) bool {
		return f.Name.Text == "__tablename__" || f.Name.Text == "__table__"
	})
}

// lookup is the class that a value names in a file; nil for none.
func (g *mappers) lookup(file *facts.File, v *facts.Value) *class {
	for range mostBases {
		dotted := v.Dotted()
		if dotted == "" {
			return nil
		}
		t, ok := g.resolve(file, dotted)
		if !ok {
			return nil
		}
		at, d := t.Decl()
		switch {
		case d == nil:
			return nil
		case d.Value == nil:
			return g.class(t)
		}
		file, v = at, d.Value
	}
	return nil
}

// readBases reads the bases from left to right, and the decorators.
func (c *class) readBases() {
	for i := range c.decl.Type.Fields {
		if f := &c.decl.Type.Fields[i]; f.Embedded {
			c.base(f.Value)
		}
	}
	for i := range c.decl.Decorators {
		c.decorator(&c.decl.Decorators[i])
	}
	for i := range c.decl.Args {
		if arg := &c.decl.Args[i]; arg.Key.Text == "metaclass" && c.kind == plain && c.g.library(c.file, arg) == "DeclarativeMeta" {
			c.kind, c.registry = root, c.ref
		}
	}
}

func (c *class) base(v *facts.Value) {
	if v.Kind == facts.IndexValue {
		v = v.Of
	}
	switch c.g.library(c.file, v) {
	case "DeclarativeBase", "DeclarativeBaseNoMeta":
		c.kind, c.registry, c.modern = root, c.ref, true
		return
	case "MappedAsDataclass":
		c.dataclass, c.modern = true, true
		return
	case "Model":
		if c.flaskModel(v) {
			return
		}
	case "SQLModel":
		c.sqlModel()
		return
	case "DeferredReflection", "AutomapBase":
		c.open = true // columns come from the database
		return
	case "":
	default:
		return // MappedAsDataclass, AsyncAttrs, ...
	}
	if v.Kind == facts.CallValue {
		if !c.declarative(c.file, v, c.ref) {
			c.open, c.kind, c.lost = true, max(c.kind, unclear), true
		}
		return
	}
	if generated, ok := c.g.variable(c.file, v, generators...); ok {
		at, d := generated.Decl()
		c.declarative(at, d.Value, generated.Ref())
		c.inherit(c.g.registryMade(at, d.Value, generated.Ref()), "inherits from "+v.Dotted())
		return
	}
	if base := c.g.lookup(c.file, v); base != nil {
		c.from(base, v)
		return
	}
	t, ok := c.g.resolve(c.file, v.Dotted())
	if !ok {
		if !isBuiltin(v.Dotted()) {
			c.open, c.kind, c.lost = true, max(c.kind, unclear), true
		}
		return
	}
	if base := c.g.fromElsewhere(t.Ref()); base != nil {
		c.from(base, v)
		return
	}
	if _, d := t.Decl(); d != nil || !isHarmless(t.Ref().Package) {
		c.open, c.kind, c.lost = true, max(c.kind, unclear), c.lost || d != nil
	}
}

// declarative reads a call that makes a root: declarative_base(cls=Mixin).
func (c *class) declarative(file *facts.File, call *facts.Value, made facts.Ref) bool {
	if !slices.Contains(generators, c.g.library(file, call.Of)) {
		return false
	}
	if made == c.ref {
		c.kind, c.registry = root, c.g.registryMade(file, call, made)
	}
	for i := range call.Args {
		arg := &call.Args[i]
		switch {
		case arg.Spread:
			c.open = true
		case arg.Key.Text == "cls":
			if base := c.g.lookup(file, arg); base != nil && base.whole {
				c.bases = append(c.bases, base)
				c.open = c.open || base.open
			} else {
				c.open = true
			}
		}
	}
	return true
}

// from takes in a base that is a class. One that comes to inherit from itself, as classes
// do while they are renamed, does not.
func (c *class) from(base *class, v *facts.Value) {
	if !base.whole {
		c.open, c.kind, c.lost = true, max(c.kind, unclear), true
		return
	}
	c.bases = append(c.bases, base)
	c.lost = c.lost || base.lost
	c.open, c.flask = c.open || base.open, c.flask || base.flask
	if c.tableNames == nil {
		c.tableNames = base.tableNames
	}
	if base.sqlmodel {
		c.fromSQLModel(base)
		return
	}
	switch base.kind {
	case root, abstract:
		c.inherit(base.registry, "inherits from "+v.Dotted())
	case mapped:
		c.inherit(base.registry, "inherits from "+v.Dotted())
		if c.parent == nil {
			c.parent = base
		}
	case unclear:
		c.kind = max(c.kind, unclear)
	}
}

// inherit makes the class one of a registry.
func (c *class) inherit(registry facts.Ref, reason string) {
	if c.kind == root {
		return
	}
	c.kind, c.registry = mapped, registry
	if c.reason == "" {
		c.reason = reason
	}
}

// classify tells apart what inherits from a root, and what has a base that cannot be seen.
func (c *class) classify() {
	for i := range c.decl.Args {
		if c.decl.Args[i].Spread {
			c.open = true
		}
	}
	if v := c.mapperArgument("concrete"); v != nil {
		c.concrete = v.Dotted() != "False"
	}
	if c.kind == root {
		c.readRegistry()
	}
	switch {
	case c.sqlmodel:
		c.classifySQLModel()
	case c.kind == mapped && c.says("__abstract__", "True"):
		c.kind = abstract
	case c.kind == unclear && c.byName["__tablename__"] != nil && c.declaresColumns():
		// Nothing else has both: what the base is can only be a root, or inherit from one.
		c.kind, c.reason = mapped, "has a __tablename__ and columns"
	case c.kind == unclear && c.makesTable():
		c.kind, c.reason = mapped, "has a __table__"
	}
}

// makesTable reports whether the class makes its table itself.
func (c *class) makesTable() bool {
	a := c.byName["__table__"]
	return a != nil && a.value != nil && a.value.Kind == facts.CallValue && c.g.library(a.file, a.value.Of) == "Table"
}

// mapperArgument is an entry of the class's own __mapper_args__; nil for none.
func (c *class) mapperArgument(name string) *facts.Value {
	if arguments := c.mapperArguments(); arguments != nil {
		return arguments.Arg(name)
	}
	return nil
}

// mapperArguments are the class's own __mapper_args__; nil where there are none, or they
// cannot be told.
func (c *class) mapperArguments() *facts.Value {
	if a := c.byName["__mapper_args__"]; a != nil && a.value != nil && a.value.Kind == facts.MapValue {
		return a.value
	}
	return nil
}

func (c *class) declaresColumns() bool {
	for _, a := range c.attributes {
		if a.kind == columnAttribute || a.kind == relationshipAttribute {
			return true
		}
	}
	return false
}

// says reports whether the class assigns a name to one of its own.
func (c *class) says(attribute, value string) bool {
	a := c.byName[attribute]
	return a != nil && a.value != nil && a.value.Kind == facts.NamedValue && a.value.Name.Text == value
}

// find is the attribute of a name, of the class or what it inherits from.
func (c *class) find(name string) *attribute { return c.findWithin(name, 0) }

func (c *class) findWithin(name string, depth int) *attribute {
	if a := c.byName[name]; a != nil || depth > mostBases {
		return a
	}
	for _, base := range c.bases {
		if a := base.findWithin(name, depth+1); a != nil {
			return a
		}
	}
	return nil
}

// own yields the attributes that become the class's own when it is mapped: those it
// declares, and those of bases that are not mapped. Of several of one name, the first.
func (c *class) own() []*attribute {
	if c.gathered != nil {
		return c.gathered
	}
	list := make([]*attribute, 0, 2*len(c.attributes))
	c.gather(&list, make(map[string]bool, cap(list)), 0)
	if c.g.complete {
		c.gathered = list
	}
	return list
}

func (c *class) gather(list *[]*attribute, seen map[string]bool, depth int) {
	for _, a := range c.attributes {
		if a.kind == relationshipAttribute && c.sqlmodel && depth > 0 {
			continue // those of a base are lost
		}
		if !seen[a.name.Text] && c.byName[a.name.Text] == a {
			seen[a.name.Text] = true
			*list = append(*list, a)
		}
	}
	for _, base := range c.bases {
		if base.kind != mapped && depth < mostBases && c.mapping == nil {
			base.gather(list, seen, depth+1)
		}
	}
}

// related reports whether two classes are of one hierarchy: SQLAlchemy asks for no more of
// what a back reference leads to.
func (c *class) related(other *class) bool { return c.top() == other.top() }

// top is the class at which the hierarchy of mapped classes begins.
func (c *class) top() *class {
	for range mostBases {
		if c.parent == nil {
			break
		}
		c = c.parent
	}
	return c
}

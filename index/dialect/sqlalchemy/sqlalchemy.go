// Package sqlalchemy is the relation language of SQLAlchemy's declarative mapping, read as
// of 1.4.46 and 2.0.40, with the spellings of Flask-SQLAlchemy (flask.go) and SQLModel
// (sqlmodel.go), and of its imperative mapping (imperative.go).
//
// A string names a class in a registry of all there are, and what a relationship is
// depends on the tables of both sides, so that the classes of a workspace are read
// together, as configure_mappers() does: first what each class declares by itself
// (class.go, attribute.go, table.go), then where relationships lead (target.go), how they
// join (join.go) and what they say of each other (pair.go). Each model is read from the
// result (read.go).
//
// Whatever cannot be told from the source is unknown, and what depends on it is not said.
package sqlalchemy

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

const name = "sqlalchemy"

// Dialect is SQLAlchemy's.
var Dialect = &dialect.Dialect{
	Name:     name,
	Language: facts.Python,
	Markers:  []string{"sqlalchemy", "relationship(", "ForeignKey(", ".Column(", ".Model)", ".Model,", "__tablename__", "__mapper_args__", "map_imperatively(", "add_property(", "sqlmodel"},
	Calls:    calls,

	Evidence: evidence,
	Whole:    whole,
	Read:     read,
	Write:    write,
}

// evidence is certain of mapped classes and knows no others.
func evidence(s dialect.Scope, t facts.Type, _ []facts.Use) relation.Evidence {
	c := mappersOf(s).classes[t.Ref()]
	if c == nil || c.kind != mapped {
		return relation.Evidence{}
	}
	return relation.Evidence{Certainty: relation.Certain, Reason: c.reason}
}

// mappers are all classes of a workspace. Once made they never change.
type mappers struct {
	scope   dialect.Scope // while they are made
	modules []*module
	// complete says that all classes have the attributes that are declared, so that what
	// they inherit stays as it is.
	complete bool
	classes  map[facts.Ref]*class
	order    []*class
	named    map[string][]*class     // by __name__
	tables   map[string][]*table     // by name
	names    map[nameIn]*libraryName // see library
	shared   map[facts.Ref]bool      // registries of which several roots may be, see share
	made     map[*facts.Value]*table // of calls of Table
	told     map[mistakeAt]bool
	trying   bool                      // nobody is told of mistakes
	lost     map[relation.Place]string // texts of foreign keys that lead nowhere, with the table that each may mean
	models   map[facts.Ref]*relation.Model
	reasons  map[facts.Ref]string // why they are mapped

	// What follows is about what is kept, see keep.go.
	naming   uint64
	circular bool // a class came to look at itself
	before   *mappers
	stands   map[*class]bool
	current  map[*facts.File]bool
	looks    []*looks
}

// nameIn is a name in a file, with what stands before its last dot.
type nameIn struct {
	file     *facts.File
	of, name string
}

// keyOf is what a value goes by that is a name; false for one that is none.
func keyOf(file *facts.File, v *facts.Value) (nameIn, bool) {
	switch {
	case v == nil:
	case v.Kind == facts.NamedValue:
		return nameIn{file, "", v.Name.Text}, v.Name.Text != ""
	case v.Kind == facts.SelectedValue:
		of := v.Of.Dotted()
		return nameIn{file, of, v.Name.Text}, of != ""
	}
	return nameIn{}, false
}

// libraryName is what a name is of the library, "" for none, and what that follows from.
type libraryName struct {
	name  string
	asked bool // it is still being found out
	looks
}

func newMappers(s dialect.Scope, before *mappers) *mappers {
	if before == nil {
		before = &mappers{}
	}
	g := &mappers{
		scope: s, naming: s.Naming(facts.Python),
		classes: make(map[facts.Ref]*class, len(before.classes)),
		named:   make(map[string][]*class, len(before.named)),
		tables:  make(map[string][]*table, len(before.tables)),
		names:   make(map[nameIn]*libraryName, len(before.names)),
		made:    make(map[*facts.Value]*table, len(before.made)),
		shared:  map[facts.Ref]bool{},
		told:    map[mistakeAt]bool{},
		lost:    map[relation.Place]string{},
		models:  make(map[facts.Ref]*relation.Model, len(before.models)),
		reasons: make(map[facts.Ref]string, len(before.models)),
	}
	g.follow(before)
	g.findModules()
	for _, s := range g.modules {
		for _, d := range s.classes {
			g.declared(s.file, d)
		}
	}
	g.mapImperatively()
	g.extend()
	g.complete = true
	for _, s := range g.modules {
		for _, d := range s.variables {
			g.tableOf(s.file, d.Value)
		}
	}
	// Classes of files without a marker join while others are read.
	for i := 0; i < len(g.order); i++ {
		g.order[i].findTable()
	}
	g.nameTables()
	g.relate()
	g.readModels()
	g.scope, g.before, g.stands, g.current = nil, nil, nil, nil
	return g
}

// library is the name of a function or class of SQLAlchemy, or of what builds on it, that
// a value is in a file: "relationship", and "registry.mapped" for that of any registry; ""
// for everything else.
func (g *mappers) library(file *facts.File, v *facts.Value) string {
	key, named := keyOf(file, v)
	if !named {
		if v.Kind == facts.SelectedValue && v.Of.Kind == facts.CallValue && g.library(file, v.Of.Of) == "registry" {
			return "registry." + v.Name.Text // of one that has no name: registry().generate_base
		}
		return ""
	}
	known := g.names[key]
	switch {
	case known == nil:
		if known = g.keptName(key); known == nil {
			known = &libraryName{asked: true}
			g.names[key] = known
			done := g.looking()
			known.name = g.findLibrary(file, v)
			known.looks, known.asked = done(), false
		}
		g.names[key] = known
	case known.asked: // a variable that is assigned by way of itself
		g.circular = true
	}
	g.noteAll(known.looks)
	return known.name
}

func (g *mappers) findLibrary(file *facts.File, v *facts.Value) string {
	if t, ok := g.resolve(file, v.Dotted()); ok {
		if isLibrary(t.Ref().Package) {
			return t.Ref().Name // which may stand in the workspace, beside its own tests
		}
		if at, d := t.Decl(); d != nil && d.Value != nil && d.Value.Dotted() != "" {
			return g.library(at, d.Value) // another name of it: Column = sqlalchemy.Column
		}
		return ""
	}
	if v.Kind != facts.SelectedValue {
		return ""
	}
	if _, ok := g.variable(file, v.Of, "registry"); ok {
		return "registry." + v.Name.Text
	}
	if g.isFlask(file, v.Of) {
		return v.Name.Text
	}
	return ""
}

// isLibrary reports whether a package is SQLAlchemy or one of those that hand on its names.
func isLibrary(path string) bool {
	for _, module := range []string{"sqlalchemy", "flask_sqlalchemy", "sqlmodel"} {
		if path == module || len(path) > len(module) && path[:len(module)+1] == module+"." {
			return true
		}
	}
	return false
}

// variable finds the variable that a value names, if it holds the result of one of the
// library's functions of the given names.
func (g *mappers) variable(file *facts.File, v *facts.Value, functions ...string) (facts.Type, bool) {
	for range mostBases {
		dotted := v.Dotted()
		if dotted == "" {
			return nil, false
		}
		t, ok := g.resolve(file, dotted)
		if !ok {
			return nil, false
		}
		at, d := t.Decl()
		switch {
		case d == nil || d.Value == nil:
			return nil, false
		case d.Value.Kind == facts.CallValue:
			called := g.library(at, d.Value.Of)
			for _, f := range functions {
				if called == f {
					return t, true
				}
			}
			return nil, false
		}
		file, v = at, d.Value // another name of it
	}
	return nil, false
}

// mostBases bounds how far bases and names of names are followed.
const mostBases = 40

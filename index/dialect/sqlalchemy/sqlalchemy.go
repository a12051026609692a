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
	classes map[facts.Ref]*class
	order   []*class
	named   map[string][]*class     // by __name__
	tables  map[string][]*table     // by name
	names   map[nameIn]string       // of the library's functions, see library
	shared  map[facts.Ref]bool      // registries of which several roots may be
	made    map[*facts.Value]*table // of calls of Table
	told    map[mistakeAt]bool
	trying  bool                      // nobody is told of mistakes
	lost    map[relation.Place]string // texts of foreign keys that lead nowhere, with the table that each may mean
	models  map[facts.Ref]*relation.Model
}

type nameIn struct {
	file *facts.File
	name string
}

func newMappers(s dialect.Scope) *mappers {
	g := &mappers{
		scope: s, classes: map[facts.Ref]*class{}, named: map[string][]*class{}, tables: map[string][]*table{},
		names: map[nameIn]string{}, made: map[*facts.Value]*table{}, told: map[mistakeAt]bool{}, lost: map[relation.Place]string{},
		shared: map[facts.Ref]bool{},
		models: map[facts.Ref]*relation.Model{},
	}
	declared := s.Everywhere(facts.Python)
	var variables []facts.Type
	for _, t := range declared {
		if t.Shape() == facts.Struct {
			g.class(t)
		} else {
			variables = append(variables, t)
		}
	}
	g.mapImperatively(declared)
	g.extend(declared)
	for _, t := range variables {
		file, d := t.Decl()
		g.tableOf(file, d.Value)
	}
	// Classes of files without a marker join while others are read.
	for i := 0; i < len(g.order); i++ {
		g.order[i].findTable()
	}
	g.nameTables(variables)
	g.relate()
	g.readModels()
	g.scope = nil
	return g
}

// library is the name of a function or class of SQLAlchemy, or of what builds on it, that
// a value is in a file: "relationship", and "registry.mapped" for that of any registry; ""
// for everything else.
func (g *mappers) library(file *facts.File, v *facts.Value) string {
	dotted := v.Dotted()
	if dotted == "" {
		return ""
	}
	key := nameIn{file, dotted}
	name, known := g.names[key]
	if !known {
		g.names[key] = "" // for a variable that is assigned by way of itself
		name = g.findLibrary(file, v, dotted)
		g.names[key] = name
	}
	return name
}

func (g *mappers) findLibrary(file *facts.File, v *facts.Value, dotted string) string {
	if t, ok := g.scope.Lookup(file, dotted); ok {
		if isLibrary(t.Ref().Package) {
			return t.Ref().Name // which may stand in the workspace, beside its own tests
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
		t, ok := g.scope.Lookup(file, dotted)
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

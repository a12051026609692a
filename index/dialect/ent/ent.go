// Package ent is the relation language of ent (entgo.io/ent, read as of v0.14.5):
// schemas are structs with methods that return edges, fields and mixins.
//
// What a schema declares is read by itself, as a tree of calls (declare*.go). What
// its edges are depends on all schemas of its package together, as ent loads
// nothing less; so the graph of a package is built once, in the order of ent's own
// entc/gen package (graph.go and, in the order in which ent looks for mistakes,
// graph_edges.go to graph_tables.go), and each schema is read from it (read.go).
// Names in comments (NewGraph, setupFKs, ...) are the library's.
//
// ent gives up at the first mistake of a package. Here all are found: what a
// mistake leaves uncertain is left out of what comes after it.
package ent

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

const name = "ent"

// Packages of the library, as schemas import them.
const (
	vendor        = "entgo.io/"
	module        = vendor + "ent"
	edgePackage   = module + "/schema/edge"
	fieldPackage  = module + "/schema/field"
	indexPackage  = module + "/schema/index"
	mixinPackage  = module + "/schema/mixin"
	entsqlPackage = module + "/dialect/entsql"
)

// Dialect is ent's.
var Dialect = &dialect.Dialect{
	Name:    name,
	Markers: []string{module + `"`, edgePackage + `"`, mixinPackage + `"`},
	Modules: []string{module},
	Methods: []string{"Edges", "Fields", "Indexes", "Mixin", "Annotations", "Config"},
	Sources: []string{module, edgePackage, fieldPackage, indexPackage, mixinPackage},

	Evidence: evidence,
	Schema:   newSchema,
	Read:     read,
	Write:    write,
}

// evidence is certain of schemas and knows no others: nothing but an embedded
// ent.Schema makes one.
func evidence(_ dialect.Scope, t facts.Type, _ []facts.Use) relation.Evidence {
	if kindOf(t) < isSchema {
		return relation.Evidence{}
	}
	return relation.Evidence{Certainty: relation.Certain, Reason: "embeds ent.Schema"}
}

// newSchema reads what a type declares, as *declaration, or the graph of its
// package, as *graph.
func newSchema(s dialect.Scope, t facts.Type) any {
	if p, ok := t.(wholePackage); ok {
		return newGraph(s, p.Type)
	}
	return declare(s, t)
}

// wholePackage stands for the package of a type where a schema is asked for. The
// graph is kept as the schema of it.
type wholePackage struct{ facts.Type }

// Ref implements facts.Type: no type has this name.
func (p wholePackage) Ref() facts.Ref {
	return facts.Ref{Package: p.Type.Ref().Package, Name: "schemas of the package"}
}

// graphOf is the graph of the package of a schema.
func graphOf(s dialect.Scope, t facts.Type) *graph {
	g, _ := s.Schema(wholePackage{t}).(*graph)
	return g
}

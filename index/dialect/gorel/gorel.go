// Package gorel is the relation language of go-rel (github.com/go-rel/rel, read as of
// v0.42.0).
//
// go-rel infers relations from plain structs: a field whose struct has a primary key of
// its own is one, with tags or without. A struct is read as getDocumentMeta does it
// (schema.go, embed.go, primary.go), then each relation (read.go, keys.go) as
// getAssociationMeta does. The names in comments are the library's, of
// document_meta.go and association_meta.go.
package gorel

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

const name = "go-rel"

const module = "github.com/go-rel/rel"

// Dialect is go-rel's.
var Dialect = &dialect.Dialect{
	Name:   name,
	Keys:   keys,
	Keyed:  true,
	Shared: keys,
	// A file of models need not import the library. ref stands beside fk, and means
	// something to others.
	Markers: []string{module, `fk:"`, `fk:\"`, `through:"`, `through:\"`},
	Modules: []string{module},
	Calls:   calls,
	Options: options,
	Offers:  offers,

	Evidence: evidence,
	Schema:   func(s dialect.Scope, t facts.Type) any { return parse(t) },
	Read:     func(s dialect.Scope, t facts.Type) *relation.Model { return read(s, s.Schema(t).(*schema)) },
	Write:    write,
	Align:    align,
}

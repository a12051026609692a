// Package bun is the relation language of Bun (github.com/uptrace/bun, read as of
// v1.3.0).
//
// A type is read in the order of Bun's own schema package, because what is found
// depends on it: fields and embedded structs (schema.go, embed.go), then each field
// that says rel or m2m (read.go, keys.go, many2many.go). The names in comments
// (processFields, belongsToRelation, ...) are the library's.
package bun

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

const name = "bun"

const module = "github.com/uptrace/bun"

// Dialect is Bun's.
var Dialect = &dialect.Dialect{
	Name:      name,
	Keys:      []string{name},
	Markers:   []string{module},
	Modules:   []string{module},
	Calls:     calls,
	Options:   options,
	Offers:    offers,
	Separator: ",",
	Named:     true,

	Lex:      lex,
	Evidence: evidence,
	Schema:   func(s dialect.Scope, t facts.Type) any { return parse(s, t) },
	Read:     func(s dialect.Scope, t facts.Type) *relation.Model { return read(s, s.Schema(t).(*schema)) },
	Refuse:   refuse,
	Write:    write,
	Align:    align,
}

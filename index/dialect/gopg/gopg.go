// Package gopg is the relation language of go-pg (github.com/go-pg/pg/v10, read as of
// v10.11.0; its orm/table.go is the same in v10.15.1).
//
// A type is read in the order of the library's own orm package, because what is found
// depends on it: first its columns and keys (schema.go), then, field by field, its
// relations: those that say what they are (read.go, keys.go, many2many.go), and those
// that are guessed (guess.go). The names in comments (addFields, mustHasOneRelation,
// ...) are the library's, all of them of orm/table.go.
//
// The words has-one and belongs-to mean the opposite of what they mean everywhere
// else: has-one has its key on this side. What is said of kinds outside of tags goes by
// where the key is.
package gopg

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

const (
	name   = "go-pg"
	tagKey = "pg"
	module = "github.com/go-pg/pg/v10"
)

// Dialect is go-pg's.
var Dialect = &dialect.Dialect{
	Name:      name,
	Keys:      []string{tagKey},
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

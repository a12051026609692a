// Package pop is the relation language of pop (github.com/gobuffalo/pop/v6, read as of
// v6.4.1): each option is a struct tag of its own.
//
// A model is read as associations.ForStruct does it, by which pop loads and creates:
// fields and those of embedded structs in their order (schema.go), each with a tag that
// makes an association (read.go), by what builds that kind (belongs.go, has.go,
// joined.go). What only creation needs is in create.go. The names in comments
// (forStruct, belongsToAssociationBuilder, ...) are the library's. EagerPreload, the
// other way of loading, goes by columns alone; what it wants is not held against a model.
package pop

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

const name = "pop"

// modules are the paths of pop: the library's own and Ory's fork of it, in which
// associations are read the same way.
var modules = []string{"github.com/gobuffalo/pop/v6", "github.com/ory/pop/v6"}

// Dialect is pop's.
var Dialect = &dialect.Dialect{
	Name:    name,
	Keys:    keys,
	Keyed:   true,
	Shared:  shared,
	Markers: modules,
	Modules: modules,
	Calls:   calls,
	Options: options,
	Offers:  offers,
	Meant:   meant,

	Evidence: evidence,
	Schema:   func(s dialect.Scope, t facts.Type) any { return parse(t) },
	Read:     func(s dialect.Scope, t facts.Type) *relation.Model { return read(s, s.Schema(t).(*schema)) },
	Refuse:   refuse,
	Write:    write,
	Align:    align,
}

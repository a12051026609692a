// Package beego is the relation language of Beego's ORM (github.com/beego/beego/v2,
// client/orm, read as of v2.3.8, and the versions before it, read as of v1.12).
//
// Beego knows the models that are handed to RegisterModel. It reads their fields in
// order and ends the program at the first that it cannot take (schema.go, embed.go,
// column.go); when the program starts to work, it looks from every relation at the
// model on the other side (read.go, reverse.go, through.go). The names in comments
// (NewFieldInfo, bootstrap, ...) are the library's.
package beego

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

const name = "beego"

// tagKey is the key of Beego's tags, which other ORMs use too.
const tagKey = "orm"

// The modules that have held Beego.
const (
	moduleV2    = "github.com/beego/beego/v2"
	moduleV1    = "github.com/beego/beego"
	moduleFirst = "github.com/astaxie/beego"
)

var modules = []string{moduleV2, moduleV1, moduleFirst}

// packages are the ORM's own in those modules.
var packages = []string{moduleV2 + "/client/orm", moduleV2 + "/adapter/orm", moduleV1 + "/orm", moduleFirst + "/orm"}

// Dialect is Beego's.
var Dialect = &dialect.Dialect{
	Name:      name,
	Keys:      []string{tagKey},
	Markers:   packages,
	Modules:   modules,
	Calls:     append([]string{setNameStrategy}, registering...),
	Methods:   []string{"FieldType"},
	Options:   options,
	Separator: ";",
	Opens:     "(",
	Closes:    ")",

	Lex:      lex,
	Evidence: evidence,
	Schema:   func(s dialect.Scope, t facts.Type) any { return parse(s, t) },
	Read:     func(s dialect.Scope, t facts.Type) *relation.Model { return read(s, s.Schema(t).(*schema)) },
	Refuse:   refuse,
	Write:    write,
	Align:    align,
}

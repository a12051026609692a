// Package gorm is the relation language of GORM: v2 (gorm.io/gorm, read as of
// v1.31) and v1 (github.com/jinzhu/gorm, read as of v1.9.16). Both own the tag
// key gorm, and every package is read by the rules of the one that it uses.
//
// For v2 a type is parsed in the order of GORM's own schema package, because what
// is found depends on it: fields and embedded structs (schema.go, embed.go,
// columns.go), primary keys, then each relation (read.go) as polymorphic
// (polymorphic.go), many-to-many (many2many.go) or by guess (guess.go). The
// names in comments (LookUpField, guessRelation, ...) are the library's. What its
// older versions do otherwise stands in release.go.
package gorm

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

const name = "gorm"

const (
	moduleV2 = "gorm.io/gorm"
	moduleV1 = "github.com/jinzhu/gorm"
)

// Dialect is GORM's, of both major versions.
var Dialect = &dialect.Dialect{
	Name:      name,
	Keys:      []string{name},
	Markers:   []string{moduleV2, moduleV1},
	Modules:   []string{moduleV2, moduleV1},
	Calls:     calls,
	Options:   options,
	Separator: ";",

	Lex:      lex,
	Evidence: evidence,
	Schema:   newSchema,
	Read:     read,
	Refuse:   refuse,
	Write:    write,
	Align:    align,
	Retype:   retype,
}

// newSchema reads the columns and keys of a type, as *schema or *schemaV1.
func newSchema(s dialect.Scope, t facts.Type) any {
	if file, _ := t.Decl(); usesV1(s, file) {
		return parseV1(s, t)
	}
	return parse(s, t)
}

// read reads a model by the rules of the version that its package uses.
func read(s dialect.Scope, t facts.Type) *relation.Model {
	switch sch := s.Schema(t).(type) {
	case *schema:
		return readV2(s, sch)
	case *schemaV1:
		return readV1(s, sch)
	}
	return nil
}

// usesV1 tells the versions apart: by what the module requires; where it requires
// both, by what the file imports, and then the package; v2 where nothing tells.
func usesV1(s dialect.Scope, file *facts.File) bool {
	if file == nil {
		return false
	}
	_, v1 := s.Requires(file, moduleV1)
	_, v2 := s.Requires(file, moduleV2)
	if v1 != v2 {
		return v1
	}
	if v1, v2 = imports(file, moduleV1), imports(file, moduleV2); v1 != v2 {
		return v1
	}
	return s.Imports(file, moduleV1) && !s.Imports(file, moduleV2)
}

func imports(file *facts.File, path string) bool {
	for _, i := range file.Imports {
		if i.Path.Text == path {
			return true
		}
	}
	return false
}

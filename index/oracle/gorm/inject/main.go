// Command inject breaks the relations of a real code base with GORM models and holds what
// rells then reports against what the real GORM then refuses: see package inject of the
// module ask.
//
//	go run ./inject -repo DIR [-n 50] [-seed S]
package main

import (
	"go/ast"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ask/inject"
)

func main() { inject.Main(gorm) }

var gorm = &inject.ORM{
	Name: "GORM",
	Models: &inject.Structs{
		Modules:      []string{"gorm.io/gorm@v1.31.2"}, // the one that rells follows
		Files:        []string{"gorm/truth/truth.go", "gorm/truth/relation.go"},
		Methods:      []string{"Value", "GormDataType", "TableName", "Scan"},
		Tag:          "gorm",
		Separator:    ";",
		Marks:        embedsModel,
		LoadsImports: true, // they may register serializers
		Kinds: []inject.Kind{
			{Name: "key", Make: func(b *inject.Breaker) *inject.Mistake { return b.MisspellOption("foreignKey", keyNames(b)) }},
			{Name: "reference", Make: func(b *inject.Breaker) *inject.Mistake { return b.MisspellOption("references", referenceNames(b)) }},
			{Name: "join table", Make: func(b *inject.Breaker) *inject.Mistake { return b.MisspellOption("many2many", "") }},
			{Name: "join key", Make: func(b *inject.Breaker) *inject.Mistake {
				if b.Relation.Kind != ask.ManyToMany {
					return nil
				}
				return b.MisspellOption(b.Pick("joinForeignKey", "joinReferences"), "OtherID")
			}},
			{Name: "polymorphic", Make: func(b *inject.Breaker) *inject.Mistake { return b.MisspellOption("polymorphic", "") }},
			{Name: "key field", Make: (*inject.Breaker).MisspellKeyField},
			{Name: "inverse", Make: (*inject.Breaker).MisspellField},
		},
	},
}

// embedsModel reports whether a field embeds gorm.Model.
func embedsModel(f *ast.Field) bool {
	sel, ok := f.Type.(*ast.SelectorExpr)
	return ok && len(f.Names) == 0 && sel.Sel.Name == "Model"
}

func keyNames(b *inject.Breaker) string {
	return names(b, func(k ask.Key) string { return k.ForeignKey })
}

func referenceNames(b *inject.Breaker) string {
	return names(b, func(k ask.Key) string { return k.References })
}

// names lists the names of fields of a relation's keys.
func names(b *inject.Breaker, of func(ask.Key) string) string {
	if b.Relation.Kind == ask.ManyToMany {
		return "ID"
	}
	var names []string
	for _, k := range b.Relation.Keys {
		id := of(k)
		names = append(names, id[strings.LastIndex(id, ".")+1:])
	}
	return strings.Join(names, ",")
}

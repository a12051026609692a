// Command inject breaks the relations of a real code base with Bun models and holds what
// rells then reports against what the real Bun then refuses: see package inject of the
// module ask.
//
//	go run ./inject -repo DIR [-n 50] [-seed S]
package main

import (
	"go/ast"
	"regexp"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ask/inject"
)

func main() { inject.Main(bun) }

var bun = &inject.ORM{
	Name:     "Bun",
	Refusals: []string{"join-model-unregistered"},
	Models: &inject.Structs{
		Modules:   []string{"github.com/uptrace/bun@v1.3.0", "github.com/uptrace/bun/dialect/sqlitedialect@v1.3.0"}, // the ones that rells follows
		Files:     []string{"bun/truth/truth.go", "bun/truth/relation.go", "bun/truth/verdict.go"},
		Methods:   []string{"Value", "Scan"},
		Tag:       "bun",
		Separator: ",",
		Kinds: []inject.Kind{
			{Name: "column in join", Make: inTag(`join:(\w+)=`)},
			{Name: "target in join", Make: inTag(`join:\w+=(\w+)`)},
			{Name: "join model", Make: inTag(`m2m:(\w+)`)},
			{Name: "word", Make: inTag(`rel:([\w-]+)`)},
			{Name: "option", Make: inTag(`bun:"[^"]*\b(rel|join|m2m):`)},
			{Name: "wrong join", Make: addJoin},
			{Name: "another word", Make: anotherWord},
			{Name: "key field", Make: (*inject.Breaker).MisspellKeyField},
			{Name: "key column", Make: func(b *inject.Breaker) *inject.Mistake { return b.MisspellKeyTag(column) }},
			{Name: "one or many", Make: otherType},
			{Name: "field", Make: (*inject.Breaker).MisspellField},
		},
	},
}

// column is the name of a column in a tag.
var column = regexp.MustCompile(`bun:"(\w+)`)

// inTag misspells what the first group of a pattern matches in the tag of the relation.
func inTag(pattern string) func(*inject.Breaker) *inject.Mistake {
	compiled := regexp.MustCompile(pattern)
	return func(b *inject.Breaker) *inject.Mistake { return b.MisspellTag(compiled) }
}

// addJoin gives a relation without a join one on columns that there may not be.
func addJoin(b *inject.Breaker) *inject.Mistake {
	if _, ok := b.Option("join"); ok || b.Relation.Kind == ask.ManyToMany {
		return nil
	}
	return b.SetOption("join", b.Pick("id=id", "id=owner_id", "owner_id=id", "id"))
}

// anotherWord says another relation in the place of the one that it is.
func anotherWord(b *inject.Breaker) *inject.Mistake {
	word, ok := b.Option("rel")
	other := b.Pick("has-one", "has-many", "belongs-to")
	if !ok || other == word {
		return nil
	}
	return b.SetOption("rel", other)
}

// otherType makes a field of one a field of many, and the other way round.
func otherType(b *inject.Breaker) *inject.Mistake {
	start := b.Field.Type.Pos()
	switch t := b.Field.Type.(type) {
	case *ast.ArrayType:
		return b.Replace(start, t.Elt.Pos(), "", "[]")
	case *ast.StarExpr:
		return b.Replace(start, start, "[]", "")
	}
	return nil
}

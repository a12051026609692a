// Command inject breaks the relations of a real code base with go-pg models and holds
// what rells then reports against what the real go-pg then refuses: see package inject of
// the module ask.
//
//	go run ./inject -repo DIR [-n 50] [-seed S]
package main

import (
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ask/inject"
)

func main() { inject.Main(goPG) }

var goPG = &inject.ORM{
	Name:     "go-pg",
	Refusals: []string{"join-model-unregistered"},
	Models: &inject.Structs{
		Modules:   []string{"github.com/go-pg/pg/v10@v10.11.0"}, // the one that rells follows
		Files:     []string{"gopg/truth/truth.go", "gopg/truth/relation.go", "gopg/truth/verdict.go", "gopg/truth/fresh.go", "gopg/truth/linkname.s"},
		Methods:   []string{"Scan", "Value"},
		Tag:       "pg",
		Separator: ",",
		Kinds: []inject.Kind{
			{Name: "key", Make: misspellKey},
			{Name: "word", Make: func(b *inject.Breaker) *inject.Mistake { return b.MisspellOption("rel", "") }},
			{Name: "words swapped", Make: swap},
			{Name: "join table", Make: func(b *inject.Breaker) *inject.Mistake { return b.MisspellOption("many2many", "") }},
			{Name: "reference", Make: misspellReference},
			{Name: "key field", Make: (*inject.Breaker).MisspellKeyField},
			{Name: "field", Make: (*inject.Breaker).MisspellField},
		},
	},
}

// option is the one that names the foreign key.
func option(b *inject.Breaker) string {
	if b.Relation.Kind == ask.BelongsTo {
		return "fk"
	}
	return "join_fk"
}

func misspellKey(b *inject.Breaker) *inject.Mistake {
	if len(b.Relation.Keys) == 0 {
		return b.MisspellOption(b.Pick("fk", "join_fk"), "other_id")
	}
	id := b.Relation.Keys[0].ForeignKey
	return b.MisspellOption(option(b), strings.ToLower(id[strings.LastIndex(id, ".")+1:]))
}

// misspellReference has a has-one point to a column that the target does not have.
func misspellReference(b *inject.Breaker) *inject.Mistake {
	if b.Relation.Kind != ask.BelongsTo || len(b.Relation.Keys) != 1 {
		return nil
	}
	return b.MisspellOption("join_fk", "number")
}

// swap writes what a model of another ORM says.
func swap(b *inject.Breaker) *inject.Mistake {
	switch word, _ := b.Option("rel"); word {
	case "has-one":
		return b.SetOption("rel", "belongs-to")
	case "belongs-to":
		return b.SetOption("rel", "has-one")
	}
	return nil
}

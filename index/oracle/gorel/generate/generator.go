package generate

import (
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// Generator grows worlds, and counts what it puts into them.
type Generator struct {
	*rand.Rand
	Features ask.Features
	w        *World
}

// New is a generator that gives the same worlds for the same seed.
func New(seed uint64) *Generator {
	g := &Generator{Rand: rand.New(rand.NewPCG(seed, 1)), Features: ask.Features{}}
	for _, f := range relations {
		g.Features["relation/"+f.name] = 0
	}
	for _, m := range mistakes {
		g.Features["mistake/"+m.name] = 0
	}
	return g
}

// chance is true n times out of 100.
func (g *Generator) chance(n int) bool { return g.IntN(100) < n }

func pick[T any](g *Generator, list ...T) T { return list[g.IntN(len(list))] }

func (g *Generator) mark(feature string) { g.Features[feature]++ }

// World grows a world: structs to embed, models, relations between them, mistakes.
func (g *Generator) World() *World {
	g.w = &World{}
	for _, i := range g.Perm(len(baseNames))[:g.IntN(3)] {
		g.w.Structs = append(g.w.Structs, g.base(baseNames[i]))
	}
	for _, i := range g.Perm(len(modelNames))[:3+g.IntN(4)] {
		g.w.Structs = append(g.w.Structs, g.model(modelNames[i]))
	}
	for range 4 + g.IntN(10) {
		g.relate()
	}
	if g.chance(30) {
		g.audit()
	}
	for _, s := range g.w.Models() {
		if g.chance(25) {
			g.spoil(s)
		}
	}
	return g.w
}

// model is a struct with a key and columns.
func (g *Generator) model(name string) *Struct {
	s := &Struct{Name: name}
	if g.chance(10) {
		s.Table = "the_" + strings.ToLower(name)
		g.mark("struct/table")
	}
	g.addKey(s)
	if base := g.embeddable(); base != nil {
		g.embedInto(s, base)
	}
	g.addColumns(s)
	return s
}

// addKey gives a model a primary key in one of the ways in which go-rel finds one.
func (g *Generator) addKey(s *Struct) {
	switch g.IntN(12) {
	case 0:
		s.add(&Field{Name: pick(g, "Id", "id"), Type: "int", Role: Key})
		g.mark("key/other case")
	case 1:
		s.add(&Field{Name: "Code", Type: "string", Suffix: ",primary", Role: Key})
		g.mark("key/tagged")
	case 2:
		s.add(&Field{Name: "Region", Type: "string", Suffix: ",primary", Role: Key},
			&Field{Name: "Number", Type: "int", Column: "no", Suffix: ",primary", Role: Key})
		g.mark("key/composite")
	case 3:
		s.add(&Field{Name: "ID", Type: "int", Column: "key", Role: Key})
		g.mark("key/renamed")
	case 4:
		s.add(&Field{Name: "Number", Type: "int", Role: Key})
		s.Methods = true
		g.mark("key/methods")
	default:
		s.add(&Field{Name: "ID", Type: pick(g, "int", "string", "uint32"), Role: Key})
		g.mark("key/ID")
	}
}

// addColumns adds fields that are columns, or nothing at all.
func (g *Generator) addColumns(s *Struct) {
	for _, f := range []*Field{
		{Name: "Title", Type: "string"},
		{Name: "HTTPServer", Type: "string"},
		{Name: "UserIDs", Type: "[]string"},
		{Name: "Kept", Type: "string", Column: "kept_as"},
		{Name: "Left", Type: "any", Column: "-"},
		{Name: "CreatedAt", Type: "time.Time"},
		{Name: "DeletedAt", Type: "*time.Time"},
		{Name: "Twins", Type: "map[string]" + s.Name},
		{Name: "Pair", Type: "[2]*" + s.Name},
		{Name: "Plain", Type: "struct{ Name string }"},
		{Name: "lower", Type: "*" + s.Name},
	} {
		if g.chance(12) {
			s.add(f)
			g.mark("column/" + f.Name)
		}
	}
}

// relate adds one relation.
func (g *Generator) relate() {
	var weighed []relationMaker
	for _, r := range relations {
		for range r.weight {
			weighed = append(weighed, r)
		}
	}
	r := pick(g, weighed...)
	owner, target := pick(g, g.w.Models()...), pick(g, g.w.Models()...)
	if r.make(g, owner, target) {
		g.mark("relation/" + r.name)
		if owner == target {
			g.mark("target/self")
		}
	}
}

// base is a struct that models embed: with a key, or columns.
func (g *Generator) base(name string) *Struct {
	s := &Struct{Name: name, Embedded: true}
	if g.chance(40) {
		s.add(&Field{Name: "ID", Type: "int", Role: Key})
	}
	s.add(&Field{Name: pick(g, "Note", "Remark"), Type: "string"})
	return s
}

// embeddable is a struct to embed, or none.
func (g *Generator) embeddable() *Struct {
	bases := slices.DeleteFunc(slices.Clone(g.w.Structs), func(s *Struct) bool { return !s.Embedded })
	if len(bases) == 0 || g.chance(60) {
		return nil
	}
	return pick(g, bases...)
}

// embedInto embeds a struct in one of the ways in which go-rel takes its fields. A key in
// both is a conflict, unless a name goes before one of them.
func (g *Generator) embedInto(s, base *Struct) {
	if base.field("ID") != nil && s.field("ID") != nil {
		if g.chance(50) {
			s.Fields = slices.DeleteFunc(s.Fields, func(f *Field) bool { return f.Name == "ID" })
			g.mark("key/embedded")
		} else {
			s.add(&Field{Name: "Inner", Type: pick(g, "", "*") + base.Name, Column: "in_", Suffix: ",embedded"})
			g.mark("embed/prefix")
			return
		}
	}
	switch g.IntN(4) {
	case 0:
		s.add(&Field{Name: base.Name, Type: "*" + base.Name, Anonymous: true})
		g.mark("embed/pointer")
	case 1:
		s.add(&Field{Name: "Inner", Type: base.Name, Suffix: ",embedded"})
		g.mark("embed/named")
	case 2:
		s.add(&Field{Name: base.Name, Type: base.Name, Anonymous: true, Column: "a_"})
		g.mark("embed/anonymous with prefix")
	default:
		s.add(&Field{Name: base.Name, Type: base.Name, Anonymous: true})
		g.mark("embed/plain")
	}
}

// audit has models embed a struct that itself has a relation, which go-rel reads twice: by
// the names of the struct, and by those of the model.
func (g *Generator) audit() {
	target := pick(g, g.w.Models()...)
	s := &Struct{Name: "Audit", Embedded: true}
	by := &Field{Name: "By", Type: "*" + target.Name, Role: Relation}
	s.add(&Field{Name: "ByID", Type: "int", Role: ForeignKey}, by)
	if g.chance(40) {
		by.Tags = []Tag{{"ref", "by_id"}, {"fk", pick(g, "id", "title", "key")}}
	}
	g.w.Structs = append(g.w.Structs, s)
	for _, m := range g.w.Models() {
		if m == target || g.chance(60) {
			continue
		}
		if g.chance(25) {
			m.add(&Field{Name: "Shared", Type: s.Name, Column: pick(g, "", "sh_"), Suffix: ",embedded"})
			g.mark("embed/relation, named")
		} else {
			m.add(&Field{Name: s.Name, Type: pick(g, "", "*") + s.Name, Anonymous: true})
			g.mark("embed/relation")
		}
	}
}

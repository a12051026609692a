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
	joins    int // join models so far: the worlds of a batch share one workspace, and their tables must not
}

// New is a generator that gives the same worlds for the same seed.
func New(seed uint64) *Generator {
	g := &Generator{Rand: rand.New(rand.NewPCG(seed, 1)), Features: ask.Features{}}
	for _, f := range relations {
		g.Features[f.name] = 0
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
	names := g.Perm(len(modelNames))
	for _, i := range g.Perm(len(baseNames))[:g.IntN(3)] {
		g.w.Structs = append(g.w.Structs, g.embedded(baseNames[i]))
	}
	for _, i := range names[:3+g.IntN(4)] {
		g.w.Structs = append(g.w.Structs, g.model(modelNames[i]))
	}
	for range 4 + g.IntN(10) {
		g.relate()
	}
	if g.chance(30) {
		g.extend()
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
	s := &Struct{Name: name, HasBase: g.chance(70)}
	if s.HasBase && g.chance(50) {
		table := strings.ToLower(name) + "_table"
		s.Base = pick(g, "alias:x", "table:"+table, table, table+",alias:t", "table:main."+table, "select:view", "ignored,table:"+table)
		g.mark("base/" + strings.NewReplacer(table, "name", "main.", "schema.").Replace(s.Base))
	}
	if base := g.embeddable(); base != nil {
		g.embedInto(s, base)
	}
	if len(g.w.keys(s)) == 0 {
		g.addKeys(s)
	}
	g.addColumns(s)
	return s
}

func (g *Generator) addKeys(s *Struct) {
	key := func(name string) *Field {
		f := &Field{Name: name, Type: pick(g, keyTypes...), Key: true, Options: []string{"pk"}}
		if g.chance(15) {
			f.Column = pick(g, "uuid", "key_"+strings.ToLower(name), "Pk")
			g.mark("key/renamed")
		}
		return f
	}
	switch g.IntN(6) {
	case 0:
		s.add(key("Region"), key("Number"))
		g.mark("key/composite")
	case 1:
		s.add(key(typeName(s.Name) + "ID"))
		g.mark("key/named")
	default:
		s.add(key("ID"))
		if g.chance(30) {
			s.Fields[len(s.Fields)-1].Options = append(s.Fields[len(s.Fields)-1].Options, pick(g, "autoincrement", "identity", "notnull"))
		}
	}
}

// addColumns adds fields that are columns, or nothing at all.
func (g *Generator) addColumns(s *Struct) {
	for _, f := range []*Field{
		{Name: "Title", Type: "string", Options: []string{"notnull", "default:'a,b'"}},
		{Name: "Code", Type: "string", Column: "the_code", Options: []string{"alt:code2"}},
		{Name: "Rank", Type: "int", Options: []string{"column:ranking", "type:numeric(10,2)"}},
		{Name: "Total", Type: "int64", Options: []string{"scanonly"}},
		{Name: "Secret", Type: "*" + s.Name, Column: "-"},
		{Name: "hidden", Type: "int", Options: []string{"pk"}},
		{Name: "At", Type: "time.Time", Options: []string{"nullzero", "soft_delete"}},
		{Name: "Twin", Type: "*" + s.Name},
		{Name: "Tags", Type: "[]string", Options: []string{"array"}},
	} {
		if g.chance(15) {
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
	models := slices.DeleteFunc(g.w.Models(), func(s *Struct) bool { return s.Role != Model })
	owner, target := pick(g, models...), pick(g, models...)
	if r.make(g, owner, target) {
		g.mark(r.name)
		if owner == target {
			g.mark("target/self")
		}
	}
}

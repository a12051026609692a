package generate

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// Generator grows worlds, and counts what it puts into them.
type Generator struct {
	*rand.Rand
	Features ask.Features
	w        *World
	tables   int // join tables named so far: the worlds of a batch share one workspace
}

// New is a generator that gives the same worlds for the same seed.
func New(seed uint64) *Generator {
	g := &Generator{Rand: rand.New(rand.NewPCG(seed, 1)), Features: ask.Features{}}
	for _, r := range relations {
		g.Features[r.name] = 0
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

var modelNames = []string{"User", "Post", "Tag", "UserGroup", "OrderItem", "APIKey", "Card", "Team", "X", "Node2"}

// World grows a world of a package: structs to embed, models, relations between them,
// mistakes.
func (g *Generator) World(path string) *World {
	g.w = &World{Path: path}
	names := g.Perm(len(modelNames))
	for _, name := range []string{"Base", "Audit"}[:g.IntN(3)] {
		g.w.Structs = append(g.w.Structs, &Struct{Name: name, Embedded: true})
	}
	for _, i := range names[:3+g.IntN(5)] {
		g.w.Structs = append(g.w.Structs, g.model(modelNames[i]))
	}
	for _, s := range g.w.Structs {
		if s.Embedded {
			g.fillBase(s)
		}
	}
	for _, s := range g.w.Models() {
		g.embed(s)
		if !g.w.keyed(s) {
			g.addKey(s)
		}
		g.addColumns(s)
	}
	for range 5 + g.IntN(14) {
		g.relate()
	}
	for _, s := range g.w.Models() {
		if g.chance(25) && s.Call != "" {
			g.spoil(s)
		}
	}
	return g.w
}

// model is a struct that some call registers.
func (g *Generator) model(name string) *Struct {
	s := &Struct{Name: name, Call: "RegisterModel", Handed: pick(g, "new(%s)", "&%s{}")}
	if g.chance(15) {
		s.Table = strings.ToLower(name) + pick(g, "_table", "s", "")
		g.mark("table/method")
	}
	if g.chance(15) {
		s.Call, s.Affix = "RegisterModelWith"+pick(g, "Prefix", "Suffix"), pick(g, "t_", "_x")
		g.mark("table/" + s.Call)
	}
	return s
}

// keyed reports whether a struct has a primary key.
func (w *World) keyed(s *Struct) bool {
	for _, f := range s.Fields {
		if f.Name == "Id" || f.says("pk") || f.says("auto") {
			return true
		}
		if base := w.named(f.Type); f.Anonymous && base != nil && w.keyed(base) {
			return true
		}
	}
	return false
}

func (g *Generator) fillBase(s *Struct) {
	if s.Name == "Base" {
		s.Fields = append(s.Fields, &Field{Name: "Id", Type: pick(g, "int", "int64", "uint32"), Options: pick(g, nil, []string{"auto"}, []string{"pk"})})
		return
	}
	s.Fields = append(s.Fields, &Field{Name: "Created", Type: "time.Time", Options: []string{"auto_now_add", "type(datetime)"}})
	if g.chance(60) {
		target := pick(g, g.w.Models()...)
		s.Fields = append(s.Fields, &Field{Name: "Creator", Type: "*" + target.Name, Options: []string{"rel(fk)", "null"}})
		g.mark("embedded/relation")
	}
}

func (g *Generator) embed(s *Struct) {
	for _, base := range g.w.Structs {
		if base.Embedded && g.chance(40) {
			s.Fields = append(s.Fields, &Field{Name: base.Name, Type: base.Name, Anonymous: true, Options: pick(g, nil, nil, []string{"-"})})
			g.mark("embedded/" + base.Name)
		}
	}
}

func (g *Generator) addKey(s *Struct) {
	key := pick(g,
		Field{Name: "Id", Type: "int"},
		Field{Name: "ID", Type: "int64", Options: []string{"AUTO"}},
		Field{Name: "Id", Type: "uint64", Options: []string{"column(key)"}},
		Field{Name: "Code", Type: "string", Options: []string{"pk", "size(20)"}},
		Field{Name: s.Name + "Id", Type: "int32", Options: []string{"auto", "column(the_id)"}},
	)
	g.mark("key/" + strings.TrimPrefix(key.Name, s.Name) + " " + key.Type)
	g.w.add(s, &key)
}

// addColumns adds fields that are columns, or nothing at all.
func (g *Generator) addColumns(s *Struct) {
	for _, f := range []*Field{
		{Name: "Title", Type: "string", Options: []string{"size(128)", "default(a)"}},
		{Name: "Body", Type: "string", Options: []string{"type(text)", "size(x)", "null"}},
		{Name: "Rank", Type: "*int", Options: []string{"null"}},
		{Name: "Price", Type: "float64", Options: []string{"digits(12)", "decimals(4)", "default(1.5)"}},
		{Name: "Level", Type: "Level", Options: []string{"default(7)", "column(lvl)"}},
		{Name: "Amount", Type: "Money"},
		{Name: "At", Type: "time.Time", Options: []string{"auto_now", "default(x)"}},
		{Name: "Note", Type: "sql.NullString"},
		{Name: "Active", Type: "bool", Options: []string{"default(true)", "index"}},
		{Name: "Serial", Type: "uint16", Options: []string{"unique", "default(none)"}},
		{Name: "Twin", Type: "*" + s.Name, Options: []string{"-"}},
		{Name: "secret", Type: "[]*" + s.Name},
		{Name: "Big", Type: "int64", Options: []string{"default(99999999999999999999)"}},
	} {
		if g.chance(12) {
			g.w.add(s, f)
			g.mark("column/" + f.Name)
		}
	}
}

// relate adds one relation, and often its other side.
func (g *Generator) relate() {
	var weighed []relationMaker
	for _, r := range relations {
		for range r.weight {
			weighed = append(weighed, r)
		}
	}
	r := pick(g, weighed...)
	models := g.w.Models()
	owner, target := pick(g, models...), pick(g, models...)
	if r.make(g, owner, target) {
		g.mark(r.name)
		if owner == target {
			g.mark("target/self")
		}
	}
}

// fieldName is a name for a relation to a model that is free in a struct.
func (g *Generator) fieldName(s, target *Struct, many bool) string {
	name := target.Name
	if many {
		name += "s"
	}
	name = pick(g, "", "", "Main", "Old", "Own", "ID") + name
	for n := 2; g.w.has(s, name); n++ {
		name = fmt.Sprint(name, n)
	}
	return name
}

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
		g.inherit()
	}
	for _, s := range g.w.Models() {
		if g.chance(28) {
			g.spoil(s)
		}
	}
	return g.w
}

// model is a struct with a key and columns.
func (g *Generator) model(name string) *Struct {
	s := &Struct{Name: name, HasTable: g.chance(70)}
	if s.HasTable {
		table := strings.ToLower(name) + "_table"
		s.Table = pick(g, table, table, table+",alias:t", "main."+table, "'quoted',select:view", ",alias:x", "_", ",discard_unknown_columns", "?shard."+table)
		g.mark("table/" + strings.NewReplacer(table, "name", "main.", "schema.").Replace(s.Table))
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
	key := func(name string, options ...string) *Field {
		return &Field{Name: name, Type: pick(g, keyTypes...), Key: true, Options: options}
	}
	switch g.IntN(11) {
	case 0, 1:
		s.add(key("Region", "pk"), key("Number", "pk"))
		g.mark("key/composite")
	case 2:
		s.add(key(upper(s.Name)+"ID", "pk"))
		g.mark("key/named")
	case 3:
		s.add(&Field{Name: "Num", Column: pick(g, "id", "uuid"), Type: pick(g, keyTypes...), Key: true})
		g.mark("key/by column")
	case 4:
		s.add(&Field{Name: "Pk", Column: "pk_" + underscore(s.Name), Type: "int64", Key: !strings.HasSuffix(s.Name, "ID")})
		g.mark("key/pk_model")
	case 5:
		s.add(key("ID"), key("Locale", "pk"))
		g.mark("key/id, then another")
	case 6:
		s.add(key("Locale", "pk"), &Field{Name: "ID", Type: "int64"})
		g.mark("key/another, then id")
	case 7:
		s.add(&Field{Name: "ID", Type: "int64", Options: []string{"nopk"}}, key("UUID"))
		g.mark("key/nopk")
	default:
		s.add(key(pick(g, "ID", "ID", "Id")))
		if g.chance(20) {
			s.Fields[len(s.Fields)-1].Options = []string{"pk", "type:" + pick(g, "uuid", "bigserial", "int8", "varchar(20)")}
			g.mark("key/typed")
		}
	}
}

// addColumns adds fields that are columns, or nothing at all.
func (g *Generator) addColumns(s *Struct) {
	for _, f := range []*Field{
		{Name: "Title", Type: "string", Options: []string{"notnull", "default:'a,b'"}},
		{Name: "Code", Type: "string", Column: "the_code", Options: []string{"alias:code2", "unique:group,one"}},
		{Name: "Rank", Type: "int", Options: []string{"type:numeric(10,2)", "use_zero"}},
		{Name: "Secret", Type: "*" + s.Name, Column: "-"},
		{Name: "hidden", Type: "int", Options: []string{"pk"}},
		{Name: "At", Type: "time.Time", Options: []string{"soft_delete"}},
		{Name: "Twin", Type: "*" + s.Name, Options: []string{"fk:-"}},
		{Name: "Tags", Type: "[]string", Options: []string{"array"}},
		{Name: "Names", Type: "map[string]string", Options: []string{"hstore"}},
		{Name: "Kept", Type: "[]*" + s.Name, Options: []string{"type:jsonb"}},
		{Name: "Ids", Type: "[]int64"},
		{Name: "Till", Type: "pg.NullTime"},
		{Name: "Text", Type: "*sql.NullString"},
		{Name: "Twice", Type: "int", Column: "the_code"},
		{Name: "Other", Type: "string", Column: "code2"},
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
	models := slices.DeleteFunc(g.w.Models(), func(s *Struct) bool { return s.Role != Model })
	owner, target := pick(g, models...), pick(g, models...)
	if r.make(g, owner, target) {
		g.mark(r.name)
		if owner == target {
			g.mark("target/self")
		}
	}
}

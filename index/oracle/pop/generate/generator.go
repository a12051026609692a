package generate

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/gobuffalo/flect"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// Generator grows worlds from a seed.
type Generator struct {
	rand     *rand.Rand
	Features ask.Features

	world *World
	n     int // of fields, so that their names differ
}

// New makes a generator whose worlds depend on the seed alone.
func New(seed uint64) *Generator {
	return &Generator{rand: rand.New(rand.NewPCG(seed, 7)), Features: ask.Features{}}
}

func (g *Generator) one(of ...string) string { return of[g.rand.IntN(len(of))] }

func (g *Generator) chance(n int) bool { return g.rand.IntN(n) == 0 }

func (g *Generator) feature(name string) { g.Features[name]++ }

// keyTypes are the types of IDs.
var keyTypes = []string{"int", "int", "int64", "string", "uuid.UUID"}

// World grows some models and the associations between them.
func (g *Generator) World() *World {
	g.world, g.n = &World{}, 0
	names := g.rand.Perm(len(typeNames))
	for i := range 3 + g.rand.IntN(4) {
		g.world.Structs = append(g.world.Structs, g.model(typeNames[names[i]]))
	}
	models := g.world.Models()
	for _, s := range models {
		for range 1 + g.rand.IntN(4) {
			g.associate(s, models[g.rand.IntN(len(models))])
		}
	}
	for _, s := range models {
		if g.chance(4) {
			g.spoil(s, models[g.rand.IntN(len(models))])
			s.Mistake = true
		}
	}
	return g.world
}

// model grows a model with its ID, which may be that of a struct that it embeds.
func (g *Generator) model(name string) *Struct {
	s := &Struct{Name: name, key: g.one(keyTypes...), Created: g.chance(2)}
	switch g.rand.IntN(8) {
	case 0, 1:
		g.embed(s, g.chance(3))
	case 2:
		g.feature("ID under another column")
		s.add("ID", s.key, "db", "key")
	case 3:
		g.feature("ID without a tag")
		s.add("ID", s.key)
	default:
		s.add("ID", s.key, "db", "id")
	}
	s.add("Name", "string", "db", "name")
	switch g.rand.IntN(12) {
	case 0:
		g.feature("TableName")
		s.Table = "t_" + strings.ToLower(name)
	case 1:
		g.feature("TableName of a pointer")
		s.Table, s.Pointer = "t_"+strings.ToLower(name), true
	case 2:
		g.feature("TableName with a context")
		s.Table, s.Context = "t_"+strings.ToLower(name), true
	}
	return s
}

// embed has a model take its ID from a base, behind a pointer or not.
func (g *Generator) embed(s *Struct, pointer bool) *Struct {
	base := &Struct{Name: "Base" + strings.ReplaceAll(s.Name, "_", ""), Embedded: true, key: s.key}
	base.add("ID", s.key, "db", "id")
	base.add("Note", "string", "db", "note")
	typ := base.Name
	if pointer {
		typ = "*" + typ
		g.feature("embedded pointer")
	} else {
		g.feature("embedded struct")
	}
	s.Fields = append(s.Fields, &Field{Name: base.Name, Type: typ, Anonymous: true})
	g.world.Structs = append(g.world.Structs, base)
	return base
}

// name is a name that no field has.
func (g *Generator) name(prefix string) string {
	g.n++
	return fmt.Sprint(prefix, g.one("X", "Y", "Of", "HTTP"), g.n)
}

// column is the column that pop makes of a model's name.
func column(s *Struct) string { return flect.Underscore(s.Name) + "_id" }

// associate adds one association that leads from a model to another.
func (g *Generator) associate(s, target *Struct) {
	if s == target {
		g.feature("self-reference")
	}
	switch g.rand.IntN(4) {
	case 0, 1:
		g.belongsTo(s, target)
	case 2:
		g.has(s, target)
	default:
		g.manyToMany(s, target)
	}
}

// owner is the struct that gets an association of the model: itself, or the one that it
// embeds.
func (g *Generator) owner(s *Struct) *Struct {
	if f := s.Fields[0]; f.Anonymous && g.chance(3) {
		for _, base := range g.world.Structs {
			if base.Name == f.Name {
				g.feature("association in an embedded struct")
				return base
			}
		}
	}
	return s
}

func (g *Generator) belongsTo(s, target *Struct) {
	name := g.name(g.one(roles...))
	tags := []string{"belongs_to", g.one("x", "-", "users", strings.ToLower(target.Name))}
	typ := g.one("", "*") + target.Name
	if g.chance(12) {
		g.feature("belongs_to on a slice")
		typ = "[]" + target.Name
	}
	keyType := g.one(target.key, target.key, "*int", "nulls.Int")
	owner, key := s, name+"ID"
	keyColumn := flect.Underscore(name) + "_id"
	switch g.rand.IntN(7) {
	case 0:
		g.feature("fk_id by Go name")
		key = g.name("Key")
		tags = append(tags, "fk_id", key)
	case 1:
		g.feature("fk_id by column")
		key, keyColumn = g.name("Key"), "col_"+strings.ToLower(name)
		tags = append(tags, "fk_id", keyColumn)
	case 2:
		g.feature("fk_id names nothing, another key is there")
		tags = append(tags, "fk_id", g.one("nothing", "Nothing", "name_"))
	case 3:
		g.feature("key under another column")
		keyColumn = "col" + strings.ToLower(name)
	case 4:
		owner = g.owner(s)
		if owner == s {
			g.feature("belongs_to by convention")
		}
	default:
		g.feature("belongs_to by convention")
	}
	switch {
	case g.chance(8) && !strings.HasPrefix(typ, "*") && !strings.HasPrefix(typ, "[]") && target != s:
		g.feature("primary_id")
		code := g.name("Code")
		target.add(code, "string", g.columnTag(code)...)
		tags = append(tags, "primary_id", code)
	case g.chance(10):
		g.feature("primary_id is ID")
		tags = append(tags, "primary_id", "ID")
	}
	if g.chance(6) {
		tags = append(tags, "db", "-")
	}
	if typ == s.Name || typ == owner.Name || typ == target.Name && g.chance(2) || owner != s && typ[0] != '*' && typ[0] != '[' {
		typ = "*" + strings.TrimPrefix(typ, "*")
		tags = without(tags, "primary_id")
	}
	if g.cyclic(typ) {
		typ = "*" + typ
		tags = without(tags, "primary_id")
	}
	owner.add(key, keyType, "db", keyColumn)
	owner.add(name, typ, tags...)
}

// cyclic reports whether a field holds a model by value: only the simplest of models are,
// so that no struct holds itself.
func (g *Generator) cyclic(typ string) bool {
	if typ[0] == '*' || typ[0] == '[' {
		return false
	}
	for _, s := range g.world.Structs {
		if s.Name != typ {
			continue
		}
		for _, f := range s.Fields {
			if kept := f.Type[0] != '*' && f.Type[0] != '['; kept && g.named(f.Type) {
				return true
			}
		}
	}
	return g.held(typ)
}

// held reports whether the model that holds another by value is itself held by one.
func (g *Generator) held(string) bool { return !g.chance(3) }

func (g *Generator) named(typ string) bool {
	for _, s := range g.world.Structs {
		if s.Name == typ && !s.Embedded {
			return true
		}
	}
	return false
}

// without are tags without one of a key.
func without(tags []string, key string) []string {
	var kept []string
	for i := 0; i < len(tags); i += 2 {
		if tags[i] != key {
			kept = append(kept, tags[i], tags[i+1])
		}
	}
	return kept
}

func (g *Generator) columnTag(name string) []string {
	if g.chance(4) {
		g.feature("column without a tag")
		return nil
	}
	return []string{"db", "c_" + strings.ToLower(name)}
}

// table is what has_one and has_many say, most often the target's.
func (g *Generator) table(target *Struct) string {
	switch {
	case g.chance(8):
		g.feature("another table")
		return "some_table"
	case target.Table != "":
		return target.Table
	}
	return flect.Pluralize(flect.Underscore(target.Name))
}

func (g *Generator) has(s, target *Struct) {
	owner := g.owner(s)
	many := g.chance(2)
	name, kind := g.name(g.one(roles...)), "has_one"
	typ := "*" + target.Name
	if many {
		kind = "has_many"
		typ = g.slice(target)
	}
	tags := []string{kind, g.table(target)}
	keyColumn, key := column(s), s.Name+"ID"
	switch g.rand.IntN(5) {
	case 0:
		g.feature(kind + " fk_id")
		keyColumn, key = "fk_"+strings.ToLower(name), g.name("Key")
		tags = append(tags, "fk_id", keyColumn)
	case 1:
		g.feature(kind + " fk_id beside the field of the owner")
		keyColumn = "fk_" + strings.ToLower(name)
		if target.has(key) {
			key = g.name("Key")
		}
		tags = append(tags, "fk_id", keyColumn)
	case 2:
		g.feature(kind + " of a column that nobody holds")
		key = ""
		tags = append(tags, "fk_id", "none_"+strings.ToLower(name))
	default:
		g.feature(kind + " by convention")
	}
	if g.chance(4) {
		g.feature(kind + " order_by")
		tags = append(tags, "order_by", "name desc")
	}
	if key != "" {
		target.add(key, s.key, "db", keyColumn)
	}
	owner.add(name, typ, tags...)
}

// slice is a type that holds many.
func (g *Generator) slice(target *Struct) string {
	switch g.rand.IntN(6) {
	case 0:
		g.feature("slice of pointers")
		return "[]*" + target.Name
	case 1:
		g.feature("named slice")
		g.n++
		name := fmt.Sprint(strings.ReplaceAll(target.Name, "_", ""), "List", g.n)
		g.world.lists = append(g.world.lists, "type "+name+" []"+target.Name)
		return name
	case 2:
		g.feature("pointer to a slice")
		return "*[]" + target.Name
	}
	return "[]" + target.Name
}

func (g *Generator) manyToMany(s, target *Struct) {
	owner := g.owner(s)
	typ := g.slice(target)
	if typ[0] == '*' {
		typ = typ[1:]
	}
	tags := []string{"many_to_many", g.one("joined_a", "joined_b", "links")}
	if g.chance(3) {
		g.feature("many_to_many fk_id")
		tags = append(tags, "fk_id", g.one("their_id", "other"))
	}
	if g.chance(3) {
		g.feature("many_to_many primary_id")
		tags = append(tags, "primary_id", g.one("my_id", "mine"))
	}
	if g.chance(4) {
		tags = append(tags, "order_by", "name")
	}
	g.feature("many_to_many")
	owner.add(g.name(g.one(roles...)), typ, tags...)
}

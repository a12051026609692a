package generate

import (
	"fmt"
	"slices"
	"strings"
)

// relationMaker adds one kind of relation from owner to target, in one of the ways to
// write it; false where there is no room for it.
type relationMaker struct {
	name   string
	weight int
	make   func(g *Generator, owner, target *Struct) bool
}

var relations = []relationMaker{
	{"belongs-to/convention", 4, belongsTo},
	{"belongs-to/join", 4, belongsToJoined},
	{"belongs-to/same name", 1, belongsToSameName},
	{"belongs-to/called has-one", 2, keyHereCalledHasOne},
	{"belongs-to/of an embedded struct", 1, belongsToEmbedded},
	{"has-one/convention", 2, hasOne},
	{"has-one/join", 2, hasOneJoined},
	{"has-one/called belongs-to", 1, keyThereCalledBelongsTo},
	{"has-many/convention", 4, hasMany},
	{"has-many/join", 4, hasManyJoined},
	{"polymorphic/convention", 2, polymorphic},
	{"polymorphic/join", 2, polymorphicJoined},
	{"m2m/names of the types", 3, manyToMany},
	{"m2m/join", 3, manyToManyJoined},
	{"m2m/both sides", 2, manyToManyBothSides},
	{"m2m and rel", 1, relBesideM2M},
	{"falls back to id", 1, fallback},
}

// key pairs a column with the key that it points to.
type key struct{ foreign, primary string }

// name is a name for a new field of the struct, "" where all are taken.
func (g *Generator) name(s *Struct, names []string, also string) string {
	if g.chance(40) && !s.has(also) {
		return also
	}
	for _, i := range g.Perm(len(names)) {
		if !s.has(names[i]) {
			return names[i]
		}
	}
	return ""
}

// one is the type of a field that leads to one target.
func (g *Generator) one(owner, target *Struct) string {
	at := func(s *Struct) int { return slices.Index(g.w.Structs, s) }
	if g.chance(20) && at(owner) < at(target) {
		g.mark("type/struct")
		return target.Name
	}
	return "*" + target.Name
}

// many is the type of a field that leads to many.
func (g *Generator) many(target *Struct) string {
	switch g.IntN(8) {
	case 0:
		g.mark("type/pointer to slice")
		return "*[]*" + target.Name
	case 1:
		g.mark("type/defined slice")
		list := fmt.Sprintf("%sList%d", typeName(target.Name), len(g.w.lists))
		g.w.lists = append(g.w.lists, fmt.Sprintf("type %s []%s", list, target.Name))
		return list
	case 2, 3:
		return "[]" + target.Name
	}
	return "[]*" + target.Name
}

// foreignKeys adds to the holder a field for each key that is pointed to, called after
// a prefix, and tells how they pair.
func (g *Generator) foreignKeys(holder *Struct, prefix string, keys []*Field, free bool) []key {
	var pairs []key
	for _, k := range keys {
		f := &Field{Name: prefix + k.Name, Type: k.Type}
		if want := underscore(prefix) + "_" + k.column(); !free && f.column() != want {
			f.Column = want
		}
		if free && g.chance(30) {
			f.Column = "fk_" + strings.ToLower(prefix+k.Name)
		}
		if !holder.has(f.Name) {
			holder.add(f)
		}
		pairs = append(pairs, key{f.column(), k.column()})
	}
	return pairs
}

// joinOptions are the options that name pairs of columns: own before the target's.
func (g *Generator) joinOptions(pairs []string) []string {
	switch {
	case len(pairs) > 1 && g.chance(50):
		g.mark("join/quoted")
		return []string{`join:"` + strings.Join(pairs, ",") + `"`}
	case len(pairs) > 1:
		g.mark("join/repeated")
	case g.chance(10):
		g.mark("join/quoted")
		return []string{`join:"` + pairs[0] + `"`}
	}
	options := make([]string, len(pairs))
	for i, p := range pairs {
		options[i] = "join:" + p
	}
	return options
}

// relation adds a relation field, its options in any order, with others beside.
func (g *Generator) relation(s *Struct, name, typ string, options ...string) {
	f := &Field{Name: name, Type: typ, Options: options}
	if slices.Contains(options, "rel:belongs-to") && g.chance(20) {
		f.Options = append(f.Options, pick(g, "on_delete:CASCADE", "on_update:set null", "on_delete:NO ACTION", "join_on:deleted"))
		g.mark("rule")
	}
	if len(options) < 3 && g.chance(30) {
		g.Shuffle(len(f.Options), func(i, j int) { f.Options[i], f.Options[j] = f.Options[j], f.Options[i] })
	}
	if g.chance(10) {
		f.Column = "alias_" + strings.ToLower(name)
		g.mark("relation/column name")
	}
	s.add(f)
}

func belongsTo(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, fieldNames, typeName(target.Name))
	if name == "" {
		return false
	}
	g.foreignKeys(owner, name, g.w.keys(target), false)
	g.relation(owner, name, g.one(owner, target), "rel:belongs-to")
	return true
}

// own are pairs from the side of the model that holds the keys, theirs from the other.
func own(pairs []key) []string {
	var list []string
	for _, p := range pairs {
		list = append(list, p.foreign+"="+p.primary)
	}
	return list
}

func theirs(pairs []key) []string {
	var list []string
	for _, p := range pairs {
		list = append(list, p.primary+"="+p.foreign)
	}
	return list
}

func toOneHere(word string) func(g *Generator, owner, target *Struct) bool {
	return func(g *Generator, owner, target *Struct) bool {
		name := g.name(owner, fieldNames, typeName(target.Name))
		if name == "" {
			return false
		}
		pairs := g.foreignKeys(owner, pick(g, name, "Ref"+name), g.w.keys(target), true)
		g.relation(owner, name, g.one(owner, target), append([]string{"rel:" + word}, g.joinOptions(own(pairs))...)...)
		return true
	}
}

var (
	belongsToJoined     = toOneHere("belongs-to")
	keyHereCalledHasOne = toOneHere("has-one")
)

// belongsToSameName relies on a column that is called as the target's key.
func belongsToSameName(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, fieldNames, typeName(target.Name))
	if name == "" || owner == target {
		return false
	}
	for _, k := range g.w.keys(target) {
		if !owner.has(k.Name) {
			owner.add(&Field{Name: k.Name, Type: k.Type, Column: k.Column})
		}
	}
	g.relation(owner, name, g.one(owner, target), "rel:belongs-to")
	return true
}

// belongsToEmbedded puts the relation into a struct that the model embeds. Its target
// embeds nothing: what Bun reads of two structs that hold each other depends on which
// it sees first.
func belongsToEmbedded(g *Generator, owner, target *Struct) bool {
	if slices.ContainsFunc(target.Fields, func(f *Field) bool { return f.Anonymous || f.option("embed") >= 0 }) || owner == target {
		return false
	}
	s := &Struct{Name: fmt.Sprintf("%s%d", pick(g, "Tracked", "tracked", "Owned"), len(g.w.Structs)), Role: Embedded}
	name := pick(g, fieldNames...)
	if owner.has(name) || owner.has("Within") {
		return false
	}
	g.foreignKeys(s, name, g.w.keys(target), false)
	g.relation(s, name, "*"+target.Name, "rel:belongs-to")
	g.w.Structs = append([]*Struct{s}, g.w.Structs...)
	if g.chance(30) {
		owner.add(&Field{Name: "Within", Type: s.Name, Options: []string{"embed:" + pick(g, "", "p_")}})
		return true
	}
	owner.add(&Field{Name: s.Name, Type: pick(g, "", "*") + s.Name, Anonymous: true})
	return true
}

func there(word string, joined bool) func(g *Generator, owner, target *Struct) bool {
	return func(g *Generator, owner, target *Struct) bool {
		names, typ := fieldNames, g.one(owner, target)
		if word == "has-many" {
			names, typ = manyNames, g.many(target)
		}
		name := g.name(owner, names, typeName(target.Name)+"s")
		if name == "" {
			return false
		}
		called := owner
		if owner.extends != nil {
			called = owner.extends
		}
		prefix := typeName(called.Name)
		if joined && g.chance(60) {
			prefix = pick(g, fieldNames...)
		}
		pairs := g.foreignKeys(target, prefix, g.w.keys(owner), joined)
		options := []string{"rel:" + word}
		if joined {
			options = append(options, g.joinOptions(theirs(pairs))...)
		}
		g.relation(owner, name, typ, options...)
		return true
	}
}

var (
	hasOne                  = there("has-one", false)
	hasOneJoined            = there("has-one", true)
	keyThereCalledBelongsTo = there("belongs-to", true)
	hasMany                 = there("has-many", false)
	hasManyJoined           = there("has-many", true)
)

func polymorphic(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, manyNames, typeName(target.Name)+"s")
	if name == "" {
		return false
	}
	g.foreignKeys(target, typeName(owner.Name), g.w.keys(owner), false)
	column := underscore(owner.Name) + "_type"
	if f := (&Field{Name: typeName(owner.Name) + "Type", Type: "string", Column: column}); !target.has(f.Name) {
		target.add(f)
	}
	g.relation(owner, name, g.many(target), "rel:has-many", pick(g, "polymorphic", "polymorphic:mine"))
	return true
}

func polymorphicJoined(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, manyNames, typeName(target.Name)+"s")
	prefix := pick(g, fieldNames...)
	if name == "" {
		return false
	}
	pairs := theirs(g.foreignKeys(target, prefix, g.w.keys(owner), true))
	f := &Field{Name: prefix + "Type", Type: "string", Column: pick(g, "", "type_of_"+strings.ToLower(prefix))}
	if !target.has(f.Name) {
		target.add(f)
	}
	at := g.IntN(len(pairs) + 1)
	pairs = slices.Insert(pairs, at, "type="+f.column())
	options := append([]string{"rel:has-many"}, g.joinOptions(pairs)...)
	g.relation(owner, name, g.many(target), append(options, pick(g, "polymorphic", "polymorphic:mine"))...)
	return true
}

// fallback is a relation without a foreign key anywhere.
func fallback(g *Generator, owner, target *Struct) bool {
	word := pick(g, "belongs-to", "has-one", "has-many")
	name, typ := g.name(owner, fieldNames, "Lost"), g.one(owner, target)
	if word == "has-many" {
		typ = g.many(target)
	}
	if name == "" {
		return false
	}
	g.relation(owner, name, typ, "rel:"+word)
	return true
}

func relBesideM2M(g *Generator, owner, target *Struct) bool {
	if !belongsTo(g, owner, target) {
		return false
	}
	f := owner.Fields[len(owner.Fields)-1]
	f.Options = append(f.Options, "m2m:nowhere")
	return true
}

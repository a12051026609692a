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
	{"has-one/convention", 4, here("")},
	{"has-one/fk", 4, here("fk")},
	{"has-one/same name", 1, sameName},
	{"has-one/join_fk", 2, joinFK},
	{"has-one/key on the other side", 1, turned},
	{"has-one/of an embedded struct", 1, hereEmbedded},
	{"has-one/column of fk replaced", 1, replaced},
	{"belongs-to/convention", 2, there("belongs-to", "")},
	{"belongs-to/join_fk", 3, there("belongs-to", "join_fk")},
	{"has-many/convention", 4, there("has-many", "")},
	{"has-many/join_fk", 4, there("has-many", "join_fk")},
	{"polymorphic/convention", 2, polymorphic("")},
	{"polymorphic/join_fk", 3, polymorphic("join_fk")},
	{"many2many/convention", 3, manyToMany("")},
	{"many2many/named", 4, manyToMany("named")},
	{"many2many/both sides", 2, manyToMany("both")},
	{"falls back to id", 1, fallback},
	{"guess/here", 3, guessHere},
	{"guess/there", 2, guessThere},
	{"guess/many", 3, guessMany},
	{"guess/polymorphic", 2, guessPolymorphic},
	{"guess/fk_value", 2, guessValue},
	{"guess/pk_ and fk_", 1, guessByPrefix},
	{"guess/nothing to find", 2, guessNothing},
}

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
		list := fmt.Sprintf("%sList%d", upper(target.Name), len(g.w.lists))
		g.w.lists = append(g.w.lists, fmt.Sprintf("type %s []%s", list, target.Name))
		return list
	case 2, 3:
		return "[]" + target.Name
	}
	return "[]*" + target.Name
}

// foreignKeys adds to the holder a field for each key that is pointed to, whose columns
// are a prefix and the key's; of a free one, any column. It gives what an option has to
// say: the column of a single key, else the prefix.
func (g *Generator) foreignKeys(holder *Struct, prefix string, keys []*Field, free bool) string {
	column := underscore(prefix) + "_"
	for _, k := range keys {
		f := &Field{Name: prefix + k.Name, Type: k.Type, Foreign: true}
		if same := sameColumn[k.Type]; same != nil && g.chance(25) {
			f.Type = pick(g, same...)
			g.mark("key/of another type")
		}
		if want := column + k.column(); f.column() != want {
			f.Column = want
		}
		if k.option("type") >= 0 && g.chance(80) {
			f.Options = []string{k.Options[k.option("type")]}
		}
		if len(keys) == 1 && free && g.chance(30) {
			f.Column = "ref_" + strings.ToLower(prefix)
		}
		if !holder.has(f.Name) {
			holder.add(f)
		}
		if len(keys) == 1 {
			column = f.column()
		}
	}
	return column
}

// relation adds a relation field, its options in any order, with others beside.
func (g *Generator) relation(s *Struct, name, typ string, options ...string) {
	f := &Field{Name: name, Type: typ, Options: options, spaced: g.chance(10)}
	if g.chance(10) {
		f.Options = append(f.Options, pick(g, "on_delete:CASCADE", "notnull", "type:jsonb"))
		g.mark("relation/with other options")
	}
	if g.chance(30) {
		g.Shuffle(len(f.Options), func(i, j int) { f.Options[i], f.Options[j] = f.Options[j], f.Options[i] })
	}
	if g.chance(10) {
		f.Column = "named_" + strings.ToLower(name)
		g.mark("relation/column name")
	}
	s.add(f)
}

// here is a has-one, whose key is on this side.
func here(option string) func(g *Generator, owner, target *Struct) bool {
	return func(g *Generator, owner, target *Struct) bool {
		name := g.name(owner, fieldNames, upper(target.Name))
		if name == "" {
			return false
		}
		prefix, options := name, []string{"rel:has-one"}
		if option != "" {
			prefix = pick(g, name, "Ref"+name)
		}
		column := g.foreignKeys(owner, prefix, g.w.keys(target), option != "")
		if option != "" {
			options = append(options, option+":"+column)
		}
		g.relation(owner, name, g.one(owner, target), options...)
		return true
	}
}

// sameName relies on a column that is called as the target's key.
func sameName(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, fieldNames, upper(target.Name))
	if name == "" || owner == target {
		return false
	}
	for _, k := range g.w.keys(target) {
		if !owner.has(k.Name) {
			owner.add(&Field{Name: k.Name, Type: k.Type, Column: k.Column, Options: []string{"nopk"}})
		}
	}
	g.relation(owner, name, g.one(owner, target), "rel:has-one")
	return true
}

// joinFK is a has-one that points to a column of the target that is no key.
func joinFK(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, fieldNames, upper(target.Name))
	if name == "" {
		return false
	}
	target.add(&Field{Name: "Mark", Type: "int64", Column: pick(g, "", "the_mark")})
	mark := target.Fields[slices.IndexFunc(target.Fields, func(f *Field) bool { return f.Name == "Mark" })]
	column := g.foreignKeys(owner, name, []*Field{mark}, false)
	options := []string{"rel:has-one", "join_fk:" + mark.column()}
	if g.chance(50) {
		options = append(options, "fk:"+column)
	}
	g.relation(owner, name, g.one(owner, target), options...)
	return true
}

// turned is a has-one whose options name the key of this side, and a foreign key there.
func turned(g *Generator, owner, target *Struct) bool {
	name, keys := g.name(owner, fieldNames, upper(target.Name)), g.w.keys(owner)
	if name == "" || len(keys) != 1 {
		return false
	}
	column := g.foreignKeys(target, pick(g, fieldNames...), keys, true)
	g.relation(owner, name, g.one(owner, target), "rel:has-one", "fk:"+keys[0].column(), "join_fk:"+column)
	return true
}

// hereEmbedded puts a has-one into a struct that the model embeds.
func hereEmbedded(g *Generator, owner, target *Struct) bool {
	name := pick(g, fieldNames...)
	s := &Struct{Name: fmt.Sprintf("%s%d", pick(g, "Tracked", "tracked", "Owned"), len(g.w.Structs)), Role: Embedded}
	if owner == target || owner.has(name) || owner.has(s.Name) {
		return false
	}
	g.foreignKeys(s, name, g.w.keys(target), false)
	g.relation(s, name, "*"+target.Name, "rel:has-one")
	g.w.Structs = append([]*Struct{s}, g.w.Structs...)
	owner.add(&Field{Name: s.Name, Type: pick(g, "", "*") + s.Name, Anonymous: true})
	return true
}

// replaced is a has-one whose foreign key is declared twice: the last one counts.
func replaced(g *Generator, owner, target *Struct) bool {
	if !here("fk")(g, owner, target) {
		return false
	}
	f := owner.Fields[len(owner.Fields)-1]
	if i := f.option("fk"); i >= 0 {
		_, column, _ := strings.Cut(f.Options[i], ":")
		owner.add(&Field{Name: "Again" + f.Name, Type: "int64", Column: column, Foreign: true})
	}
	return true
}

// there is a belongs-to or a has-many, whose key is on the other side.
func there(word, option string) func(g *Generator, owner, target *Struct) bool {
	return func(g *Generator, owner, target *Struct) bool {
		names, typ := fieldNames, g.one(owner, target)
		if word == "has-many" {
			names, typ = manyNames, g.many(target)
		}
		name := g.name(owner, names, upper(target.Name)+"s")
		if name == "" {
			return false
		}
		prefix, options := upper(owner.modelName()), []string{"rel:" + word}
		if option != "" && g.chance(60) {
			prefix = pick(g, fieldNames...)
		}
		column := g.foreignKeys(target, prefix, g.w.keys(owner), option != "")
		if option != "" {
			options = append(options, option+":"+column)
		}
		g.relation(owner, name, typ, options...)
		return true
	}
}

// polymorphic is a has-many with a column that says whose a row is.
func polymorphic(option string) func(g *Generator, owner, target *Struct) bool {
	return func(g *Generator, owner, target *Struct) bool {
		name := g.name(owner, manyNames, upper(target.Name)+"s")
		if name == "" {
			return false
		}
		prefix, options := upper(owner.modelName()), []string{"rel:has-many", pick(g, "polymorphic", "polymorphic", "polymorphic:nothing")}
		if option != "" {
			prefix = pick(g, fieldNames...)
			options = append(options, option+":"+underscore(prefix)+"_")
		}
		g.foreignKeys(target, prefix, g.w.keys(owner), false)
		f := &Field{Name: prefix + "Type", Type: "string"}
		if want := underscore(prefix) + "_type"; f.column() != want {
			f.Column = want
		}
		target.add(f)
		g.relation(owner, name, g.many(target), options...)
		return true
	}
}

// fallback is a relation without a foreign key anywhere.
func fallback(g *Generator, owner, target *Struct) bool {
	word := pick(g, "has-one", "belongs-to", "has-many")
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

package generate

import "strings"

// guess adds a field that nothing says is a relation, with options beside.
func (g *Generator) guess(s *Struct, name, typ string, options ...string) bool {
	f := &Field{Name: name, Type: typ, Options: options, Guessed: true}
	if g.chance(10) {
		f.Column = "named_" + strings.ToLower(name)
	}
	s.add(f)
	return true
}

// fk is what an option says of the columns that begin with a name: the name, what they
// begin with, or the column of a single key.
func (g *Generator) fk(prefix, column string) string {
	switch g.IntN(3) {
	case 0:
		g.mark("guess/by a Go name")
		return "fk:" + prefix
	case 1:
		return "fk:" + underscore(prefix) + "_"
	}
	return "fk:" + column
}

// guessHere is guessed by a key on this side.
func guessHere(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, fieldNames, upper(target.Name))
	if name == "" {
		return false
	}
	if g.chance(50) {
		g.foreignKeys(owner, name, g.w.keys(target), false)
		return g.guess(owner, name, g.one(owner, target))
	}
	prefix := "Ref" + name
	column := g.foreignKeys(owner, prefix, g.w.keys(target), true)
	return g.guess(owner, name, g.one(owner, target), g.fk(prefix, column))
}

// guessThere is guessed by a key on the other side, which is called after the type.
func guessThere(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, fieldNames, upper(target.Name))
	if name == "" || owner == target {
		return false
	}
	g.foreignKeys(target, upper(owner.modelName()), g.w.keys(owner), false)
	return g.guess(owner, name, g.one(owner, target))
}

func guessMany(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, manyNames, upper(target.Name)+"s")
	if name == "" {
		return false
	}
	if g.chance(50) {
		g.foreignKeys(target, upper(owner.modelName()), g.w.keys(owner), false)
		return g.guess(owner, name, g.many(target))
	}
	prefix := pick(g, fieldNames...)
	column := g.foreignKeys(target, prefix, g.w.keys(owner), true)
	return g.guess(owner, name, g.many(target), g.fk(prefix, column))
}

func guessPolymorphic(g *Generator, owner, target *Struct) bool {
	name, prefix := g.name(owner, manyNames, upper(target.Name)+"s"), pick(g, fieldNames...)
	if name == "" {
		return false
	}
	g.foreignKeys(target, prefix, g.w.keys(owner), false)
	f := &Field{Name: prefix + "Type", Type: "string"}
	if want := underscore(prefix) + "_type"; f.column() != want {
		f.Column = want
	}
	target.add(f)
	return g.guess(owner, name, g.many(target), "polymorphic:"+pick(g, prefix, underscore(prefix)+"_"))
}

// guessValue is a guess by another column than the primary key.
func guessValue(g *Generator, owner, target *Struct) bool {
	if !guessMany(g, owner, target) {
		return false
	}
	owner.add(&Field{Name: "Worth", Type: "int64"})
	f := owner.Fields[len(owner.Fields)-1]
	if f.Name == "Worth" {
		f = owner.Fields[len(owner.Fields)-2]
	}
	if !f.Guessed || !strings.Contains(f.Type, target.Name) {
		return false
	}
	f.Options = append(f.Options, "fk_value:worth")
	return true
}

// guessByPrefix is a guess by the names pk_x and fk_x.
func guessByPrefix(g *Generator, owner, target *Struct) bool {
	keys := g.w.keys(target)
	if len(keys) != 1 || !strings.HasPrefix(keys[0].column(), "pk_") {
		return false
	}
	name := g.name(owner, fieldNames, upper(target.Name))
	if name == "" {
		return false
	}
	owner.add(&Field{Name: "Fk" + upper(target.Name), Column: "fk_" + keys[0].column()[3:], Type: keys[0].Type, Foreign: true})
	return g.guess(owner, name, g.one(owner, target))
}

// guessNothing is a struct, or a slice of some, that stays a column.
func guessNothing(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, fieldNames, "Blob")
	if name == "" {
		return false
	}
	typ := pick(g, "*"+target.Name, "[]"+target.Name, "[]time.Time", "*time.Time", "struct{ A int }", "[][]"+target.Name, "map[string]"+target.Name, "**"+target.Name)
	return g.guess(owner, name, typ)
}

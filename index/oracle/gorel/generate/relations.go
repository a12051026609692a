package generate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// relationMaker adds one kind of relation from owner to target, in one of the ways to
// declare it; false where there is no room for it.
type relationMaker struct {
	name   string
	weight int
	make   func(g *Generator, owner, target *Struct) bool
}

var relations = []relationMaker{
	{"belongs-to/convention", 4, belongsTo},
	{"belongs-to/ref and fk", 4, belongsToTagged},
	{"has-one/convention", 3, hasOne},
	{"has-one/ref and fk", 2, hasOneTagged},
	{"has-many/convention", 4, hasMany},
	{"has-many/ref and fk", 4, hasManyTagged},
	{"has-many/by a key called after the field", 1, hasManyOwnKey},
	{"by the length of names", 2, byLength},
	{"through", 8, through},
	{"through with ref and fk", 3, throughTagged},
	{"one of ref and fk", 2, halfTagged},
	{"no struct with a key", 1, column},
}

// name is a name for a new field of the struct, "" where all are taken.
func (g *Generator) name(s *Struct, names []string, also string) string {
	if g.chance(40) && s.field(also) == nil {
		return also
	}
	for _, i := range g.Perm(len(names)) {
		if s.field(names[i]) == nil {
			return names[i]
		}
	}
	return ""
}

// title is the name of a type as the name of a field.
func title(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// one is the type of a field that leads to one target: a struct itself only where that
// is declared before, so that none holds itself.
func (g *Generator) one(owner, target *Struct) string {
	at := func(s *Struct) int { return slices.Index(g.w.Structs, s) }
	if g.chance(40) && at(target) < at(owner) {
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
		return "*[]" + target.Name
	case 1:
		g.mark("type/defined slice")
		list := fmt.Sprintf("%sList%d", title(target.Name), len(g.w.lists))
		g.w.lists = append(g.w.lists, fmt.Sprintf("type %s []%s", list, target.Name))
		return list
	case 2, 3:
		return "[]*" + target.Name
	}
	return "[]" + target.Name
}

// relation adds a relation field, at times with what else its tags can say.
func (g *Generator) relation(s *Struct, name, typ string, tags ...Tag) *Field {
	f := &Field{Name: name, Type: typ, Tags: tags, Role: Relation}
	if f.tag("through") == nil && g.chance(20) {
		f.Tags = append(f.Tags, Tag{pick(g, "auto", "autosave", "autoload"), pick(g, "true", "true", "1")})
		g.mark("tag/autosave")
	}
	s.add(f)
	return f
}

// foreignKey adds a column that is not called by any convention.
func (g *Generator) foreignKey(s *Struct, column string) {
	s.add(&Field{Name: "Fk" + title(column), Type: "int", Column: column, Role: ForeignKey})
}

func belongsTo(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, fieldNames, title(target.Name))
	if name == "" || !target.hasID() {
		return false
	}
	owner.add(&Field{Name: name + "ID", Type: pick(g, "int", "*int"), Role: ForeignKey})
	g.relation(owner, name, g.one(owner, target))
	return true
}

func belongsToTagged(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, fieldNames, title(target.Name))
	if name == "" || !target.hasID() {
		return false
	}
	column := "to_" + strings.ToLower(name)
	g.foreignKey(owner, column)
	g.relation(owner, name, g.one(owner, target), Tag{"ref", column}, Tag{"fk", "id"})
	return true
}

func hasOne(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, fieldNames, title(target.Name))
	if name == "" || !owner.hasID() {
		return false
	}
	target.add(&Field{Name: title(owner.Name) + "ID", Type: "int", Role: ForeignKey})
	g.relation(owner, name, g.one(owner, target))
	return true
}

func hasOneTagged(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, fieldNames, title(target.Name))
	if name == "" || !owner.hasID() {
		return false
	}
	column := "of_" + strings.ToLower(owner.Name)
	g.foreignKey(target, column)
	g.relation(owner, name, g.one(owner, target), Tag{"ref", "id"}, Tag{"fk", column})
	return true
}

func hasMany(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, manyNames, title(target.Name)+"s")
	if name == "" || !owner.hasID() {
		return false
	}
	target.add(&Field{Name: title(owner.Name) + "ID", Type: "int", Role: ForeignKey})
	g.relation(owner, name, g.many(target))
	return true
}

func hasManyTagged(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, manyNames, title(target.Name)+"s")
	if name == "" || !owner.hasID() {
		return false
	}
	column := "in_" + strings.ToLower(owner.Name)
	g.foreignKey(target, column)
	g.relation(owner, name, g.many(target), Tag{"ref", "id"}, Tag{"fk", column})
	return true
}

// hasManyOwnKey adds a slice beside a column that is called after it.
func hasManyOwnKey(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, manyNames, "Mixed")
	if name == "" || !target.hasID() {
		return false
	}
	owner.add(&Field{Name: name + "ID", Type: "int", Role: ForeignKey})
	g.relation(owner, name, g.many(target))
	return true
}

// byLength adds a relation to one whose kind only the lengths of two names tell.
func byLength(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, fieldNames, "Measured")
	if name == "" {
		return false
	}
	g.foreignKey(owner, "aa")
	g.foreignKey(owner, "bbbb")
	g.foreignKey(target, "cc")
	g.foreignKey(target, "dddd")
	g.relation(owner, name, g.one(owner, target), Tag{"ref", pick(g, "aa", "bbbb")}, Tag{"fk", pick(g, "cc", "dddd")})
	return true
}

// way is a relation of the owner to many, by the name of its column, "" for none. Only
// names are taken whose columns everybody knows.
func (g *Generator) way(owner *Struct) string {
	for _, i := range g.Perm(len(owner.Fields)) {
		f := owner.Fields[i]
		if f.Role == Relation && f.tag("through") == nil && plainName.MatchString(f.Name) {
			return strings.ToLower(f.Name)
		}
	}
	return ""
}

// plainName is the name of a field whose column is the same in lower case.
var plainName = regexp.MustCompile(`^[A-Z][a-z]+$`)

func through(g *Generator, owner, target *Struct) bool {
	name, way := g.name(owner, manyNames, "Far"), g.way(owner)
	if name == "" || way == "" || !owner.hasID() || !target.hasID() {
		return false
	}
	typ := g.many(target)
	if g.chance(20) {
		typ = g.one(owner, target)
	}
	g.relation(owner, name, typ, Tag{"through", way})
	return true
}

func throughTagged(g *Generator, owner, target *Struct) bool {
	name, way := g.name(owner, manyNames, "Far"), g.way(owner)
	if name == "" || way == "" || !owner.hasID() || !target.hasID() {
		return false
	}
	g.relation(owner, name, g.many(target), Tag{"ref", "id"}, Tag{"fk", "id"}, Tag{"through", way})
	return true
}

// halfTagged adds a relation with one of the two tags that go together.
func halfTagged(g *Generator, owner, target *Struct) bool {
	name := g.name(owner, manyNames, "Half")
	if name == "" || !owner.hasID() {
		return false
	}
	key := title(owner.Name) + "ID"
	target.add(&Field{Name: key, Type: "int", Role: ForeignKey})
	g.relation(owner, name, g.many(target), Tag{pick(g, "ref", "fk"), pick(g, "id", "title", "other_id")})
	return true
}

// column adds a field of a struct that has no key of its own, at times with the tags of a
// relation.
func column(g *Generator, owner, _ *Struct) bool {
	name := g.name(owner, manyNames, "Settings")
	bases := slices.DeleteFunc(slices.Clone(g.w.Structs), func(s *Struct) bool { return !s.Embedded || s.field("ID") != nil })
	if name == "" || len(bases) == 0 {
		return false
	}
	f := &Field{Name: name, Type: pick(g, "", "*", "[]") + pick(g, bases...).Name}
	if g.chance(50) {
		f.Tags = []Tag{{pick(g, "ref", "autosave", "through"), "true"}}
		g.mark("tag/at a column")
	}
	owner.add(f)
	return true
}

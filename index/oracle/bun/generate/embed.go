package generate

import "slices"

// embedded is a struct that models embed: with a key, columns, or a relation.
func (g *Generator) embedded(name string) *Struct {
	s := &Struct{Name: name, Role: Embedded}
	if g.chance(50) {
		s.add(&Field{Name: "ID", Type: "int64", Key: true, Options: []string{"pk"}})
	}
	s.add(&Field{Name: pick(g, "Name", "Title", "Note"), Type: "string"})
	if g.chance(30) {
		s.add(&Field{Name: "Kind", Type: "string", Options: []string{"notnull"}})
	}
	return s
}

// embeddable is a struct to embed, or none.
func (g *Generator) embeddable() *Struct {
	bases := slices.DeleteFunc(slices.Clone(g.w.Structs), func(s *Struct) bool { return s.Role != Embedded })
	if len(bases) == 0 || g.chance(50) {
		return nil
	}
	return pick(g, bases...)
}

// embedInto embeds a struct in one of the ways in which Bun takes its fields.
func (g *Generator) embedInto(s, base *Struct) {
	switch g.IntN(5) {
	case 0:
		s.add(&Field{Name: base.Name, Type: "*" + base.Name, Anonymous: true})
		g.mark("embed/pointer")
	case 1:
		f := &Field{Name: "Inner", Type: pick(g, "", "*") + base.Name, Options: []string{"embed:" + pick(g, "", "in_", "a")}}
		s.add(f)
		g.mark("embed/named")
	case 2:
		s.add(&Field{Name: base.Name, Type: base.Name, Anonymous: true}, &Field{Name: "Inner", Type: base.Name, Options: []string{"embed:in_"}})
		g.mark("embed/twice")
	case 3:
		s.add(&Field{Name: base.Name, Type: base.Name, Anonymous: true}, &Field{Name: base.Fields[len(base.Fields)-1].Name, Type: "string"})
		g.mark("embed/hidden")
	default:
		s.add(&Field{Name: base.Name, Type: base.Name, Anonymous: true})
		g.mark("embed/plain")
	}
}

// extend adds a model that takes the table of another.
func (g *Generator) extend() {
	models := slices.DeleteFunc(g.w.Models(), func(s *Struct) bool { return s.Role != Model || s.extends != nil })
	parent := pick(g, models...)
	s := &Struct{Name: "Special" + typeName(parent.Name), extends: parent}
	s.add(&Field{Name: parent.Name, Type: pick(g, "", "*") + parent.Name, Anonymous: true, Options: []string{pick(g, "extend", "inherit")}})
	g.mark("embed/extend")
	s.add(&Field{Name: "Extra", Type: "int"})
	g.w.Structs = append(g.w.Structs, s)
	if g.chance(60) {
		hasMany(g, s, pick(g, models...))
	}
}

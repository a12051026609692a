package generate

import "slices"

// embedded is a struct that models embed: with a key, columns, or both.
func (g *Generator) embedded(name string) *Struct {
	s := &Struct{Name: name, Role: Embedded}
	if g.chance(50) {
		s.add(&Field{Name: pick(g, "ID", "ID", "UUID"), Type: "int64", Key: true})
	}
	s.add(&Field{Name: pick(g, "Name", "Title", "Note"), Type: "string"})
	if g.chance(30) {
		s.add(&Field{Name: "Kind", Type: "string", Options: []string{"notnull"}})
	}
	if g.chance(30) {
		s.HasTable, s.Table = true, "embedded_table"
		g.mark("embed/with a tableName")
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

// embedInto embeds a struct in one of the ways in which go-pg takes its fields, or does
// not.
func (g *Generator) embedInto(s, base *Struct) {
	f := &Field{Name: base.Name, Type: base.Name, Anonymous: true}
	switch g.IntN(7) {
	case 0:
		f.Type = "*" + base.Name
		g.mark("embed/pointer")
	case 1:
		f.Column, f.Type = "-", base.Name
		s.add(&Field{Name: "ID", Type: "int64", Key: true})
		g.mark("embed/left out")
	case 2:
		f.Old = "-"
		s.add(&Field{Name: "ID", Type: "int64", Key: true})
		g.mark("embed/left out by sql")
	case 3:
		f = &Field{Name: "Inner", Type: pick(g, "", "*") + base.Name, Options: []string{pick(g, "fk:-", "type:jsonb", "composite:x")}}
		g.mark("embed/named")
	case 4:
		s.add(f, &Field{Name: base.Fields[len(base.Fields)-1].Name, Type: "string"})
		g.mark("embed/hidden")
		return
	case 5:
		s.add(&Field{Name: base.Fields[0].Name, Type: "string", Key: base.Fields[0].Key}, f)
		g.mark("embed/hides")
		return
	default:
		g.mark("embed/plain")
	}
	s.add(f)
}

// inherit adds a model that takes the table and the names of another.
func (g *Generator) inherit() {
	models := slices.DeleteFunc(g.w.Models(), func(s *Struct) bool { return s.Role != Model || s.inherits != nil })
	parent := pick(g, models...)
	s := &Struct{Name: "Special" + upper(parent.Name), inherits: parent}
	s.add(&Field{Name: parent.Name, Type: pick(g, "", "*") + parent.Name, Anonymous: true, Options: []string{"inherit"}})
	g.mark("embed/inherit")
	s.add(&Field{Name: "Extra", Type: "int"})
	g.w.Structs = append(g.w.Structs, s)
	if g.chance(60) {
		there("has-many", "join_fk")(g, s, pick(g, models...))
	}
}

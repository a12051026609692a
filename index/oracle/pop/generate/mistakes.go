package generate

import "strings"

// mistakes are what models are spoilt with, by their names.
var mistakes = []struct {
	name  string
	spoil func(g *Generator, s, target *Struct, field string)
}{
	{"no key", func(_ *Generator, s, target *Struct, field string) {
		s.add(field, "*"+target.Name, "belongs_to", "x")
	}},
	{"fk_id names nothing", func(_ *Generator, s, target *Struct, field string) {
		s.add(field, "*"+target.Name, "belongs_to", "x", "fk_id", "not_there")
	}},
	{"fk_id names a column of an embedded struct", func(g *Generator, s, target *Struct, field string) {
		base := g.embed(s, false)
		base.Name, s.Fields[len(s.Fields)-1].Name, s.Fields[len(s.Fields)-1].Type = "Extra"+field, "Extra"+field, "Extra"+field
		base.Fields = nil
		base.add(field+"Key", target.key, "db", "inner_"+strings.ToLower(field))
		s.add(field, "*"+target.Name, "belongs_to", "x", "fk_id", "inner_"+strings.ToLower(field))
	}},
	{"unexported key", func(_ *Generator, s, target *Struct, field string) {
		s.add("key"+field, target.key, "db", "k_"+strings.ToLower(field))
		s.add(field, "*"+target.Name, "belongs_to", "x", "fk_id", "k_"+strings.ToLower(field))
	}},
	{"unexported belongs_to", func(_ *Generator, s, target *Struct, field string) {
		s.add(field+"ID", target.key, "db", "k_"+strings.ToLower(field))
		s.add("hidden"+field, "*"+target.Name, "belongs_to", "x", "fk_id", field+"ID")
	}},
	{"unexported has_many", func(_ *Generator, s, target *Struct, field string) {
		s.add("hidden"+field, "[]"+target.Name, "has_many", "x")
	}},
	{"primary_id names nothing", func(_ *Generator, s, _ *Struct, field string) {
		s.add(field+"ID", "int", "db", "k_"+strings.ToLower(field))
		s.add(field, "struct{ ID int }", "belongs_to", "x", "primary_id", "NotThere")
	}},
	{"primary_id behind a pointer", func(_ *Generator, s, target *Struct, field string) {
		s.add(field+"ID", target.key, "db", "k_"+strings.ToLower(field))
		s.add(field, "*"+target.Name, "belongs_to", "x", "primary_id", "Name")
	}},
	{"has_many on a pointer to one", func(_ *Generator, s, target *Struct, field string) {
		s.add(field, "*"+target.Name, "has_many", "x")
	}},
	{"has_one on a slice", func(_ *Generator, s, target *Struct, field string) {
		s.add(field, "[]"+target.Name, "has_one", "x")
	}},
	{"many_to_many on one", func(_ *Generator, s, target *Struct, field string) {
		s.add(field, "*"+target.Name, "many_to_many", "x")
	}},
	{"many_to_many on a pointer to a slice", func(_ *Generator, s, target *Struct, field string) {
		s.add(field, "*[]"+target.Name, "many_to_many", "x")
	}},
	{"two kinds", func(_ *Generator, s, target *Struct, field string) {
		s.add(field+"ID", target.key, "db", "k_"+strings.ToLower(field))
		s.add(field, "*"+target.Name, "has_one", "x", "belongs_to", "x")
	}},
	{"belongs_to on no struct", func(_ *Generator, s, _ *Struct, field string) {
		s.add(field+"ID", "int", "db", "k_"+strings.ToLower(field))
		s.add(field, "string", "belongs_to", "x")
	}},
	{"no ID", func(g *Generator, s, target *Struct, field string) {
		if s.Fields[0].Anonymous {
			s.Fields = s.Fields[1:]
		} else {
			s.Fields[0].Name = "Key" + field
		}
		s.add(field, "[]"+target.Name, "has_many", "x")
	}},
	{"embedded pointer behind", func(_ *Generator, s, target *Struct, field string) {
		if first := s.Fields[0]; first.Anonymous && first.Type[0] == '*' {
			s.Fields = append(s.Fields[1:], first)
			s.Fields = append([]*Field{{Name: field, Type: "[]" + target.Name, Tags: []string{"has_many", "x"}}}, s.Fields...)
			return
		}
		s.add(field, "*"+target.Name, "belongs_to", "x")
	}},
	{"embedded struct that is not exported", func(g *Generator, s, _ *Struct, field string) {
		base := &Struct{Name: "hidden" + field, Embedded: true}
		base.add(field+"Note", "string", "db", "n_"+strings.ToLower(field))
		s.Fields = append(s.Fields, &Field{Name: base.Name, Type: base.Name, Anonymous: true})
		g.world.Structs = append(g.world.Structs, base)
	}},
	{"embedded word", func(g *Generator, s, _ *Struct, field string) {
		s.Fields = append(s.Fields, &Field{Name: "Word" + field, Type: "Word" + field, Anonymous: true})
		g.world.Structs = append(g.world.Structs, &Struct{Name: "Word" + field, Embedded: true, word: true})
	}},
	{"misspelt tag", func(_ *Generator, s, target *Struct, field string) {
		s.add(field, "[]"+target.Name, "has_may", "x")
	}},
}

// spoil puts one mistake into a model.
func (g *Generator) spoil(s, target *Struct) {
	m := mistakes[g.rand.IntN(len(mistakes))]
	g.feature("mistake: " + m.name)
	m.spoil(g, s, target, g.name("Wrong"))
}

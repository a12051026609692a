package generate

import "slices"

// mistakes are the ways to spoil a model. Each reports false where the model has
// nothing that it could spoil.
var mistakes = []struct {
	name     string
	spoil    func(g *Generator, s *Struct) bool
	anywhere int // 1 where it fits any model
}{
	{"ref misspelt", func(g *Generator, s *Struct) bool { return g.misspell(s, "ref") }, 0},
	{"fk misspelt", func(g *Generator, s *Struct) bool { return g.misspell(s, "fk") }, 0},
	{"through misspelt", func(g *Generator, s *Struct) bool { return g.misspell(s, "through") }, 0},
	{"ref gone", func(g *Generator, s *Struct) bool { return g.drop(s, "ref") }, 0},
	{"fk gone", func(g *Generator, s *Struct) bool { return g.drop(s, "fk") }, 0},
	{"Go name in a tag", goName, 0},
	{"foreign key gone", func(g *Generator, s *Struct) bool { return g.remove(s, ForeignKey) }, 0},
	{"key gone", func(g *Generator, s *Struct) bool {
		s.Methods = false
		return g.remove(s, Key)
	}, 1},
	{"column of the foreign key", func(g *Generator, s *Struct) bool {
		for _, f := range g.fields(s, ForeignKey) {
			f.Column = "other_column"
			return true
		}
		return false
	}, 0},
	{"name twice", nameTwice, 0},
	{"interface", func(g *Generator, s *Struct) bool {
		s.add(&Field{Name: "Open", Type: pick(g, "any", "error", "[]any", "*any", "interface{ Name() string }")})
		return true
	}, 1},
	{"saved through", func(g *Generator, s *Struct) bool {
		for _, f := range g.fields(s, Relation) {
			if f.tag("through") != nil {
				f.Tags = append(f.Tags, Tag{pick(g, "auto", "autosave"), "true"})
				return true
			}
		}
		return false
	}, 0},
	{"many for one", func(g *Generator, s *Struct) bool {
		for _, f := range g.fields(s, Relation) {
			if f.Type[0] == '*' && f.Type[1] != '[' {
				f.Type = "[]" + f.Type[1:]
				return true
			}
		}
		return false
	}, 0},
	{"target without key", func(g *Generator, s *Struct) bool {
		s.add(&Field{Name: "Loose", Type: "*struct{ Name string }", Tags: []Tag{{"ref", "id"}, {"fk", "name"}}})
		return true
	}, 1},
}

// spoil puts one mistake into a model.
func (g *Generator) spoil(s *Struct) {
	order := g.Perm(len(mistakes))
	if g.chance(75) { // what any model can be spoilt by comes last
		slices.SortStableFunc(order, func(a, b int) int { return mistakes[a].anywhere - mistakes[b].anywhere })
	}
	for _, i := range order {
		if mistakes[i].spoil(g, s) {
			s.Mistake = true
			g.mark("mistake/" + mistakes[i].name)
			return
		}
	}
}

// fields are the fields of a role in any order.
func (g *Generator) fields(s *Struct, role Role) []*Field {
	list := slices.DeleteFunc(slices.Clone(s.Fields), func(f *Field) bool { return f.Role != role })
	g.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// misspell changes a letter of what a tag says.
func (g *Generator) misspell(s *Struct, key string) bool {
	for _, f := range g.fields(s, Relation) {
		t := f.tag(key)
		if t == nil {
			continue
		}
		at := g.IntN(len(t.Value))
		t.Value = t.Value[:at] + pick(g, "q", t.Value[at:at+1]+t.Value[at:at+1]) + t.Value[at+1:]
		return true
	}
	return false
}

func (g *Generator) drop(s *Struct, key string) bool {
	for _, f := range g.fields(s, Relation) {
		if i := slices.IndexFunc(f.Tags, func(t Tag) bool { return t.Key == key }); i >= 0 {
			f.Tags = slices.Delete(f.Tags, i, i+1)
			return true
		}
	}
	return false
}

// goName has a tag name a field where it wants a column.
func goName(g *Generator, s *Struct) bool {
	for _, f := range g.fields(s, Relation) {
		if t := f.tag("ref"); t != nil && s.field(title(t.Value)) == nil {
			t.Value = "ID"
			return true
		}
	}
	return false
}

func (g *Generator) remove(s *Struct, role Role) bool {
	for _, f := range g.fields(s, role) {
		s.Fields = slices.DeleteFunc(s.Fields, func(other *Field) bool { return other == f })
		return true
	}
	return false
}

// nameTwice gives a column the name of another.
func nameTwice(g *Generator, s *Struct) bool {
	fields := slices.DeleteFunc(slices.Clone(s.Fields), func(f *Field) bool { return f.Anonymous || f.Column == "" || f.Column == "-" || f.Suffix != "" })
	if len(fields) == 0 {
		return false
	}
	s.add(&Field{Name: "Double", Type: "string", Column: pick(g, fields...).Column})
	return true
}

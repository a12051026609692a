package generate

import (
	"regexp"
	"slices"
	"strings"
)

// mistakes are the ways to spoil a model. Each reports false where the model has
// nothing that it could spoil.
var mistakes = []struct {
	name  string
	spoil func(g *Generator, s *Struct) bool
}{
	{"value of fk", func(g *Generator, s *Struct) bool { return g.misspell(s, `^fk:()(\w+)`) }},
	{"value of join_fk", func(g *Generator, s *Struct) bool { return g.misspell(s, `^join_fk:()(\w+)`) }},
	{"value of fk_value", func(g *Generator, s *Struct) bool { return g.misspell(s, `^fk_value:()(\w+)`) }},
	{"word of rel", func(g *Generator, s *Struct) bool { return g.misspell(s, `^rel:()(.*)`) }},
	{"words swapped", swap},
	{"join table", func(g *Generator, s *Struct) bool { return g.misspell(s, `^many2many:()(.*)`) }},
	{"name of an option", func(g *Generator, s *Struct) bool { return g.misspell(s, `^()(\w+)`) }},
	{"Go name for a column", goName},
	{"no rel", func(g *Generator, s *Struct) bool { return g.drop(s, "rel") }},
	{"no fk", func(g *Generator, s *Struct) bool { return g.drop(s, "fk") }},
	{"no join_fk", func(g *Generator, s *Struct) bool { return g.drop(s, "join_fk") }},
	{"no many2many", func(g *Generator, s *Struct) bool { return g.drop(s, "many2many") }},
	{"no key", func(g *Generator, s *Struct) bool { return g.keyless(s, "nopk") }},
	{"key as name", func(g *Generator, s *Struct) bool { return g.keyless(s, "pk") }},
	{"option as name", optionAsName},
	{"foreign key gone", dropForeignKey},
	{"foreign key of another type", retypeForeignKey},
	{"column twice", columnTwice},
	{"one for many", func(g *Generator, s *Struct) bool {
		return g.retype(s, func(t string) string { return strings.Replace(t, "[]*", "*", 1) })
	}},
	{"many for one", func(g *Generator, s *Struct) bool {
		return g.retype(s, func(t string) string {
			if strings.HasPrefix(t, "*") && !strings.Contains(t, "[") {
				return pick(g, "[]", "*") + t
			}
			return t
		})
	}},
	{"target is no struct", func(g *Generator, s *Struct) bool {
		return g.retype(s, func(t string) string {
			if strings.Contains(t, "[]") {
				return "[]int"
			}
			return "string"
		})
	}},
	{"option of tableName", func(g *Generator, s *Struct) bool {
		if !s.HasTable || s.Table == "" {
			return false
		}
		s.Table = pick(g, "alias", s.Table+",alais:x", s.Table+",pk", s.Table+",partitionBy:x")
		return true
	}},
	{"old option", func(g *Generator, s *Struct) bool { return g.extend(s, pick(g, "joinFK:x", "fk_value:x")) }},
	{"option of nobody", func(g *Generator, s *Struct) bool { return g.extend(s, pick(g, "", "index", "not_null")) }},
	{"relation twice", func(g *Generator, s *Struct) bool {
		if s.Role != Model || s.has("Doubly"+upper(s.Name)) || s.inherits != nil {
			return false
		}
		g.double(s)
		return true
	}},
	{"join model unknown", func(g *Generator, s *Struct) bool {
		s.Hidden = s.Role == Join && s.HasTable
		return s.Hidden
	}},
	{"join model without column", func(g *Generator, s *Struct) bool { return s.Role == Join && dropForeignKey(g, s) }},
	{"polymorphic column gone", func(g *Generator, s *Struct) bool {
		n := len(s.Fields)
		s.Fields = slices.DeleteFunc(s.Fields, func(f *Field) bool { return strings.HasSuffix(f.Name, "Type") })
		return len(s.Fields) < n
	}},
}

// spoil puts one mistake into a model.
func (g *Generator) spoil(s *Struct) {
	for _, i := range g.Perm(len(mistakes)) {
		if mistakes[i].spoil(g, s) {
			s.Mistake = true
			g.mark("mistake/" + mistakes[i].name)
			return
		}
	}
}

// fields are the tagged fields of a struct in any order.
func (g *Generator) fields(s *Struct) []*Field {
	list := slices.DeleteFunc(slices.Clone(s.Fields), func(f *Field) bool { return len(f.Options) == 0 || f.Anonymous })
	g.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// misspell changes a letter in the part of an option that the second group matches.
func (g *Generator) misspell(s *Struct, pattern string) bool {
	re := regexp.MustCompile(pattern)
	for _, f := range g.fields(s) {
		for i, o := range f.Options {
			m := re.FindStringSubmatchIndex(o)
			if m == nil || m[5]-m[4] < 2 {
				continue
			}
			word := o[m[4]:m[5]]
			at := g.IntN(len(word))
			f.Options[i] = o[:m[4]] + word[:at] + pick(g, "", word[at:at+1]+word[at:at+1], "q") + word[at+1:] + o[m[5]:]
			return true
		}
	}
	return false
}

// change rewrites one option of the given name.
func (g *Generator) change(s *Struct, name string, rewrite func(string) string) bool {
	for _, f := range g.fields(s) {
		if i := f.option(name); i >= 0 {
			if now := rewrite(f.Options[i]); now != f.Options[i] {
				f.Options[i] = now
				return true
			}
		}
	}
	return false
}

func (g *Generator) drop(s *Struct, name string) bool {
	for _, f := range g.fields(s) {
		if i := f.option(name); i >= 0 {
			f.Options = slices.Delete(f.Options, i, i+1)
			return true
		}
	}
	return false
}

// swap writes what a model of another ORM says.
func swap(g *Generator, s *Struct) bool {
	return g.change(s, "rel", func(o string) string {
		switch o {
		case "rel:has-one":
			return "rel:belongs-to"
		case "rel:belongs-to":
			return "rel:has-one"
		}
		return o
	})
}

func goName(g *Generator, s *Struct) bool {
	for _, option := range []string{"fk", "join_fk"} {
		if g.change(s, option, func(o string) string {
			for _, owner := range g.w.Structs {
				for _, f := range owner.Fields {
					if o == option+":"+f.column() {
						return option + ":" + f.Name
					}
				}
			}
			return o
		}) {
			return true
		}
	}
	return false
}

// keyless makes a key that goes by its column none, by an option, or by writing the
// option where the name of the column belongs.
func (g *Generator) keyless(s *Struct, option string) bool {
	for _, f := range s.Fields {
		switch {
		case !f.Key || f.Anonymous:
		case option == "nopk":
			f.Options, f.Key = append(slices.DeleteFunc(f.Options, func(o string) bool { return o == "pk" }), option), false
			return true
		case f.Column == "":
			f.Column = option
			f.Options = slices.DeleteFunc(f.Options, func(o string) bool { return o == "pk" })
			return true
		}
	}
	return false
}

func optionAsName(g *Generator, s *Struct) bool {
	for _, f := range g.fields(s) {
		if f.Column == "" {
			f.Column = pick(g, "notnull", "unique", "array", "alias", "rel")
			return true
		}
	}
	return false
}

// dropForeignKey removes a column that is a foreign key.
func dropForeignKey(g *Generator, s *Struct) bool {
	for _, i := range g.Perm(len(s.Fields)) {
		if s.Fields[i].Foreign {
			s.Fields = slices.Delete(s.Fields, i, i+1)
			return true
		}
	}
	return false
}

// retypeForeignKey gives a foreign key a type that its column is not compared with.
func retypeForeignKey(g *Generator, s *Struct) bool {
	for _, i := range g.Perm(len(s.Fields)) {
		if f := s.Fields[i]; f.Foreign {
			f.Type = pick(g, "bool", "[]byte", "float64", "time.Time")
			return true
		}
	}
	return false
}

// columnTwice gives a second field the column of a relation or of a key.
func columnTwice(g *Generator, s *Struct) bool {
	for _, i := range g.Perm(len(s.Fields)) {
		f := s.Fields[i]
		if (f.related() || f.Key || f.Foreign) && !f.Anonymous && !s.has("Double") {
			s.add(&Field{Name: "Double", Type: pick(g, "int64", "string"), Column: f.column()})
			return true
		}
	}
	return false
}

// retype changes the type of a relation field.
func (g *Generator) retype(s *Struct, change func(string) string) bool {
	for _, f := range g.fields(s) {
		if !f.related() {
			continue
		}
		if now := change(f.Type); now != f.Type {
			f.Type = now
			return true
		}
	}
	return false
}

// extend adds an option to a field.
func (g *Generator) extend(s *Struct, option string) bool {
	fields := g.fields(s)
	if len(fields) == 0 {
		return false
	}
	f := fields[0]
	f.Options = append(f.Options, option)
	if option == "" {
		f.Options = append(f.Options, "notnull") // what ends in a comma has nothing behind it
	}
	return true
}

// double embeds two structs with a relation of one name.
func (g *Generator) double(s *Struct) {
	for _, name := range []string{"Doubly", "Twice"} {
		base := &Struct{Name: name + upper(s.Name), Role: Embedded}
		options := []string{"rel:has-one", "fk:" + underscore(name+"ID")}
		base.add(&Field{Name: name + "ID", Type: "int64"},
			&Field{Name: "By", Type: "*" + s.Name, Column: strings.ToLower(name), Options: options})
		g.w.Structs = append(g.w.Structs, base)
		s.add(&Field{Name: base.Name, Type: base.Name, Anonymous: true})
	}
}

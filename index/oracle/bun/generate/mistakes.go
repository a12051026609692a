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
	{"column of join", func(g *Generator, s *Struct) bool { return g.misspell(s, `^join:"?()(\w+)=`, 2) }},
	{"target column of join", func(g *Generator, s *Struct) bool { return g.misspell(s, `^join:"?\w+(=)(\w+)`, 2) }},
	{"word of rel", func(g *Generator, s *Struct) bool { return g.misspell(s, `^rel:()(.*)`, 2) }},
	{"join table", func(g *Generator, s *Struct) bool { return g.misspell(s, `^m2m:()(.*)`, 2) }},
	{"name of an option", func(g *Generator, s *Struct) bool { return g.misspell(s, `^()(\w+)`, 2) }},
	{"Go name in join", goName},
	{"join without =", func(g *Generator, s *Struct) bool {
		return g.change(s, "join", func(o string) string { return strings.Replace(o, "=", pick(g, ":", "", "=="), 1) })
	}},
	{"join without quotes", func(g *Generator, s *Struct) bool {
		return g.change(s, "join", func(o string) string { return strings.ReplaceAll(o, `"`, "") })
	}},
	{"no rel", func(g *Generator, s *Struct) bool { return g.drop(s, "rel") }},
	{"no join", func(g *Generator, s *Struct) bool { return g.drop(s, "join") }},
	{"no key", func(g *Generator, s *Struct) bool { return g.drop(s, "pk") }},
	{"key as name", keyAsName},
	{"foreign key gone", dropForeignKey},
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
	{"rule twice", func(g *Generator, s *Struct) bool {
		return g.extendRelation(s, "on_delete:CASCADE", pick(g, "on_delete:CASCADE", "on_delete:RESTRICT"))
	}},
	{"unknown rule", func(g *Generator, s *Struct) bool {
		return g.extendRelation(s, pick(g, "on_update", "on_delete")+":CASCDE")
	}},
	{"embed of no struct", func(g *Generator, s *Struct) bool {
		s.add(&Field{Name: "Odd", Type: pick(g, "string", "[]int", "map[string]int"), Options: []string{"embed:odd_"}})
		return true
	}},
	{"option of the base", func(g *Generator, s *Struct) bool {
		if !s.HasBase || s.Base == "" {
			return false
		}
		s.Base = pick(g, "alias", s.Base+",alais:x", s.Base+",pk")
		return true
	}},
	{"relation twice", func(g *Generator, s *Struct) bool {
		if s.Role != Model || s.has("Doubly") {
			return false
		}
		g.double(s)
		return true
	}},
	{"join model unknown", func(g *Generator, s *Struct) bool {
		s.Hidden = s.Role == Join && s.HasBase
		return s.Hidden
	}},
	{"join model without field", func(g *Generator, s *Struct) bool {
		if s.Role != Join {
			return false
		}
		i := slices.IndexFunc(s.Fields, func(f *Field) bool { return f.Type[0] == '*' })
		s.Fields[i].Name += "2"
		return true
	}},
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
	list := slices.DeleteFunc(slices.Clone(s.Fields), func(f *Field) bool { return len(f.Options) == 0 })
	g.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// misspell changes a letter in a part of an option.
func (g *Generator) misspell(s *Struct, pattern string, group int) bool {
	re := regexp.MustCompile(pattern)
	for _, f := range g.fields(s) {
		for i, o := range f.Options {
			m := re.FindStringSubmatchIndex(o)
			if m == nil || m[2*group+1]-m[2*group] < 2 {
				continue
			}
			word := o[m[2*group]:m[2*group+1]]
			at := g.IntN(len(word))
			f.Options[i] = o[:m[2*group]] + word[:at] + pick(g, "", word[at:at+1]+word[at:at+1], "q") + word[at+1:] + o[m[2*group+1]:]
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

func goName(g *Generator, s *Struct) bool {
	return g.change(s, "join", func(o string) string {
		for _, f := range s.Fields {
			if c := f.column(); strings.HasPrefix(o, "join:"+c+"=") {
				return "join:" + f.Name + strings.TrimPrefix(o, "join:"+c)
			}
		}
		return o
	})
}

func keyAsName(g *Generator, s *Struct) bool {
	for _, f := range g.fields(s) {
		if i := f.option("pk"); i >= 0 && f.Column == "" {
			f.Column, f.Options = "pk", slices.Delete(f.Options, i, i+1)
			return true
		}
	}
	return false
}

// dropForeignKey removes a column that looks like a foreign key.
func dropForeignKey(g *Generator, s *Struct) bool {
	for _, i := range g.Perm(len(s.Fields)) {
		if f := s.Fields[i]; !f.Key && len(f.Options) == 0 && (strings.HasSuffix(f.Name, "ID") || strings.HasSuffix(f.Name, "Number")) {
			s.Fields = slices.Delete(s.Fields, i, i+1)
			return true
		}
	}
	return false
}

// retype changes the type of a relation field.
func (g *Generator) retype(s *Struct, change func(string) string) bool {
	for _, f := range g.fields(s) {
		if f.option("rel") < 0 && f.option("m2m") < 0 {
			continue
		}
		if now := change(f.Type); now != f.Type {
			f.Type = now
			return true
		}
	}
	return false
}

// extendRelation adds options to a belongs-to.
func (g *Generator) extendRelation(s *Struct, options ...string) bool {
	for _, f := range g.fields(s) {
		if slices.Contains(f.Options, "rel:belongs-to") && f.option("on_delete")+f.option("on_update") < -1 {
			f.Options = append(f.Options, options...)
			return true
		}
	}
	return false
}

// double embeds two structs with a relation of one name.
func (g *Generator) double(s *Struct) {
	for _, name := range []string{"Doubly", "Twice"} {
		base := &Struct{Name: name + typeName(s.Name), Role: Embedded}
		base.add(&Field{Name: name + "ID", Type: "int64"},
			&Field{Name: "By", Type: "*" + s.Name, Column: strings.ToLower(name), Options: []string{"rel:belongs-to"}})
		keys := g.w.keys(s)
		if len(keys) == 1 {
			base.Fields[1].Options = append(base.Fields[1].Options, "join:"+underscore(name+"ID")+"="+keys[0].column())
		}
		g.w.Structs = append(g.w.Structs, base)
		s.add(&Field{Name: base.Name, Type: base.Name, Anonymous: true})
	}
}

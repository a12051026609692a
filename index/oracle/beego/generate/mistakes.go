package generate

import "strings"

// mistakeMaker spoils a model; false where there is nothing to spoil in this way.
type mistakeMaker struct {
	name string
	make func(g *Generator, s, target *Struct) bool
}

// adding spoils a model by one more field, whose type and tag may name the target, T, and
// the path of its package, P.
func adding(name, typ string, tags ...string) mistakeMaker {
	return mistakeMaker{name, func(g *Generator, s, target *Struct) bool {
		tag := strings.NewReplacer("P.T", g.w.Path+"."+target.Name, "P.", g.w.Path+".").Replace(pick(g, tags...))
		if typ == "Lonely" { // a struct that holds no other, for it is held itself
			g.lonely()
		}
		return g.w.add(s, &Field{Name: "Wrong", Type: strings.ReplaceAll(typ, "T", target.Name), Tag: tag})
	}}
}

var mistakes = []mistakeMaker{
	adding("pointer to a fielder", "*Money", ""),
	adding("fielder that is a relation", "Reference", ""),
	adding("fielder that is nothing", "Nothing", ""),
	adding("rel of an unknown value", "*T", `orm:"rel(key)"`, `orm:"rel(FK)"`, `orm:"rel( fk)"`),
	adding("reverse of an unknown value", "[]*T", `orm:"reverse(all)"`, `orm:"reverse(m2m)"`),
	adding("one without pointer", "Lonely", `orm:"rel(fk)"`, `orm:"rel(one)"`, `orm:"reverse(one)"`),
	adding("many without slice", "*T", `orm:"rel(m2m)"`, `orm:"reverse(many)"`),
	adding("many of values", "[]T", `orm:"rel(m2m)"`, `orm:"reverse(many)"`),
	adding("one that is a slice", "[]*T", `orm:"rel(fk)"`, `orm:"reverse(one)"`),
	adding("set_default without default", "*T", `orm:"rel(fk);on_delete(set_default)"`, `orm:"rel(one);on_delete(set_default);default()"`),
	adding("set_null without null", "*T", `orm:"rel(fk);on_delete(set_null)"`),
	adding("unknown on_delete", "*T", `orm:"rel(fk);on_delete(restrict)"`, `orm:"rel(one);on_delete(CASCADE)"`),
	adding("default of another type", "bool", `orm:"default(yes)"`, `orm:"default(2)"`),
	adding("default that is too large", "int8", `orm:"default(128)"`, `orm:"default(-200)"`),
	adding("size that is no number", "string", `orm:"size(big)"`),
	adding("digits alone", "float32", `orm:"digits(10)"`, `orm:"digits(a);decimals(2)"`),
	adding("auto of another type", "string", `orm:"auto"`),
	adding("pointer without tag", "*T", "", `orm:"null"`, `orm:"rel fk"`, `orm:"rel()"`),
	adding("pointer to a defined type", "*Level", ""),
	adding("slice without tag", "[]*T", "", `orm:"rel(m2m"`, `orm:rel(m2m)`),
	adding("bytes", "[]byte", ""),
	adding("struct without tag", "Lonely", ""),
	adding("interface", "any", ""),
	adding("rel to no model", "*int", `orm:"rel(fk)"`),
	adding("rel to a pointer", "**T", `orm:"rel(fk)"`),
	adding("through without path", "[]*T", `orm:"rel(m2m);rel_through(Join)"`),
	adding("through that is none", "[]*T", `orm:"rel(m2m);rel_through(P.Missing)"`),
	adding("through without keys", "[]*T", `orm:"rel(m2m);rel_through(P.T)"`),
	{"reverse of nothing", func(g *Generator, s, _ *Struct) bool {
		g.lonely()
		f := pick(g, Field{Type: "*Lonely", Tag: `orm:"reverse(one)"`}, Field{Type: "[]*Lonely", Tag: `orm:"reverse(many)"`})
		f.Name = "Wrong"
		return g.w.add(s, &f)
	}},
	{"second key", func(g *Generator, s, _ *Struct) bool {
		g.w.add(s, &Field{Name: "Wrong2", Type: "string", Options: []string{"pk"}})
		return g.w.add(s, &Field{Name: "Wrong", Type: "int", Options: []string{pick(g, "pk", "auto")}})
	}},
	{"column that is taken", func(g *Generator, s, target *Struct) bool {
		g.w.add(s, &Field{Name: "WrongId", Type: "int"})
		return g.w.add(s, pick(g, &Field{Name: "Wrong", Type: "*" + target.Name, Options: []string{"rel(fk)"}},
			&Field{Name: "Wrong", Type: "string", Options: []string{"column(wrong_id)"}}))
	}},
	{"embedded by pointer", func(g *Generator, s, _ *Struct) bool {
		g.lonely()
		return g.w.add(s, &Field{Name: "Lonely", Type: "*Lonely", Anonymous: true})
	}},
	{"one join table twice", func(g *Generator, s, target *Struct) bool {
		option := g.table()
		once := g.join(s, target, option)
		return once && g.join(s, target, option)
	}},
	{"join table of a model", func(g *Generator, s, target *Struct) bool {
		if target.Affix != "" {
			return false
		}
		if target.Table == "" {
			target.Table = strings.ToLower(target.Name) + "_kept"
		}
		return g.join(s, target, "rel_table("+target.Table+")")
	}},
	{"not registered", func(g *Generator, s, _ *Struct) bool {
		hidden := &Struct{Name: "Hidden" + s.Name}
		g.w.Structs = append(g.w.Structs, hidden)
		g.addKey(hidden)
		return g.key(s, hidden, "rel(fk)")
	}},
	{"without key", func(g *Generator, s, _ *Struct) bool {
		keyless := &Struct{Name: "Keyless" + s.Name, Call: "RegisterModel", Handed: "new(%s)", Fields: []*Field{{Name: "Name", Type: "string"}}}
		g.w.Structs = append(g.w.Structs, keyless)
		return g.key(s, keyless, pick(g, "rel(fk)", "rel(one)"))
	}},
	{"no room for the other side", func(g *Generator, s, _ *Struct) bool {
		full := &Struct{Name: "Full" + s.Name, Call: "RegisterModel", Handed: "new(%s)", Fields: []*Field{{Name: "Id", Type: "int"}}}
		for _, name := range []string{"", "0", "1", "2", "3", "4"} {
			full.Fields = append(full.Fields, &Field{Name: s.Name + name, Type: "string"})
		}
		g.w.Structs = append(g.w.Structs, full)
		return g.key(s, full, "rel(fk)")
	}},
	{"handed over by value", func(_ *Generator, s, _ *Struct) bool { s.Handed = "%s{}"; return true }},
}

// spoil puts one mistake into a model.
func (g *Generator) spoil(s *Struct) {
	m := pick(g, mistakes...)
	target := pick(g, g.w.Models()...)
	before := *s
	if target.Call == "" || !g.w.keyed(target) || !m.make(g, s, target) {
		*s = before
		return
	}
	s.Mistake = true
	g.mark("mistake/" + m.name)
}

// lonely adds a model to which nothing leads back.
func (g *Generator) lonely() {
	if g.w.named("Lonely") == nil {
		g.w.Structs = append(g.w.Structs, &Struct{
			Name: "Lonely", Call: "RegisterModel", Handed: "new(%s)", Fields: []*Field{{Name: "Id", Type: "int"}},
		})
	}
}

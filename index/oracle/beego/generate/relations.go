package generate

import (
	"fmt"
	"strings"
)

// relationMaker makes one kind of relation between two models; false where they are not
// made for it.
type relationMaker struct {
	name   string
	weight int
	make   func(g *Generator, owner, target *Struct) bool
}

var relations = []relationMaker{
	{"fk", 5, func(g *Generator, owner, target *Struct) bool { return g.key(owner, target, "rel(fk)") }},
	{"fk and reverse", 6, func(g *Generator, owner, target *Struct) bool {
		return g.key(owner, target, "rel(fk)") && g.reverse(owner, target, true, "")
	}},
	{"one", 2, func(g *Generator, owner, target *Struct) bool { return g.key(owner, target, "rel(one)") }},
	{"one and reverse", 4, func(g *Generator, owner, target *Struct) bool {
		return g.key(owner, target, "rel(one)") && g.reverse(owner, target, false, "")
	}},
	{"m2m", 3, func(g *Generator, owner, target *Struct) bool { return g.join(owner, target, "") }},
	{"m2m and reverse", 5, func(g *Generator, owner, target *Struct) bool {
		return g.join(owner, target, "") && g.reverse(owner, target, true, "")
	}},
	{"m2m by table", 3, func(g *Generator, owner, target *Struct) bool {
		option := g.table()
		return g.join(owner, target, option) && (g.chance(40) || g.reverse(owner, target, true, pick(g, option, "")))
	}},
	{"m2m by model", 5, throughModel},
	{"reverse once more", 1, func(g *Generator, owner, target *Struct) bool {
		return g.w.leads(owner, "rel(fk)", target) && g.reverse(owner, target, true, "")
	}},
	{"reverse by default table", 2, func(g *Generator, owner, target *Struct) bool {
		if owner.Table != "" || owner.Affix != "" || target.Table != "" || target.Affix != "" ||
			strings.ToLower(owner.Name[1:]) != owner.Name[1:] || strings.ToLower(target.Name[1:]) != target.Name[1:] {
			return false
		}
		table := strings.ToLower(owner.Name) + "_" + strings.ToLower(target.Name) + "s"
		return g.join(owner, target, "") && !g.w.leads(owner, "rel(fk)", target) && g.reverse(owner, target, true, "rel_table("+table+")")
	}},
	{"key that is a relation", 1, func(g *Generator, owner, target *Struct) bool {
		if len(owner.Fields) == 0 || owner.Fields[0].Name != "Id" || owner == target || g.w.keyedBeside(owner) {
			return false
		}
		owner.Fields[0] = &Field{Name: "Id", Type: "*" + target.Name, Options: []string{"rel(one)", "pk"}}
		return true
	}},
}

// keyedBeside reports whether a struct has a key besides its first field.
func (w *World) keyedBeside(s *Struct) bool {
	return w.keyed(&Struct{Fields: s.Fields[1:]})
}

// table is an option that names a join table nobody else has.
func (g *Generator) table() string {
	g.tables++
	return fmt.Sprintf("rel_table(join_%d)", g.tables)
}

// key adds a field that holds a key.
func (g *Generator) key(owner, target *Struct, option string) bool {
	name := g.fieldName(owner, target, false)
	f := &Field{Name: name, Type: "*" + target.Name, Options: []string{option}}
	switch g.IntN(8) {
	case 0:
		f.Options = append(f.Options, "null", "on_delete(set_null)")
	case 1:
		f.Options = append(f.Options, "on_delete("+pick(g, "cascade", "do_nothing")+")")
	case 2:
		f.Options = append(f.Options, "default(1)", "on_delete(set_default)")
	case 3:
		f.Options = append(f.Options, "column("+strings.ToLower(name)+"_key)")
		g.mark("key/column")
	case 4:
		f.Options[0] = " " + strings.Replace(f.Options[0], "rel(", "REL(", 1)
		g.mark("tag/case and space")
	case 5:
		f.Options = append([]string{"index", ""}, f.Options...)
	}
	if g.w.leads(owner, option, target) {
		g.mark("several keys to one target")
	}
	return g.w.add(owner, f)
}

// reverse adds the other side of a relation of the owner.
func (g *Generator) reverse(owner, target *Struct, many bool, option string) bool {
	f := &Field{Name: g.fieldName(target, owner, many), Type: "*" + owner.Name, Options: []string{"reverse(one)"}}
	if many {
		f.Type, f.Options = "[]"+f.Type, []string{"reverse(many)"}
	}
	if option != "" {
		f.Options = append(f.Options, option)
		g.mark("reverse/" + strings.SplitN(option, "(", 2)[0])
	}
	return g.w.add(target, f)
}

// join adds a many-to-many. Of those without an option there can be one to a target.
func (g *Generator) join(owner, target *Struct, option string) bool {
	if option == "" && g.w.leads(owner, "rel(m2m)", target) {
		return false
	}
	f := &Field{Name: g.fieldName(owner, target, true), Type: "[]*" + target.Name, Options: []string{"rel(m2m)"}}
	if option != "" {
		f.Options = append(f.Options, option)
	}
	return g.w.add(owner, f)
}

// throughModel adds a many-to-many over a model of its own, whose keys stand in any
// order, sometimes more than one to a side.
func throughModel(g *Generator, owner, target *Struct) bool {
	g.tables++
	through := &Struct{Name: fmt.Sprintf("Join%d", g.tables), Call: "RegisterModel", Handed: "new(%s)"}
	g.w.Structs = append(g.w.Structs, through)
	g.addKey(through)
	sides := []*Struct{owner, target}
	if g.chance(50) {
		sides = []*Struct{target, owner}
	}
	for _, side := range sides {
		g.key(through, side, pick(g, "rel(fk)", "rel(fk)", "rel(one)"))
	}
	if g.chance(20) {
		g.key(through, pick(g, sides...), "rel(fk)")
		g.mark("through/two keys")
	}
	option := "rel_through(" + g.w.Path + "." + through.Name + ")"
	if !g.join(owner, target, option) {
		return false
	}
	if g.chance(60) {
		return g.reverse(owner, target, true, pick(g, option, ""))
	}
	return true
}

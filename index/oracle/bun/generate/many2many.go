package generate

import (
	"fmt"
	"slices"
)

// joinModel adds a model with a field for each side, and gives its table.
func (g *Generator) joinModel(owner, target *Struct, left, right string) (table string) {
	g.joins++
	s := &Struct{Name: fmt.Sprintf("%sTo%s%d", typeName(owner.Name), typeName(target.Name), g.joins), Role: Join, HasBase: true}
	table = s.Name + "_links"
	s.Base = pick(g, "table:", "") + table
	if g.chance(15) {
		g.mark("join model/without base")
		s.HasBase, s.Base = false, ""
		s.Name = fmt.Sprintf("Link%dx", g.joins)
		table = underscore(s.Name) + "es"
	}
	for i, side := range []struct {
		field string
		model *Struct
	}{{left, owner}, {right, target}} {
		f := &Field{Name: side.field, Type: "*" + side.model.Name}
		switch g.IntN(4) {
		case 0: // no word of a relation: Bun takes it for one all the same
			g.mark("join model/plain fields")
			g.foreignKeys(s, side.field, g.w.keys(side.model), false)
		case 1:
			g.mark("join model/join")
			pairs := g.foreignKeys(s, fmt.Sprintf("Key%d", i), g.w.keys(side.model), true)
			f.Options = append([]string{"rel:belongs-to"}, g.joinOptions(own(pairs))...)
		default:
			g.foreignKeys(s, side.field, g.w.keys(side.model), false)
			f.Options = []string{"rel:belongs-to"}
		}
		s.add(f)
	}
	if g.chance(30) {
		for _, f := range s.Fields {
			if f.option("rel") < 0 && f.Type[0] != '*' {
				f.Options, f.Key = append(f.Options, "pk"), true
			}
		}
		g.mark("join model/keys")
	}
	g.w.Structs = append(g.w.Structs, s)
	return table
}

func (g *Generator) addManyToMany(owner, target *Struct, table string, options ...string) bool {
	name := g.name(owner, manyNames, typeName(target.Name)+"s")
	if name == "" {
		return false
	}
	options = append([]string{"m2m:" + table}, options...)
	if g.chance(20) {
		slices.Reverse(options)
	}
	g.relation(owner, name, g.many(target), options...)
	return true
}

func manyToMany(g *Generator, owner, target *Struct) bool {
	if owner == target {
		return false
	}
	table := g.joinModel(owner, target, typeName(owner.Name), typeName(target.Name))
	return g.addManyToMany(owner, target, table)
}

func manyToManyJoined(g *Generator, owner, target *Struct) bool {
	table := g.joinModel(owner, target, "Left", "Right")
	return g.addManyToMany(owner, target, table, "join:Left=Right")
}

func manyToManyBothSides(g *Generator, owner, target *Struct) bool {
	table := g.joinModel(owner, target, "Left", "Right")
	return g.addManyToMany(owner, target, table, "join:Left=Right") && g.addManyToMany(target, owner, table, "join:Right=Left")
}

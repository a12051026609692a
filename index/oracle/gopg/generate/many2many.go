package generate

import "fmt"

// joinModel adds a model with columns for each side, called after a prefix, and gives its
// table and what fk and join_fk have to say.
func (g *Generator) joinModel(owner, target *Struct, left, right string, free bool) (table, fk, joinFK string) {
	g.joins++
	s := &Struct{Name: fmt.Sprintf("%sTo%s%d", upper(owner.Name), upper(target.Name), g.joins), Role: Join, HasTable: true}
	table = underscore(s.Name) + "_links"
	s.Table = table
	switch {
	case g.chance(15):
		g.mark("join model/without tableName")
		s.HasTable, s.Table = false, ""
		s.Name = fmt.Sprintf("Link%dx", g.joins)
		table = underscore(s.Name) + "es"
	case g.chance(10):
		g.mark("join model/with a schema")
		table = "main." + table
		s.Table = table
	}
	if g.chance(30) {
		s.add(&Field{Name: "ID", Type: "int64"})
		g.mark("join model/own key")
	}
	fk = g.foreignKeys(s, left, g.w.keys(owner), free)
	joinFK = g.foreignKeys(s, right, g.w.keys(target), free)
	if g.chance(30) {
		for _, f := range s.Fields {
			if f.Foreign {
				f.Options = append(f.Options, "pk")
			}
		}
		g.mark("join model/keys")
	}
	if g.chance(30) && !s.has("Left") {
		g.relation(s, "Left", "*"+owner.Name, "rel:has-one", "fk:"+fk)
		g.mark("join model/relations")
	}
	g.w.Structs = append(g.w.Structs, s)
	return table, fk, joinFK
}

func (g *Generator) addManyToMany(owner, target *Struct, table string, options ...string) bool {
	name := g.name(owner, manyNames, upper(target.Name)+"s")
	if name == "" {
		return false
	}
	options = append([]string{"many2many:" + table}, options...)
	if g.chance(40) {
		options = append([]string{"rel:many2many"}, options...)
		g.mark("many2many/with rel")
	}
	g.relation(owner, name, g.many(target), options...)
	return true
}

func manyToMany(how string) func(g *Generator, owner, target *Struct) bool {
	return func(g *Generator, owner, target *Struct) bool {
		if how == "" {
			if owner == target {
				return false
			}
			table, _, _ := g.joinModel(owner, target, upper(owner.modelName()), upper(target.modelName()), false)
			return g.addManyToMany(owner, target, table)
		}
		table, fk, joinFK := g.joinModel(owner, target, "Left", "Right", true)
		ok := g.addManyToMany(owner, target, table, "fk:"+fk, "join_fk:"+joinFK)
		if how == "both" && ok {
			ok = g.addManyToMany(target, owner, table, "fk:"+joinFK, "join_fk:"+fk)
		}
		return ok
	}
}

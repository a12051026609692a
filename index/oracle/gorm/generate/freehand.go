package generate

import (
	"slices"
	"strings"
)

// freehand adds n models with relations as programs have them, most with the
// keys they need, and some whose tags are drawn from all the names around.
func (g *Generator) freehand(w *Grown, n int) {
	var models []*Type
	for range n {
		t := &Type{Name: g.newName(w, modelNames), Struct: true}
		if g.chance(3) {
			t.Name = g.newName(w, hiddenModels)
		}
		g.addPrimaryKey(w, t)
		w.Types = append(w.Types, t)
		models = append(models, t)
	}
	for _, t := range models {
		for range 2 + g.IntN(4) {
			target := models[g.IntN(len(models))]
			draw := relationDraws[g.IntN(len(relationDraws))]
			draw.add(g, &sketch{owner: t, target: target, tag: &options{}})
			g.Features.add("freehand/"+draw.name, false)
		}
		if g.chance(15) {
			g.embedBase(w, t, models)
		}
		if g.chance(8) {
			method := "func (" + g.pick("", "*") + t.Name + `) TableName() string { return "` + strings.ToLower(t.Name) + `_rows" }`
			t.Methods = append(t.Methods, Method{Name: "TableName", Text: method})
			g.Features.add("freehand/table-name", false)
		}
	}
}

// addPrimaryKey gives a model one of the usual keys.
func (g *Generator) addPrimaryKey(w *Grown, t *Type) {
	key := keyTypes[g.IntN(len(keyTypes))]
	style := g.pick("id", "id", "id", "model", "tagged", "named", "composite", "composite-id", "generic", "none")
	switch style {
	case "id":
		t.addField(Field{Name: g.pick("ID", "ID", "ID", "Id"), Type: key})
	case "model":
		t.addField(Field{Type: "gorm.Model"})
	case "tagged":
		t.addField(Field{Name: "ID", Type: key, Tag: `gorm:"primaryKey"`})
	case "named":
		t.addField(Field{Name: g.pick("Code", "UUID", t.Name+"ID"), Type: key, Tag: `gorm:"primary_key"`})
	case "composite":
		t.addField(Field{Name: "TenantID", Type: "uint", Tag: `gorm:"primaryKey` + g.pick("", ";autoIncrement:false") + `"`})
		t.addField(Field{Name: "No", Type: key, Tag: `gorm:"primaryKey` + g.pick("", ";autoIncrement") + `"`})
	case "composite-id":
		t.addField(Field{Name: "Locale", Type: "string", Tag: `gorm:"primaryKey"`})
		t.addField(Field{Name: "ID", Type: key, Tag: `gorm:"primaryKey"`})
	case "generic":
		w.merge([]*Type{{Name: "Keyed", Params: "[K any]", Struct: true, Role: Base,
			Fields: []Field{{Name: "ID", Type: "K", Tag: `gorm:"primaryKey"`}}}})
		t.addField(Field{Type: g.pick("", "*") + "Keyed[" + key + "]"})
	}
	t.addField(Field{Name: "Slug", Type: "string"})
	g.Features.add("key/"+style, false)
}

// sketch is a relation that is being drawn.
type sketch struct {
	owner, target *Type
	tag           *options
}

// options are the settings of a gorm tag.
type options []string

func (o *options) add(name, value string) { *o = append(*o, name+":"+value) }

// tag writes the options with what often stands beside them.
func (g *Generator) tag(o *options) string {
	all := slices.Clone(*o)
	if g.chance(15) {
		all = append(all, g.pick("constraint:OnDelete:CASCADE", "comment:see foreignKey", "not null", "index"))
	}
	if g.chance(20) {
		g.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	}
	if len(all) == 0 {
		return ""
	}
	return `gorm:"` + strings.Join(all, g.pick(";", ";", "; ")) + g.pick("", "", ";") + `"`
}

func (g *Generator) one() string  { return g.pick("", "*", "*") }
func (g *Generator) many() string { return g.pick("[]", "[]", "[]*") }

// relationDraws are the freehand's ways to draw a relation.
var relationDraws = []struct {
	name string
	add  func(*Generator, *sketch)
}{
	{"belongs-to", (*Generator).drawBelongsTo},
	{"belongs-to", (*Generator).drawBelongsTo},
	{"has", (*Generator).drawHas},
	{"has", (*Generator).drawHas},
	{"many-to-many", (*Generator).drawManyToMany},
	{"polymorphic", (*Generator).drawPolymorphic},
	{"has", (*Generator).drawHas},
	{"belongs-to", (*Generator).drawBelongsTo},
	{"many-to-many", (*Generator).drawManyToMany},
	{"names-at-random", (*Generator).drawAtRandom},
}

// primaryKeys lists the names of the fields that are a type's primary key.
func primaryKeys(t *Type) []string {
	var tagged []string
	for _, f := range t.Fields {
		if f.Type == "gorm.Model" || strings.HasPrefix(strings.TrimLeft(f.Type, "*"), "Keyed[") {
			return []string{"ID"}
		}
		if strings.Contains(f.Tag, "primary") {
			tagged = append(tagged, f.Name)
		}
	}
	if len(tagged) == 0 && (t.has("ID") || t.has("Id")) {
		return []string{"ID"}
	}
	return tagged
}

// addKeys adds to holder one key for each of the primary keys of to, named
// after prefix, and names them in the tag where their names must be told.
func (g *Generator) addKeys(s *sketch, holder, to *Type, prefix string) {
	keys := primaryKeys(to)
	if g.chance(12) {
		keys = []string{"Slug"} // a reference to what is no primary key
		s.tag.add("references", "Slug")
	}
	told := g.chance(40)
	var named []string
	for _, key := range keys {
		name := prefix + key
		if told {
			name = g.pick(prefix+key, prefix+"Ref"+key, "The"+prefix+key)
		}
		holder.addField(Field{Name: name, Type: keyTypes[g.IntN(len(keyTypes))],
			Tag: g.pick("", "", "", `gorm:"index"`, `gorm:"column:fk_`+strings.ToLower(name)+`"`)})
		named = append(named, g.pick(name, name, name, column(name)))
	}
	if told || g.chance(25) {
		s.tag.add("foreignKey", strings.Join(named, ","))
	}
}

func (g *Generator) drawBelongsTo(s *sketch) {
	name := g.pick(s.target.Name, fieldNames[g.IntN(len(fieldNames))])
	g.addKeys(s, s.owner, s.target, name)
	if g.chance(5) {
		s.tag.add("belongsTo", "yes")
	}
	s.owner.addField(Field{Name: name, Type: g.one() + s.target.Name, Tag: g.tag(s.tag)})
	if g.chance(35) { // the other side, by the same key
		s.target.addField(Field{Name: g.pick(s.owner.Name+"s", "All"+name), Type: g.many() + s.owner.Name, Tag: g.tag(s.tag)})
		g.Features.add("freehand/both-sides", false)
	}
}

func (g *Generator) drawHas(s *sketch) {
	name := g.pick(s.target.Name, s.target.Name+"s", fieldNames[g.IntN(len(fieldNames))])
	g.addKeys(s, s.target, s.owner, s.owner.Name)
	shape := g.many()
	if g.chance(35) {
		shape = g.one()
	}
	s.owner.addField(Field{Name: name, Type: shape + s.target.Name, Tag: g.tag(s.tag)})
	if g.chance(35) {
		s.target.addField(Field{Name: s.owner.Name, Type: g.one() + s.owner.Name, Tag: g.tag(s.tag)})
		g.Features.add("freehand/both-sides", false)
	}
}

func (g *Generator) drawManyToMany(s *sketch) {
	join := g.pick("links", column(s.owner.Name+s.target.Name), s.owner.Name+s.target.Name)
	own, far := "", ""
	if g.chance(30) {
		own = g.pick("LeftID", "left_id", "OneID,TwoID")
	}
	if g.chance(30) {
		far = g.pick("RightID", "right_ref", "ThreeID,FourID")
	}
	side := func(own, far string) *options {
		tag := &options{"many2many:" + join}
		if own != "" {
			tag.add("joinForeignKey", own)
		}
		if far != "" {
			tag.add("joinReferences", far)
		}
		return tag
	}
	tag := side(own, far)
	if g.chance(15) {
		tag.add("foreignKey", g.pick("Slug", "slug", "id"))
	}
	if g.chance(15) {
		tag.add("references", g.pick("Slug", "ID,Slug"))
	}
	name := g.pick(s.target.Name+"s", s.target.Name, fieldNames[g.IntN(len(fieldNames))])
	s.owner.addField(Field{Name: name, Type: g.many() + s.target.Name, Tag: g.tag(tag)})
	if g.chance(40) {
		s.target.addField(Field{Name: s.owner.Name + "s", Type: g.many() + s.owner.Name, Tag: g.tag(side(far, own))})
		g.Features.add("freehand/both-sides", false)
	}
}

func (g *Generator) drawPolymorphic(s *sketch) {
	prefix := g.pick("Owner", "Subject", "Holder")
	typeName, idName := prefix+"Type", prefix+"ID"
	s.tag.add("polymorphic", prefix)
	if g.chance(15) {
		typeName = prefix + "Kind"
		s.tag.add("polymorphicType", typeName)
	}
	if g.chance(15) {
		idName = prefix + "Key"
		s.tag.add("polymorphicId", idName)
	}
	if g.chance(25) {
		s.tag.add("polymorphicValue", g.pick("x", "owner", " y "))
	}
	if g.chance(10) {
		s.tag.add("foreignKey", g.pick("Slug", "slug", "ID"))
	}
	s.target.addField(Field{Name: typeName, Type: "string"})
	s.target.addField(Field{Name: idName, Type: "uint"})
	s.owner.addField(Field{Name: g.pick(s.target.Name, s.target.Name+"s", "My"+s.target.Name),
		Type: g.pick(g.one(), g.many()) + s.target.Name, Tag: g.tag(s.tag)})
}

// drawAtRandom draws a relation whose tag names what it finds on either side.
func (g *Generator) drawAtRandom(s *sketch) {
	some := func() string {
		var names []string
		for range 1 + g.IntN(5)/3 {
			t := s.owner
			if g.chance(50) {
				t = s.target
			}
			name := t.Fields[g.IntN(len(t.Fields))].name()
			names = append(names, g.pick(name, name, column(name)))
		}
		return strings.Join(names, g.pick(",", ", "))
	}
	if g.chance(70) {
		s.tag.add("foreignKey", some())
	}
	if g.chance(50) {
		s.tag.add("references", some())
	}
	if g.chance(15) {
		s.tag.add("many2many", "some")
	}
	if g.chance(8) {
		s.tag.add("belongsTo", "yes")
	}
	name := g.pick(s.target.Name, fieldNames[g.IntN(len(fieldNames))])
	s.owner.addField(Field{Name: name, Type: g.pick(g.one(), g.many()) + s.target.Name, Tag: g.tag(s.tag)})
}

// embedBase lets a model embed a struct that has a relation of its own.
func (g *Generator) embedBase(w *Grown, t *Type, models []*Type) {
	base := &Type{Name: g.newName(w, baseNames), Struct: true, Role: Base}
	s := &sketch{owner: base, target: models[g.IntN(len(models))], tag: &options{}}
	g.drawBelongsTo(&sketch{owner: base, target: &Type{Name: s.target.Name, Struct: true, Fields: s.target.Fields}, tag: s.tag})
	if g.chance(40) {
		holder := g.pick(t.Name, base.Name)
		s.target.addField(Field{Name: holder + "ID", Type: "uint"})
		base.addField(Field{Name: "Things", Type: g.many() + s.target.Name})
	}
	embed := Field{Type: g.one() + base.Name}
	if g.chance(40) {
		embed.Name = g.pick("From", "Within")
		embed.Tag = g.pick(`gorm:"embedded"`, `gorm:"embedded;embeddedPrefix:from_"`, `gorm:"embeddedPrefix:to_;embedded"`)
	}
	w.Types = append(w.Types, base)
	t.addField(embed)
	if g.chance(40) {
		models[g.IntN(len(models))].addField(embed)
	}
	g.Features.add("freehand/base-with-relation", false)
}

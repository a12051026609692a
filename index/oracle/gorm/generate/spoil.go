package generate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// mistakes are the ways to spoil a model. Each reports false where the model
// has nothing that it could spoil.
var mistakes = []struct {
	name  string
	spoil func(g *Generator, w *Grown, t *Type) bool
}{
	{"misspelt-key", func(g *Generator, _ *Grown, t *Type) bool { return g.misspell(t, "foreignKey") }},
	{"misspelt-references", func(g *Generator, _ *Grown, t *Type) bool { return g.misspell(t, "references") }},
	{"misspelt-polymorphic", func(g *Generator, _ *Grown, t *Type) bool { return g.misspell(t, "polymorphic") }},
	{"misspelt-join-key", func(g *Generator, _ *Grown, t *Type) bool { return g.misspell(t, "join(?:ForeignKey|References)") }},
	{"misspelt-option", (*Generator).misspellOption},
	{"missing-key", (*Generator).dropKey},
	{"wrong-count", (*Generator).miscount},
	{"keyless-relation", (*Generator).strayRelation},
	{"unsupported-type", func(g *Generator, _ *Grown, t *Type) bool {
		kind := g.pick("[]string", "map[string]int", "any", "chan bool", "func(int) string", "complex64", "[3]"+t.Name)
		return t.addField(Field{Name: "Odd", Type: strings.Replace(kind, "[3]"+t.Name, "[3]*"+t.Name, 1)})
	}},
	{"invalid-embedded", func(g *Generator, _ *Grown, t *Type) bool {
		return t.addField(Field{Name: "Inline", Type: g.pick("map[string]int", "[]int", "any"),
			Tag: g.pick(`gorm:"embedded"`, `gorm:"embedded;type:json"`)})
	}},
	{"unknown-serializer", func(g *Generator, _ *Grown, t *Type) bool {
		return t.addField(Field{Name: "Blob", Type: g.pick("string", "map[string]int"), Tag: `gorm:"serializer:yaml"`})
	}},
	{"bad-default", func(g *Generator, _ *Grown, t *Type) bool {
		return t.addField(Field{Name: "Preset", Type: g.pick("int", "*uint8", "bool", "float64"),
			Tag: g.pick(`gorm:"default:x"`, `gorm:"default:1.5.2"`, `gorm:"default:yes please"`)})
	}},
	{"polymorphic-missing", func(g *Generator, w *Grown, t *Type) bool {
		return t.addField(Field{Name: "Ghosts", Type: "[]*" + g.anyModel(w).Name,
			Tag: g.pick(`gorm:"polymorphic:Ghost"`, `gorm:"polymorphicType:A;polymorphicId:B"`)})
	}},
	{"many2many-unknown-key", func(g *Generator, w *Grown, t *Type) bool {
		return t.addField(Field{Name: "Links", Type: "[]*" + g.anyModel(w).Name,
			Tag: fmt.Sprintf(`gorm:"many2many:links;%s:Ghost"`, g.pick("foreignKey", "references"))})
	}},
}

// spoil puts one mistake into a model.
func (g *Generator) spoil(w *Grown, t *Type) {
	for _, i := range g.Perm(len(mistakes)) {
		m := mistakes[i]
		if m.spoil(g, w, t) {
			t.Mistake = true
			g.Features.add("mistake/"+m.name, false)
			return
		}
	}
}

// misspell changes a letter in what an option of a model's tags names.
func (g *Generator) misspell(t *Type, option string) bool {
	named := regexp.MustCompile(`(?i)\b` + option + `:(\w{2,})`)
	for _, i := range g.Perm(len(t.Fields)) {
		f := &t.Fields[i]
		m := named.FindStringSubmatchIndex(f.Tag)
		if m == nil {
			continue
		}
		word := f.Tag[m[2]:m[3]]
		at := g.IntN(len(word))
		wrong := word[:at] + g.pick("", word[at:at+1]+word[at:at+1], "q") + word[at+1:]
		f.Tag = f.Tag[:m[2]] + wrong + f.Tag[m[3]:]
		return wrong != word
	}
	return false
}

var relationOption = regexp.MustCompile(`(?i)\b(foreignKey|references|many2many|polymorphic|joinForeignKey|joinReferences|embedded)\b`)

// misspellOption swaps two letters in the name of an option.
func (g *Generator) misspellOption(_ *Grown, t *Type) bool {
	for _, i := range g.Perm(len(t.Fields)) {
		f := &t.Fields[i]
		if m := relationOption.FindStringIndex(f.Tag); m != nil {
			f.Tag = f.Tag[:m[0]+2] + f.Tag[m[0]+3:m[0]+4] + f.Tag[m[0]+2:m[0]+3] + f.Tag[m[0]+4:]
			return true
		}
	}
	return false
}

// dropKey removes a field that looks like a foreign key.
func (g *Generator) dropKey(_ *Grown, t *Type) bool {
	for _, i := range g.Perm(len(t.Fields)) {
		if name := t.Fields[i].Name; name != "ID" && (strings.HasSuffix(name, "ID") || strings.HasSuffix(name, "Ref")) {
			t.Fields = slices.Delete(t.Fields, i, i+1)
			return true
		}
	}
	return false
}

var keyList = regexp.MustCompile(`(?i)\b(foreignKey|references):\s*[^;"]+`)

// miscount names one key more than there should be.
func (g *Generator) miscount(_ *Grown, t *Type) bool {
	for _, i := range g.Perm(len(t.Fields)) {
		f := &t.Fields[i]
		m := keyList.FindStringIndex(f.Tag)
		if m == nil {
			continue
		}
		f.Tag = f.Tag[:m[1]] + "," + g.pick("ID", "Name", t.Fields[g.IntN(len(t.Fields))].name()) + f.Tag[m[1]:]
		return true
	}
	return false
}

// strayRelation adds a relation that has no key anywhere.
func (g *Generator) strayRelation(w *Grown, t *Type) bool {
	return t.addField(Field{Name: "Stray", Type: g.pick("*", "[]*", "[]*") + g.anyModel(w).Name})
}

func (g *Generator) anyModel(w *Grown) *Type {
	models := slices.DeleteFunc(w.Models(), func(t *Type) bool { return !t.Struct })
	return models[g.IntN(len(models))]
}

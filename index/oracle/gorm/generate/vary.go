package generate

import (
	"slices"
	"strings"
	"unicode"
)

// quotedMark begins a tag that is written as an interpreted string.
const quotedMark = "\x00"

// vary changes a type in ways that keep it legal but may change what GORM
// makes of it.
func (g *Generator) vary(w *Grown, t *Type) {
	if !t.Struct {
		return
	}
	if t.Role == Model {
		if g.chance(25) {
			g.embedGormModel(t)
		}
		if g.chance(12) {
			g.hoist(w, t)
		}
		for range g.IntN(3) {
			g.addColumn(t)
		}
	}
	if g.chance(12) {
		g.renameType(w, t)
	}
	if g.chance(15) {
		g.Features.add("shape/fields-shuffled", false)
		g.Shuffle(len(t.Fields), func(i, j int) { t.Fields[i], t.Fields[j] = t.Fields[j], t.Fields[i] })
	}
}

// embedGormModel puts gorm.Model in the place of a plain ID.
func (g *Generator) embedGormModel(t *Type) {
	i := slices.IndexFunc(t.Fields, func(f Field) bool { return f.Name == "ID" && f.Type == "uint" && f.Tag == "" })
	if i < 0 || t.has("Model") {
		return
	}
	t.Fields[i] = Field{Type: "gorm.Model", Tag: g.pick("", "", "", `gorm:"embedded"`)}
	g.Features.add("shape/gorm-model", false)
}

// hoist moves some fields of a model into a new struct that it then embeds.
func (g *Generator) hoist(w *Grown, t *Type) {
	base := &Type{Name: g.newName(w, baseNames), Struct: true, Role: Base}
	if g.chance(10) {
		base.Name = g.newName(w, hiddenNames)
	}
	from := g.IntN(len(t.Fields) + 1)
	to := from + g.IntN(len(t.Fields)-from+1)
	moved := slices.Clone(t.Fields[from:to])
	if len(moved) == 0 || slices.ContainsFunc(moved, func(f Field) bool { return f.Name == "" }) || t.has(base.Name) {
		return
	}
	base.Fields = moved
	embed := Field{Type: base.Name}
	switch how := g.pick("value", "pointer", "named", "prefix", "twice"); how {
	case "pointer":
		embed.Type = "*" + base.Name
		g.Features.add("shape/embedded-"+how, false)
	case "named", "prefix", "twice":
		embed.Name = g.pick("At", "Inside", "Part")
		if t.has(embed.Name) {
			return
		}
		embed.Tag = `gorm:"embedded"`
		if how != "named" {
			embed.Tag = `gorm:"embedded;embeddedPrefix:in_"`
		}
		g.Features.add("shape/embedded-"+how, false)
		if how == "twice" {
			defer t.addField(Field{Name: "Second", Type: base.Name, Tag: `gorm:"embedded;embeddedPrefix:second_"`})
		}
	default:
		g.Features.add("shape/embedded-"+how, false)
	}
	t.Fields = slices.Concat(t.Fields[:from], []Field{embed}, t.Fields[to:])
	w.Types = append(w.Types, base)
}

// renameType lets a field of t name its type by a new alias or defined slice.
func (g *Generator) renameType(w *Grown, t *Type) {
	for i := range t.Fields {
		f := &t.Fields[i]
		target := w.targetOf(f.Type)
		if target == nil || !target.Struct || target.Params != "" || f.Name == "" || f.embeds() {
			continue
		}
		renamed := &Type{Name: g.newName(w, listNames), Role: Value}
		switch {
		case strings.HasPrefix(f.Type, "[]") && g.chance(60):
			renamed.Expr, f.Type = f.Type, g.pick("", "", "*")+renamed.Name
			g.Features.add("shape/defined-slice", false)
		default:
			renamed.Alias, renamed.Expr = true, target.Name
			f.Type = strings.TrimSuffix(f.Type, target.Name) + renamed.Name
			g.Features.add("shape/alias", false)
		}
		w.Types = append(w.Types, renamed)
		return
	}
}

// columns are what models hold beside keys and relations.
var columns = []Field{
	{Name: "Title", Type: "string", Tag: `gorm:"size:255;not null"`},
	{Name: "Name", Type: "string"},
	{Name: "Code", Type: "string", Tag: `gorm:"uniqueIndex"`},
	{Name: "CreatedAt", Type: "time.Time"},
	{Name: "DeletedAt", Type: "gorm.DeletedAt", Tag: `gorm:"index"`},
	{Name: "Price", Type: "float64", Tag: `gorm:"default:0.5"`},
	{Name: "Note", Type: "*string"},
	{Name: "Data", Type: "json.RawMessage"},
	{Name: "Attributes", Type: "map[string]any", Tag: `gorm:"serializer:json"`},
	{Name: "Labels", Type: "[]string", Tag: `gorm:"-"`},
	{Name: "Active", Type: "bool", Tag: `gorm:"default:true"`},
	{Name: "Maybe", Type: "sql.NullInt64"},
	{Name: "secret", Type: "map[string]string"},
}

func (g *Generator) addColumn(t *Type) { t.addField(columns[g.IntN(len(columns))]) }

// dress changes how the tags of a type are written, not what they say.
func (g *Generator) dress(t *Type) {
	for i := range t.Fields {
		f := &t.Fields[i]
		if g.chance(8) && f.Tag != "" {
			f.Tag = recase(f.Tag, g.pick("lower", "upper", "title"))
			g.Features.add("shape/option-case", false)
		}
		if g.chance(20) && f.Name != "" {
			f.Tag = strings.TrimSpace(f.Tag + ` json:"` + strings.ToLower(f.Name) + `,omitempty"`)
			g.Features.add("shape/other-tag-after", false)
		} else if g.chance(10) && f.Tag != "" {
			f.Tag = `yaml:"x" ` + f.Tag
			g.Features.add("shape/other-tag-before", false)
		}
		if g.chance(3) && f.Tag != "" {
			f.Tag = quotedMark + f.Tag
			g.Features.add("shape/interpreted-tag", false)
		}
	}
}

// recase changes the case of the option names in a gorm tag.
func recase(tag, how string) string {
	head, rest, ok := strings.Cut(tag, `gorm:"`)
	if !ok || head != "" {
		return tag
	}
	value, tail, _ := strings.Cut(rest, `"`)
	options := strings.Split(value, ";")
	for i, option := range options {
		name, setting, valued := strings.Cut(option, ":")
		switch how {
		case "lower":
			name = strings.ToLower(name)
		case "upper":
			name = strings.ToUpper(name)
		case "title":
			runes := []rune(name)
			for j := range runes[:min(1, len(runes))] {
				runes[j] = unicode.ToUpper(runes[j])
			}
			name = string(runes)
		}
		options[i] = name
		if valued {
			options[i] += ":" + setting
		}
	}
	return `gorm:"` + strings.Join(options, ";") + `"` + tail
}

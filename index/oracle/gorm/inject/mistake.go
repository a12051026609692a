package main

import (
	"go/ast"
	"go/token"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/gorm/truth"
)

// mistake is one edit that breaks one relation.
type mistake struct {
	kind     string
	pkg      *modelPackage
	relation string // id of the relation that it breaks
	file     string // base name
	start    int    // byte offsets in the file
	end      int
	text     string // what stands there afterwards
	was      string
}

// edit is a mistake's change of one file.
func (m *mistake) apply(src []byte) []byte {
	return slices.Concat(src[:m.start], []byte(m.text), src[m.end:])
}

// kinds are the kinds of mistakes. Each returns the edit that makes one of its
// kind of a relation, or nil where that cannot be.
var kinds = []struct {
	name string
	make func(*breaker) *mistake
}{
	{"key", func(b *breaker) *mistake { return b.misspellOption("foreignKey", b.keyNames()) }},
	{"reference", func(b *breaker) *mistake { return b.misspellOption("references", b.referenceNames()) }},
	{"join table", func(b *breaker) *mistake { return b.misspellOption("many2many", "") }},
	{"join key", func(b *breaker) *mistake {
		if b.relation.Kind != ask.ManyToMany {
			return nil
		}
		return b.misspellOption(b.pick("joinForeignKey", "joinReferences"), "OtherID")
	}},
	{"polymorphic", func(b *breaker) *mistake { return b.misspellOption("polymorphic", "") }},
	{"key field", (*breaker).misspellKeyField},
	{"inverse", func(b *breaker) *mistake { return b.rename(modelOf(b.relation.Model), b.relation.Field) }},
}

// draw makes n different mistakes, all kinds as evenly as the relations of the
// packages allow.
func draw(packages []*modelPackage, verdicts map[string]truth.Model, n int, rnd *rand.Rand) []*mistake {
	var breakers []*breaker
	for _, p := range packages {
		for _, name := range p.models {
			v := verdicts[p.path+"."+name]
			if v.Error != "" {
				continue
			}
			for _, r := range v.Relations {
				if file, field, ident := p.field(name, r.Field); field != nil && r.ID == r.Model+"."+r.Field {
					breakers = append(breakers, &breaker{rnd, p, r, file, field, ident})
				}
			}
		}
	}
	var mistakes []*mistake
	for round := 0; len(mistakes) < n && round < 10*n; round++ {
		kind := kinds[round%len(kinds)]
		rnd.Shuffle(len(breakers), func(i, j int) { breakers[i], breakers[j] = breakers[j], breakers[i] })
		for _, b := range breakers {
			if m := kind.make(b); m != nil && !slices.ContainsFunc(mistakes, m.same) {
				m.kind = kind.name
				mistakes = append(mistakes, m)
				break
			}
		}
	}
	return mistakes
}

func (m *mistake) same(other *mistake) bool {
	return m.pkg == other.pkg && m.file == other.file && m.start == other.start && m.text == other.text
}

// breaker breaks one relation.
type breaker struct {
	*rand.Rand
	pkg      *modelPackage
	relation ask.Relation
	file     string
	field    *ast.Field
	ident    *ast.Ident
}

func (b *breaker) pick(words ...string) string { return words[b.IntN(len(words))] }

func (b *breaker) mistake(file string, from, to token.Pos, text, was string) *mistake {
	return &mistake{
		pkg: b.pkg, relation: b.relation.ID, file: file, text: text, was: was,
		start: b.pkg.fset.Position(from).Offset, end: b.pkg.fset.Position(to).Offset,
	}
}

// misspellOption misspells the value of an option of the field's gorm tag. Where
// the tag has no such option it gets one with a misspelt value, unless that is
// empty.
func (b *breaker) misspellOption(option, value string) *mistake {
	tag := "``"
	from, to := b.field.Type.End(), b.field.Type.End()
	if b.field.Tag != nil {
		tag, from, to = b.field.Tag.Value, b.field.Tag.Pos(), b.field.Tag.End()
	}
	if !strings.HasPrefix(tag, "`") || len(b.field.Names) > 1 {
		return nil
	}
	text := ""
	present := regexp.MustCompile(`(?i)\b` + option + `:([\w, ]+)`)
	switch at := present.FindStringSubmatchIndex(tag); {
	case at != nil:
		text = tag[:at[2]] + b.misspell(tag[at[2]:at[3]]) + tag[at[3]:]
	case value == "":
		return nil
	case strings.Contains(tag, `gorm:"`):
		text = strings.Replace(tag, `gorm:"`, `gorm:"`+option+":"+b.misspell(value)+";", 1)
	default:
		text = "`" + strings.TrimSpace(strings.Trim(tag, "`")+` gorm:"`+option+":"+b.misspell(value)+`"`) + "`"
	}
	if b.field.Tag == nil {
		text = " " + text
	}
	return b.mistake(b.file, from, to, text, tag)
}

// misspellKeyField misspells the name of a foreign key where it is declared.
func (b *breaker) misspellKeyField() *mistake {
	if len(b.relation.Keys) == 0 {
		return nil
	}
	id := b.relation.Keys[b.IntN(len(b.relation.Keys))].ForeignKey
	at := strings.LastIndex(id, ".")
	return b.rename(modelOf(id[:at]), id[at+1:])
}

// rename misspells the name of a field where a struct of the package declares it.
func (b *breaker) rename(model, field string) *mistake {
	file, _, ident := b.pkg.field(model, field)
	if ident == nil {
		return nil
	}
	text := b.misspell(field)
	for !ast.IsExported(text) {
		text = b.misspell(field)
	}
	return b.mistake(file, ident.Pos(), ident.End(), text, field)
}

// misspell drops, changes or adds one letter of a word.
func (b *breaker) misspell(word string) string {
	at := b.IntN(len(word))
	letter := string(rune('a' + b.IntN(26)))
	wrong := word[:at+1] + letter + word[at+1:]
	switch b.IntN(3) {
	case 0:
		if len(word) > 2 {
			wrong = word[:at] + word[at+1:]
		}
	case 1:
		wrong = word[:at] + letter + word[at+1:]
	}
	if wrong == word {
		return b.misspell(word)
	}
	return wrong
}

func (b *breaker) keyNames() string {
	var names []string
	for _, k := range b.relation.Keys {
		names = append(names, lastName(k.ForeignKey))
	}
	if b.relation.Kind == ask.ManyToMany {
		names = []string{"ID"}
	}
	return strings.Join(names, ",")
}

func (b *breaker) referenceNames() string {
	var names []string
	for _, k := range b.relation.Keys {
		names = append(names, lastName(k.References))
	}
	if b.relation.Kind == ask.ManyToMany {
		names = []string{"ID"}
	}
	return strings.Join(names, ",")
}

func lastName(id string) string { return id[strings.LastIndex(id, ".")+1:] }

// modelOf is the name of the model in an id "<import path>.<model>".
func modelOf(id string) string { return lastName(id) }

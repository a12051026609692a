package inject

import (
	"go/ast"
	"go/token"
	"math/rand/v2"
	"regexp"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// Breaker breaks one relation of the code.
type Breaker struct {
	*rand.Rand
	Relation ask.Relation

	orm   *ORM
	pkg   *modelPackage
	file  string // base name
	field *ast.Field
}

// Pick draws one of several words.
func (b *Breaker) Pick(words ...string) string { return words[b.IntN(len(words))] }

func (b *Breaker) mistake(file string, from, to token.Pos, text, was string) *Mistake {
	return &Mistake{
		pkg: b.pkg, relation: b.Relation.ID, file: file, text: text, was: was,
		start: b.pkg.fset.Position(from).Offset, end: b.pkg.fset.Position(to).Offset,
	}
}

// tag is the field's tag as it is written, and where it stands, or would; false where the
// tag is none that can be edited.
func (b *Breaker) tag() (text string, from, to token.Pos, ok bool) {
	text, from, to = "``", b.field.Type.End(), b.field.Type.End()
	if b.field.Tag != nil {
		text, from, to = b.field.Tag.Value, b.field.Tag.Pos(), b.field.Tag.End()
	}
	return text, from, to, strings.HasPrefix(text, "`") && len(b.field.Names) <= 1
}

// Option is the value of an option of the field's tag, false where the tag lacks it.
func (b *Breaker) Option(name string) (string, bool) {
	tag, _, _, ok := b.tag()
	at := b.value(name).FindStringSubmatchIndex(tag)
	if !ok || at == nil {
		return "", false
	}
	return tag[at[2]:at[3]], true
}

// value finds the value of an option, which may be a list where commas part no options.
func (b *Breaker) value(option string) *regexp.Regexp {
	letters := `[-\w, ]`
	if b.orm.Separator == "," {
		letters = `[-\w ]`
	}
	return regexp.MustCompile(`(?i)\b` + option + `:(` + letters + `+)`)
}

// SetOption gives an option of the field's tag another value. Where the tag has no such
// option it gets one.
func (b *Breaker) SetOption(option, value string) *Mistake {
	tag, from, to, ok := b.tag()
	if !ok || value == "" {
		return nil
	}
	text, key := "", b.orm.Tag+`:"`
	at, begins := b.value(option).FindStringSubmatchIndex(tag), strings.Index(tag, key)
	switch {
	case at != nil:
		text = tag[:at[2]] + value + tag[at[3]:]
	case begins >= 0:
		ends := begins + len(key) + strings.IndexByte(tag[begins+len(key):], '"')
		separator := b.orm.Separator
		if tag[ends-1] == '"' {
			separator = ""
		}
		text = tag[:ends] + separator + option + ":" + value + tag[ends:]
	default:
		text = "`" + strings.TrimSpace(strings.Trim(tag, "`")+" "+key+option+":"+value+`"`) + "`"
	}
	if b.field.Tag == nil {
		text = " " + text
	}
	return b.mistake(b.file, from, to, text, tag)
}

// MisspellOption misspells the value of an option of the field's tag. Where the tag has
// no such option it gets one with a misspelt value, unless that is empty.
func (b *Breaker) MisspellOption(option, value string) *Mistake {
	if there, ok := b.Option(option); ok {
		value = there
	}
	if value == "" {
		return nil
	}
	return b.SetOption(option, b.misspell(value))
}

// MisspellKeyField misspells the name of a foreign key where it is declared.
func (b *Breaker) MisspellKeyField() *Mistake {
	if len(b.Relation.Keys) == 0 {
		return nil
	}
	id := b.Relation.Keys[b.IntN(len(b.Relation.Keys))].ForeignKey
	at := strings.LastIndex(id, ".")
	return b.rename(modelOf(id[:at]), id[at+1:])
}

// MisspellField misspells the name of the relation itself.
func (b *Breaker) MisspellField() *Mistake {
	return b.rename(modelOf(b.Relation.Model), b.Relation.Field)
}

// rename misspells the name of a field where a struct of the package declares it.
func (b *Breaker) rename(model, field string) *Mistake {
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
func (b *Breaker) misspell(word string) string {
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

// lastName is what stands behind the last dot of an id.
func lastName(id string) string { return id[strings.LastIndex(id, ".")+1:] }

// modelOf is the name of the model in an id "<import path>.<model>".
func modelOf(id string) string { return lastName(id) }

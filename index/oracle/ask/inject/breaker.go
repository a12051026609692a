package inject

import (
	"go/ast"
	"go/token"
	"math/rand/v2"
	"path"
	"regexp"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// Breaker breaks one relation of the code.
type Breaker struct {
	*rand.Rand
	Relation ask.Relation
	Field    *ast.Field

	orm  *Structs
	pkg  *modelPackage
	file string // base name
}

// Pick draws one of several words.
func (b *Breaker) Pick(words ...string) string { return words[b.IntN(len(words))] }

func (b *Breaker) mistake(file string, from, to token.Pos, text, was string) *Mistake {
	return &Mistake{
		Relation: b.Relation.ID, File: path.Join(b.pkg.dir, file), Text: text, Was: was,
		Start: b.pkg.fset.Position(from).Offset, End: b.pkg.fset.Position(to).Offset,
	}
}

// tag is the field's tag as it is written, and where it stands, or would; false where the
// tag is none that can be edited.
func (b *Breaker) tag() (text string, from, to token.Pos, ok bool) {
	text, from, to = "``", b.Field.Type.End(), b.Field.Type.End()
	if b.Field.Tag != nil {
		text, from, to = b.Field.Tag.Value, b.Field.Tag.Pos(), b.Field.Tag.End()
	}
	return text, from, to, strings.HasPrefix(text, "`") && len(b.Field.Names) <= 1
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
	if b.Field.Tag == nil {
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
	return b.SetOption(option, Misspell(b.Rand, value))
}

// MisspellTag misspells what the first group of a pattern matches in the field's tag.
func (b *Breaker) MisspellTag(pattern *regexp.Regexp) *Mistake {
	return b.misspellTag(b.file, b.Field, pattern)
}

// MisspellKeyTag misspells what the first group of a pattern matches in the tag of a field
// that holds a foreign key.
func (b *Breaker) MisspellKeyTag(pattern *regexp.Regexp) *Mistake {
	model, name := b.key()
	file, field, _ := b.pkg.field(model, name)
	if field == nil {
		return nil
	}
	return b.misspellTag(file, field, pattern)
}

func (b *Breaker) misspellTag(file string, field *ast.Field, pattern *regexp.Regexp) *Mistake {
	if field.Tag == nil {
		return nil
	}
	tag := field.Tag.Value
	at := pattern.FindStringSubmatchIndex(tag)
	if at == nil {
		return nil
	}
	text := tag[:at[2]] + Misspell(b.Rand, tag[at[2]:at[3]]) + tag[at[3]:]
	return b.mistake(file, field.Tag.Pos(), field.Tag.End(), text, tag)
}

// Replace has another text stand in the relation's file.
func (b *Breaker) Replace(from, to token.Pos, text, was string) *Mistake {
	return b.mistake(b.file, from, to, text, was)
}

// key is one of the fields that hold a foreign key of the relation, "" where there is none.
func (b *Breaker) key() (model, field string) {
	if len(b.Relation.Keys) == 0 {
		return "", ""
	}
	id := b.Relation.Keys[b.IntN(len(b.Relation.Keys))].ForeignKey
	at := strings.LastIndex(id, ".")
	return modelOf(id[:at]), id[at+1:]
}

// MisspellKeyField misspells the name of a foreign key where it is declared.
func (b *Breaker) MisspellKeyField() *Mistake { return b.rename(b.key()) }

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
	text := Misspell(b.Rand, field)
	for !ast.IsExported(text) {
		text = Misspell(b.Rand, field)
	}
	return b.mistake(file, ident.Pos(), ident.End(), text, field)
}

// modelOf is the name of the model in an id "<import path>.<model>".
func modelOf(id string) string { return id[strings.LastIndex(id, ".")+1:] }

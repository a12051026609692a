package dialect

import (
	"cmp"
	"slices"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// MistakeAt is a mistake of a field, whose name stands at a place: at a stretch of its tag,
// after which the mistake is called, or at the field's name where that is zero.
func MistakeAt(kind relation.MistakeKind, row string, field relation.Place, at facts.Slot) relation.Mistake {
	m := relation.Mistake{Kind: kind, Row: row, Place: field}
	if !at.IsZero() {
		m.Place.Span, m.Name = at.Span, at.Text
	}
	return m
}

// DeclaredHere leads from a mistake to the type that it is about, which messages call by the
// label; nil for a type without readable source.
func DeclaredHere(t facts.Type, label string) []relation.Related {
	place, _ := Declaration(t)
	if place.File == "" {
		return nil
	}
	return []relation.Related{{Place: place, Text: label + " is declared here"}}
}

// Label is what messages call a type.
func Label(t facts.Type) string { return cmp.Or(t.Ref().Name, "the unnamed struct") }

// HandedNoStruct is the mistake of a call that hands the ORM a value whose type, pointers and
// slices taken off, certainly is no struct; nil for another. It says what the function takes.
func HandedNoStruct(row string, from *facts.File, use facts.Use, t facts.Type, takes string) *relation.Mistake {
	switch t.Shape() {
	case facts.Map, facts.Func, facts.Chan, facts.Basic:
	default:
		return nil
	}
	return &relation.Mistake{
		Kind:  relation.TargetNotModel,
		Row:   row,
		Place: relation.Place{File: from.Path, Span: use.Span},
		Text:  use.Call + " takes " + takes + "; only a struct can be a model",
	}
}

// Malformed are the mistakes of the field's tags under some keys that reflection, and so the
// ORM, which goes by its own name, does not find, because of how they are written.
func Malformed(orm string, f *facts.Field, file *facts.File, id relation.FieldID, keys ...string) []relation.Mistake {
	var mistakes []relation.Mistake
	for _, tag := range f.Tags {
		if tag.Defect == facts.TagOK || !slices.Contains(keys, tag.Key.Text) {
			continue
		}
		mistakes = append(mistakes, relation.Mistake{
			Kind: relation.TagMalformed, Field: id, Role: relation.TagKeyRole,
			Place: relation.Place{File: file.Path, Span: tag.Span},
			Text:  orm + " does not see this tag: " + Defect(tag.Defect),
		})
	}
	return mistakes
}

// Defect says in words what keeps a tag from being read.
func Defect(d facts.TagDefect) string {
	switch d {
	case facts.TagNoValue:
		return "the key has no value"
	case facts.TagUnquoted:
		return "the value must stand in double quotes"
	case facts.TagUnterminated:
		return "the closing quote of the value is missing"
	case facts.TagSpaced:
		return "no space may stand between key, colon and value"
	case facts.TagBadEscape:
		return "the value holds an escape that Go does not know"
	}
	return ""
}

package golang

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// setTag is the edit that gives a pair of a field's tag a value.
func setTag(src []byte, field *facts.Field, key, value string) (Edit, bool) {
	if field.Literal.IsZero() {
		end := int(field.Span.End)
		return Edit{span(end, end), " " + renderTag([]NewTag{{key, value}})}, true
	}
	i := slices.IndexFunc(field.Tags, func(t facts.Tag) bool { return t.Key.Text == key })
	if i >= 0 {
		return replacePair(src, field, &field.Tags[i], key, value), true
	}
	if !readsToItsEnd(field) {
		return Edit{}, false
	}
	return appendPair(src, field, key, value), true
}

// readsToItsEnd reports whether reflection would find a pair at the end of the tag.
func readsToItsEnd(field *facts.Field) bool {
	const probe = ` probe:""`
	tags := lexTags(facts.Slot{Text: field.Literal.Text + probe})
	return len(tags) > 0 && tags[len(tags)-1].Visible
}

// replacePair changes the value of a pair, or writes it anew where it is malformed.
func replacePair(src []byte, field *facts.Field, pair *facts.Tag, key, value string) Edit {
	quoted := strconv.Quote(value)
	at, text := pair.Value.Span, quoted[1:len(quoted)-1]
	if pair.Defect != facts.TagOK {
		at, text = pair.Span, key+":"+quoted
	}
	return inLiteral(src, field, at, text)
}

// appendPair adds a pair behind the others of a tag.
func appendPair(src []byte, field *facts.Field, key, value string) Edit {
	literal := field.Literal
	kept := len(strings.TrimRight(literal.Text, " "))
	text := key + ":" + strconv.Quote(value)
	if kept > 0 {
		text = " " + text
	}
	return inLiteral(src, field, literal.Sub(kept, len(literal.Text)).Span, text)
}

// inLiteral replaces a stretch of a tag's literal by text. A raw string that
// cannot hold the text becomes an interpreted one.
func inLiteral(src []byte, field *facts.Field, at facts.Span, text string) Edit {
	literal := field.Literal
	if src[literal.Span.Start-1] == '`' {
		if strconv.CanBackquote(text) {
			return Edit{at, text}
		}
		before := literal.Text[:literal.Index(int(at.Start))]
		after := literal.Text[literal.Index(int(at.End)):]
		return Edit{span(int(literal.Span.Start)-1, int(literal.Span.End)+1), strconv.Quote(before + text + after)}
	}
	quoted := strconv.Quote(text)
	return Edit{at, quoted[1 : len(quoted)-1]}
}

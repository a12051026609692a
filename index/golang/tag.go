package golang

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// lexTags lists the key:"value" pairs of a tag, whole or half typed, in order.
//
// Well-formed pairs are those of reflect.StructTag.Lookup (Go 1.26), which stops
// at the first thing it cannot read: the pairs behind that are listed too, but
// are not Visible. What belongs to no pair (a stray quote, a line break) is
// skipped.
func lexTags(literal facts.Slot) []facts.Tag {
	l := tagLexer{slot: literal, text: literal.Text}
	n := strings.Count(l.text, ":\"")
	if n > 0 {
		l.tags = make([]facts.Tag, 0, n)
	}
	for l.skipSpace(); l.pos < len(l.text); l.skipSpace() {
		l.pair()
	}
	return l.tags
}

// tagLexer reads one tag from front to back.
type tagLexer struct {
	slot   facts.Slot
	text   string // of slot
	pos    int    // index into text
	broken bool   // reflection reads no further than here
	tags   []facts.Tag

	keys  map[string]bool // of the first tags, once those are many
	known int             // how many
}

// skipSpace moves to the next pair. Reflection knows no separator but the space.
func (l *tagLexer) skipSpace() {
	for ; l.pos < len(l.text); l.pos++ {
		switch c := l.text[l.pos]; {
		case c == ' ':
		case c < ' ', c == 0x7f, c == '"', c == ':':
			l.broken = true
		default:
			return
		}
	}
}

// pair reads one pair from its key on.
func (l *tagLexer) pair() {
	start := l.pos
	for l.pos < len(l.text) && isKeyByte(l.text[l.pos]) {
		l.pos++
	}
	tag := facts.Tag{Key: l.slot.Sub(start, l.pos)}
	quote, spaced := l.findQuote()
	switch {
	case quote >= 0:
		l.pos = quote + 1
		l.quoted(&tag)
		if spaced && tag.Defect != facts.TagUnterminated {
			tag.Defect = facts.TagSpaced
		}
		l.broken = l.broken || spaced
	case l.pos < len(l.text) && l.text[l.pos] == ':':
		l.pos++
		l.unquoted(&tag)
	default:
		tag.Defect, tag.Value = facts.TagNoValue, l.slot.Sub(l.pos, l.pos)
		l.broken = true
	}
	tag.Span = l.slot.Sub(start, l.pos).Span
	tag.Visible = tag.Defect == facts.TagOK && !l.broken && !l.seen(tag.Key.Text)
	l.broken = l.broken || tag.Defect != facts.TagOK && tag.Defect != facts.TagBadEscape
	l.tags = append(l.tags, tag)
}

// findQuote is the index of the quote that opens the value of the key before pos,
// -1 for none; spaced reports white space around the colon.
func (l *tagLexer) findQuote() (quote int, spaced bool) {
	rest := strings.TrimLeft(l.text[l.pos:], " \t")
	before := len(rest) < len(l.text)-l.pos
	rest, ok := strings.CutPrefix(rest, ":")
	if !ok {
		return -1, false
	}
	value := strings.TrimLeft(rest, " \t")
	if !strings.HasPrefix(value, `"`) {
		return -1, false
	}
	return len(l.text) - len(value), before || len(value) < len(rest)
}

// quoted reads a value from behind its opening quote.
func (l *tagLexer) quoted(tag *facts.Tag) {
	start := l.pos
	for l.pos < len(l.text) && l.text[l.pos] != '"' {
		if l.text[l.pos] == '\\' {
			l.pos++
		}
		l.pos++
	}
	if l.pos >= len(l.text) {
		l.pos = len(l.text)
		tag.Defect = facts.TagUnterminated
	}
	var ok bool
	tag.Value, ok = unescape(l.slot.Sub(start, l.pos))
	if tag.Defect == facts.TagUnterminated {
		return
	}
	l.pos++
	if !ok {
		tag.Defect = facts.TagBadEscape
	}
}

// unquoted reads what stands behind a colon where no quote does: a value whose
// quotes, or whose first quote, are missing, or nothing.
func (l *tagLexer) unquoted(tag *facts.Tag) {
	start := l.pos
	for l.pos < len(l.text) && l.text[l.pos] > ' ' && l.text[l.pos] != '"' {
		l.pos++
	}
	tag.Value, tag.Defect = l.slot.Sub(start, l.pos), facts.TagUnquoted
	if start == l.pos {
		tag.Defect = facts.TagNoValue
	} else if l.pos < len(l.text) && l.text[l.pos] == '"' {
		l.pos++
	}
}

// seen reports whether a pair of that key was read before. Reflection finds the
// first of a key and, where its value cannot be unquoted, none.
func (l *tagLexer) seen(key string) bool {
	if len(l.tags) < 16 {
		return slices.ContainsFunc(l.tags, func(t facts.Tag) bool { return t.Key.Text == key })
	}
	if l.keys == nil {
		l.keys = map[string]bool{}
	}
	for ; l.known < len(l.tags); l.known++ {
		l.keys[l.tags[l.known].Key.Text] = true
	}
	return l.keys[key]
}

func isKeyByte(c byte) bool { return c > ' ' && c != ':' && c != '"' && c != 0x7f }

package golang

import (
	"bytes"
	"go/token"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rells-dev/rells/index/facts"
)

// readLiteral is the slot of the string literal src[start:end], without its
// quotes. An open literal has no closing quote.
func readLiteral(src []byte, start, end int, open bool) facts.Slot {
	from, to := start+1, end
	if !open {
		to--
	}
	slot := facts.Slot{Text: string(src[from:to]), Span: span(from, to)}
	if src[start] == '`' {
		return dropReturns(slot)
	}
	slot, _ = unescape(slot)
	return slot
}

// dropReturns takes the carriage returns out of a raw string, as the compiler
// does (Go specification, String literals).
func dropReturns(s facts.Slot) facts.Slot {
	if strings.IndexByte(s.Text, '\r') < 0 {
		return s
	}
	var b decoder
	for i := range len(s.Text) {
		if s.Text[i] != '\r' {
			b.add(s.Text[i:i+1], s.Span.Start+int32(i))
		}
	}
	return b.slot(s)
}

// unescape decodes the escapes of a text between double quotes as strconv.Unquote
// does. Where that fails, the slot comes back as it is and ok is false.
func unescape(s facts.Slot) (decoded facts.Slot, ok bool) {
	if strings.IndexByte(s.Text, '\n') >= 0 {
		return s, false
	}
	if strings.IndexByte(s.Text, '\\') < 0 && utf8.ValidString(s.Text) {
		return s, true
	}
	var b decoder
	for rest := s.Text; rest != ""; {
		r, multibyte, tail, err := strconv.UnquoteChar(rest, '"')
		if err != nil {
			return s, false
		}
		i := len(s.Text) - len(rest)
		at := s.Sub(i, i).Span.Start
		switch {
		case r < utf8.RuneSelf || !multibyte:
			b.add(string([]byte{byte(r)}), at)
		case rest[0] != '\\' && utf8.ValidString(rest[:len(rest)-len(tail)]):
			for k := i; k < len(s.Text)-len(tail); k++ {
				b.add(s.Text[k:k+1], s.Sub(k, k).Span.Start)
			}
		default:
			b.add(string(r), at)
		}
		rest = tail
	}
	return b.slot(s), true
}

// decoder collects decoded text and where each byte of it comes from.
type decoder struct {
	text    strings.Builder
	offsets []int32
}

// add appends text all of which stands at the given offset.
func (d *decoder) add(text string, offset int32) {
	d.text.WriteString(text)
	for range len(text) {
		d.offsets = append(d.offsets, offset)
	}
}

// slot is what was collected, in the place of the slot it was decoded from.
func (d *decoder) slot(from facts.Slot) facts.Slot {
	return facts.Slot{Text: d.text.String(), Span: from.Span, Offsets: append(d.offsets, from.Span.End)}
}

// span makes a Span of two offsets.
func span(start, end int) facts.Span { return facts.Span{Start: int32(start), End: int32(end)} }

// tagEnd is the offset behind the raw string at i, where it stands as the tag of a
// field. It knows more than rawEnd, because behind a tag its field ends.
//
// Tags of several lines are legal: key:"value" pairs on lines of their own are
// taken as such. Of others it is held to be more likely that the closing
// backquote is missing than that a tag holds what looks like a field or the end
// of a struct.
func tagEnd(src []byte, i int) (end int, open bool) {
	end, open = rawEnd(src, i)
	if open || bytes.IndexByte(src[i:end], '\n') < 0 {
		return end, open
	}
	line := lineEnd(src, i)
	if !endsField(src, end) || !isPairs(src[i+1:end-1]) && holdsFields(src[line:end-1]) {
		return line, true
	}
	return end, false
}

// endsField reports whether a field can end at i.
func endsField(src []byte, i int) bool {
	for ; i < len(src); i++ {
		switch src[i] {
		case ' ', '\t', '\r':
		case '\n', ';', '}':
			return true
		default:
			return commentEnd(src, i) > i
		}
	}
	return true
}

// isPairs reports whether the text of a tag is nothing but key:"value" pairs.
func isPairs(text []byte) bool {
	slot := facts.Slot{Text: string(text)}
	rest := 0
	for _, tag := range lexTags(slot) {
		if tag.Defect != facts.TagOK && tag.Defect != facts.TagBadEscape {
			return false
		}
		if strings.TrimSpace(slot.Text[rest:tag.Span.Start]) != "" {
			return false
		}
		rest = int(tag.Span.End)
	}
	return strings.TrimSpace(slot.Text[rest:]) == ""
}

// holdsFields reports whether one of the lines begins like a field of a struct
// (a name and its type), or ends a struct.
func holdsFields(text []byte) bool {
	for line := range strings.Lines(string(text)) {
		s := newLexer([]byte(line))
		first, name := s.tok, s.end
		s.scan()
		if first == token.RBRACE || first == token.IDENT && s.start > name && startsType(s.tok) {
			return true
		}
	}
	return false
}

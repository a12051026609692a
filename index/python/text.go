package python

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rells-dev/rells/index/facts"
)

// text reads a string literal whose prefix begins at start; the lexer is at its quote.
// One that is not closed ends with its line, or with the file if its quotes are three.
func (l *lexer) text(start int) {
	prefix := strings.ToLower(string(l.src[start:l.at]))
	quote := quoteOf(l.src[l.at:])
	l.at += len(quote)
	l.at = textEnd(l.src, l.at, quote, strings.ContainsAny(prefix, "ft"), 0)
	l.emit(stringToken, start)
}

// quoteOf is the quote with which a literal begins: one character, or three of it.
func quoteOf(literal []byte) []byte {
	if len(literal) > 2 && literal[1] == literal[0] && literal[2] == literal[0] {
		return literal[:3]
	}
	return literal[:1]
}

// maxFields bounds how deep strings are looked for in the fields of strings.
const maxFields = 16

// ofText are the bytes of a string that may mean something to its end.
var ofText = [256]bool{'\\': true, '"': true, '\'': true, '\n': true, '\r': true, '{': true}

// textEnd is the offset behind the closing quote of a string whose contents begin at an
// offset; in a formatted string, fields in braces may hold strings of their own.
func textEnd(src []byte, at int, quote []byte, formatted bool, depth int) int {
	for at < len(src) {
		if !ofText[src[at]] {
			at++
			continue
		}
		switch c := src[at]; {
		case c == '\\':
			at = min(at+2, len(src))
			if src[at-1] == '\r' && at < len(src) && src[at] == '\n' {
				at++
			}
		case bytes.HasPrefix(src[at:], quote):
			return at + len(quote)
		case (c == '\n' || c == '\r') && len(quote) == 1:
			return at
		case c == '{' && formatted && at+1 < len(src) && src[at+1] == '{':
			at += 2
		case c == '{' && formatted && depth < maxFields:
			at = fieldEnd(src, at+1, quote, depth+1)
		default:
			at++
		}
	}
	return at
}

// fieldEnd is the offset behind the brace that closes a field of a formatted string, or
// of its quote where no brace does.
func fieldEnd(src []byte, at int, quote []byte, depth int) int {
	nested := 0
	for at < len(src) {
		switch c := src[at]; {
		case c == '}' && nested == 0:
			return at + 1
		case c == '(' || c == '[' || c == '{':
			nested++
			at++
		case c == ')' || c == ']' || c == '}':
			nested = max(nested-1, 0)
			at++
		case c == ':' && nested == 0:
			return specEnd(src, at+1, quote, depth)
		case bytes.HasPrefix(src[at:], quote) && !closesBefore(src[at+len(quote):], quote):
			return at // before 3.12: the string ends in a field that is not closed
		case c == '"' || c == '\'':
			inner := quoteOf(src[at:])
			from := at
			for from > 0 && isNameByte(src[from-1]) {
				from--
			}
			at = textEnd(src, at+len(inner), inner, strings.ContainsAny(strings.ToLower(string(src[from:at])), "ft"), depth)
		case (c == '\n' || c == '\r') && len(quote) == 1 && nested == 0 && depth == 1 && !closesBefore(src[at:], []byte("}")):
			return at
		default:
			at++
		}
	}
	return at
}

// closesBefore reports whether the mark stands once more before the end of the line.
func closesBefore(rest, mark []byte) bool {
	if end := bytes.IndexByte(rest, '\n'); end >= 0 && len(mark) == 1 {
		rest = rest[:end]
	}
	return bytes.Contains(rest, mark)
}

// specEnd is the offset behind the brace that closes a field whose format begins at an
// offset.
func specEnd(src []byte, at int, quote []byte, depth int) int {
	for at < len(src) {
		switch c := src[at]; {
		case c == '}':
			return at + 1
		case c == '{' && depth < maxFields:
			at = fieldEnd(src, at+1, quote, depth+1)
		case bytes.HasPrefix(src[at:], quote) || c == '\n' && len(quote) == 1:
			return at
		default:
			at++
		}
	}
	return at
}

// literal is one string literal, cut up.
type literal struct {
	start, end int  // of the contents
	raw        bool // no escapes
	plain      bool // a str that says what it says: no bytes, no fields
}

// cut takes a string token apart.
func cut(src []byte, t token) literal {
	at := int(t.start)
	for at < int(t.end) && src[at] != '"' && src[at] != '\'' {
		at++
	}
	prefix := strings.ToLower(string(src[t.start:at]))
	quote := quoteOf(src[at:t.end])
	lit := literal{start: at + len(quote), end: int(t.end), raw: strings.Contains(prefix, "r"), plain: !strings.ContainsAny(prefix, "bft")}
	if lit.end-lit.start >= len(quote) && bytes.HasSuffix(src[lit.start:lit.end], quote) {
		lit.end -= len(quote)
	}
	return lit
}

// slotOf decodes literals that stand one behind the other, which are one string.
func slotOf(src []byte, literals []literal) facts.Slot {
	first, last := literals[0], literals[len(literals)-1]
	slot := facts.Slot{Span: facts.Span{Start: int32(first.start), End: int32(last.end)}}
	if len(literals) == 1 && (first.raw || bytes.IndexByte(src[first.start:first.end], '\\') < 0) && bytes.IndexByte(src[first.start:first.end], '\r') < 0 {
		slot.Text = string(src[first.start:first.end])
		return slot
	}
	var text []byte
	var offsets []int32
	for _, lit := range literals {
		for at := lit.start; at < lit.end; {
			decoded, size := src[at:at+1], 1
			switch {
			case src[at] == '\\' && !lit.raw:
				decoded, size = escape(src[at:lit.end])
			case src[at] == '\r':
				decoded = []byte("\n")
				if at+1 < lit.end && src[at+1] == '\n' {
					size = 2
				}
			}
			for range decoded {
				offsets = append(offsets, int32(at))
			}
			text = append(text, decoded...)
			at += size
		}
	}
	slot.Text, slot.Offsets = string(text), append(offsets, int32(last.end))
	return slot
}

// plainEscapes are the escapes that stand for one byte.
var plainEscapes = map[byte]string{
	'\\': "\\", '\'': "'", '"': "\"", 'a': "\a", 'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t", 'v': "\v", '\n': "",
}

// escape decodes the escape at the start of rest and tells how many bytes it takes up.
// What is none stands for itself, as in Python.
func escape(rest []byte) (decoded []byte, size int) {
	if len(rest) < 2 {
		return rest, len(rest)
	}
	if plain, ok := plainEscapes[rest[1]]; ok {
		return []byte(plain), 2
	}
	digits := 0
	switch c := rest[1]; {
	case c == 'x':
		digits = 2
	case c == 'u':
		digits = 4
	case c == 'U':
		digits = 8
	case c == '\r':
		if len(rest) > 2 && rest[2] == '\n' {
			return nil, 3
		}
		return nil, 2
	case c == 'N' && len(rest) > 2 && rest[2] == '{':
		if end := bytes.IndexByte(rest, '}'); end > 0 {
			return []byte("\ufffd"), end + 1 // the name of a character: no name that counts holds one
		}
	case '0' <= c && c <= '7':
		end := 2
		for end < 4 && end < len(rest) && '0' <= rest[end] && rest[end] <= '7' {
			end++
		}
		n, _ := strconv.ParseInt(string(rest[1:end]), 8, 32)
		return utf8.AppendRune(nil, rune(n)), end
	}
	if digits > 0 && len(rest) >= 2+digits {
		if n, err := strconv.ParseInt(string(rest[2:2+digits]), 16, 64); err == nil {
			return utf8.AppendRune(nil, rune(n)), 2 + digits
		}
	}
	return rest[:1], 1
}

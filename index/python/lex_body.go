package python

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Most of a source is bodies of functions, of which hardly any says something that is
// kept. So they are skipped as they stand, line by line, looking at nothing but strings,
// brackets and indentation. Where anything is odd, they are cut into tokens like all the
// rest, which knows how to go on.

// opensFunction reports whether the logical line that has just ended is the header of a
// function whose body nobody asks for: not of one that is decorated in a class.
func (l *lexer) opensFunction() bool {
	line := l.tokens[l.first:]
	if len(line) < 3 || l.decorated && l.width > 0 {
		return false
	}
	if l.says(line[0], "async") {
		line = line[1:]
	}
	return l.says(line[0], "def") && l.says(line[len(line)-2], ":") // before the end of the line
}

// says reports whether a token is a word or a sign.
func (l *lexer) says(t token, text string) bool {
	return string(l.src[t.start:t.end]) == text
}

// skipBody skips the block that begins on the next line, of which one token is left. It
// does nothing where there is none, or where it cannot be sure where the block ends.
func (l *lexer) skipBody() {
	b := body{src: l.src, at: l.at, width: l.width}
	if !b.skip() {
		return
	}
	l.at = b.start
	l.emit(indentToken, b.start)
	l.at = b.end
	l.emit(bodyToken, b.start)
	l.emit(lineToken, b.end)
	l.indents = append(l.indents, b.indented)
	l.at = b.at
}

// body is a block that is skipped.
type body struct {
	src   []byte
	at    int // at the start of a line
	width int // by which the header is indented

	start, end int // of what stands in the block
	indented   int // by which it is indented
	open       int // brackets
	odd        bool
}

// skip moves behind the block, to the start of a line; false where it cannot.
func (b *body) skip() bool {
	for b.at < len(b.src) {
		line := b.at
		width, empty := b.indentation()
		switch {
		case empty:
			continue
		case b.open > 0:
			if b.begins() {
				return false // a bracket was forgotten
			}
		case width <= b.width:
			b.at = line
			return b.end > 0
		case b.end == 0:
			b.start, b.indented = b.at, width
		case width < b.indented:
			return false
		}
		b.line()
		if b.odd {
			return false
		}
	}
	return b.open == 0 && b.end > 0
}

// indentation skips the space that a line begins with, and all of a line that holds no
// more, or a comment.
func (b *body) indentation() (width int, empty bool) {
	for ; b.at < len(b.src); b.at++ {
		switch b.src[b.at] {
		case ' ':
			width++
		case '\t':
			width = width/8*8 + 8
		case '\f':
			width = 0
		case '\n', '\r':
			b.at++
			return 0, true
		case '#':
			b.comment()
			return 0, true
		default:
			return width, false
		}
	}
	return 0, true
}

// comment skips to behind the end of the line.
func (b *body) comment() {
	if n := bytes.IndexAny(b.src[b.at:], "\r\n"); n >= 0 {
		b.at += n + 1
	} else {
		b.at = len(b.src)
	}
}

// begins reports whether a statement begins here that cannot stand in brackets.
func (b *body) begins() bool {
	end := b.at
	for end < len(b.src) && isNameByte(b.src[end]) {
		end++
	}
	return statements[string(b.src[b.at:end])] && (end == len(b.src) || b.src[end] != '=')
}

// telling are the bytes of a body that mean something to its end.
var telling = [256]bool{
	'\n': true, '\r': true, '#': true, '"': true, '\'': true, '\\': true,
	'(': true, '[': true, '{': true, ')': true, ']': true, '}': true,
}

// line skips the rest of a line, and those on which a string or a backslash goes on.
func (b *body) line() {
	from := b.at
	for b.at < len(b.src) {
		c := b.src[b.at]
		if !telling[c] {
			b.at++
			continue
		}
		switch c {
		case '\n', '\r', '#':
			b.ends(from)
			if c == '#' {
				b.comment()
			} else {
				b.at++
			}
			return
		case '"', '\'':
			b.text(from)
			continue
		case '\\':
			if b.continued() {
				continue
			}
		case '(', '[', '{':
			b.open++
		default:
			b.open = max(b.open-1, 0)
		}
		b.at++
	}
	b.ends(from)
}

// ends notes where the last token of a line ends.
func (b *body) ends(from int) {
	end := b.at
	for end > from && strings.IndexByte(" \t\f", b.src[end-1]) >= 0 {
		end--
	}
	if end > from {
		b.end = end
	}
}

// text skips a string.
func (b *body) text(from int) {
	prefix := b.at
	for prefix > from && isNameByte(b.src[prefix-1]) {
		prefix--
	}
	if prefix > from && b.src[prefix-1] == '.' || prefix < b.at && bytes.IndexFunc(b.src[prefix:b.at], isWide) >= 0 {
		b.odd = true // not to be told from a prefix at a glance
	}
	formatted := isPrefix(b.src[prefix:b.at]) && bytes.ContainsAny(b.src[prefix:b.at], "fFtT")
	quote := quoteOf(b.src[b.at:])
	b.at = textEnd(b.src, b.at+len(quote), quote, formatted, 0)
}

func isWide(r rune) bool { return r >= utf8.RuneSelf }

// continued skips a backslash with the line end behind it.
func (b *body) continued() bool {
	l := lexer{src: b.src, at: b.at}
	ok := l.continued()
	b.at = l.at
	return ok
}

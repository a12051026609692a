package python

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// tokenKind says what a token is.
type tokenKind uint8

const (
	nameToken tokenKind = iota
	numberToken
	stringToken
	signToken
	bodyToken   // all of a block that was skipped
	lineToken   // the end of a logical line
	indentToken // a block begins
	dedentToken // a block ends
	endToken    // the end of the source
)

// token is one token. Line ends, indents, dedents and the end are empty.
type token struct {
	kind       tokenKind
	start, end int32
}

// ends reports whether no logical line goes on with the token.
func (t token) ends() bool { return t.kind >= lineToken }

// lexer cuts source into tokens. It never fails: what is no token is left out.
type lexer struct {
	src      []byte
	at       int
	tokens   []token
	comments []token

	// skips says that bodies of functions need not be cut into tokens.
	skips     bool
	first     int  // of the tokens of the logical line
	decorated bool // the logical line before is a decorator

	indents []int // widths of the open blocks
	brackets
	// lost are the brackets that are never closed, by their offset: in them a line that is
	// not indented deeper than the statement ends it.
	lost map[int]bool
}

// brackets are those that are open, and where their statement began.
type brackets struct {
	open  []int // offsets
	width int   // by which the statement is indented
}

// lex cuts a file into tokens and returns its comments apart.
func lex(src []byte) (tokens, comments []token) { return lexWith(src, false) }

// lexDeclarations leaves one token of each body of a function, and no comment in it.
func lexDeclarations(src []byte) (tokens, comments []token) { return lexWith(src, true) }

func lexWith(src []byte, skips bool) (tokens, comments []token) {
	lost := map[int]bool{}
	for {
		l := &lexer{src: src, skips: skips, lost: lost, indents: []int{0}, tokens: room(src)}
		before := len(lost)
		l.run()
		if len(lost) == before {
			return l.tokens, l.comments
		}
		// A bracket that was thought to be closed later has swallowed statements. Reading
		// again costs a pass for each such bracket of a file, of which there are few.
		if len(lost) > maxLost {
			return l.tokens, l.comments
		}
		giveBack(l.tokens)
	}
}

// spare are lists of tokens that nobody reads any more. Tokens are most of what reading a
// file leaves behind.
var spare sync.Pool

func room(src []byte) []token {
	if list, ok := spare.Get().(*[]token); ok {
		return (*list)[:0]
	}
	return make([]token, 0, len(src)/16+16)
}

// giveBack lets the tokens of another file take the place of these.
func giveBack(tokens []token) { spare.Put(&tokens) }

// maxLost bounds how many brackets are given up before the rest is read as it stands.
const maxLost = 16

func (l *lexer) run() {
	if strings.HasPrefix(string(l.src[:min(3, len(l.src))]), "\ufeff") {
		l.at = 3
	}
	l.line()
	for l.at < len(l.src) {
		l.next()
	}
	l.giveUp(0)
	l.endLine()
	for range l.indents[1:] {
		l.emit(dedentToken, l.at)
	}
	l.emit(endToken, l.at)
}

func (l *lexer) emit(kind tokenKind, start int) {
	l.tokens = append(l.tokens, token{kind, int32(start), int32(l.at)})
}

// endLine ends a logical line, unless it is empty.
func (l *lexer) endLine() {
	if n := len(l.tokens); n > 0 && !l.tokens[n-1].ends() {
		l.emit(lineToken, l.at)
	}
}

// giveUp takes the open brackets for closed. The first of them is remembered as lost, if
// statements may have been swallowed by it.
func (l *lexer) giveUp(swallowed int) {
	if len(l.open) > 0 && l.at > l.open[0]+swallowed {
		l.lost[l.open[0]] = true
	}
	l.open = l.open[:0]
}

// next reads one token, or skips what is none.
func (l *lexer) next() {
	c := l.src[l.at]
	switch {
	case c == '\n' || c == '\r':
		l.newline()
	case c == ' ' || c == '\t' || c == '\f':
		l.at++
	case c == '\\' && l.continued():
	case c == '#':
		l.comment()
	case c == '"' || c == '\'':
		l.text(l.at)
	case '0' <= c && c <= '9' || c == '.' && l.at+1 < len(l.src) && isDigit(l.src[l.at+1]):
		l.number()
	case isNameByte(c):
		l.word()
	default:
		l.sign()
	}
}

// comment reads a comment, which ends with its line.
func (l *lexer) comment() {
	start := l.at
	for l.at < len(l.src) && l.src[l.at] != '\n' && l.src[l.at] != '\r' {
		l.at++
	}
	l.comments = append(l.comments, token{signToken, int32(start), int32(l.at)})
}

// continued skips a backslash with the line end behind it.
func (l *lexer) continued() bool {
	rest := l.src[l.at+1:]
	switch {
	case len(rest) > 1 && rest[0] == '\r' && rest[1] == '\n':
		l.at += 3
	case len(rest) > 0 && (rest[0] == '\n' || rest[0] == '\r'):
		l.at += 2
	default:
		return false
	}
	return true
}

func (l *lexer) newline() {
	if len(l.open) == 0 {
		l.endLine()
	}
	if l.src[l.at] == '\r' && l.at+1 < len(l.src) && l.src[l.at+1] == '\n' {
		l.at++
	}
	l.at++
	if len(l.open) > 0 {
		l.unclosed()
		return
	}
	if l.skips && len(l.tokens) > l.first && l.opensFunction() {
		l.skipBody()
	}
	l.line()
}

// line reads the indentation of the next line that is not empty.
func (l *lexer) line() {
	if len(l.tokens) > l.first {
		l.decorated = l.says(l.tokens[l.first], "@")
	}
	width := l.indentation()
	if l.at == len(l.src) {
		return
	}
	if width > l.indents[len(l.indents)-1] {
		l.indents = append(l.indents, width)
		l.emit(indentToken, l.at)
	}
	for width < l.indents[len(l.indents)-1] {
		l.indents = l.indents[:len(l.indents)-1]
		l.emit(dedentToken, l.at)
	}
	l.width, l.first = width, len(l.tokens)
}

// indentation skips to the first byte of the next line that is not empty and returns by
// how much it is indented.
func (l *lexer) indentation() int {
	width := 0
	for ; l.at < len(l.src); l.at++ {
		switch l.src[l.at] {
		case ' ':
			width++
		case '\t':
			width = width/8*8 + 8
		case '\f', '\n', '\r':
			width = 0
		case '#':
			l.comment()
			width = 0
			l.at--
		default:
			return width
		}
	}
	return width
}

// statements are words that begin a statement and cannot stand in brackets.
var statements = map[string]bool{
	"class": true, "def": true, "import": true, "return": true, "raise": true, "pass": true, "while": true,
	"with": true, "try": true, "except": true, "finally": true, "del": true, "global": true, "nonlocal": true,
	"assert": true, "break": true, "continue": true,
}

// unclosed looks, at the start of a line inside of brackets, whether the brackets have
// been forgotten: a statement begins, or they are known to be lost and the line is not
// indented.
func (l *lexer) unclosed() {
	from, comments := l.at, len(l.comments)
	width := l.indentation()
	end := l.at
	for end < len(l.src) && isNameByte(l.src[end]) {
		end++
	}
	begins := statements[string(l.src[l.at:end])] && (end == len(l.src) || l.src[end] != '=')
	out := width <= l.width && l.lost[l.open[0]] && l.at < len(l.src) && !strings.ContainsRune(")]}", rune(l.src[l.at]))
	if !begins && !out {
		return
	}
	l.giveUp(0)
	l.at, l.comments = from, l.comments[:comments]
	l.endLine()
	l.line()
}

func (l *lexer) number() {
	start := l.at
	for l.at < len(l.src) {
		c := l.src[l.at]
		exponent := (c == '+' || c == '-') && (l.src[l.at-1] == 'e' || l.src[l.at-1] == 'E') && !strings.HasPrefix(string(l.src[start:min(start+2, l.at)]), "0x")
		if !isNameByte(c) && c != '.' && !exponent {
			break
		}
		l.at++
	}
	l.emit(numberToken, start)
}

// word reads a name, or a string with a prefix.
func (l *lexer) word() {
	start := l.at
	for l.at < len(l.src) && isNameByte(l.src[l.at]) {
		if l.src[l.at] >= utf8.RuneSelf {
			r, size := utf8.DecodeRune(l.src[l.at:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !unicode.In(r, unicode.Nl, unicode.Pc) {
				if l.at == start {
					l.at += size
					return
				}
				break
			}
			l.at += size
			continue
		}
		l.at++
	}
	if l.at < len(l.src) && (l.src[l.at] == '"' || l.src[l.at] == '\'') && isPrefix(l.src[start:l.at]) {
		l.text(start)
		return
	}
	l.emit(nameToken, start)
}

// isPrefix reports whether a name directly before a quote belongs to the string.
func isPrefix(name []byte) bool {
	switch strings.ToLower(string(name)) {
	case "r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt":
		return true
	}
	return false
}

// signLength is how many of the bytes at the start of rest are one sign.
func signLength(rest []byte) int {
	if len(rest) < 2 {
		return 1
	}
	switch c, next := rest[0], rest[1]; {
	case c == next && strings.IndexByte("*/<>", c) >= 0:
		if len(rest) > 2 && rest[2] == '=' {
			return 3
		}
		return 2
	case next == '=' && strings.IndexByte("!:=<>+-*/%&|^@", c) >= 0, c == '-' && next == '>':
		return 2
	case string(rest) == "...":
		return 3
	}
	return 1
}

func (l *lexer) sign() {
	start := l.at
	l.at += signLength(l.src[start:min(start+3, len(l.src))])
	switch l.src[start] {
	case '(', '[', '{':
		l.open = append(l.open, start)
	case ')', ']', '}':
		if n := len(l.open); n > 0 {
			l.open = l.open[:n-1]
		}
	}
	l.emit(signToken, start)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isNameByte(c byte) bool {
	return c == '_' || isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf
}

package golang

import (
	"bytes"
	"go/token"
	"unicode"
	"unicode/utf8"

	"github.com/rells-dev/rells/index/facts"
)

// lexer splits Go source into tokens. It never fails: bytes that are no Go
// become tokens of kind ILLEGAL.
//
// It stands in for go/scanner, which takes the rest of the file for the tag when
// a backquote is not closed yet, and which allocates the text of every literal
// and comment. It tells apart only what declarations are read by: all keywords,
// brackets, separators and literals are themselves, operators of no interest
// come one byte at a time as ILLEGAL.
//
// A lexer is a plain value: a copy is a place to come back to.
type lexer struct {
	src  []byte
	next int // offset of the first byte not looked at

	tok        token.Token
	start, end int  // of tok; equal for the semicolon that a line break stands for
	last       int  // end of the token before tok, semicolons of line breaks left out
	open       bool // tok is a literal whose quote is not closed
	newline    bool // tok is the first of its line
	margin     int  // bytes in front of the last token that was the first of its line

	inStruct bool // between the braces of a struct: a raw string is a tag

	ends bool // a line break behind tok ends the statement
	line int  // offset of the line that next is on, as far as white space and comments tell
}

// newLexer returns a lexer at the first token of src.
func newLexer(src []byte) lexer {
	s := lexer{src: src}
	s.scan()
	return s
}

// scan moves on to the next token.
func (s *lexer) scan() {
	if s.end > s.start {
		s.last = s.end
	}
	s.open, s.newline = false, false
	if s.skipBlanks() {
		s.tok, s.start, s.end, s.ends = token.SEMICOLON, s.next, s.next, false
		return
	}
	s.start = s.next
	if s.newline {
		s.margin = s.start - s.line
	}
	if s.next >= len(s.src) {
		s.tok, s.end, s.ends = token.EOF, s.next, false
		return
	}
	s.tok, s.ends = token.ILLEGAL, false
	switch c := s.src[s.next]; {
	case isLetter(c) || c >= utf8.RuneSelf:
		s.scanIdent()
	case isDigit(c) || c == '.' && s.next+1 < len(s.src) && isDigit(s.src[s.next+1]):
		s.scanNumber()
	case c == '"':
		s.next, s.open = quoteEnd(s.src, s.next)
		s.tok, s.ends = token.STRING, true
	case c == '\'':
		s.next, s.open = quoteEnd(s.src, s.next)
		s.tok, s.ends = token.CHAR, true
	case c == '`':
		if s.inStruct {
			s.next, s.open = tagEnd(s.src, s.next)
		} else {
			s.next, s.open = rawEnd(s.src, s.next)
		}
		s.tok, s.ends = token.STRING, true
	default:
		s.scanOperator(c)
	}
	s.end = s.next
}

// skipBlanks moves behind white space and comments. It reports whether it stopped
// in front of a line break, or of the end of the file, that ends a statement.
func (s *lexer) skipBlanks() bool {
	for s.next < len(s.src) {
		switch s.src[s.next] {
		case ' ', '\t', '\r':
			s.next++
		case '\n':
			if s.ends {
				return true
			}
			s.next++
			s.newline, s.line = true, s.next
		case '/':
			end := commentEnd(s.src, s.next)
			if end == s.next {
				return false
			}
			if n := bytes.LastIndexByte(s.src[s.next:end], '\n'); n >= 0 {
				if s.ends {
					return true
				}
				s.newline, s.line = true, s.next+n+1
			}
			s.next = end
		case '\xef': // a byte order mark, legal only as the first character
			if s.next > 0 || !bytes.HasPrefix(s.src, byteOrderMark) {
				return false
			}
			s.next += len(byteOrderMark)
		default:
			return false
		}
	}
	return s.ends
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// scanIdent reads an identifier or keyword.
func (s *lexer) scanIdent() {
	i, ascii := s.next, true
	for i < len(s.src) {
		c := s.src[i]
		if isLetter(c) || isDigit(c) {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			break
		}
		r, size := utf8.DecodeRune(s.src[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		i, ascii = i+size, false
	}
	if i == s.next { // neither a letter nor anything else that Go knows
		_, size := utf8.DecodeRune(s.src[i:])
		s.next += size
		return
	}
	s.tok = token.IDENT
	if word := s.src[s.next:i]; ascii && len(word) > 1 && word[0] >= 'a' {
		s.tok = token.Lookup(string(word))
	}
	s.next = i
	switch s.tok {
	case token.IDENT, token.BREAK, token.CONTINUE, token.FALLTHROUGH, token.RETURN:
		s.ends = true
	}
}

// scanNumber reads a number, well formed or not, of any notation as INT.
func (s *lexer) scanNumber() {
	i := s.next
	for i < len(s.src) {
		c := s.src[i]
		exponent := i > s.next && (c == '+' || c == '-') && isExponent(s.src[s.next:i])
		if !isLetter(c) && !isDigit(c) && c != '.' && !exponent {
			break
		}
		i++
	}
	s.next, s.tok, s.ends = i, token.INT, true
}

// isExponent reports whether a sign behind the given part of a number belongs to it.
func isExponent(number []byte) bool {
	hex := len(number) > 1 && number[0] == '0' && number[1]|0x20 == 'x'
	switch number[len(number)-1] | 0x20 {
	case 'e':
		return !hex
	case 'p':
		return hex
	}
	return false
}

// operators are the tokens of one byte that matter as they are.
var operators = [utf8.RuneSelf]token.Token{
	'(': token.LPAREN, ')': token.RPAREN, '[': token.LBRACK, ']': token.RBRACK,
	'{': token.LBRACE, '}': token.RBRACE, ',': token.COMMA, ';': token.SEMICOLON,
	'.': token.PERIOD, '*': token.MUL, '&': token.AND, '=': token.ASSIGN,
	'!': token.NOT, ':': token.COLON, '~': token.TILDE,
}

// digraphs are the operators of two bytes that matter, or that would read as
// others if they were taken apart.
var digraphs = map[[2]byte]token.Token{
	{':', '='}: token.DEFINE, {'=', '='}: token.EQL, {'!', '='}: token.NEQ,
	{'&', '&'}: token.LAND, {'|', '|'}: token.LOR, {'<', '-'}: token.ARROW,
	{'+', '+'}: token.INC, {'-', '-'}: token.DEC, {'*', '='}: token.MUL_ASSIGN,
	{'&', '='}: token.AND_ASSIGN, {'&', '^'}: token.AND_NOT,
	{'<', '='}: token.LEQ, {'>', '='}: token.GEQ, {'<', '<'}: token.SHL, {'>', '>'}: token.SHR,
	{'+', '='}: token.ADD_ASSIGN, {'-', '='}: token.SUB_ASSIGN, {'/', '='}: token.QUO_ASSIGN,
	{'%', '='}: token.REM_ASSIGN, {'|', '='}: token.OR_ASSIGN, {'^', '='}: token.XOR_ASSIGN,
}

// scanOperator reads an operator or a byte that is no Go.
func (s *lexer) scanOperator(c byte) {
	s.tok = operators[c]
	switch c {
	case '.':
		if bytes.HasPrefix(s.src[s.next:], []byte("...")) {
			s.tok = token.ELLIPSIS
			s.next += 3
			return
		}
	case ')', ']', '}':
		s.ends = true
	case '(', '[', '{', ',', ';', '~':
	default:
		if s.next+1 < len(s.src) {
			if tok, ok := digraphs[[2]byte{c, s.src[s.next+1]}]; ok {
				s.tok = tok
				s.ends = tok == token.INC || tok == token.DEC
				s.next += 2
				return
			}
		}
	}
	s.next++
}

// text is the source of the current token.
func (s *lexer) text() []byte { return s.src[s.start:s.end] }

// slot is the current token as a name.
func (s *lexer) slot() facts.Slot {
	return facts.Slot{Text: name(s.text()), Span: span(s.start, s.end)}
}

// startsDeclaration reports whether the current token begins a declaration, and
// stands at the very start of a line: gofmt puts only those of the package there.
func (s *lexer) startsDeclaration() bool {
	return s.newline && s.margin == 0 && isDeclaration(s.tok)
}

// is reports whether the current token is the given identifier.
func (s *lexer) is(ident string) bool {
	return s.tok == token.IDENT && string(s.text()) == ident
}

// peek is the lexer one token further on.
func (s lexer) peek() lexer {
	s.scan()
	return s
}

// seek continues at the given offset as if a new line began there.
func (s *lexer) seek(offset int) {
	s.last, s.start, s.end = offset, offset, offset
	s.next, s.line, s.ends = offset, offset, false
	s.scan()
	if s.start >= s.end {
		return
	}
	s.newline, s.margin = true, s.start-s.line
}

// skip continues behind a stretch of source that ends a statement, such as a
// block, without having read it.
func (s *lexer) skip(offset int) {
	s.last, s.start, s.end = offset, offset, offset
	s.next, s.ends = offset, true
	s.scan()
}

func isDeclaration(tok token.Token) bool {
	switch tok {
	case token.FUNC, token.TYPE, token.VAR, token.CONST, token.IMPORT:
		return true
	}
	return false
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

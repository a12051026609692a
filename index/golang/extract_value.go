package golang

import (
	"go/token"

	"github.com/rells-dev/rells/index/facts"
)

// valueSpec skips the declaration of variables or constants. Functions among the
// values are read like others, under the name of the first variable.
func (x *extractor) valueSpec() {
	if x.tok != token.IDENT {
		x.fail("expected name, found " + x.describe())
		return
	}
	name := x.slot().Text
	for x.tok != token.SEMICOLON && x.tok != token.RPAREN && x.tok != token.EOF {
		switch {
		case x.tok == token.LPAREN || x.tok == token.LBRACK:
			x.scan()
			x.nested(name)
		case x.tok == token.LBRACE:
			x.valueBlock(name)
		case x.startsDeclaration():
			return
		default:
			x.scan()
		}
		if x.failed {
			return
		}
	}
}

// nested skips to behind the bracket that closes the one before.
func (x *extractor) nested(name string) {
	for depth := 1; depth > 0; {
		switch x.tok {
		case token.LPAREN, token.LBRACK:
			depth++
		case token.RPAREN, token.RBRACK:
			depth--
		case token.LBRACE:
			x.valueBlock(name)
			continue
		case token.EOF:
			x.fail("bracket is not closed")
			return
		}
		if x.startsDeclaration() {
			x.fail("bracket is not closed")
			return
		}
		x.scan()
	}
}

// valueBlock skips a block in the value of a variable, reading what matters of it.
func (x *extractor) valueBlock(name string) {
	open := x.start
	x.block()
	x.readBody(name, open, nil)
}

// returnedConst is a method that returns what may be a string constant.
type returnedConst struct {
	method int // index into the file's methods
	name   string
}

// resolveLiterals finds the strings behind constants that methods return.
func (x *extractor) resolveLiterals() {
	if len(x.returns) == 0 && !x.valued {
		return
	}
	literals := map[string]facts.Slot{}
	for _, offset := range x.consts {
		s := x.lexer
		s.seek(offset)
		s.stringConsts(literals)
	}
	for _, r := range x.returns {
		x.file.Methods[r.method].Literal = literals[r.name]
	}
	for i := range x.file.Methods {
		resolveTexts(&x.file.Methods[i].Value, literals)
	}
}

// stringConsts collects the constants of one declaration that are plain string
// literals, by name.
func (s *lexer) stringConsts(literals map[string]facts.Slot) {
	s.scan()
	group := s.tok == token.LPAREN
	if group {
		s.scan()
	}
	for s.tok != token.EOF && s.tok != token.RPAREN {
		if s.tok == token.SEMICOLON {
			s.scan()
			continue
		}
		s.stringConst(literals)
		for s.tok != token.SEMICOLON && s.tok != token.EOF && s.tok != token.RPAREN {
			s.scan()
		}
		if !group {
			return
		}
	}
}

// stringConst reads `Name [Type] = "text"`, where nothing follows.
func (s *lexer) stringConst(literals map[string]facts.Slot) {
	name, tok := string(s.text()), s.tok
	if s.scan(); s.tok == token.IDENT {
		s.scan()
	}
	if tok != token.IDENT || s.tok != token.ASSIGN {
		return
	}
	if s.scan(); s.tok != token.STRING {
		return
	}
	if end := s.peek().tok; !s.open && (end == token.SEMICOLON || end == token.RPAREN) {
		literals[name] = readLiteral(s.src, s.start, s.end, false)
	}
}

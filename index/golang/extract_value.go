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

// longestText is the length in bytes up to which the text of a constant is kept: nothing
// that a longer one names is of interest.
const longestText = 100

// constSpec reads `Name [Type] = "text"`, where nothing follows. Every other constant it
// skips.
func (x *extractor) constSpec() {
	s := x.lexer
	name := s
	if s.scan(); s.tok == token.IDENT && !s.newline {
		s.scan()
	}
	if name.tok == token.IDENT && s.tok == token.ASSIGN {
		if s.scan(); s.tok == token.STRING && !s.open && s.end-s.start <= longestText {
			if end := s.peek().tok; end == token.SEMICOLON || end == token.RPAREN {
				x.define(facts.Definition{Name: string(name.text()), Text: readLiteral(s.src, s.start, s.end, false)})
			}
		}
	}
	x.valueSpec()
}

// define keeps a definition.
func (x *extractor) define(d facts.Definition) {
	if d.Name != "_" {
		x.file.Defined = append(x.file.Defined, d)
		x.count(1)
	}
}

// returnedConst is a method that returns what may be a string constant.
type returnedConst struct {
	method int // index into the file's methods
	name   string
}

// resolveLiterals finds the strings behind constants that methods return.
func (x *extractor) resolveLiterals() {
	for _, r := range x.returns {
		for i := range x.file.Defined {
			if d := &x.file.Defined[i]; d.Name == r.name && d.Function == nil {
				x.file.Methods[r.method].Literal = d.Text
			}
		}
	}
}

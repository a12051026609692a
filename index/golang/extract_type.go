package golang

import (
	"go/token"

	"github.com/rells-dev/rells/index/facts"
)

// maxDepth bounds how deep types are read. Deeper ones are no code of anybody,
// and would overflow the stack.
const maxDepth = 100

// typeSpec reads the declaration of one type, without the keyword.
func (x *extractor) typeSpec() {
	if x.tok != token.IDENT {
		x.fail("expected name of type, found " + x.describe())
		return
	}
	decl := facts.Decl{Name: x.slot(), Within: x.within}
	x.scan()
	if x.tok == token.LBRACK && x.startsTypeParams() {
		decl.Params = x.typeParams()
	}
	if x.tok == token.ASSIGN {
		decl.Alias = true
		x.scan()
	}
	if x.within != "" {
		decl.Scope = span(int(decl.Name.Span.Start), len(x.src)) // of the body; the block may end earlier
	}
	decl.Type = x.typ()
	if x.failed && x.allow(x.start-int(decl.Name.Span.Start)) {
		if line := lineEnd(x.src, int(decl.Name.Span.End)); line < x.start {
			x.seek(line)
			decl.Type = facts.Expr{Span: span(line, line)}
		}
	}
	decl.Span = facts.Span{Start: decl.Name.Span.Start, End: max(decl.Type.Span.End, decl.Name.Span.End)}
	x.file.Decls = append(x.file.Decls, decl)
	x.count(1)
}

// startsTypeParams tells `type T[P any] ...` from the array `type T [N]int`, at
// the opening bracket.
func (x *extractor) startsTypeParams() bool {
	s := x.peek()
	if s.tok != token.IDENT {
		return false
	}
	switch s.scan(); s.tok {
	case token.RBRACK, token.PERIOD, token.ILLEGAL, token.SEMICOLON, token.EOF:
		return false
	case token.MUL, token.LPAREN:
		return x.listsTypes(s)
	}
	return startsType(s.tok) || s.tok == token.COMMA || s.tok == token.TILDE
}

// listsTypes tells, behind `[P`, the type parameters [P *C,] and [P *struct{}] from
// the lengths [P*C] and [P(C)], as go/parser does.
func (x *extractor) listsTypes(s lexer) bool {
	for start, depth := s.start, 1; x.allow(s.start - start); s.scan() {
		start = s.start
		switch s.tok {
		case token.LPAREN, token.LBRACK:
			depth++
		case token.RPAREN, token.RBRACK:
			if depth--; depth == 0 {
				return false
			}
		case token.COMMA:
			if depth == 1 {
				return true
			}
		case token.INTERFACE, token.STRUCT, token.MAP, token.CHAN, token.TILDE:
			return true
		case token.EOF:
			return false
		}
	}
	return false
}

// typeParams reads the type parameters in brackets and returns their names.
func (x *extractor) typeParams() []string {
	var names []string
	x.scan()
	for x.tok == token.IDENT {
		names = append(names, string(x.text()))
		if x.scan(); x.tok != token.COMMA {
			x.constraint()
		}
		if x.tok != token.COMMA {
			break
		}
		x.scan()
	}
	x.expect(token.RBRACK)
	return names
}

// constraint skips the constraint of a type parameter: ~int | string.
func (x *extractor) constraint() {
	for {
		if x.tok == token.TILDE {
			x.scan()
		}
		if x.typ(); x.tok != token.ILLEGAL || string(x.text()) != "|" {
			return
		}
		x.scan()
	}
}

// startsType reports whether a type can begin with tok.
func startsType(tok token.Token) bool {
	switch tok {
	case token.IDENT, token.MUL, token.LBRACK, token.LPAREN, token.STRUCT, token.MAP,
		token.CHAN, token.ARROW, token.FUNC, token.INTERFACE:
		return true
	}
	return false
}

// typ reads one type. What is missing is a BadExpr, and x has failed.
func (x *extractor) typ() facts.Expr {
	if x.depth == maxDepth {
		x.fail("type is nested too deeply")
		return x.bad()
	}
	x.depth++
	t := x.typeLiteral()
	x.depth--
	return t
}

// typeLiteral reads a type by the token that it begins with.
func (x *extractor) typeLiteral() facts.Expr {
	start := x.start
	switch x.tok {
	case token.IDENT:
		return x.namedType()
	case token.MUL:
		return x.elemType(facts.PointerExpr, start)
	case token.LBRACK:
		return x.listType()
	case token.MAP:
		return x.mapType()
	case token.CHAN, token.ARROW:
		return x.chanType()
	case token.FUNC:
		x.scan()
		if x.tok != token.LPAREN {
			x.fail("expected (")
			return x.bad()
		}
		x.signature()
		return facts.Expr{Kind: facts.FuncExpr, Span: span(start, x.last)}
	case token.INTERFACE:
		return x.interfaceType()
	case token.STRUCT:
		return x.structType()
	case token.LPAREN:
		x.scan()
		t := x.typ()
		x.expect(token.RPAREN)
		return t
	}
	x.fail("expected type, found " + x.describe())
	return x.bad()
}

// bad stands for a type that is missing behind the last token.
func (x *extractor) bad() facts.Expr {
	return facts.Expr{Kind: facts.BadExpr, Span: span(x.last, x.last)}
}

// elemType reads the token in front of a type, and the type. A line break between
// the two is legal, but nobody's: the type is held to be missing rather than to be
// the field on the next line.
func (x *extractor) elemType(kind facts.ExprKind, start int) facts.Expr {
	x.scan()
	if x.newline {
		x.fail("expected type, found newline")
		return x.bad()
	}
	elem := x.typ()
	return facts.Expr{Kind: kind, Span: span(start, x.last), Elem: &elem}
}

// namedType reads [Package.]Name[Args...].
func (x *extractor) namedType() facts.Expr {
	t := facts.Expr{Kind: facts.NamedExpr, Name: name(x.text())}
	start := x.start
	x.scan()
	if x.tok == token.PERIOD {
		x.scan()
		if x.tok != token.IDENT || x.newline {
			x.fail("expected name of type, found " + x.describe())
			return facts.Expr{Kind: facts.BadExpr, Span: span(start, x.last)}
		}
		t.Package, t.Name = t.Name, name(x.text())
		x.scan()
	}
	if x.tok == token.LBRACK {
		t.Args = x.typeArgs()
	}
	t.Span = span(start, x.last)
	return t
}

// typeArgs reads type arguments in brackets.
func (x *extractor) typeArgs() []facts.Expr {
	var args []facts.Expr
	x.scan()
	for !x.failed && x.tok != token.RBRACK {
		args = append(args, x.typ())
		if x.tok != token.COMMA {
			break
		}
		x.scan()
	}
	x.expect(token.RBRACK)
	return args
}

// listType reads []T and [N]T.
func (x *extractor) listType() facts.Expr {
	start := x.start
	if x.peek().tok == token.RBRACK {
		x.scan()
		return x.elemType(facts.SliceExpr, start)
	}
	behind := x.lexer
	if !behind.skipBrackets(x) {
		x.scan()
		x.fail("expected length of array and ]")
		return x.bad()
	}
	x.scan()
	first := x.start
	for x.end < behind.last {
		x.scan()
	}
	length := string(x.src[first:x.last])
	t := x.elemType(facts.ArrayExpr, start)
	if t.Kind == facts.ArrayExpr {
		t.Length = length
	}
	return t
}

func (x *extractor) mapType() facts.Expr {
	start := x.start
	x.scan()
	if x.tok != token.LBRACK {
		x.fail("expected [")
		return x.bad()
	}
	x.scan()
	key := x.typ()
	if x.failed || x.tok != token.RBRACK {
		x.fail("expected ]")
		return x.bad()
	}
	t := x.elemType(facts.MapExpr, start)
	if t.Kind == facts.MapExpr {
		t.Key = &key
	}
	return t
}

// chanType reads chan T, chan<- T and <-chan T.
func (x *extractor) chanType() facts.Expr {
	start := x.start
	if x.tok == token.ARROW {
		if x.scan(); x.tok != token.CHAN {
			x.fail("expected chan")
			return x.bad()
		}
	} else if x.peek().tok == token.ARROW {
		x.scan()
	}
	return x.elemType(facts.ChanExpr, start)
}

// interfaceType skips an interface.
func (x *extractor) interfaceType() facts.Expr {
	start := x.start
	x.scan()
	if x.tok != token.LBRACE {
		x.fail("expected {")
		return x.bad()
	}
	x.block()
	return facts.Expr{Kind: facts.InterfaceExpr, Span: span(start, x.last)}
}

// block skips a block in braces.
func (x *extractor) block() {
	end, closed := x.blockEnd(x.start)
	if !closed {
		x.fail("block is not closed")
		x.failed = false
		x.seek(end)
		return
	}
	x.skip(end)
}

// blockEnd is the offset behind the brace that closes the one at i. Where none
// does, closed is false and the block ends in front of the next line that can
// only be a declaration of the package, or with the file.
func (x *extractor) blockEnd(i int) (end int, closed bool) {
	next := -1
	src := x.src
	if x.budget < 0 { // a file of blocks that are not closed
		next = nextDeclaration(x.src, i)
		src = src[:next]
	}
	if end := matchBrace(src, i); end >= 0 {
		return end, true
	}
	x.allow(len(src) - i)
	if next < 0 {
		next = nextDeclaration(x.src, i)
	}
	return next, false
}

package golang

import (
	"go/token"
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// ident reads an identifier: the name of a call, or one that may be declared by
// the := behind it.
func (b *bodyReader) ident() {
	if b.varGroup > 0 && b.brackets == b.varGroup && (b.before == token.SEMICOLON || b.before == token.LPAREN) {
		b.varSpec()
		b.targets = b.targets[:0]
		return
	}
	if b.before != token.COMMA {
		b.targets = b.targets[:0]
	}
	b.targets = append(b.targets, b.text())
	call, ok := b.calls.find(b.text())
	b.step()
	if ok && (b.tok == token.LPAREN || b.tok == token.LBRACK) {
		if !slices.Contains(b.file.Calls, call) {
			b.file.Calls = append(b.file.Calls, call)
		}
		b.uses(call)
	}
}

// uses looks at the arguments of a call, from behind its name. They are still to
// be read.
func (b *bodyReader) uses(call string) {
	at := b.lexer
	defer b.suspendHeader()()
	use := facts.Use{Call: call, Within: b.within}
	if b.tok == token.LBRACK {
		for _, arg := range b.typeArguments() {
			b.use(use, value{typ: arg}, arg.Span)
		}
	}
	if b.tok == token.LPAREN {
		b.scan()
		for b.tok != token.RPAREN && b.tok != token.EOF {
			start := b.start
			text, isText := b.textArgument()
			v := b.operand()
			b.skipOperand()
			if isText {
				use.Text = text
			} else {
				b.use(use, v, span(start, b.last))
			}
			if b.tok != token.COMMA {
				break
			}
			b.scan()
		}
	}
	if !b.allow(b.start - at.start) {
		b.calls = callNames{}
	}
	b.lexer = at
}

// textArgument is the string literal that the argument at the current token is; false
// for another argument. The token is still to be read.
func (b *bodyReader) textArgument() (string, bool) {
	if end := b.peek().tok; b.tok != token.STRING || end != token.COMMA && end != token.RPAREN {
		return "", false
	}
	return readLiteral(b.src, b.start, b.end, b.open).Text, true
}

// use notes that a call is handed a value, if it is known what that is.
func (b *bodyReader) use(use facts.Use, v value, at facts.Span) {
	for _, e := range v.elems {
		b.use(use, value{typ: e.typ}, e.span)
	}
	if len(v.elems) == 0 && (v.typ.Kind == facts.BadExpr || holdsAny(&v.typ)) {
		if at, known := slices.BinarySearch(b.file.Obscure, use.Call); !known {
			b.file.Obscure = slices.Insert(b.file.Obscure, at, use.Call)
		}
	}
	if len(v.elems) == 0 && v.typ.Kind != facts.BadExpr && b.facts < maxFacts {
		use.Arg, use.Span = v.typ, at
		b.file.Uses = append(b.file.Uses, use)
		b.facts++
	}
}

// typeArguments reads the type arguments of a call, none if they are an index.
func (b *bodyReader) typeArguments() []facts.Expr {
	var args []facts.Expr
	list := b.try(func() facts.Expr {
		args = b.typeArgs()
		return facts.Expr{Kind: facts.NamedExpr}
	})
	if list.Kind == facts.BadExpr || b.tok != token.LPAREN {
		return nil
	}
	for _, arg := range args {
		if _, ok := b.lookup([]byte(arg.Name)); ok && arg.Package == "" {
			return nil
		}
	}
	return args
}

// operand reads an operand as far as its type is written in it or where its
// variable is declared. Of others, nothing is known.
func (b *bodyReader) operand() value {
	if b.depth == maxDepth {
		return value{}
	}
	b.depth++
	v := b.primary()
	b.depth--
	switch b.tok {
	case token.COMMA, token.RPAREN, token.RBRACE, token.SEMICOLON, token.EOF, token.ELLIPSIS:
		return v
	case token.LBRACE:
		if b.header.active {
			return v
		}
	}
	return value{}
}

// primary reads an operand by the token that it begins with.
func (b *bodyReader) primary() value {
	start := b.start
	switch b.tok {
	case token.AND:
		b.scan()
		return b.pointerTo(b.primary(), start)
	case token.MUL:
		b.scan()
		if v := b.primary(); v.typ.Kind == facts.PointerExpr {
			return value{typ: *v.typ.Elem}
		}
	case token.LPAREN:
		return b.parenthesized()
	case token.LBRACK, token.MAP, token.STRUCT:
		return b.literal(b.try(b.typ))
	case token.IDENT:
		return b.named()
	}
	return value{}
}

// pointerTo is &v, from the given offset on.
func (b *bodyReader) pointerTo(v value, start int) value {
	if v.typ.Kind == facts.BadExpr {
		return value{}
	}
	return value{typ: facts.Expr{Kind: facts.PointerExpr, Span: span(start, b.last), Elem: &v.typ}, elems: v.elems}
}

// parenthesized reads (x) and the conversion (*T)(x).
func (b *bodyReader) parenthesized() value {
	at := b.lexer
	b.scan()
	if t := b.try(b.typ); t.Kind == facts.PointerExpr && b.tok == token.RPAREN {
		if b.scan(); b.tok == token.LPAREN {
			b.skipGroup()
			return value{typ: t}
		}
	}
	b.lexer = at
	b.scan()
	v := b.operand()
	if b.tok != token.RPAREN {
		return value{}
	}
	b.scan()
	return v
}

// literal reads the braces of a composite literal, or the parentheses of a
// conversion, behind its type.
func (b *bodyReader) literal(t facts.Expr) value {
	if t.Kind == facts.BadExpr {
		return value{}
	}
	v := value{typ: t}
	switch {
	case b.tok == token.LBRACE && t.Elem != nil && isAny(t.Elem):
		v.elems = b.elements()
	case b.tok == token.LBRACE, b.tok == token.LPAREN:
		b.skipGroup()
	default:
		return value{}
	}
	return v
}

// elements reads the elements of a list in braces.
func (b *bodyReader) elements() []element {
	var list []element
	defer b.suspendHeader()()
	b.scan()
	for b.tok != token.RBRACE && b.tok != token.EOF {
		start := b.start
		v := b.operand()
		if b.skipOperand(); v.typ.Kind != facts.BadExpr {
			list = append(list, element{v.typ, span(start, b.last)})
		}
		if b.tok == token.COMMA {
			b.scan()
		} else if b.tok != token.RBRACE {
			break
		}
	}
	if b.tok == token.RBRACE {
		b.scan()
	}
	return list
}

// named reads an operand that begins with a name: a variable, an element of one,
// a literal of a named type, new or make.
func (b *bodyReader) named() value {
	start := b.start
	if v, ok := b.lookup(b.text()); ok {
		if b.scan(); b.tok == token.LBRACK {
			b.skipGroup()
			return v.elem()
		}
		return v
	}
	if allocates := b.is("new"); (allocates || b.is("make")) && b.peek().tok == token.LPAREN {
		b.scan()
		after := b.lexer
		b.scan()
		t := b.try(b.typ)
		b.lexer = after
		b.skipGroup()
		if allocates {
			return b.pointerTo(value{typ: t}, start)
		}
		return value{typ: t}
	}
	t := b.try(b.typ)
	if b.tok != token.LBRACE || b.header.active {
		return value{}
	}
	return b.literal(t)
}

// skipGroup moves behind the bracket that closes the current one.
func (b *bodyReader) skipGroup() {
	if !b.lexer.skipBrackets(b.extractor) {
		b.lexer.skip(len(b.src))
	}
}

// skipOperand moves on to what ends the operand that is being read.
func (b *bodyReader) skipOperand() {
	for {
		switch b.tok {
		case token.COMMA, token.RPAREN, token.RBRACK, token.RBRACE, token.SEMICOLON, token.EOF:
			return
		case token.LPAREN, token.LBRACK:
			b.skipGroup()
			continue
		case token.LBRACE:
			if b.header.active {
				return
			}
			b.skipGroup()
			continue
		}
		b.scan()
	}
}

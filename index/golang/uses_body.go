package golang

import (
	"go/token"

	"github.com/rells-dev/rells/index/facts"
)

// readBody reads the types and uses of the body that has just been skipped, from
// the brace at open on. within names its function.
func (x *extractor) readBody(within string, open int, params []param) {
	if !x.matters(x.src[open:x.last]) {
		return
	}
	behind, outer := x.lexer, x.within
	x.within = within
	b := bodyReader{extractor: x, scope: scope{vars: x.emptied.vars, blocks: x.emptied.blocks}, targets: x.emptied.targets}
	x.lexer = lexer{src: x.src[:x.last], next: open}
	x.scan()
	b.enter(params)
	for b.tok != token.EOF {
		b.read()
	}
	x.lexer, x.within, x.failed = behind, outer, false
	x.emptied = lists{b.vars[:0], b.blocks[:0], b.targets[:0]}
}

// lists are those of a bodyReader. Most functions are short, and most files hold many.
type lists struct {
	vars    []variable
	blocks  []block
	targets [][]byte
}

// bodyReader walks over the tokens of a function's body. It knows no statements
// and expressions beyond what declares a name, and what calls one of x.calls.
type bodyReader struct {
	*extractor
	scope
	before   token.Token // the token before the current one
	targets  [][]byte    // names that may turn out to be the left side of :=
	brackets int         // open parentheses and brackets
	varGroup int         // value of brackets within a `var (` group, 0 outside
}

// step moves on to the next token.
func (b *bodyReader) step() {
	b.before = b.tok
	b.scan()
}

// read reads the current token, and what begins with it.
func (b *bodyReader) read() {
	switch b.tok {
	case token.IDENT:
		b.ident()
		return
	case token.COMMA:
		b.step()
		return
	case token.DEFINE:
		b.step()
		b.assign(texts(b.targets), value{})
	case token.TYPE:
		if b.before != token.LPAREN { // not x.(type)
			b.localTypes()
			break
		}
		b.step()
	case token.VAR:
		b.localVars()
	case token.FUNC:
		b.funcLiteral()
	case token.LBRACE:
		b.enter(nil)
	case token.RBRACE:
		b.leaveBlock()
		b.step()
	case token.LPAREN, token.LBRACK:
		if b.header.active && b.tok == token.LBRACK && b.literalInHeader() {
			break
		}
		b.brackets++
		b.step()
	case token.RPAREN, token.RBRACK:
		b.brackets--
		if b.brackets < b.varGroup {
			b.varGroup = 0
		}
		b.step()
	case token.IF, token.FOR, token.SWITCH:
		b.beginHeader(b.brackets)
		b.step()
	default:
		b.step()
	}
	b.targets = b.targets[:0]
}

func texts(names [][]byte) []string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = string(name)
	}
	return list
}

// enter reads the brace that opens a block, in which the given names hold.
func (b *bodyReader) enter(params []param) {
	b.push(b.brackets)
	for _, param := range params {
		b.declare(param.name, value{typ: param.typ})
	}
	b.step()
}

// literalInHeader enters the braces of a literal like []T{...} in the header of a
// statement, which are not those of the statement's block.
func (b *bodyReader) literalInHeader() bool {
	at := b.lexer
	t := b.try(b.typ)
	if !b.allow(b.start-at.start) || t.Kind == facts.BadExpr || b.tok != token.LBRACE {
		b.lexer = at
		return false
	}
	b.push(-1)
	b.step()
	return true
}

// localTypes reads a declaration of types; their names hold up to the end of the
// current block, which leaveBlock fills in.
func (b *bodyReader) localTypes() {
	first := len(b.file.Decls)
	b.group(b.typeSpec)
	if n := len(b.blocks); n > 0 {
		for i := first; i < len(b.file.Decls); i++ {
			b.blocks[n-1].types = append(b.blocks[n-1].types, i)
		}
	}
	b.failed, b.before = false, token.SEMICOLON
}

// leaveBlock closes the innermost block at its brace, the current token.
func (b *bodyReader) leaveBlock() {
	if n := len(b.blocks); n > 0 {
		for _, i := range b.blocks[n-1].types {
			b.file.Decls[i].Scope.End = int32(b.start)
		}
	}
	b.leave()
}

// localVars reads the keyword of a declaration of variables and, unless it is a
// group, the declaration.
func (b *bodyReader) localVars() {
	b.step()
	if b.tok != token.LPAREN {
		b.varSpec()
		return
	}
	b.brackets++
	b.varGroup = b.brackets
	b.step()
}

// varSpec reads the declaration of variables up to their values.
func (b *bodyReader) varSpec() {
	var names []string
	for b.tok == token.IDENT {
		names = append(names, string(b.text()))
		if b.step(); b.tok != token.COMMA {
			break
		}
		b.step()
	}
	var v value
	if startsType(b.tok) {
		v.typ = b.try(b.typ)
	}
	if b.tok == token.ASSIGN {
		b.step()
		b.assign(names, v)
		return
	}
	for _, name := range names {
		b.declare(name, v)
	}
}

// funcLiteral reads the head of a function literal and enters its body, or passes
// over the keyword of a function's type.
func (b *bodyReader) funcLiteral() {
	b.step()
	if b.tok != token.LPAREN {
		return
	}
	head := b.lexer
	var sig signature
	b.try(func() facts.Expr {
		sig = b.signature()
		return facts.Expr{}
	})
	if b.allow(b.start-head.start) && b.tok == token.LBRACE {
		b.enter(sig.params)
		return
	}
	b.lexer = head
}

// assign declares the names on the left side of an assignment that has just been
// passed, by the values on its right side. Those are only looked at: they are
// still to be read.
func (b *bodyReader) assign(names []string, declared value) {
	right := b.lexer
	for i, name := range names {
		v := declared
		switch {
		case b.budget < 0:
		case b.tok == token.RANGE:
			v = b.rangeValue(i)
		case i == 0 || b.tok == token.COMMA:
			if i > 0 {
				b.scan()
			}
			got := b.operand()
			b.skipOperand()
			if v.typ.Kind == facts.BadExpr {
				v.typ = got.typ
			}
			v.elems = got.elems
		}
		if len(names) > 1 && i == 0 && b.tok != token.COMMA && b.tok != token.RANGE {
			v = declared // several results of one call
		}
		b.declare(name, v)
	}
	b.allow(b.start - right.start)
	b.lexer = right
}

// rangeValue is what the i-th variable of `range x` holds, at the keyword.
func (b *bodyReader) rangeValue(i int) value {
	if i != 1 {
		return value{}
	}
	at := b.lexer
	b.scan()
	v := b.operand()
	b.lexer = at
	return v.elem()
}

// try reads a type that may turn out to be none. No defect is noted.
func (b *bodyReader) try(read func() facts.Expr) facts.Expr {
	if b.budget < 0 {
		return facts.Expr{}
	}
	trying := b.trying
	b.trying, b.failed = true, false
	t := read()
	if b.failed {
		t = facts.Expr{}
	}
	b.trying, b.failed = trying, false
	return t
}

package golang

import (
	"go/token"

	"github.com/rells-dev/rells/index/facts"
)

// param is one parameter or result of a signature.
type param struct {
	name     string // "" without one
	typ      facts.Expr
	variadic bool // it takes any number of arguments; typ is a slice of them
}

// signature is what a function takes and gives.
type signature struct {
	params, results []param
}

// funcDecl reads a function or method. Of functions without a receiver nothing
// is kept but what their bodies declare and call, and of wanted ones what they return.
func (x *extractor) funcDecl() {
	keyword := x.start
	x.scan()
	var receiver []param
	if x.tok == token.LPAREN {
		receiver = x.params()
	}
	if x.failed || x.tok != token.IDENT {
		x.fail("expected name of function, found " + x.describe())
		return
	}
	method := facts.Method{Name: x.slot()}
	x.scan()
	if x.tok == token.LBRACK {
		x.typeParams()
	}
	if x.failed || x.tok != token.LPAREN {
		x.fail("expected (, found " + x.describe())
		return
	}
	head := x.lexer
	if len(receiver) == 0 {
		x.plainFunc(head, method.Name.Text)
		return
	}
	sig := x.signature()
	if x.failed {
		return
	}
	method.Receiver, method.Pointer = receiverType(receiver[0].typ)
	method.Params = len(sig.params)
	for _, r := range sig.results {
		method.Results = append(method.Results, r.typ)
	}
	if x.tok == token.LBRACE {
		open := x.start
		x.block()
		x.methodBody(&method, receiver[0].name, open)
		if x.wants(&method) {
			method.Returns = x.function(&sig, open)
			method.Returns.Self = receiver[0].name
		}
		x.readBody(method.Receiver+"."+method.Name.Text, open, append(receiver, sig.params...))
	}
	method.Span = span(keyword, x.last)
	x.file.Methods = append(x.file.Methods, method)
	x.count(1)
}

// plainFunc skips a function from its parameters on, unless its body has to be
// read.
func (x *extractor) plainFunc(head lexer, name string) {
	x.parens()
	if x.tok == token.LPAREN {
		x.parens()
	} else if startsType(x.tok) {
		x.typ()
	}
	if x.failed || x.tok != token.LBRACE {
		return
	}
	open := x.start
	x.block()
	if !x.sourced && !x.matters(x.src[open:x.last]) {
		return
	}
	behind := x.lexer
	x.lexer = head
	sig := x.signature()
	x.lexer = behind
	x.readBody(name, open, sig.params)
	if x.sourced && !x.failed && len(sig.results) == 1 {
		x.define(facts.Definition{Name: name, Function: x.function(&sig, open)})
	}
}

// function is a function whose body has been skipped; its brace stands at open.
func (x *extractor) function(sig *signature, open int) *facts.Function {
	f := &facts.Function{Value: x.result(&sig.results[0].typ, open)}
	for _, p := range sig.params {
		f.Params = append(f.Params, p.name)
		f.Variadic = p.variadic
	}
	return f
}

// parens skips a list in parentheses. It gives up where a line begins with a
// declaration.
func (x *extractor) parens() {
	depth := 0
	for {
		switch x.tok {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			depth--
		case token.LBRACE:
			x.block()
			continue
		case token.EOF:
			x.fail("expected )")
			return
		}
		if x.startsDeclaration() {
			x.fail("expected )")
			return
		}
		if x.scan(); depth == 0 {
			return
		}
	}
}

// signature reads parameters and results.
func (x *extractor) signature() signature {
	sig := signature{params: x.params()}
	switch {
	case x.failed || x.newline:
	case x.tok == token.LPAREN:
		sig.results = x.params()
	case startsType(x.tok):
		sig.results = []param{{typ: x.typ()}}
	}
	return sig
}

// params reads a list of parameters: all of them have names, or none has.
func (x *extractor) params() []param {
	var list []param
	named := false
	x.scan()
	for x.tok != token.RPAREN && !x.failed {
		var entry param
		if x.tok == token.IDENT {
			if s := x.peek(); s.tok == token.ELLIPSIS || startsType(s.tok) && !x.startsInstance(s) {
				entry.name, named = string(x.text()), true
				x.scan()
			}
		}
		entry.variadic = x.tok == token.ELLIPSIS
		entry.typ = x.paramType()
		list = append(list, entry)
		if x.tok != token.COMMA {
			break
		}
		x.scan()
	}
	x.expect(token.RPAREN)
	if named {
		shareTypes(list)
	}
	return list
}

// paramType reads the type of a parameter; ...T is a slice.
func (x *extractor) paramType() facts.Expr {
	if x.tok == token.ELLIPSIS {
		return x.elemType(facts.SliceExpr, x.start)
	}
	return x.typ()
}

// shareTypes turns the lone types among named parameters into what they are:
// names, whose type comes with the next one (a, b int).
func shareTypes(list []param) {
	for i := len(list) - 2; i >= 0; i-- {
		if list[i].name == "" {
			list[i] = param{name: list[i].typ.Name, typ: list[i+1].typ}
		}
	}
}

// receiverType is the name of a receiver's type, and whether it is a pointer.
func receiverType(t facts.Expr) (name string, pointer bool) {
	if t.Kind == facts.PointerExpr {
		return t.Elem.Name, true
	}
	return t.Name, false
}

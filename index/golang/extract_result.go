package golang

import (
	"go/token"
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// wants reports whether what a method returns is to be read.
func (x *extractor) wants(m *facts.Method) bool {
	return len(m.Results) == 1 && (slices.Contains(x.wanted.Methods, m.Name.Text) || x.sourced)
}

// result reads what a function returns, whose body has been skipped; its brace stands
// at open.
func (x *extractor) result(typ *facts.Expr, open int) facts.Value {
	behind := x.lexer
	v := valueReader{bodyReader: bodyReader{extractor: x}}
	x.lexer = lexer{src: x.src[:x.last], next: open}
	x.scan()
	value := v.body(typ)
	x.lexer, x.failed = behind, false
	return value
}

// valueReader reads expressions.
type valueReader struct {
	bodyReader
	variables map[string]setVariable // of a body of statements that run one after the other
	leaked    bool                   // some variable's address is taken
}

// setVariable is what a variable was set to.
type setVariable struct {
	value facts.Value
	facts int // how many facts it is made of
}

// body reads the value of a body whose statements run one after the other, else the lists
// of the result's type that stand in it.
func (v *valueReader) body(result *facts.Expr) facts.Value {
	brace := v.lexer
	if value, ok := v.statements(); ok {
		return value
	}
	v.lexer, v.failed, v.variables = brace, false, nil
	return v.lists(brace.start, result)
}

// statements reads a body that declares variables and sets them, one at a time, and ends
// with a return. It is false for every other.
func (v *valueReader) statements() (facts.Value, bool) {
	v.variables = map[string]setVariable{}
	v.scan()
	for {
		switch v.tok {
		case token.SEMICOLON:
			v.scan()
		case token.RETURN:
			v.scan()
			value := v.value()
			for v.tok == token.SEMICOLON {
				v.scan()
			}
			return value, !v.leaked && (v.tok == token.EOF || v.tok == token.RBRACE && v.end == len(v.src))
		case token.VAR, token.CONST:
			v.scan()
			name := v.assigned()
			if v.tok != token.ASSIGN {
				v.try(v.typ)
			}
			if name == "" || !v.set(name, token.ASSIGN) {
				return facts.Value{}, false
			}
		case token.IDENT:
			name := v.assigned()
			_, known := v.variables[name]
			if v.tok != token.DEFINE && !(v.tok == token.ASSIGN && known) || !v.set(name, v.tok) {
				return facts.Value{}, false
			}
		default:
			return facts.Value{}, false
		}
	}
}

// assigned reads the name in front of an assignment.
func (v *valueReader) assigned() string {
	if v.tok != token.IDENT {
		return ""
	}
	name := string(v.text())
	v.scan()
	return name
}

// set sets a variable to what stands behind the operator; without one it has no value yet,
// which is that of an empty list.
func (v *valueReader) set(name string, operator token.Token) bool {
	before := v.facts
	value := facts.Value{Kind: facts.LiteralValue, Type: new(facts.Expr)}
	if v.tok == operator {
		v.scan()
		value = v.value()
	}
	v.variables[name] = setVariable{value, v.facts - before}
	return v.tok == token.SEMICOLON
}

// variable is what the variable was set to that the current token names; false where it
// names none.
func (v *valueReader) variable() (facts.Value, bool) {
	set, ok := v.variables[string(v.text())]
	if !ok || v.tok != token.IDENT {
		return facts.Value{}, false
	}
	if v.facts += set.facts; v.facts >= maxFacts {
		return facts.Value{}, true
	}
	return set.value, true
}

// lists reads on to the end of the body and keeps the lists of the result's type,
// and the calls that append to one.
func (v *valueReader) lists(start int, result *facts.Expr) facts.Value {
	found := facts.Value{Kind: facts.UnknownValue}
	var names []string // that may turn out to stand in front of :=
	local := map[string]bool{}
	for v.tok != token.EOF {
		appends := v.is("append") && v.peek().tok == token.LPAREN
		if !appends && v.tok != token.LBRACK {
			switch v.tok {
			case token.IDENT:
				names = append(names, string(v.text()))
			case token.DEFINE:
				for _, name := range names {
					local[name] = true
				}
			case token.COMMA, token.FOR:
			default:
				names = names[:0]
			}
			v.scan()
			continue
		}
		at := v.start
		value := v.value()
		if value.Kind == facts.CallValue || value.Kind == facts.LiteralValue && sameList(value.Type, result) {
			found.Args = append(found.Args, value)
		}
		v.progress(at)
	}
	for i := range found.Args {
		obscure(&found.Args[i], local)
	}
	found.Span = span(start, v.last)
	return found
}

// obscure makes names of variables unknown, of which nobody can tell what they stand for.
func obscure(v *facts.Value, local map[string]bool) {
	if v.Kind == facts.NamedValue && local[v.Name.Text] {
		*v = facts.Value{Span: v.Span, Key: v.Key, Spread: v.Spread}
	}
	for i := range v.Args {
		obscure(&v.Args[i], local)
	}
	if v.Of != nil {
		obscure(v.Of, local)
	}
}

// sameList reports whether two types are lists of one named type.
func sameList(a, b *facts.Expr) bool {
	return a.Kind == facts.SliceExpr && b.Kind == facts.SliceExpr &&
		a.Elem.Kind == facts.NamedExpr && a.Elem.Name == b.Elem.Name && a.Elem.Package == b.Elem.Package
}

// value reads one expression, up to what ends it.
func (v *valueReader) value() facts.Value {
	if v.endsValue() { // it is missing
		return facts.Value{Span: span(v.last, v.last)}
	}
	start := v.start
	if v.depth == maxDepth || v.facts >= maxFacts {
		v.skipOperand()
		return facts.Value{Span: span(start, max(v.last, start))}
	}
	if value, ok := v.variable(); ok {
		if behind := v.peek(); behind.endsValue() {
			v.scan()
			return value
		}
	}
	v.depth++
	v.facts++
	value := v.suffixes(v.operandValue(), start)
	v.depth--
	if !v.endsValue() {
		v.skipOperand()
		value = facts.Value{}
	}
	value.Span = span(start, max(v.last, start))
	return value
}

// endsValue reports whether the current token ends an expression.
func (s *lexer) endsValue() bool {
	switch s.tok {
	case token.COMMA, token.RPAREN, token.RBRACK, token.RBRACE, token.SEMICOLON, token.COLON, token.ELLIPSIS, token.EOF:
		return true
	}
	return false
}

// operandValue reads the beginning of an expression.
func (v *valueReader) operandValue() facts.Value {
	switch v.tok {
	case token.AND:
		v.scan()
		v.leaked = v.leaked || v.tok == token.IDENT && v.peek().tok != token.LBRACE && v.peek().tok != token.PERIOD
		return v.operandValue()
	case token.STRING:
		text := facts.Value{Kind: facts.TextValue, Name: readLiteral(v.src, v.start, v.end, v.open)}
		v.scan()
		return text
	case token.INT:
		number := facts.Value{Kind: facts.NumberValue, Name: v.slot()}
		v.scan()
		return number
	case token.IDENT:
		if value, ok := v.variable(); ok {
			v.scan()
			return value
		}
		named := facts.Value{Kind: facts.NamedValue, Span: span(v.start, v.end), Name: v.slot()}
		v.scan()
		return named
	case token.LBRACK, token.MAP, token.STRUCT:
		if t := v.try(v.typ); t.Kind != facts.BadExpr && v.tok == token.LBRACE {
			return v.literalValue(t)
		}
	case token.FUNC:
		v.scan()
	case token.LPAREN:
		v.skipGroup()
	}
	return facts.Value{}
}

// suffixes reads what stands behind an operand that begins at start: selectors,
// arguments, elements.
func (v *valueReader) suffixes(value facts.Value, start int) facts.Value {
	for {
		value.Span = span(start, max(v.last, start))
		switch {
		case v.tok == token.PERIOD:
			if v.scan(); v.tok != token.IDENT {
				return facts.Value{}
			}
			of := value
			value = facts.Value{Kind: facts.SelectedValue, Of: &of, Name: v.slot()}
			v.scan()
		case v.tok == token.LPAREN:
			of := value
			value = facts.Value{Kind: facts.CallValue, Of: &of, Args: v.args(token.RPAREN)}
		case v.tok == token.LBRACE && typeOf(&value).Kind != facts.BadExpr:
			value = v.literalValue(typeOf(&value))
		case v.tok == token.LBRACK, v.tok == token.LBRACE:
			v.skipGroup()
			value = facts.Value{}
		default:
			return value
		}
	}
}

// typeOf is the type that a name stands for in front of a literal's brace, BadExpr
// for what is no such name.
func typeOf(value *facts.Value) facts.Expr {
	t := facts.Expr{Kind: facts.NamedExpr, Span: value.Span, Name: value.Name.Text}
	switch {
	case value.Kind == facts.NamedValue:
		return t
	case value.Kind == facts.SelectedValue && value.Of.Kind == facts.NamedValue:
		t.Package = value.Of.Name.Text
		return t
	}
	return facts.Expr{}
}

// literalValue reads the braces of a literal, behind its type.
func (v *valueReader) literalValue(t facts.Expr) facts.Value {
	return facts.Value{Kind: facts.LiteralValue, Type: &t, Args: v.args(token.RBRACE)}
}

// args reads a list of values in parentheses or braces. A list that is not closed
// ends where its statement does, or with the body.
func (v *valueReader) args(closing token.Token) []facts.Value {
	var list []facts.Value
	for v.scan(); v.tok != closing && v.tok != token.EOF; {
		start := v.start
		arg := v.value()
		if v.tok == token.COLON {
			key := arg.Name
			v.scan()
			if arg = v.value(); key.Text != "" {
				arg.Key = key
			}
		}
		if v.tok == token.ELLIPSIS {
			arg.Spread = true
			v.scan()
		}
		list = append(list, arg)
		switch v.tok {
		case closing:
		case token.COMMA:
			v.scan()
		case token.SEMICOLON:
			if closing == token.RPAREN {
				return list
			}
			v.scan()
		default:
			v.progress(start)
			if closing == token.RPAREN {
				return list
			}
		}
	}
	if v.tok == closing {
		v.scan()
	}
	return list
}

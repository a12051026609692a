package golang

import (
	"go/token"
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// result reads what a method returns, whose body has been skipped; its brace stands
// at open.
func (x *extractor) result(m *facts.Method, open int) {
	if len(m.Results) != 1 || !slices.Contains(x.wanted.Methods, m.Name.Text) {
		return
	}
	behind := x.lexer
	v := valueReader{bodyReader{extractor: x}}
	x.lexer = lexer{src: x.src[:x.last], next: open}
	x.scan()
	m.Value = v.body(&m.Results[0])
	x.valued = true
	x.lexer, x.failed = behind, false
}

// valueReader reads expressions. Statements it passes over.
type valueReader struct{ bodyReader }

// body reads the value of a body that is a single return, else the lists of the
// result's type that stand in it.
func (v *valueReader) body(result *facts.Expr) facts.Value {
	start := v.start
	v.scan()
	if v.tok == token.RETURN {
		v.scan()
		value := v.value()
		for v.tok == token.SEMICOLON {
			v.scan()
		}
		if v.tok == token.EOF || v.tok == token.RBRACE && v.end == len(v.src) {
			return value
		}
		rest := v.lists(start, result)
		if value.Kind == facts.LiteralValue {
			rest.Args = append([]facts.Value{value}, rest.Args...)
		}
		return rest
	}
	return v.lists(start, result)
}

// lists reads on to the end of the body and keeps the lists of the result's type,
// and the calls that append to one.
func (v *valueReader) lists(start int, result *facts.Expr) facts.Value {
	found := facts.Value{Kind: facts.UnknownValue}
	for v.tok != token.EOF {
		appends := v.is("append") && v.peek().tok == token.LPAREN
		if !appends && v.tok != token.LBRACK {
			v.scan()
			continue
		}
		at := v.start
		value := v.value()
		if value.Kind == facts.CallValue || value.Kind == facts.LiteralValue && sameList(&value.Type, result) {
			found.Args = append(found.Args, value)
		}
		v.progress(at)
	}
	found.Span = span(start, v.last)
	return found
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
func (v *valueReader) endsValue() bool {
	switch v.tok {
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
		return v.operandValue()
	case token.STRING:
		text := facts.Value{Kind: facts.TextValue, Name: readLiteral(v.src, v.start, v.end, v.open)}
		v.scan()
		return text
	case token.IDENT:
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
	return facts.Value{Kind: facts.LiteralValue, Type: t, Args: v.args(token.RBRACE)}
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

// resolveTexts replaces the names of string constants in a value by their texts.
func resolveTexts(v *facts.Value, literals map[string]facts.Slot) {
	if literal, ok := literals[v.Name.Text]; ok && v.Kind == facts.NamedValue {
		v.Kind, v.Name = facts.TextValue, literal
	}
	for i := range v.Args {
		resolveTexts(&v.Args[i], literals)
	}
	if v.Of != nil && v.Of.Kind == facts.CallValue || v.Of != nil && v.Of.Kind == facts.SelectedValue {
		resolveTexts(v.Of, literals)
	}
}

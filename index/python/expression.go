package python

import (
	"github.com/rells-dev/rells/index/facts"
)

// parser reads tokens. Every method moves on or leaves the token to its caller; none
// ever waits for a token that need not come.
type parser struct {
	src    []byte
	tokens []token // the last is an endToken
	at     int
	depth  int
	// unfinished are the elements of the brackets that are being read, one behind the other.
	unfinished []facts.Value
	// shallow leaves the arguments of calls out.
	shallow bool
}

// maxDepth bounds nested expressions and blocks. What is deeper is skipped.
const maxDepth = 100

func (p *parser) token() token { return p.tokens[p.at] }

func (p *parser) step() {
	if p.at < len(p.tokens)-1 {
		p.at++
	}
}

func (p *parser) text(t token) string { return string(p.src[t.start:t.end]) }

// is reports whether the token is the sign or the word.
func (p *parser) is(text string) bool {
	t := p.token()
	return (t.kind == signToken || t.kind == nameToken) && p.text(t) == text
}

func (p *parser) isOne(texts ...string) bool {
	for _, text := range texts {
		if p.is(text) {
			return true
		}
	}
	return false
}

// take moves on if the token is the sign or the word.
func (p *parser) take(text string) bool {
	if p.is(text) {
		p.step()
		return true
	}
	return false
}

// ends reports whether the logical line, or the source, ends here.
func (p *parser) ends() bool { return p.token().ends() }

// before is where the token ends that was read last.
func (p *parser) before(start int32) int32 {
	if p.at == 0 {
		return start
	}
	return max(start, p.tokens[p.at-1].end)
}

func (p *parser) slot(t token) facts.Slot {
	return facts.Slot{Text: p.text(t), Span: facts.Span{Start: t.start, End: t.end}}
}

// list reads expressions with commas between them, as far as the statement has any:
// several are a tuple.
func (p *parser) list() facts.Value {
	first := p.element()
	if !p.is(",") {
		return first
	}
	tuple := facts.Value{Kind: facts.ListValue, Span: first.Span, Args: []facts.Value{first}}
	for p.take(",") && !p.ends() && !p.isOne("=", ":", ")", "]", "}", ";") {
		tuple.Args = append(tuple.Args, p.element())
	}
	tuple.Span.End = p.before(tuple.Span.Start)
	return tuple
}

// infix are the signs and words that stand between operands.
var infix = map[string]bool{
	"|": true, "&": true, "^": true, "+": true, "-": true, "*": true, "/": true, "//": true, "%": true, "@": true,
	"**": true, "<<": true, ">>": true, "==": true, "!=": true, "<": true, ">": true, "<=": true, ">=": true,
	"and": true, "or": true, "in": true, "is": true, "not": true, ":=": true, "if": true, "else": true,
}

// words that cannot be names.
var reserved = map[string]bool{
	"and": true, "as": true, "assert": true, "async": true, "await": true, "break": true, "class": true, "continue": true,
	"def": true, "del": true, "elif": true, "else": true, "except": true, "finally": true, "for": true, "from": true,
	"global": true, "if": true, "import": true, "in": true, "is": true, "lambda": true, "nonlocal": true, "not": true,
	"or": true, "pass": true, "raise": true, "return": true, "try": true, "while": true, "with": true, "yield": true,
}

// expression reads one expression. Of operators it keeps a tree as long as all are the
// same: that is enough for unions and for conditions joined by one sign, and everything
// else is unknown to whoever reads it.
func (p *parser) expression() facts.Value {
	if p.depth++; p.depth > maxDepth {
		p.depth--
		return p.skipped()
	}
	defer func() { p.depth-- }()
	left, joined := p.operand(), false
	for !p.ends() && infix[p.text(p.token())] {
		sign := p.slot(p.token())
		p.step()
		p.take("not") // is not
		p.take("in")  // not in
		if p.ends() || p.isOne(",", ")", "]", "}", "=") {
			break // half typed
		}
		right := p.operand()
		left, joined = join(left, sign, right, joined), true
	}
	left.Span.End = p.before(left.Span.Start)
	return left
}

// join makes one expression of two operands. The operators in the language bind with
// different strength, so that only those of one sign are told apart for certain, and
// comparisons on both sides of "and". joined says that the left one is such an expression
// already; one that stands in brackets is an operand like any other.
func join(left facts.Value, sign facts.Slot, right facts.Value, joined bool) facts.Value {
	span := facts.Span{Start: left.Span.Start, End: right.Span.End}
	mixed := left.Kind == facts.UnknownValue || joined && left.Kind == facts.OperatorValue && left.Name.Text != sign.Text
	if mixed || sign.Text == "if" || sign.Text == "else" || sign.Text == ":=" {
		return facts.Value{Span: span}
	}
	return facts.Value{Kind: facts.OperatorValue, Span: span, Name: sign, Args: []facts.Value{left, right}}
}

// skipped skips an expression that is nested too deep, and is unknown.
func (p *parser) skipped() facts.Value {
	start := p.token().start
	nested := 0
	for p.token().kind != endToken && p.token().kind != lineToken {
		switch {
		case p.isOne("(", "[", "{"):
			nested++
		case p.isOne(")", "]", "}"):
			if nested == 0 {
				return facts.Value{Span: facts.Span{Start: start, End: p.before(start)}}
			}
			nested--
		case p.is(",") && nested == 0:
			return facts.Value{Span: facts.Span{Start: start, End: p.before(start)}}
		}
		p.step()
	}
	return facts.Value{Span: facts.Span{Start: start, End: p.before(start)}}
}

// operand reads what stands between operators, with all that is behind it: calls,
// attributes, subscripts.
func (p *parser) operand() facts.Value {
	start := p.token().start
	prefixed := false
	for p.isOne("not", "-", "+", "~", "await", "*", "**", "yield", "from", "async") {
		prefixed = true
		p.step()
	}
	v := p.atom()
	for !p.ends() {
		switch {
		case p.is("."):
			v = p.attribute(v)
		case p.is("(") && p.shallow:
			of := v
			p.nested()
			v = facts.Value{Kind: facts.CallValue, Span: v.Span, Of: &of}
		case p.is("("):
			of := v
			v = facts.Value{Kind: facts.CallValue, Span: v.Span, Of: &of, Args: p.bracketed(")", p.argument)}
		case p.is("["):
			of := v
			v = facts.Value{Kind: facts.IndexValue, Span: v.Span, Of: &of, Args: p.bracketed("]", p.subscript)}
		default:
			if prefixed {
				return facts.Value{Span: facts.Span{Start: start, End: p.before(start)}}
			}
			return v
		}
		v.Span.End = p.before(v.Span.Start)
	}
	if prefixed {
		return facts.Value{Span: facts.Span{Start: start, End: p.before(start)}}
	}
	return v
}

// attribute reads a dot and the name behind it, which may not be typed yet.
func (p *parser) attribute(of facts.Value) facts.Value {
	dot := p.token()
	p.step()
	v := facts.Value{Kind: facts.SelectedValue, Span: of.Span, Of: &of, Name: facts.Slot{Span: facts.Span{Start: dot.end, End: dot.end}}}
	if t := p.token(); t.kind == nameToken {
		v.Name = p.slot(t)
		p.step()
	}
	return v
}

// atom reads a name, a literal or what stands in brackets.
func (p *parser) atom() facts.Value {
	t := p.token()
	here := facts.Span{Start: t.start, End: t.end}
	switch {
	case t.kind == nameToken && p.is("lambda"):
		return p.lambda()
	case t.kind == nameToken && reserved[p.text(t)]:
		return facts.Value{Span: facts.Span{Start: t.start, End: t.start}}
	case t.kind == nameToken:
		p.step()
		return facts.Value{Kind: facts.NamedValue, Span: here, Name: p.slot(t)}
	case t.kind == stringToken:
		return p.strings()
	case t.kind == numberToken:
		p.step()
		return facts.Value{Kind: facts.NumberValue, Span: here, Name: p.slot(t)}
	case p.is("..."):
		p.step()
		return facts.Value{Span: here}
	case p.is("("):
		return p.parenthesised()
	case p.is("["):
		args, generated := p.elements("]", p.element)
		return collection(facts.ListValue, args, generated, facts.Span{Start: t.start, End: p.before(t.start)})
	case p.is("{"):
		return p.braced()
	}
	return facts.Value{Span: facts.Span{Start: t.start, End: t.start}}
}

// argument reads an argument of a call, with its name if it has one.
func (p *parser) argument() facts.Value {
	t := p.token()
	if t.kind == nameToken && p.at+1 < len(p.tokens) && p.text(p.tokens[p.at+1]) == "=" {
		key := p.slot(t)
		p.step()
		p.step()
		v := p.expression()
		v.Key = key
		return v
	}
	spread := p.isOne("*", "**")
	v := p.expression()
	v.Spread = spread
	return v
}

// subscript reads what stands in a subscript, of which slices are unknown.
func (p *parser) subscript() facts.Value {
	start := p.token().start
	if !p.is(":") {
		v := p.expression()
		if !p.is(":") {
			return v
		}
	}
	for p.take(":") {
		if !p.isOne(":", ",", "]") && !p.ends() {
			p.expression()
		}
	}
	return facts.Value{Span: facts.Span{Start: start, End: p.before(start)}}
}

// lambda reads a function without a name.
func (p *parser) lambda() facts.Value {
	start := p.token().start
	p.step()
	for !p.ends() && !p.isOne(":", ")", "]", "}") {
		p.nested()
	}
	p.take(":")
	if p.ends() {
		return facts.Value{Span: facts.Span{Start: start, End: p.before(start)}}
	}
	of := p.expression()
	return facts.Value{Kind: facts.FuncValue, Span: facts.Span{Start: start, End: p.before(start)}, Of: &of}
}

// strings reads literals that stand one behind the other.
func (p *parser) strings() facts.Value {
	v := facts.Value{Kind: facts.TextValue, Span: facts.Span{Start: p.token().start}}
	var literals []literal
	for p.token().kind == stringToken {
		lit := cut(p.src, p.token())
		if !lit.plain {
			v.Kind = facts.UnknownValue
		}
		literals = append(literals, lit)
		v.Span.End = p.token().end
		p.step()
	}
	if v.Kind == facts.TextValue {
		v.Name = slotOf(p.src, literals)
		p.inside(&v)
	}
	return v
}

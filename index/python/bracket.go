package python

import "github.com/rells-dev/rells/index/facts"

// collection is what brackets with elements are: unknown where a comprehension makes them.
func collection(kind facts.ValueKind, args []facts.Value, generated bool, span facts.Span) facts.Value {
	if generated {
		return facts.Value{Span: span}
	}
	return facts.Value{Kind: kind, Span: span, Args: args}
}

// parenthesised reads what stands in parentheses: a tuple, if there is a comma in it.
func (p *parser) parenthesised() facts.Value {
	start := p.token().start
	args, generated := p.elements(")", p.element)
	span := facts.Span{Start: start, End: p.before(start)}
	comma := p.at >= 2 && string(p.src[p.tokens[p.at-2].start:p.tokens[p.at-2].end]) == "," && p.tokens[p.at-2].kind == signToken
	if len(args) == 1 && !comma {
		args[0].Span = span
		return args[0]
	}
	return collection(facts.ListValue, args, generated, span)
}

// braced reads a set or a dictionary.
func (p *parser) braced() facts.Value {
	start := p.token().start
	keyed := false
	args, generated := p.elements("}", func() facts.Value {
		spread := p.is("**")
		keyed = keyed || spread
		if spread || p.is("*") {
			v := p.expression()
			v.Spread = true
			return v
		}
		key := p.expression()
		if !p.take(":") {
			return key
		}
		keyed = true
		v := p.expression()
		v.Key = facts.Slot{}
		if key.Kind == facts.TextValue {
			v.Key = key.Name
		}
		return v
	})
	kind := facts.ListValue
	if keyed || len(args) == 0 {
		kind = facts.MapValue
	}
	return collection(kind, args, generated, facts.Span{Start: start, End: p.before(start)})
}

// bracketed reads elements up to the closing bracket.
func (p *parser) bracketed(closing string, element func() facts.Value) []facts.Value {
	list, _ := p.elements(closing, element)
	return list
}

// elements reads elements up to the closing bracket and tells whether a comprehension
// generates them. What an element leaves over is skipped up to the next comma.
func (p *parser) elements(closing string, element func() facts.Value) (list []facts.Value, generated bool) {
	p.step()
	for !p.ends() && !p.is(closing) {
		if p.take(",") {
			continue
		}
		if p.isOne(")", "]", "}") {
			return list, generated // closes another bracket
		}
		before := p.at
		v := element()
		if p.isOne("for", "async") { // a comprehension
			v, generated = facts.Value{Span: v.Span}, true
		}
		for !p.ends() && !p.isOne(",", closing, ")", "]", "}") {
			p.nested()
		}
		if p.at == before {
			p.step()
			continue
		}
		list = append(list, v)
	}
	p.take(closing)
	return list, generated
}

// nested skips a token, and all that stands in brackets if it opens one.
func (p *parser) nested() {
	closing, opens := map[string]string{"(": ")", "[": "]", "{": "}"}[p.text(p.token())]
	if !opens || p.token().kind != signToken {
		p.step()
		return
	}
	if p.depth++; p.depth <= maxDepth {
		p.bracketed(closing, p.expression)
	} else {
		p.step()
	}
	p.depth--
}

// element reads an element of a list, a tuple or a set.
func (p *parser) element() facts.Value {
	spread := p.is("*")
	v := p.expression()
	v.Spread = spread
	return v
}

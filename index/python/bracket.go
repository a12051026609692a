package python

import (
	"bytes"
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

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
	first := len(p.unfinished)
	generated = p.readElements(closing, element)
	if len(p.unfinished) > first {
		list = slices.Clone(p.unfinished[first:])
		p.unfinished = p.unfinished[:first]
	}
	return list, generated
}

func (p *parser) readElements(closing string, element func() facts.Value) (generated bool) {
	p.step()
	for !p.ends() && !p.is(closing) {
		if p.take(",") {
			continue
		}
		if p.isOne(")", "]", "}") {
			return generated // closes another bracket
		}
		before := p.at
		v := element()
		if p.isOne("for", "async") { // a comprehension, whose variables may stand with commas
			v, generated = facts.Value{Span: v.Span}, true
			p.toEnd(closing)
		}
		p.toNext(closing)
		if p.at == before {
			p.step()
			continue
		}
		p.unfinished = append(p.unfinished, v)
	}
	p.take(closing)
	return generated
}

// toNext skips to the end of an element.
func (p *parser) toNext(closing string) {
	for !p.ends() && !p.isOne(",", closing, ")", "]", "}") {
		p.nested()
	}
}

// toEnd skips to the closing bracket.
func (p *parser) toEnd(closing string) {
	for !p.ends() && !p.isOne(closing, ")", "]", "}") {
		p.nested()
	}
}

// parameters skips the parameters of a function and counts them.
func (p *parser) parameters() int {
	p.step()
	n := 0
	for !p.ends() && !p.is(")") {
		if p.take(",") {
			continue
		}
		if p.isOne("]", "}") {
			return n // closes another bracket
		}
		n++
		p.toNext(")")
	}
	p.take(")")
	return n
}

// nested skips a token, and all that stands in brackets if it opens one. A bracket that
// closes one further out closes those in it as well; one that closes none is left.
func (p *parser) nested() {
	var open []byte // what closes the brackets that are open
	for {
		switch c := p.bracket(); c {
		case '(':
			open = append(open, ')')
		case '[', '{':
			open = append(open, c+2)
		case ')', ']', '}':
			if len(open) == 0 {
				break
			}
			at := bytes.LastIndexByte(open, c)
			if at < 0 {
				return
			}
			open = open[:at]
		}
		p.step()
		if len(open) == 0 || p.ends() {
			return
		}
	}
}

// bracket is the bracket that the token is; 0 for everything else.
func (p *parser) bracket() byte {
	if t := p.token(); t.kind == signToken {
		switch c := p.src[t.start]; c {
		case '(', ')', '[', ']', '{', '}':
			return c
		}
	}
	return 0
}

// element reads an element of a list, a tuple or a set. Of one with a * before it there is
// no more to know than its name.
func (p *parser) element() facts.Value {
	spread := p.is("*")
	named := p.tokens[min(p.at+1, len(p.tokens)-1)]
	v := p.expression()
	v.Spread = spread
	if spread && named.kind == nameToken && named.end == v.Span.End {
		v.Name = p.slot(named)
	}
	return v
}

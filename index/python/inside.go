package python

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// longest is the longest text that is read as an expression, in bytes.
const longest = 1000

// inside reads the text of a string as an expression, where it may be one. Literals that
// stand one behind the other are one text, in which names are where they are in the source.
func (p *parser) inside(v *facts.Value) {
	text := v.Name
	if len(text.Text) > longest || !strings.ContainsAny(text.Text, ".[|(=") || strings.Contains(text.Text, "\n\n") {
		return
	}
	src, at := p.src, int(text.Span.Start)
	if text.Offsets != nil {
		src, at = []byte(text.Text), 0
	}
	if p.depth++; p.depth <= maxDepth {
		l := &lexer{src: src[:at+len(text.Text)], at: at, lost: map[int]bool{}, indents: []int{0}}
		for l.at < len(l.src) {
			if c := l.src[l.at]; c == '\n' || c == '\r' {
				l.at++
				continue
			}
			l.next()
		}
		l.emit(endToken, l.at)
		inner := parser{src: l.src, tokens: l.tokens, depth: p.depth}
		if value := inner.list(); inner.token().kind == endToken && value.Kind != facts.UnknownValue {
			if text.Offsets != nil {
				settle(&value, text)
			}
			v.Of = &value
		}
	}
	p.depth--
}

// settle moves a value that was read from a text to where that stands in the source.
func settle(v *facts.Value, text facts.Slot) {
	move := func(span facts.Span) facts.Slot {
		end := min(int(span.End), len(text.Text))
		return text.Sub(min(int(span.Start), end), end)
	}
	v.Span = move(v.Span).Span
	for _, slot := range []*facts.Slot{&v.Name, &v.Key} {
		switch {
		case slot.IsZero():
		case slot.Offsets != nil:
			slot.Span = move(slot.Span).Span // a text in the text, with escapes of its own
			slot.Offsets = nil
		default:
			*slot = move(slot.Span)
		}
	}
	if v.Of != nil {
		settle(v.Of, text)
	}
	for i := range v.Args {
		settle(&v.Args[i], text)
	}
}

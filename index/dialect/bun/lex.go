package bun

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// tag is a bun tag as Bun splits it (internal/tagparser/parser.go): a name, which is
// the column's or the table's, and options, of which one may stand there repeatedly.
type tag struct {
	dialect.NamedTag

	unclosed *facts.Slot // a quoted value whose quote is not closed: Bun sees it empty
}

// parseTag reads the tag of a field; the zero tag where it has none.
func parseTag(f *facts.Field) tag {
	t, ok := f.Tag(name)
	if !ok {
		return tag{}
	}
	return splitTag(t.Value)
}

func splitTag(value facts.Slot) tag {
	p := tagParser{value: value, tag: tag{NamedTag: dialect.NamedTag{Text: value.Text}}}
	if value.Text != "" {
		p.tag.Items = make([]dialect.Item, 0, strings.Count(value.Text, ",")+1)
	}
	for p.at < len(value.Text) {
		p.option()
		if p.at < len(value.Text) && value.Text[p.at] == ',' {
			p.at++
		}
	}
	t := p.tag
	joined := t.Has("m2m") && !t.Has("rel")
	for i := range t.Items {
		item := &t.Items[i]
		if !t.IsName(item) {
			item.Option = optionOf(item.Name.Text, joined)
		}
		item.Values = values(item)
	}
	return t
}

// isZero reports whether nothing stands in the tag that Bun heeds.
func (t *tag) isZero() bool { return len(t.Items) == 0 }

// named lists the option as often as it stands there.
func (t *tag) named(option string) []dialect.Item {
	var items []dialect.Item
	for i := range t.Items {
		if t.Items[i].Name.Text == option && !t.IsName(&t.Items[i]) {
			items = append(items, t.Items[i])
		}
	}
	return items
}

// tagParser walks over a tag as Bun's own parser does.
type tagParser struct {
	value facts.Slot
	at    int
	seen  bool // what stands first has been seen, be it empty
	tag   tag
}

// option reads up to the next comma: a name, or name:value (parseKeyValue).
func (p *tagParser) option() {
	start := p.at
	for p.at < len(p.value.Text) {
		c := p.value.Text[p.at]
		p.at++
		switch c {
		case ',':
			p.word(p.value.Sub(start, p.at-1))
			return
		case ':':
			p.pair(p.value.Sub(start, p.at-1), p.read())
			return
		case '"':
			p.word(p.quoted())
			return
		}
	}
	p.word(p.value.Sub(start, len(p.value.Text)))
}

// word takes what has no value: the name of the column where it stands first, else
// an option (setName).
func (p *tagParser) word(w facts.Slot) {
	first := !p.seen
	p.seen = true
	if w.Text == "" {
		return
	}
	none := facts.Slot{Span: facts.Span{Start: w.Span.End, End: w.Span.End}}
	p.tag.Items = append(p.tag.Items, dialect.Item{Span: w.Span, Name: w, Value: none})
	if first {
		p.tag.Name = w
	}
}

func (p *tagParser) pair(key, value facts.Slot) {
	p.seen = true
	if key.Text == "" {
		return
	}
	p.tag.Items = append(p.tag.Items, dialect.Item{
		Span: facts.Span{Start: key.Span.Start, End: value.Span.End}, Name: key, Sep: true, Value: value,
	})
}

// read reads the value of an option, from behind its colon (parseValue).
func (p *tagParser) read() facts.Slot {
	start := p.at
	for p.at < len(p.value.Text) {
		c := p.value.Text[p.at]
		p.at++
		switch c {
		case '"':
			return p.quoted()
		case ',':
			return p.value.Sub(start, p.at-1)
		case '(':
			p.skipParentheses()
		}
	}
	return p.value.Sub(start, len(p.value.Text))
}

// quoted reads up to the closing quote; a backslash takes the next byte as it is
// (parseQuotedValue). Of what has no closing quote Bun makes nothing.
func (p *tagParser) quoted() facts.Slot {
	start := p.at
	rest := p.value.Text[start:]
	if i := strings.IndexByte(rest, '"'); i >= 0 && p.value.Text[start+i-1] != '\\' {
		p.at = start + i + 1
		return p.value.Sub(start, start+i)
	}
	text := p.value.Sub(start, start)
	for p.at < len(p.value.Text) {
		c := p.value.Text[p.at]
		p.at++
		switch {
		case c == '"':
			return text
		case c == '\\' && p.at < len(p.value.Text):
			p.at++
		}
		text = text.Join(p.value.Sub(p.at-1, p.at))
	}
	p.tag.unclosed = &text
	return text
}

// skipParentheses moves behind the parenthesis that closes an open one: commas in
// between are the value's (skipPairs).
func (p *tagParser) skipParentheses() {
	for level := 0; p.at < len(p.value.Text); {
		c := p.value.Text[p.at]
		p.at++
		switch c {
		case '"':
			p.quoted()
		case '(':
			level++
		case ')':
			if level == 0 {
				return
			}
			level--
		}
	}
}

// lex splits a tag for completion and hover.
func lex(value facts.Slot) []dialect.Item { return splitTag(value).Items }

// values splits a value at its commas, which can stand there in quotes alone.
func values(item *dialect.Item) []facts.Slot {
	if item.Option == nil || item.Option.List == "" {
		return []facts.Slot{item.Value}
	}
	list := item.Value.Split(",")
	for i := range list {
		list[i] = list[i].TrimSpace()
	}
	return list
}

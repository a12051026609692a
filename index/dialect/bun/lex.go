package bun

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// tag is a bun tag as Bun splits it (internal/tagparser/parser.go): a name, which is
// the column's or the table's, and options, of which one may stand there repeatedly.
type tag struct {
	text     string // the whole value
	name     facts.Slot
	items    []dialect.Item // the options in their order, the name before them
	unclosed *facts.Slot    // a quoted value whose quote is not closed: Bun sees it empty
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
	p := tagParser{value: value, tag: tag{text: value.Text}}
	if value.Text != "" {
		p.tag.items = make([]dialect.Item, 0, strings.Count(value.Text, ",")+1)
	}
	for p.at < len(value.Text) {
		p.option()
		if p.at < len(value.Text) && value.Text[p.at] == ',' {
			p.at++
		}
	}
	t := p.tag
	joined := t.has("m2m") && !t.has("rel")
	for i := range t.items {
		item := &t.items[i]
		if !t.isName(item) {
			item.Option = optionOf(item.Name.Text, joined)
		}
		item.Values = values(item)
	}
	return t
}

// isName reports whether the item is the name that stands first, and no option.
func (t *tag) isName(item *dialect.Item) bool { return !item.Sep && item.Span == t.name.Span }

// isZero reports whether nothing stands in the tag that Bun heeds.
func (t *tag) isZero() bool { return len(t.items) == 0 }

// has reports whether the option stands there.
func (t *tag) has(option string) bool {
	_, ok := t.last(option)
	return ok
}

// last is the option as it stands there last, which is the one that counts.
func (t *tag) last(option string) (dialect.Item, bool) {
	for i := len(t.items) - 1; i >= 0; i-- {
		if t.items[i].Name.Text == option && !t.isName(&t.items[i]) {
			return t.items[i], true
		}
	}
	return dialect.Item{}, false
}

// named lists the option as often as it stands there.
func (t *tag) named(option string) []dialect.Item {
	var items []dialect.Item
	for i := range t.items {
		if t.items[i].Name.Text == option && !t.isName(&t.items[i]) {
			items = append(items, t.items[i])
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
	p.tag.items = append(p.tag.items, dialect.Item{Span: w.Span, Name: w, Value: none})
	if first {
		p.tag.name = w
	}
}

func (p *tagParser) pair(key, value facts.Slot) {
	p.seen = true
	if key.Text == "" {
		return
	}
	p.tag.items = append(p.tag.items, dialect.Item{
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
func lex(value facts.Slot) []dialect.Item { return splitTag(value).items }

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

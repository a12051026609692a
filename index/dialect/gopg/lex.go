package gopg

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// tag is a pg tag as go-pg splits it (tagparser.go of vmihailenco/tagparser v0.1.2): a
// name, which is the column's or the table's, and options, the last of each name.
type tag struct{ dialect.NamedTag }

// parseTag reads the tag of a field; the zero tag where it has none.
func parseTag(f *facts.Field) tag {
	t, ok := f.Tag(tagKey)
	if !ok {
		return tag{}
	}
	return splitTag(t.Value)
}

func splitTag(value facts.Slot) tag {
	p := tagParser{value: value, tag: tag{NamedTag: dialect.NamedTag{Text: value.Text}}}
	p.parse()
	t := p.tag
	for i := range t.Items {
		item := &t.Items[i]
		item.Values = []facts.Slot{item.Value}
		if !t.IsName(item) {
			item.Option = optionOf(item.Name.Text, &t)
		}
	}
	return t
}

// lex splits a tag for completion and hover.
func lex(value facts.Slot) []dialect.Item { return splitTag(value).Items }

// tagParser walks over a tag as the library does.
type tagParser struct {
	value facts.Slot
	at    int
	seen  bool // what stands first has been seen, be it empty
	tag   tag
}

// parse reads keys, and the values behind them (parseKey).
func (p *tagParser) parse() {
	start := p.at
	for p.at < len(p.value.Text) {
		switch p.read() {
		case ',':
			p.word(p.value.Sub(start, p.at-1))
			p.skip(' ')
			start = p.at
		case ':':
			key := p.value.Sub(start, p.at-1)
			p.pair(key, p.readValue())
			start = p.at
		case '\'':
			p.word(p.quoted()) // what stands before the quote is lost
			start = p.at
		}
	}
	if start < p.at {
		p.word(p.value.Sub(start, p.at))
	}
}

// readValue reads a value from behind its colon up to and with its comma (parseValue).
func (p *tagParser) readValue() facts.Slot {
	if p.at < len(p.value.Text) && p.value.Text[p.at] == '\'' {
		p.at++
		return p.quoted()
	}
	v := builder{value: p.value, from: p.at}
	for p.at < len(p.value.Text) {
		switch p.read() {
		case '\\':
			p.escaped(&v)
		case '(':
			v.add(p.at - 1)
			p.brackets(&v)
		case ',':
			p.skip(' ')
			return v.slot()
		default:
			v.add(p.at - 1)
		}
	}
	return v.slot()
}

// brackets reads up to the bracket that closes an open one: commas in between are the
// value's (readBrackets).
func (p *tagParser) brackets(v *builder) {
	for level := 0; level >= 0 && p.at < len(p.value.Text); {
		c := p.read()
		switch c {
		case '\\':
			p.escaped(v)
			continue
		case '(':
			level++
		case ')':
			level--
		}
		v.add(p.at - 1)
	}
}

// escaped takes the byte behind a backslash as it is.
func (p *tagParser) escaped(v *builder) {
	if p.at < len(p.value.Text) {
		p.at++
		v.add(p.at - 1)
	}
}

// quoted reads from behind a quote up to and with the comma behind the closing one. The
// quotes are part of what is read; a backslash before one takes away its meaning
// (parseQuotedValue).
func (p *tagParser) quoted() facts.Slot {
	v := builder{value: p.value, from: p.at - 1}
	v.add(p.at - 1)
	for p.at < len(p.value.Text) {
		if p.read() != '\'' {
			v.add(p.at - 1)
			continue
		}
		if p.value.Text[p.at-2] == '\\' && v.last() == p.at-2 {
			v.drop()
			v.add(p.at - 1)
			continue
		}
		v.add(p.at - 1)
		break
	}
	text := v.slot()
	if p.skip(',') {
		p.skip(' ')
	}
	return text
}

func (p *tagParser) read() byte {
	p.at++
	return p.value.Text[p.at-1]
}

func (p *tagParser) skip(c byte) bool {
	if p.at >= len(p.value.Text) || p.value.Text[p.at] != c {
		return false
	}
	p.at++
	return true
}

// word takes what has no value: the name where it stands first, else an option
// (setTagOption).
func (p *tagParser) word(w facts.Slot) {
	w = trim(w)
	first := !p.seen
	p.seen = true
	if first && w.Text == "" {
		return
	}
	if first {
		p.tag.Name = w
	}
	none := facts.Slot{Span: facts.Span{Start: w.Span.End, End: w.Span.End}}
	p.tag.Items = append(p.tag.Items, dialect.Item{Span: w.Span, Name: w, Value: none})
}

func (p *tagParser) pair(key, value facts.Slot) {
	key, value = trim(key), trim(value)
	if key.Text == "" {
		p.word(value)
		return
	}
	p.seen = true
	p.tag.Items = append(p.tag.Items, dialect.Item{
		Span: facts.Span{Start: key.Span.Start, End: max(key.Span.End, value.Span.End)}, Name: key, Sep: true, Value: value,
	})
}

// builder gathers the bytes of a value, some of which the parser leaves out.
type builder struct {
	value facts.Slot
	from  int   // where the value begins, if it is empty
	kept  []int // indexes into the text of the whole
}

func (b *builder) add(i int) { b.kept = append(b.kept, i) }
func (b *builder) drop()     { b.kept = b.kept[:len(b.kept)-1] }

// last is the index of the byte that was kept last, -1 before that.
func (b *builder) last() int {
	if len(b.kept) == 0 {
		return -1
	}
	return b.kept[len(b.kept)-1]
}

// slot is what has been kept, with the place of each byte.
func (b *builder) slot() facts.Slot {
	if len(b.kept) == 0 {
		return b.value.Sub(b.from, b.from)
	}
	first, behind := b.kept[0], b.last()+1
	if behind-first == len(b.kept) {
		return b.value.Sub(first, behind)
	}
	var text bytes.Buffer
	s := facts.Slot{Span: b.value.Sub(first, behind).Span}
	for _, i := range b.kept {
		text.WriteByte(b.value.Text[i])
		s.Offsets = append(s.Offsets, b.value.Sub(i, i+1).Span.Start)
	}
	s.Text, s.Offsets = text.String(), append(s.Offsets, s.Span.End)
	return s
}

func trim(s facts.Slot) facts.Slot {
	start := len(s.Text) - len(strings.TrimLeftFunc(s.Text, unicode.IsSpace))
	return s.Sub(start, start+len(strings.TrimSpace(s.Text)))
}

// unquoted is a value without the quotes around it, which go-pg takes off some (Unquote).
func unquoted(s facts.Slot) facts.Slot {
	if n := len(s.Text); n >= 2 && s.Text[0] == '\'' && s.Text[n-1] == '\'' {
		return s.Sub(1, n-1)
	}
	return s
}

package beego

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// tag is an orm tag as Beego splits it (ParseStructTag): words, and options with a value
// in parentheses. What it can make nothing of, it passes over.
type tag struct {
	items  []dialect.Item
	words  map[string]dialect.Item // options without a value that count
	values map[string]dialect.Item // options with a value that count: of several, the last
}

// parseTag reads the tag of a field; the zero tag where it has none.
func parseTag(f *facts.Field) tag {
	t, ok := f.Tag(tagKey)
	if !ok {
		return tag{}
	}
	return splitTag(t.Value)
}

func splitTag(value facts.Slot) tag {
	t := tag{words: map[string]dialect.Item{}, values: map[string]dialect.Item{}}
	for _, part := range value.Split(";") {
		if part = part.TrimSpace(); part.Text != "" {
			t.add(part)
		}
	}
	return t
}

func (t *tag) add(part facts.Slot) {
	item := readItem(part)
	t.items = append(t.items, item)
	switch name := strings.ToLower(item.Name.Text); {
	case item.Option == nil:
	case item.Option.Role == relation.NoRole:
		if !item.Sep {
			t.words[name] = item
		}
	case isWhole(part.Text):
		t.values[name] = item
	}
}

// isWhole reports whether Beego takes a part of a tag for an option with a value: it
// ends at its first closing parenthesis.
func isWhole(part string) bool {
	return strings.IndexByte(part, '(') > 0 && strings.IndexByte(part, ')') == len(part)-1
}

// readItem reads one part, whole or half typed.
func readItem(part facts.Slot) dialect.Item {
	item := dialect.Item{Span: part.Span, Name: part}
	end := len(part.Text)
	item.Value = part.Sub(end, end)
	if open := strings.IndexByte(part.Text, '('); open > 0 {
		if strings.HasSuffix(part.Text, ")") {
			end--
		}
		item.Name, item.Sep, item.Value = part.Sub(0, open), true, part.Sub(open+1, max(end, open+1))
	}
	item.Values = []facts.Slot{item.Value}
	item.Option = optionOf(item.Name.Text)
	return item
}

// has reports whether a word stands in the tag.
func (t *tag) has(word string) bool {
	_, ok := t.words[word]
	return ok
}

// value is what an option says, "" where it is absent or says nothing.
func (t *tag) value(option string) string { return t.values[option].Value.Text }

// relates reports whether the tag makes a relation, be it a wrong one.
func (t *tag) relates() bool { return t.value("rel") != "" || t.value("reverse") != "" }

// lex splits a tag for completion and hover.
func lex(value facts.Slot) []dialect.Item { return splitTag(value).items }

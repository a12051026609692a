package gorm

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// lex splits the value of a gorm tag into its options. They stand between
// semicolons, `\;` being a semicolon of the value; name and value are parted by
// the first colon (gorm.io/gorm v1.31 schema/utils.go, ParseTagSetting). Options
// of which nothing is typed yet are left out.
func lex(value facts.Slot) []dialect.Item {
	parts := split(value)
	items := make([]dialect.Item, 0, len(parts))
	for i, part := range parts {
		name, rest, sep := strings.Cut(part.Text, ":")
		if !sep && strings.TrimSpace(name) == "" {
			continue
		}
		item := dialect.Item{Name: part.Sub(0, len(name)).TrimSpace(), Sep: sep}
		item.Option = optionOf(item.Name.Text)
		item.Value = part.Sub(len(part.Text)-len(rest), len(part.Text))
		if !sep {
			item.Value = facts.Slot{Span: facts.Span{Start: item.Name.Span.End, End: item.Name.Span.End}}
		}
		if o := item.Option; o != nil && o.List != "" {
			item.Values = list(item.Value, o.List)
		} else {
			parts[i] = item.Value // what has been read gives its room
			item.Values = parts[i : i+1 : i+1]
		}
		item.Span = facts.Span{Start: item.Name.Span.Start, End: item.Value.Span.End}
		items = append(items, item)
	}
	return items
}

// list splits the value of an option at its separator.
func list(value facts.Slot, separator string) []facts.Slot {
	list := value.Split(separator)
	for i := range list {
		list[i] = list[i].TrimSpace()
	}
	return list
}

// split cuts a tag's value at its semicolons. A piece that ends in a backslash
// goes on behind its semicolon, and the backslash falls away.
func split(value facts.Slot) []facts.Slot {
	parts := make([]facts.Slot, 0, 1+strings.Count(value.Text, ";"))
	part, rest := value.Sub(0, 0), value
	for {
		piece, after, more := cut(rest)
		escaped := more && strings.HasSuffix(piece.Text, `\`)
		if !escaped {
			parts = append(parts, part.Join(piece))
			if !more {
				return parts
			}
			part = after.Sub(0, 0)
		} else {
			backslash := len(piece.Text) - 1
			escape := rest.Sub(backslash, backslash+2).Span
			semicolon := facts.Slot{Text: ";", Span: escape, Offsets: []int32{escape.Start, escape.End}}
			part = part.Join(piece.Sub(0, backslash)).Join(semicolon)
		}
		rest = after
	}
}

func cut(s facts.Slot) (before, after facts.Slot, found bool) {
	i := strings.IndexByte(s.Text, ';')
	if i < 0 {
		return s, facts.Slot{}, false
	}
	return s.Sub(0, i), s.Sub(i+1, len(s.Text)), true
}

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
	var items []dialect.Item
	for _, part := range split(value) {
		name, rest, sep := strings.Cut(part.Text, ":")
		if !sep && strings.TrimSpace(name) == "" {
			continue
		}
		item := dialect.Item{Name: trim(part.Sub(0, len(name))), Sep: sep}
		item.Option = optionOf(item.Name.Text)
		item.Value = part.Sub(len(part.Text)-len(rest), len(part.Text))
		if !sep {
			item.Value = facts.Slot{Span: facts.Span{Start: item.Name.Span.End, End: item.Name.Span.End}}
		}
		item.Values = values(item)
		item.Span = facts.Span{Start: item.Name.Span.Start, End: item.Value.Span.End}
		items = append(items, item)
	}
	return items
}

// values splits a list value at its separator.
func values(item dialect.Item) []facts.Slot {
	if item.Option == nil || item.Option.List == "" {
		return []facts.Slot{item.Value}
	}
	var list []facts.Slot
	start := 0
	for {
		end := strings.Index(item.Value.Text[start:], item.Option.List)
		if end < 0 {
			return append(list, trim(item.Value.Sub(start, len(item.Value.Text))))
		}
		list = append(list, trim(item.Value.Sub(start, start+end)))
		start += end + len(item.Option.List)
	}
}

// split cuts a tag's value at its semicolons. A piece that ends in a backslash
// goes on behind its semicolon, and the backslash falls away.
func split(value facts.Slot) []facts.Slot {
	var parts []facts.Slot
	part, rest := value.Sub(0, 0), value
	for {
		piece, after, more := cut(rest)
		escaped := more && strings.HasSuffix(piece.Text, `\`)
		if !escaped {
			parts = append(parts, join(part, piece))
			if !more {
				return parts
			}
			part = after.Sub(0, 0)
		} else {
			backslash := len(piece.Text) - 1
			escape := rest.Sub(backslash, backslash+2).Span
			semicolon := facts.Slot{Text: ";", Span: escape, Offsets: []int32{escape.Start, escape.End}}
			part = join(join(part, piece.Sub(0, backslash)), semicolon)
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

// join puts two slots of one source together, with what was between them left out.
func join(a, b facts.Slot) facts.Slot {
	if a.Text == "" {
		return b
	}
	j := facts.Slot{Text: a.Text + b.Text, Span: facts.Span{Start: a.Span.Start, End: b.Span.End}}
	if a.Offsets == nil && b.Offsets == nil && a.Span.End == b.Span.Start {
		return j
	}
	for i := range len(a.Text) {
		j.Offsets = append(j.Offsets, a.Sub(i, i).Span.Start)
	}
	for i := range len(b.Text) + 1 {
		j.Offsets = append(j.Offsets, b.Sub(i, i).Span.Start)
	}
	return j
}

func trim(s facts.Slot) facts.Slot {
	start := len(s.Text) - len(strings.TrimLeft(s.Text, " \t\r\n\v\f"))
	end := len(strings.TrimRight(s.Text, " \t\r\n\v\f"))
	return s.Sub(min(start, end), end)
}

// setting is one option as GORM keeps it in a field's TagSettings. Settings may
// come from the tag of a field that embeds the struct, in another file.
type setting struct {
	value string
	item  dialect.Item
	file  *facts.File
}

// settings are a field's options by upper-case name.
type settings map[string]setting

// add takes in the options of a tag's value; of equal names the last one counts.
func (s settings) add(file *facts.File, value facts.Slot) {
	for _, item := range lex(value) {
		name := strings.ToUpper(item.Name.Text)
		text := name
		if item.Sep {
			text = strings.ReplaceAll(item.Value.Text, `\"`, `"`)
		}
		s[name] = setting{value: text, item: item, file: file}
	}
}

// has reports whether the option stands there, with or without a value.
func (s settings) has(name string) bool {
	_, ok := s[name]
	return ok
}

// declareRelation reports whether an option speaks of a relation.
func (s settings) declareRelation() bool {
	for _, set := range s {
		if set.item.Option != nil && set.item.Option.Relation {
			return true
		}
	}
	return false
}

// truth reports whether the option is set to anything but "" and false
// (utils/utils.go, CheckTruth).
func (s settings) truth(name string) bool {
	v := s[name].value
	return v != "" && !strings.EqualFold(v, "false")
}

// names is the comma list that an option holds, each name trimmed; nil for an
// empty one (schema/utils.go, toColumns).
func (s settings) names(name string) []string {
	v := s[name].value
	if v == "" {
		return nil
	}
	list := strings.Split(v, ",")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

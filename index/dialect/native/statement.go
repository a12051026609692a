package native

import (
	"fmt"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// malformed is something in a tag that cannot be read as written.
type malformed struct {
	slot facts.Slot
	text string
	name string // a name that may be misspelt, "" for none
}

// state reads what a tag says, and what in it makes no sense.
func state(items []dialect.Item) (relation.Statement, []malformed) {
	var s relation.Statement
	var bad []malformed
	if len(items) == 1 && items[0].Name.Text == "-" && !items[0].Sep {
		s.Not = true
		return s, nil
	}
	seen := map[string]bool{}
	for i, item := range items {
		name := item.Name.Text
		if text := misuse(item, i, seen[name]); text != "" {
			m := malformed{slot: item.Name, text: text}
			if item.Option == nil {
				m.name = name
			}
			bad = append(bad, m)
			continue
		}
		seen[name] = true
		if kind := relation.ParseKind(name); kind != relation.NoKind {
			if s.Kind != relation.NoKind {
				bad = append(bad, malformed{slot: item.Name, text: fmt.Sprintf("the kind is already %s", s.Kind)})
				continue
			}
			s.Kind, s.KindSlot = kind, item.Name
			continue
		}
		bad = append(bad, takeOption(&s, item)...)
	}
	return s, bad
}

// misuse says why an item cannot be read; "" where it can.
func misuse(item dialect.Item, index int, repeated bool) string {
	name := item.Name.Text
	switch {
	case item.Option == nil && !item.Sep && index == 0:
		return fmt.Sprintf("%q is neither a kind of relation nor an option", name)
	case item.Option == nil:
		return fmt.Sprintf("unknown option %q", name)
	case name == "-":
		return `"-" stands alone or not at all`
	case repeated:
		return fmt.Sprintf("%s is given twice", name)
	case item.Sep && !takesValue(item.Option):
		return fmt.Sprintf("%s takes no value", name)
	case takesValue(item.Option) && item.Value.Text == "":
		return fmt.Sprintf("%s needs a value: %s:Name", name, name)
	}
	return ""
}

// takeOption takes an option with its value into the statement.
func takeOption(s *relation.Statement, item dialect.Item) []malformed {
	value := item.Value
	switch item.Name.Text {
	case backPopulates:
		s.BackPopulates = &value
	case through:
		s.Through = &value
	case oneWay:
		s.OneWay = true
	case foreignKey:
		s.ForeignKey = item.Values
	case references:
		s.References = item.Values
	}
	for _, v := range item.Values {
		if v.Text == "" && takesValue(item.Option) {
			return []malformed{{slot: value, text: fmt.Sprintf("%s has an empty name in its list", item.Name.Text)}}
		}
	}
	return nil
}

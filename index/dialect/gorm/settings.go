package gorm

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// setting is one option as GORM keeps it in a field's TagSettings. Settings may
// come from the tag of a field that embeds the struct, in another file.
type setting struct {
	name  string // in upper case
	value string
	item  *dialect.Item // never nil
	file  *facts.File
}

// settings are a field's options, each name once. They are a list and no map: a
// field has few, and its tag is read each time that its model is.
type settings []setting

// absent is the setting of an option that does not stand there.
var absent = setting{item: &dialect.Item{}}

// flag is the setting that an option of its own name alone makes.
func flag(name string) setting { return setting{name: name, value: name, item: absent.item} }

// settingsOf are the options in the dialect's tag of a field.
func settingsOf(f facts.StructField) settings { return settings(nil).add(f.File, itemsOf(f)) }

// itemsOf are the options in the dialect's tag of a field as they stand there.
func itemsOf(f facts.StructField) []dialect.Item {
	if tag, ok := f.Tag(name); ok {
		return lex(tag.Value)
	}
	return nil
}

// add takes in the options of a tag; of equal names the last one counts.
func (s settings) add(file *facts.File, items []dialect.Item) settings {
	s = slices.Grow(s, len(items))
	for i := range items {
		item := &items[i]
		name := upper(item.Name.Text)
		text := name
		if item.Sep {
			text = strings.ReplaceAll(item.Value.Text, `\"`, `"`)
		}
		s = s.with(setting{name: name, value: text, item: item, file: file})
	}
	return s
}

// with are the settings with one more, in place of that of the same name. The
// receiver's own elements may change.
func (s settings) with(set setting) settings {
	for i := range s {
		if s[i].name == set.name {
			s[i] = set
			return s
		}
	}
	return append(s, set)
}

// under are the settings with those of an outer field over them; the receiver's
// elements stay.
func (s settings) under(outer settings) settings {
	if len(outer) == 0 {
		return s
	}
	all := slices.Clone(s)
	for _, set := range outer {
		all = all.with(set)
	}
	return all
}

// find is the option of a name, given in upper case.
func (s settings) find(name string) (*setting, bool) {
	for i := range s {
		if s[i].name == name {
			return &s[i], true
		}
	}
	return &absent, false
}

// of is the option of a name, given in upper case; what is empty in all, where the
// option does not stand there.
func (s settings) of(name string) *setting {
	set, _ := s.find(name)
	return set
}

// has reports whether the option stands there, with or without a value.
func (s settings) has(name string) bool {
	_, ok := s.find(name)
	return ok
}

// declareRelation reports whether an option speaks of a relation.
func (s settings) declareRelation() bool {
	return slices.ContainsFunc(s, func(set setting) bool { return set.item.Option != nil && set.item.Option.Relation })
}

// truth reports whether the option is set to anything but "" and false
// (utils/utils.go, CheckTruth).
func (s settings) truth(name string) bool {
	v := s.of(name).value
	return v != "" && !strings.EqualFold(v, "false")
}

// names is the comma list that an option holds, each name trimmed; nil for an
// empty one (schema/utils.go, toColumns).
func (s settings) names(name string) []string {
	v := s.of(name).value
	if v == "" {
		return nil
	}
	list := strings.Split(v, ",")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

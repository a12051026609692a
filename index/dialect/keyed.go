package dialect

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// Items splits a tag under one of the dialect's keys into its options. It never fails.
func (d *Dialect) Items(tag *facts.Tag) []Item {
	if !d.Keyed {
		return d.Lex(tag.Value)
	}
	item := Item{
		Span: tag.Span, Name: tag.Key, Sep: true, Value: tag.Value,
		Values: []facts.Slot{tag.Value}, Option: d.Option(tag.Key.Text),
	}
	return []Item{item}
}

// Option is the option of a name; nil for none.
func (d *Dialect) Option(name string) *Option {
	for i := range d.Options {
		if d.Options[i].Name == name {
			return &d.Options[i]
		}
	}
	return nil
}

// TagOf is what the dialect's tag of a field says: its value or, of a dialect that is
// Keyed, all of its pairs as they stand in a tag.
func (d *Dialect) TagOf(f *facts.Field) string {
	if !d.Keyed {
		tag, _ := f.Tag(d.Keys[0])
		return tag.Value.Text
	}
	var pairs []string
	for _, tag := range f.Tags {
		if tag.Visible && slices.Contains(d.Keys, tag.Key.Text) {
			pairs = append(pairs, tag.Key.Text+":"+strconv.Quote(tag.Value.Text))
		}
	}
	return strings.Join(pairs, " ")
}

package dialect

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// NamedTag is a tag that may begin with the name of a column or a table, as those of a dialect
// that is Named, split into options.
type NamedTag struct {
	Text  string     // the whole value
	Name  facts.Slot // empty for none
	Items []Item     // what stands there, in its order, the name among it
}

// IsName reports whether an item is the name, and no option.
func (t *NamedTag) IsName(item *Item) bool {
	return !item.Sep && item.Span == t.Name.Span && t.Name.Text != ""
}

// Options lists the items without the name.
func (t *NamedTag) Options() []Item {
	return slices.DeleteFunc(slices.Clone(t.Items), func(i Item) bool { return t.IsName(&i) })
}

// Has reports whether an option stands there.
func (t *NamedTag) Has(option string) bool {
	_, ok := t.Last(option)
	return ok
}

// Last is an option as it stands there last; false where it does not.
func (t *NamedTag) Last(option string) (Item, bool) {
	for i := len(t.Items) - 1; i >= 0; i-- {
		if item := &t.Items[i]; item.Name.Text == option && !t.IsName(item) {
			return *item, true
		}
	}
	return Item{}, false
}

package native

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// The names of the options.
const (
	backPopulates = "back_populates"
	foreignKey    = "foreign_key"
	references    = "references"
	through       = "through"
	oneWay        = "one-way"
)

var options = []dialect.Option{
	{Name: "belongs-to", Kind: relation.BelongsTo, Relation: true, Doc: "The foreign key is on this model."},
	{Name: "has-one", Kind: relation.HasOne, Relation: true, Doc: "The foreign key is on the target, which refers to this model at most once."},
	{Name: "has-many", Kind: relation.HasMany, Relation: true, Doc: "The foreign key is on the target."},
	{Name: "many-to-many", Kind: relation.ManyToMany, Relation: true, Doc: "A join table holds both keys."},
	{Name: backPopulates, Role: relation.BackPopulatesRole, Relation: true,
		Doc: "Names the inverse: the field of the target that leads back."},
	{Name: foreignKey, Role: relation.ForeignKeyRole, List: "+", Relation: true,
		Doc: "Names the foreign key: fields of this model for belongs-to, of the target for has-one and has-many."},
	{Name: references, Role: relation.ReferencesRole, List: "+", Relation: true,
		Doc: "Names the fields that the foreign key points to."},
	{Name: through, Role: relation.JoinModelRole, Relation: true,
		Doc: "Names the join model, or the join table, of a many-to-many."},
	{Name: oneWay, Relation: true, Doc: "Says that the relation has no inverse on purpose."},
	{Name: "-", Doc: "Says that the field is no relation, whatever its type looks like."},
}

var optionsByName = dialect.OptionsByName(options)

// lex splits the value of a tag at its commas, and each option at its first colon.
// What is empty is left out.
func lex(value facts.Slot) []dialect.Item {
	var items []dialect.Item
	for _, part := range value.Split(",") {
		if part = part.Trim(space); part.Text != "" {
			items = append(items, newItem(part))
		}
	}
	return items
}

func newItem(part facts.Slot) dialect.Item {
	name, _, sep := strings.Cut(part.Text, ":")
	item := dialect.Item{Span: part.Span, Name: part.Sub(0, len(name)).Trim(space), Sep: sep}
	item.Option = optionsByName[item.Name.Text]
	item.Value = part.Sub(len(part.Text), len(part.Text))
	if sep {
		item.Value = part.Sub(len(name)+1, len(part.Text)).Trim(space)
	}
	item.Values = []facts.Slot{item.Value}
	if item.Option != nil && item.Option.List != "" {
		item.Values = item.Value.Split(item.Option.List)
		for i := range item.Values {
			item.Values[i] = item.Values[i].Trim(space)
		}
	}
	return item
}

// space is what may stand around options, names and values.
const space = " \t\r\n"

// ours reports whether a tag is certainly rells': it holds a kind or an option.
func ours(items []dialect.Item) bool {
	for _, item := range items {
		if item.Option != nil && item.Name.Text != "-" && item.Sep == takesValue(item.Option) {
			return true
		}
	}
	return false
}

// resembles reports whether a tag could be a misspelt one of rells'.
func resembles(items []dialect.Item) bool {
	for _, item := range items {
		name := strings.ToLower(item.Name.Text)
		if item.Sep && item.Name.Text != "" || item.Option != nil && name != "-" {
			return true
		}
		for _, start := range []string{"has", "belong", "many", "one-", "one_", "back", "foreign"} {
			if strings.HasPrefix(name, start) {
				return true
			}
		}
	}
	return false
}

func takesValue(o *dialect.Option) bool { return o.Role != relation.NoRole }

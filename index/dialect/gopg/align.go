package gopg

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// align gives the tag with which an existing relation of the target, whose tag is the
// given one, becomes the inverse of the side's relation. Options that say nothing about
// columns and tables stay as they are.
func align(s dialect.Scope, side dialect.Side, inverse *relation.Relation, tag string) (string, bool) {
	w := newWriter(s, side)
	if w == nil || strings.ContainsAny(tag, `\(`) {
		return "", false
	}
	wanted := dialect.Inverted(w.side.Relation, w.unique())
	wanted.Kind = inverse.Kind
	for _, keys := range w.tags(wanted) {
		aligned := retagged(tag, keys)
		if aligned != tag && w.reads(inverse.ID.Name(), aligned, wanted) {
			return aligned, true
		}
	}
	return "", false
}

// explicit is the tag with which a guessed relation says what it is, and leads to the
// same; "" where there is none.
func (r *reader) explicit(d *declaration, kind relation.Kind) string {
	if strings.ContainsAny(d.field.tag.Text, `\(`) {
		return ""
	}
	var here, there []keyColumn
	for _, p := range d.pairs {
		if kind == relation.BelongsTo {
			here = append(here, keyColumn{p.base.column, p.join.column})
		} else {
			there = append(there, keyColumn{p.join.column, p.base.column})
		}
	}
	for _, tag := range tagsOf(kind, "", here, there) {
		f := *d.field
		f.tag = splitTag(facts.Slot{Text: retagged(d.field.tag.Text, tag)})
		said := &declaration{field: &f, target: d.target}
		said.Relation.ID = d.Relation.ID
		r.attempt(said)
		if said.Is(d.Relation) && slices.Equal(said.Relation.Keys, d.Relation.Keys) && d.Relation.Polymorphic == nil {
			return f.tag.Text
		}
	}
	return ""
}

// relating are the options by which a relation says how it is kept.
var relating = []string{"rel", many2many, "fk", "join_fk", "fk_value"}

// retagged is a tag with what another says of relations, each where it stood: what is new
// behind them, but rel, which comes first. The word of rel stays, unless there is another.
func retagged(tag, keys string) string {
	wanted, old := splitTag(facts.Slot{Text: keys}), splitTag(facts.Slot{Text: tag})
	parts := []string{old.Name.Text}
	if rel, ok := wanted.Last("rel"); ok && !old.Has("rel") {
		parts = append(parts, written(rel))
	}
	for _, item := range old.Options() {
		said, ok := wanted.Last(item.Name.Text)
		switch {
		case !slices.Contains(relating, item.Name.Text), item.Name.Text == "rel" && !ok:
			parts = append(parts, written(item))
		case ok:
			parts = append(parts, written(said))
		}
	}
	for _, item := range wanted.Options() {
		if !old.Has(item.Name.Text) && item.Name.Text != "rel" {
			parts = append(parts, written(item))
		}
	}
	if parts[0] == "" && len(parts) > 1 && strings.Contains(parts[1], ":") {
		parts = parts[1:]
	}
	return strings.Join(parts, ",")
}

// written is an option as it may stand in a tag.
func written(item dialect.Item) string {
	if !item.Sep {
		return item.Name.Text
	}
	return item.Name.Text + ":" + item.Value.Text
}

package bun

import (
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

// retagged is a tag with the m2m and the joins of another, each where it stood, what is
// new behind them.
func retagged(tag, keys string) string {
	wanted := splitTag(facts.Slot{Text: keys})
	old := splitTag(facts.Slot{Text: tag})
	parts := []string{old.Name.Text}
	joined := false
	for _, item := range old.Options() {
		switch item.Name.Text {
		case "join":
			if !joined {
				parts = append(parts, joinsOf(&wanted)...)
			}
			joined = true
		case "m2m":
			table, _ := wanted.Last("m2m")
			parts = append(parts, "m2m:"+table.Value.Text)
		default:
			parts = append(parts, written(item))
		}
	}
	if !joined {
		parts = append(parts, joinsOf(&wanted)...)
	}
	if parts[0] == "" && len(parts) > 1 && strings.Contains(parts[1], ":") {
		parts = parts[1:]
	}
	return strings.Join(parts, ",")
}

func joinsOf(t *tag) []string {
	var list []string
	for _, item := range t.named("join") {
		list = append(list, "join:"+item.Value.Text)
	}
	return list
}

// written is an option as it may stand in a tag.
func written(item dialect.Item) string {
	switch {
	case !item.Sep:
		return item.Name.Text
	case strings.Contains(item.Value.Text, ","):
		return item.Name.Text + `:"` + item.Value.Text + `"`
	}
	return item.Name.Text + ":" + item.Value.Text
}

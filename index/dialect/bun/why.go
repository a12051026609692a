package bun

import (
	"strings"

	"github.com/rells-dev/rells/index/relation"
)

// whyJoined says what the columns were taken from, and which side holds the key where
// the word of the tag says otherwise.
func (r *reader) whyJoined(d *declaration, word relation.Kind) {
	var why string
	switch {
	case d.field.tag.Has("join"):
		why = "join names the columns"
	case len(d.Remarks) > 0 && d.Remarks[len(d.Remarks)-1].Kind == relation.JoinFallback:
		why = "no column is called after the field or the model, so that bun joins the keys"
	default:
		columns := make([]string, len(d.Relation.Keys))
		for i, k := range d.Relation.Keys {
			columns[i] = k.ForeignKey.Short()
		}
		why = "no join names the columns, by convention the key is " + strings.Join(columns, " and ")
	}
	if d.Relation.Kind != word {
		why += "; bun calls it " + word.String() + ", but " + d.KeyHolder() + " holds the key"
	}
	d.Relation.Reason = why
}

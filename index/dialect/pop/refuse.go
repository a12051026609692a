package pop

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// refuse reports what pop is given to create and cannot, since it is no struct
// (forStruct).
func refuse(_ dialect.Scope, from *facts.File, use facts.Use, t facts.Type) *relation.Mistake {
	if !slices.Contains(ownCalls, use.Call) {
		return nil
	}
	return dialect.HandedNoStruct("pop1", from, use, t, "pointers to structs, or to slices of them")
}

// refused reports what keeps pop from creating the model at all. Which of the structs
// without associations are created, and not just read, calls tell.
func (r *reader) refused(associated bool) {
	if !associated && !r.created() {
		return
	}
	for _, no := range r.sch.refusals {
		m := r.mistake(no.field, relation.EmbeddedInvalid, "pop1", nil)
		m.Text = no.text
		r.model.Mistakes = append(r.model.Mistakes, m)
	}
	if !associated && r.sch.byName("ID") == nil && !r.sch.open {
		r.model.Mistakes = append(r.model.Mistakes, relation.Mistake{
			Kind: relation.PrimaryKeyMissing, Row: "pop13", Field: relation.FieldID{Model: r.model.Ref}, Place: r.model.Place,
			Text: "pop wants a field ID of every model that it creates",
		})
	}
}

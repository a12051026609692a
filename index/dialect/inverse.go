package dialect

import (
	"slices"

	"github.com/rells-dev/rells/index/relation"
)

// Inverted is what the inverse of a relation has to be read as: the same keys or join
// table, seen from the other side. unique says that no two rows may hold the same
// foreign key.
func Inverted(r *relation.Relation, unique bool) relation.Relation {
	inverse := relation.Relation{Keys: slices.Clone(r.Keys), JoinTable: r.JoinTable}
	switch r.Kind {
	case relation.BelongsTo:
		inverse.Kind = relation.HasMany
		if unique {
			inverse.Kind = relation.HasOne
		}
	case relation.ManyToMany:
		inverse.Kind = relation.ManyToMany
		inverse.OwnJoinKeys = len(r.JoinKeys) - r.OwnJoinKeys
		inverse.JoinKeys = slices.Concat(r.JoinKeys[r.OwnJoinKeys:], r.JoinKeys[:r.OwnJoinKeys])
	default:
		inverse.Kind = relation.BelongsTo
	}
	return inverse
}

// State has the new field, the inverse of the side's relation, and that relation name
// each other by the native tag, where the structs do that.
func (a *Addition) State(side Side, field *NewField) {
	stated := side.Relation.Stated
	named := stated != nil && stated.BackPopulates != nil
	if !side.Style.Native && !named {
		return
	}
	field.Tags = append(field.Tags, TagSpec{Key: relation.NativeDialect, Value: "back_populates:" + side.Relation.ID.Field})
	if !named || stated.BackPopulates.Text != field.Name {
		a.Back = "back_populates:" + field.Name
	}
}

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

// Key adds the foreign key that the relation lacks: to the owner where the relation
// belongs to the target, else to the target.
func (a *Addition) Key(r *relation.Relation, key NewField) {
	if r.Kind == relation.BelongsTo {
		a.Own = append(a.Own, key)
	} else {
		a.Fields = append(a.Fields, key)
	}
}

// Inverse adds the inverse of the side's relation. The two name each other by the native
// tag, where the structs do that.
func (a *Addition) Inverse(side Side, field NewField) {
	stated := side.Relation.Stated
	named := stated != nil && stated.BackPopulates != nil
	if side.Style.Native || named {
		field.Tags = append(field.Tags, TagSpec{Key: relation.NativeDialect, Value: "back_populates:" + side.Relation.ID.Field})
		if !named || stated.BackPopulates.Text != field.Name {
			a.Back = "back_populates:" + field.Name
		}
	}
	a.Fields = append(a.Fields, field)
}

package dialect

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
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

// Is reports whether what has come of the field certainly is the wanted relation: one of the
// same kind that is kept by the same keys, in whatever order, or by the same join table.
func (o *Outcome) Is(wanted relation.Relation) bool {
	got := &o.Relation
	return !o.Unsure && len(o.Mistakes) == 0 && got.Kind == wanted.Kind && SameElements(got.Keys, wanted.Keys) &&
		got.JoinTable == wanted.JoinTable && slices.Equal(got.JoinKeys, wanted.JoinKeys)
}

// SameElements reports whether two lists, neither of which repeats itself, hold the same.
func SameElements[T comparable](a, b []T) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(e T) bool { return !slices.Contains(b, e) })
}

// JoinsPrimaryKeys reports whether all keys, of which there are some, are part of a primary
// key on either side.
func JoinsPrimaryKeys(keys []relation.Key, primary func(relation.FieldID) bool) bool {
	return len(keys) > 0 && !slices.ContainsFunc(keys, func(k relation.Key) bool { return !primary(k.ForeignKey) || !primary(k.References) })
}

// LeadOnce reports whether at most one of the types of a model's relations leads to the target.
func LeadOnce(relations []facts.Type, target facts.Ref) bool {
	n := 0
	for _, t := range relations {
		if ref, _ := Target(t); t != nil && ref == target {
			n++
		}
	}
	return n <= 1
}

// HoldPointers reports whether a model's relations to many, whose types are among the given
// ones, are slices of pointers: one is, or none is a slice of anything else.
func HoldPointers(relations []facts.Type) bool {
	values := 0
	for _, t := range relations {
		if t != nil && t.Shape() == facts.Pointer {
			t = t.Elem()
		}
		if t == nil || t.Shape() != facts.Slice {
			continue
		}
		if e := t.Elem(); e != nil && e.Shape() == facts.Pointer {
			return true
		}
		values++
	}
	return values == 0
}

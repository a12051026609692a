package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// Fixes for keys with which an ORM works in silence. Rows may have been written by
// them, and code may use them, so that none is applied without asking.

// fixKeyType offers to give a foreign key the type of the field that it points to,
// unless it points to another field as well.
func fixKeyType(p *Pass, problem Problem) []Fix {
	x := p.side(problem.Field)
	if x == nil || x.relation == nil {
		return nil
	}
	var fixes []Fix
	for _, k := range x.relation.Keys {
		if foreign, _ := p.differentTypes(x.relation.Dialect, k); foreign == nil || p.pointsElsewhere(x, k) {
			continue
		}
		spec, ok := p.snapshot.Retype(x.relation, k)
		if !ok {
			continue
		}
		retyped := index.NewType{Field: k.ForeignKey.Field, Type: spec}
		rewrite := index.Rewrite{{Model: k.ForeignKey.Model, Types: []index.NewType{retyped}}}
		fixes = append(fixes, written(p.snapshot, rewrite, "Give "+k.ForeignKey.Short()+" the type of "+k.References.Short())...)
	}
	for i := range fixes {
		fixes[i].Preferred = false
	}
	return fixes
}

// pointsElsewhere reports whether a relation of either side makes the foreign key of
// k point to another field.
func (p *Pass) pointsElsewhere(x *side, k relation.Key) bool {
	return slices.ContainsFunc(slices.Concat(p.sides(p.Node), p.sides(p.other(x.target))), func(y side) bool {
		return y.relation != nil && slices.ContainsFunc(y.relation.Keys, func(l relation.Key) bool {
			return l.ForeignKey == k.ForeignKey && l.References != k.References
		})
	})
}

// fixPartial offers to add the foreign keys that a composite key lacks, under the
// names by which the ORM looks for them.
func fixPartial(p *Pass, problem Problem) []Fix {
	x := p.side(problem.Field)
	if x == nil || x.relation == nil || x.shared() {
		return nil
	}
	lacking := *x.relation
	lacking.Keys = nil
	fixes := p.addKeys(&lacking, "")
	for i := range fixes {
		fixes[i].Preferred = false
	}
	return fixes
}

// fixFlipped offers to make the belongs-to of a relation that it looks like, and to
// state that a has-one is what it shall be.
func fixFlipped(p *Pass, problem Problem) []Fix {
	x := p.side(problem.Field)
	if x == nil || x.relation == nil || x.shared() || x.stated != nil {
		return nil
	}
	inverse := relation.Relation{
		ID: relation.FieldID{Model: x.target}, Dialect: x.relation.Dialect, Kind: relation.HasMany,
		Target: x.id.Model, Keys: x.relation.PassedOver,
	}
	meant := *x.relation
	meant.Kind = relation.BelongsTo
	var fixes []Fix
	if value, ok := p.snapshot.Align(&inverse, &meant); ok {
		tag := index.NewTag{Field: x.id.Field, Dialect: x.relation.Dialect, Value: value}
		rewrite := index.Rewrite{{Model: x.id.Model, Tags: []index.NewTag{tag}}}
		fixes = written(p.snapshot, rewrite, "Make "+x.id.Short()+" a belongs-to")
	}
	option := index.NewOption{Field: x.id.Field, Option: relation.HasOne.String()}
	stated := index.Rewrite{{Model: x.id.Model, Options: []index.NewOption{option}}}
	fixes = slices.Concat(fixes, written(p.snapshot, stated, "State that "+x.id.Short()+" is a has-one"))
	for i := range fixes {
		fixes[i].Preferred = false
	}
	return fixes
}

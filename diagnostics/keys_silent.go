package diagnostics

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// The rules about keys with which an ORM works, wrongly, in silence.

// foreignKeyType reports a foreign key that holds something else than the field it
// points to.
var foreignKeyType = &Rule{
	Name:     "foreign-key-type",
	Severity: Warning,
	Summary:  "the foreign key and the field it points to hold different types",
	Fix:      fixKeyType,
	Check: func(p *Pass) {
		for _, x := range p.sides(p.Node) {
			if x.relation == nil || x.polymorphic() || !p.certain(x.relation.Dialect) {
				continue
			}
			for _, k := range x.relation.Keys {
				p.checkKeyType(&x, k)
			}
		}
	},
}

func (p *Pass) checkKeyType(x *side, k relation.Key) {
	foreign, primary := p.differentTypes(x.relation.Dialect, k)
	if foreign == nil || !certainIn(p.other(x.target), x.relation.Dialect) || !p.tellsKey(x, k) {
		return
	}
	place, name := p.tagPlace(x, relation.ForeignKeyRole)
	here := k.ForeignKey.Short() + " is " + typed(foreign, primary)
	there := k.References.Short() + " is " + typed(primary, foreign)
	related := []Related{{foreign.Place, here}, {primary.Place, there}}
	p.report(x.id, place, name, "the foreign key "+here+", but "+there,
		slices.DeleteFunc(related, func(r Related) bool { return !p.reportable(r.Place) })...) // gorm.Model lies elsewhere
}

// differentTypes are the two fields of a key where they are known to hold different
// things, else nil.
func (p *Pass) differentTypes(dialect string, k relation.Key) (foreign, primary *relation.Field) {
	foreign, primary = p.fieldOf(k.ForeignKey, dialect), p.fieldOf(k.References, dialect)
	if foreign == nil || primary == nil || foreign.Stored == primary.Stored ||
		foreign.Stored == relation.StoredUnknown || primary.Stored == relation.StoredUnknown {
		return nil, nil
	}
	return foreign, primary
}

// typed is the type of a field as written, or what it is stored as where that is
// not known, or is the same on both sides.
func typed(f, beside *relation.Field) string {
	if f.Type == "" || f.Type == beside.Type {
		return string(f.Stored)
	}
	return f.Type
}

// tellsKey reports whether x is the relation at which a fault of a key is told: of
// all that use the key the first, in the source, that holds it, else the first.
func (p *Pass) tellsKey(x *side, k relation.Key) bool {
	sides := slices.Concat(p.sides(p.other(k.ForeignKey.Model)), p.sides(p.other(k.References.Model)))
	for i := range sides {
		y := &sides[i]
		if y.relation == nil || y.id == x.id || !slices.Contains(y.relation.Keys, k) || y.polymorphic() {
			continue
		}
		if holds := y.kind == relation.BelongsTo; holds != (x.kind == relation.BelongsTo) {
			if holds {
				return false
			}
		} else if !p.tells(x, y) {
			return false
		}
	}
	return true
}

// foreignKeyPartial reports a relation that is joined on part of a composite key,
// because no foreign key was found for the rest.
var foreignKeyPartial = &Rule{
	Name:     "foreign-key-partial",
	Severity: Warning,
	Summary:  "only part of a composite key has a foreign key",
	Fix:      fixPartial,
	Check: func(p *Pass) {
		for _, x := range p.sides(p.Node) {
			r := x.relation
			if r == nil || len(r.Unmatched) == 0 || !p.certain(r.Dialect) || !certainIn(p.other(x.target), r.Dialect) ||
				!p.tellsKey(&x, r.Keys[0]) {
				continue
			}
			p.report(x.id, x.place, x.id.Field, fmt.Sprintf("no foreign key is named after %s, a part of the key: %s joins on %s alone",
				shorts(r.Unmatched), r.Dialect, joinedOn(r.Keys)), p.relatedField(r.Unmatched[0], r.Unmatched[0].Short()+" is part of the key"))
		}
	},
}

// foreignKeyMismatch reports a pair whose sides are kept by different keys. Two
// relations may well be independent of each other, so where nobody has stated the
// pair both have to be called as the models that they lead to, or to use one
// foreign key for different fields.
var foreignKeyMismatch = &Rule{
	Name:     "foreign-key-mismatch",
	Severity: Warning,
	Summary:  "the sides of a pair name different keys",
	Claims:   []relation.MistakeKind{relation.KeysApart},
	Fix:      fixAlign,
	Check: func(p *Pass) {
		for _, c := range p.counterpartsOf() {
			x, y := c.x.relation, c.y.relation
			if len(x.Keys) == 0 || len(y.Keys) == 0 || len(x.Unmatched)+len(y.Unmatched) > 0 || index.Mirrors(x, y) || p.unseenKey(x) || p.unseenKey(y) {
				continue
			}
			one := sameForeignKeys(x.Keys, y.Keys)
			if !c.stated && !one && !plainly(&c) {
				continue
			}
			place, name := p.tagPlace(&c.x, relation.ForeignKeyRole)
			there, _ := p.tagPlace(&c.y, relation.ForeignKeyRole)
			verb, keys := "is kept by ", foreignKeysOf
			if one {
				verb, keys = "joins on ", joinedOn
			}
			p.report(c.x.id, place, name, verb+keys(x.Keys)+", but "+c.y.id.Short()+" "+verb+keys(y.Keys),
				Related{there, c.y.id.Short() + " " + verb + keys(y.Keys)})
		}
	},
}

// unseenKey reports whether the key of a relation is known to be none of the fields: that
// is told, and the mismatch comes of it.
func (p *Pass) unseenKey(r *relation.Relation) bool {
	m := p.other(r.ID.Model).Model(r.Dialect)
	return m != nil && slices.ContainsFunc(m.Mistakes, func(x relation.Mistake) bool {
		return x.Kind == relation.ForeignKeyUnseen && x.Field == r.ID
	})
}

// relationFlipped reports a belongs-to that the ORM reads as a has-one, because a
// field of the other side has the name of the foreign key as well.
var relationFlipped = &Rule{
	Name:     "relation-flipped",
	Severity: Warning,
	Summary:  "what looks like a belongs-to is read as a has-one",
	Fix:      fixFlipped,
	Check: func(p *Pass) {
		for _, x := range p.sides(p.Node) {
			r := x.relation
			if r == nil || len(r.PassedOver) == 0 || !p.certain(r.Dialect) || !certainIn(p.other(x.target), r.Dialect) ||
				p.meantAsHasOne(&x) || p.toldAtMirror(&x) {
				continue
			}
			place, name := p.tagPlace(&x, relation.ForeignKeyRole)
			why := cmp.Or(r.PassedWhy, fmt.Sprintf("%s looks on %s first and finds %s", r.Dialect, r.Target.Name, foreignKeysOf(r.Keys)))
			p.report(x.id, place, name, fmt.Sprintf("read as a has-one: %s, so that %s is not the foreign key", why, foreignKeysOf(r.PassedOver)),
				p.relatedField(r.Keys[0].ForeignKey, foreignKeysOf(r.Keys)+" is the foreign key"))
		}
	},
}

// meantAsHasOne reports whether something shows that a has-one is what it is to be:
// it is stated, it has a belongs-to for its inverse, or another relation uses the
// key that was passed over.
func (p *Pass) meantAsHasOne(x *side) bool {
	if x.stated != nil && x.stated.Kind == relation.HasOne || !p.snapshot.Pair(x.relation).Inverse.IsZero() {
		return true
	}
	return slices.ContainsFunc(p.sides(p.Node), func(y side) bool {
		return y.relation != nil && y.kind == relation.BelongsTo && sameForeignKeys(y.relation.Keys, x.relation.PassedOver)
	})
}

// toldAtMirror reports whether the other side is turned round in the same way, each
// having the key that the other one is read by, and comes first in the source.
func (p *Pass) toldAtMirror(x *side) bool {
	return slices.ContainsFunc(p.sides(p.other(x.target)), func(y side) bool {
		return y.relation != nil && y.id != x.id && sameForeignKeys(y.relation.PassedOver, x.relation.Keys) && !p.tells(x, &y)
	})
}

func sameForeignKeys(a, b []relation.Key) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(k relation.Key) bool {
		return !slices.ContainsFunc(b, func(l relation.Key) bool { return l.ForeignKey == k.ForeignKey })
	})
}

// foreignKeysOf names the foreign keys of a relation: "Post.AuthorID".
func foreignKeysOf(keys []relation.Key) string {
	ids := make([]relation.FieldID, len(keys))
	for i, k := range keys {
		ids[i] = k.ForeignKey
	}
	return shorts(ids)
}

func shorts(ids []relation.FieldID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = id.Short()
	}
	return strings.Join(texts, " and ")
}

// joinedOn says which fields are equal: "Post.AuthorID = User.ID".
func joinedOn(keys []relation.Key) string {
	texts := make([]string, len(keys))
	for i, k := range keys {
		texts[i] = k.ForeignKey.Short() + " = " + k.References.Short()
	}
	return strings.Join(texts, " and ")
}

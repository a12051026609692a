package index

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// pairer finds inverses. What it finds for a relation follows from the nodes of
// the relation's owner and of its target alone.
type pairer struct {
	node func(facts.Ref) *Node
}

// sides pairs every relation of a node.
func (p pairer) sides(n *Node) []side {
	var sides []side
	for r := range n.relations {
		if pair := p.pair(r); pair.Pairing != relation.Unpaired || len(pair.Claims) > 0 {
			sides = append(sides, side{r.ID.Field, r.Dialect, pair})
		}
	}
	return exact(sides)
}

// relations yields the relations of all models of the node.
func (n *Node) relations(yield func(*relation.Relation) bool) {
	if n == nil {
		return
	}
	for _, m := range n.Models {
		for i := range m.Relations {
			if !yield(&m.Relations[i]) {
				return
			}
		}
	}
}

func (p pairer) pair(r *relation.Relation) Pair {
	if r.Stated != nil && r.Stated.BackPopulates != nil {
		return explicit(p.named(r))
	}
	if !r.Inverse.IsZero() {
		pair := explicit(p.bound(r))
		if r.Made && pair.Pairing == relation.Explicit {
			pair.Pairing = relation.Backref
		}
		return pair
	}
	if claim := p.backOf(r, func(g *relation.Relation) bool { return p.names(g, r) }); claim != nil {
		return explicit(claim)
	}
	return p.inferred(r)
}

func explicit(r *relation.Relation) Pair {
	if r == nil {
		return Pair{}
	}
	return Pair{Inverse: r.ID, Dialect: r.Dialect, Pairing: relation.Explicit}
}

// named is the relation that r's back_populates names, if it leads back.
func (p pairer) named(r *relation.Relation) *relation.Relation {
	name := r.Stated.BackPopulates.Text
	return p.backOf(r, func(g *relation.Relation) bool { return g.Named(name) })
}

// bound is the relation that r's dialect knows to be its inverse. It need not be declared
// by r's target, nor lead to r's own model: ORMs in which models inherit from each other
// take any of the family.
func (p pairer) bound(r *relation.Relation) *relation.Relation {
	for g := range p.node(r.Inverse.Model).relations {
		if g.ID == r.Inverse && g.Dialect == r.Dialect {
			return g
		}
	}
	return nil
}

// names reports whether g says that r is its inverse: by back_populates, or by a
// binding that its dialect knows.
func (p pairer) names(g, r *relation.Relation) bool {
	if g.Stated != nil && g.Stated.BackPopulates != nil {
		return r.Named(g.Stated.BackPopulates.Text)
	}
	return g.Inverse == r.ID
}

// backOf is the first relation of r's target that leads back to r's model, could
// be its other side and is accepted; of the same dialect, if there is one.
func (p pairer) backOf(r *relation.Relation, accept func(*relation.Relation) bool) *relation.Relation {
	var found *relation.Relation
	for g := range p.node(r.Target).relations {
		if g.Target != r.ID.Model || !speakTogether(g, r) || !accept(g) {
			continue
		}
		if g.Dialect == r.Dialect {
			return g
		}
		if found == nil {
			found = g
		}
	}
	return found
}

// speakTogether reports whether two relations may be sides of one pair: those of
// one dialect, or of any beside the native one.
func speakTogether(g, r *relation.Relation) bool {
	return g.Dialect == r.Dialect || g.Dialect == relation.NativeDialect || r.Dialect == relation.NativeDialect
}

// inferred pairs by keys: a belongs-to with the has-many, else the has-one, that
// uses the same keys; a many-to-many with the one that swaps its columns. It
// pairs nothing where there is a choice.
func (p pairer) inferred(r *relation.Relation) Pair {
	claims := p.choices(r)
	switch {
	case len(claims) == 0:
		return Pair{}
	case len(claims) > 1:
		return Pair{Claims: identities(claims)}
	}
	g := claims[0]
	if back := p.choices(g); len(back) != 1 || back[0].ID != r.ID {
		return Pair{}
	}
	return Pair{Inverse: g.ID, Dialect: g.Dialect, Pairing: relation.Inferred}
}

// choices are the claims on r among which r would choose.
func (p pairer) choices(r *relation.Relation) []*relation.Relation {
	claims := p.claims(r)
	if r.Kind == relation.BelongsTo {
		claims = preferMany(claims)
	}
	return claims
}

// claims are the free relations of r's target that mirror r.
func (p pairer) claims(r *relation.Relation) []*relation.Relation {
	if !p.free(r) {
		return nil
	}
	var claims []*relation.Relation
	for g := range p.node(r.Target).relations {
		if g.Target == r.ID.Model && g.Dialect == r.Dialect && Mirrors(r, g) && p.free(g) {
			claims = append(claims, g)
		}
	}
	return claims
}

// free reports whether a relation may be paired by inference: nobody has said
// what its inverse is, or that it has none.
func (p pairer) free(r *relation.Relation) bool {
	if r.Polymorphic != nil || !r.Inverse.IsZero() {
		return false
	}
	if s := r.Stated; s != nil && (s.OneWay || s.BackPopulates != nil) {
		return false
	}
	return p.backOf(r, func(g *relation.Relation) bool { return p.names(g, r) }) == nil
}

// Mirrors reports whether two relations that lead to each other's models use the
// same keys, seen from both sides.
func Mirrors(r, g *relation.Relation) bool {
	if r.Kind == relation.ManyToMany || g.Kind == relation.ManyToMany {
		return r.Kind == g.Kind && swapped(r, g)
	}
	if (r.Kind == relation.BelongsTo) == (g.Kind == relation.BelongsTo) {
		return false
	}
	return len(r.Keys) > 0 && sameKeys(r.Keys, g.Keys)
}

// sameKeys reports whether two lists hold the same keys, in whatever order.
func sameKeys[K comparable](a, b []K) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(k K) bool { return !slices.Contains(b, k) })
}

// swapped reports whether two many-to-many relations use one join table with own
// and target columns exchanged.
func swapped(r, g *relation.Relation) bool {
	if r.JoinTable == "" || r.JoinTable != g.JoinTable || r.ID == g.ID || len(r.JoinKeys) != len(g.JoinKeys) {
		return false
	}
	if r.OwnJoinKeys+g.OwnJoinKeys != len(r.JoinKeys) {
		return false
	}
	own, target := r.JoinKeys[:r.OwnJoinKeys], r.JoinKeys[r.OwnJoinKeys:]
	return sameKeys(own, g.JoinKeys[g.OwnJoinKeys:]) && sameKeys(target, g.JoinKeys[:g.OwnJoinKeys])
}

// preferMany keeps the has-many relations where there are any: beside Books
// []Book, a LatestBook *Book on the same key is not the inverse.
func preferMany(claims []*relation.Relation) []*relation.Relation {
	many := slices.DeleteFunc(slices.Clone(claims), func(r *relation.Relation) bool { return r.Kind != relation.HasMany })
	if len(many) > 0 {
		return many
	}
	return claims
}

func identities(relations []*relation.Relation) []relation.FieldID {
	ids := make([]relation.FieldID, len(relations))
	for i, r := range relations {
		ids[i] = r.ID
	}
	slices.SortFunc(ids, compareFields)
	return ids
}

package diagnostics

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// inverseMissing points out a relation that nothing leads back from. Most relations
// are one-sided on purpose, so it is for those who ask.
var inverseMissing = &Rule{
	Name:     "inverse-missing",
	Severity: Off,
	Summary:  "the relation has no inverse",
	Check: func(p *Pass) {
		for _, x := range p.sides(p.Node) {
			if !p.alone(&x) {
				continue
			}
			target := p.other(x.target)
			p.report(x.id, x.place, x.id.Field, "no relation of "+x.target.Name+" is its inverse",
				Related{target.Models[0].Place, x.target.Name + " is declared here"})
		}
	},
	Fix: fixInverseMissing,
}

// alone reports whether a relation could have an inverse, and for certain has none.
// One that uses the keys of a pair (LatestBook beside Books) is not alone, nor is one
// whose inverse has other keys by mistake.
func (p *Pass) alone(x *side) bool {
	r := x.relation
	if r == nil || x.kind == relation.NoKind || r.Foreign || x.shared() || x.polymorphic() || silenced(x) || !p.certain(r.Dialect) {
		return false
	}
	if x.target == x.id.Model && x.kind == relation.ManyToMany {
		return false
	}
	target := p.other(x.target)
	if !certainIn(target, r.Dialect) || !p.reportable(target.Models[0].Place) || target.Models[0].Open {
		return false
	}
	if pair := p.snapshot.Pair(r); !pair.Inverse.IsZero() || len(pair.Claims) > 0 {
		return false
	}
	if _, meant := p.counterpart(*x); meant && ordinary(x) {
		return false
	}
	return !slices.ContainsFunc(p.leadingBack(x), func(y side) bool {
		return y.relation == nil || index.Mirrors(r, y.relation)
	})
}

// inverseAmbiguous points out a relation for which several could be the inverse.
var inverseAmbiguous = &Rule{
	Name:     "inverse-ambiguous",
	Severity: Hint,
	Summary:  "several relations could be the inverse by their keys",
	Claims:   []relation.MistakeKind{relation.InverseChosen},
	Check: func(p *Pass) {
		for _, x := range p.sides(p.Node) {
			if x.relation == nil || x.shared() || !p.certain(x.relation.Dialect) {
				continue
			}
			var names []string
			var related []Related
			for _, y := range p.leadingBack(&x) {
				if slices.Contains(p.snapshot.Pair(x.relation).Claims, y.id) && !y.shared() {
					names = append(names, y.id.Short())
					related = append(related, Related{y.place, y.id.Short() + " uses the same keys"})
				}
			}
			if len(names) > 1 {
				p.report(x.id, x.place, x.id.Field, strings.Join(names, " and ")+" could each be the inverse: name one with back_populates", related...)
			}
		}
	},
}

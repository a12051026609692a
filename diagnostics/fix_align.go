package diagnostics

import (
	"github.com/rells-dev/rells/index"
)

// fixAlign offers to give either side of a pair the keys, or the join table, of the
// other. Which of them is right cannot be told, so that neither is preferred.
func fixAlign(p *Pass, problem Problem) []Fix {
	var fixes []Fix
	for _, c := range p.counterpartsOf() {
		if c.x.id.Field == problem.Field {
			fixes = append(fixes, p.align(&c.y, &c.x)...)
			fixes = append(fixes, p.align(&c.x, &c.y)...)
		}
	}
	return fixes
}

// align offers to change x so that it has the keys of y.
func (p *Pass) align(x, y *side) []Fix {
	if s := x.stated; s != nil && (len(s.ForeignKey) > 0 || len(s.References) > 0 || s.Through != nil) {
		return nil // the native tag says the same again: both would have to change
	}
	value, ok := p.snapshot.Align(y.relation, x.relation)
	if !ok {
		return nil
	}
	tag := index.NewTag{Field: x.id.Field, Dialect: x.relation.Dialect, Value: value}
	rewrite := index.Rewrite{{Model: x.id.Model, Tags: []index.NewTag{tag}}}
	fixes := written(p.snapshot, rewrite, "Make "+x.id.Short()+" agree with "+y.id.Short())
	for i := range fixes {
		fixes[i].Preferred = false
	}
	return fixes
}

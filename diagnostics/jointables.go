package diagnostics

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// The rules about what stands between the sides of a many-to-many.
var joinTableRules = []*Rule{joinModelInvalid, joinModelUnregistered, joinTableMismatch, joinKeyMismatch}

// joinModelInvalid reports a model that stands for a join table and lacks what
// that takes.
var joinModelInvalid = &Rule{
	Name:     "join-model-invalid",
	Severity: Error,
	Summary:  "the model behind the join table lacks what it must have",
	Claims:   []relation.MistakeKind{relation.JoinModelInvalid},
	Fix:      changeToNearest,
}

// joinModelUnregistered reports a many-to-many over a table whose model nobody makes
// known to the ORM, or which no model has.
var joinModelUnregistered = &Rule{
	Name:     "join-model-unregistered",
	Severity: Warning,
	Summary:  "the model of the join table is not made known to the ORM",
	Claims:   []relation.MistakeKind{relation.JoinModelUnregistered},
	Fix:      changeToNearest,
}

// joinTableMismatch reports a many-to-many whose sides name different join tables:
// the ORM then keeps two, and neither side sees the other's rows. Two relations may
// well be independent of each other, so where nobody has stated the pair their names
// or those of the tables have to show it.
var joinTableMismatch = &Rule{
	Name:     "join-table-mismatch",
	Severity: Warning,
	Summary:  "the sides of a many-to-many name different join tables",
	Fix:      fixAlign,
	Check: func(p *Pass) {
		for _, c := range p.counterpartsOf() {
			x, y := c.x.relation, c.y.relation
			if c.x.kind != relation.ManyToMany || !joined(x) || !joined(y) || x.JoinTable == y.JoinTable {
				continue
			}
			if !c.stated && !plainly(&c) && !sameWords(x.JoinTable, y.JoinTable) {
				continue
			}
			place, name := p.tagPlace(&c.x, relation.JoinTableRole)
			there, _ := p.tagPlace(&c.y, relation.JoinTableRole)
			p.report(c.x.id, place, name, fmt.Sprintf("the join table is %s, but %s uses %s: neither side sees what the other keeps",
				x.JoinTable, c.y.id.Short(), y.JoinTable), Related{there, c.y.id.Short() + " uses " + y.JoinTable})
		}
	},
}

// joinKeyMismatch reports a many-to-many whose sides keep their rows in other columns
// of one join table.
var joinKeyMismatch = &Rule{
	Name:     "join-key-mismatch",
	Severity: Warning,
	Summary:  "the sides of a many-to-many use different columns of the join table",
	Fix:      fixAlign,
	Check: func(p *Pass) {
		for _, c := range p.counterpartsOf() {
			x, y := c.x.relation, c.y.relation
			if c.x.kind != relation.ManyToMany || !joined(x) || !joined(y) || x.JoinTable != y.JoinTable ||
				index.Mirrors(x, y) {
				continue
			}
			place, name := p.tagPlace(&c.x, relation.JoinTableRole)
			there, _ := p.tagPlace(&c.y, relation.JoinTableRole)
			p.report(c.x.id, place, name, fmt.Sprintf("in the join table %s, %s; but for %s, %s: neither side sees what the other keeps",
				x.JoinTable, joinColumns(x), c.y.id.Short(), joinColumns(y)), Related{there, "for " + c.y.id.Short() + ", " + joinColumns(y)})
		}
	},
}

// joined reports whether all is known of the join table of a relation.
func joined(r *relation.Relation) bool {
	return r.JoinTable != "" && !r.JoinOpen && 0 < r.OwnJoinKeys && r.OwnJoinKeys < len(r.JoinKeys) &&
		!slices.ContainsFunc(r.JoinKeys, func(k relation.JoinKey) bool { return k.Column == "" })
}

// joinColumns says what the columns of a join table point to.
func joinColumns(r *relation.Relation) string {
	texts := make([]string, len(r.JoinKeys))
	for i, k := range r.JoinKeys {
		texts[i] = k.Column + " points to " + k.References.Short()
	}
	return strings.Join(texts, " and ")
}

// plainly reports whether both sides are called as the models that they lead to.
func plainly(c *counterparts) bool { return plainlyNamed(&c.x) && plainlyNamed(&c.y) }

// sameWords reports whether two names of tables are made of the same words, in any
// order and number, or differ in one letter.
func sameWords(a, b string) bool {
	return slices.Equal(wordsOf(a), wordsOf(b)) ||
		levenshtein.ComputeDistance(a, b) == 1 && !strings.ContainsAny(a+b, "0123456789")
}

func wordsOf(table string) []string {
	words := strings.Split(table, "_")
	for i, w := range words {
		words[i] = singular(w)
	}
	slices.Sort(words)
	return words
}

package oracle

import (
	"cmp"
	"slices"
	"strings"
)

// change changes an argument that there is.
func (r *related) change(key string, by func(string) string) bool {
	i := r.index(key)
	if i < 0 || key == "back_populates" && !strings.HasPrefix(r.args[i].value, `"`) {
		return false
	}
	r.args[i].value = by(r.args[i].value)
	return true
}

// keyTo is a column of the class that is a foreign key to another one; nil for none.
func (c *class) keyTo(target *class) *column {
	for _, one := range c.columns {
		if strings.Contains(one.key, target.holder().table+".") && !one.primary {
			return one
		}
	}
	return nil
}

// unannotated are mistakes that an annotation of SQLModel cannot make.
var unannotated = []string{"generic in quotes", "target is a text of a lambda", "target is a table", "target is an attribute"}

// spoil makes one mistake in a world, if it can: half of the time the one that has been
// made least, of those that can be made.
func (g *grower) spoil() {
	all, order := g.w.relations(), slices.Clone(mistakes)
	g.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	g.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	if g.chance(50) {
		slices.SortStableFunc(order, func(a, b mistake) int { return cmp.Compare(g.features[a.feature()], g.features[b.feature()]) })
	}
	for _, m := range order {
		for _, r := range all {
			if g.form.typed && !g.modern && slices.Contains(unannotated, m.name) {
				continue
			}
			if m.make(g, r) {
				g.w.spoilt = m.name
				g.feature(m.feature())
				return
			}
		}
	}
}

func (m mistake) feature() string { return "mistake: " + m.name }

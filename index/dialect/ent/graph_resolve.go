package ent

import (
	"github.com/rells-dev/rells/index/relation"
)

// resolve finds out what the edges of a schema are, and which is whose inverse
// (Graph.resolve).
func (g *graph) resolve(n *node) {
	for _, e := range n.edges {
		switch {
		case !e.told():
		case e.isInverse():
			g.resolveInverse(e)
		case e.shape == unshaped:
			e.resolveAlone()
		}
	}
}

// resolveAlone finds out what a To edge is as long as no From edge names it.
func (e *edge) resolveAlone() {
	n := e.node
	self := e.typ == n
	e.bidi = self
	e.columns = []string{label(n.name) + "_" + snake(e.name)}
	switch {
	case self && !e.unique:
		e.shape, e.table = m2m, label(n.name)+"_"+e.name
		e.columns = []string{label(n.name) + "_id", singular(e.name) + "_id"}
	case self:
		e.shape, e.table = o2o, n.tableName()
	case e.unique:
		e.shape, e.table = m2o, n.tableName()
	default:
		e.shape, e.table = o2m, e.typ.tableName()
	}
	if e.typ.edgesOpen {
		e.doubtful = true // a From edge that cannot be seen may name it
	}
}

// resolveInverse finds the To edge that a From edge names, and what both are.
func (g *graph) resolveInverse(e *edge) {
	to := e.typ.assoc(e.inverse)
	switch {
	case to == nil && e.typ.edgesOpen:
		e.unsure = true
		return
	case to == nil:
		e.refUnknown()
		return
	case !to.told():
		e.unsure = true
		return
	}
	if e.required && to.required {
		e.amiss(relation.OptionConflict, "ent9", e.options["Required"], to.short()+" is required too: neither could be created first",
			near(to.options["Required"], to.short()+" is required"))
	}
	if to.typ != e.node {
		e.wrong(relation.InverseWrongModel, "ent10", e.refAt(),
			"Ref names "+to.short()+", which leads to "+to.typ.name+", not to "+e.node.name, near(to.place, to.short()+" leads to "+to.typ.name))
		e.last().Name, e.last().Role, e.last().Target = e.ref.written(), relation.BackPopulatesRole, e.typ.ref
		return
	}
	e.join(to)
}

// refUnknown reports a Ref that names no To edge.
func (e *edge) refUnknown() {
	text := "Ref names " + e.typ.id(e.inverse).Short() + ", but " + e.typ.name + " has no such To edge"
	var related []relation.Related
	if other := e.typ.edgeNamed(e.inverse); other != nil {
		text = "Ref names " + other.short() + ", which is no To edge"
		related = append(related, near(other.place, other.short()+" is a From edge"))
	}
	e.wrong(relation.InverseUnknown, "ent8", e.refAt(), text, related...)
	e.last().Name, e.last().Role, e.last().Target = e.ref.written(), relation.BackPopulatesRole, e.typ.ref
}

// refAt is where the To edge is named.
func (e *edge) refAt() relation.Place {
	if e.ref != nil {
		return e.ref.place
	}
	return e.place
}

// join makes a pair of a From and a To edge. Of several From edges the last has it.
func (e *edge) join(to *edge) {
	e.pair, to.pair = to, e
	to.doubtful = false
	table := e.node.tableName()
	columns := []string{label(e.typ.name) + "_" + snake(to.name)}
	switch {
	case to.unique && e.unique:
		e.shape, to.shape = o2o, o2o
	case e.unique:
		e.shape, to.shape = m2o, o2m
	case to.unique:
		e.shape, to.shape = o2m, m2o
		table = e.typ.tableName()
	default:
		e.shape, to.shape = m2m, m2m
		table = label(e.typ.name) + "_" + to.name
		columns = []string{label(to.node.name) + "_id", label(to.typ.name) + "_id"}
		if columns[0] == columns[1] {
			columns[1] = singular(e.name) + "_id"
		}
	}
	e.table, to.table = table, table
	e.columns, to.columns = columns, columns
}

// doubts marks the To edges that may have been meant by a From edge that names none,
// or the wrong one: what they are is not certain.
func (g *graph) doubts(n *node) {
	for _, from := range n.edges {
		if from.told() || !from.isInverse() || from.typ == nil {
			continue
		}
		for _, to := range from.typ.edges {
			if to.typ == n && !to.isInverse() && to.pair == nil {
				to.doubtful = true
			}
		}
	}
}

// duplicates reports To edges that several From edges name, unless all but the last
// are many-to-many: the others are left without a key, and no code can be generated.
func (g *graph) duplicates(n *node) {
	seen := map[*edge]*edge{}
	for _, e := range n.edges {
		if !e.told() || !e.isInverse() || e.pair == nil {
			continue
		}
		before := seen[e.pair]
		seen[e.pair] = e
		if before == nil || before.shape == m2m {
			continue
		}
		e.amiss(relation.InverseDuplicate, "ent43", e.refAt(), e.pair.short()+" has the inverse "+before.short()+" already",
			near(before.refAt(), before.short()+" names "+e.pair.short()))
		before.broken = true
	}
}

package sqlalchemy

import (
	"slices"

	"github.com/rells-dev/rells/index/relation"
)

// joining works out how a relationship joins the tables of its sides, and so what it is,
// step by step as SQLAlchemy does (orm/relationships.py, JoinCondition): which columns
// are compared, which of them are foreign, which remote, and what is wrong with that.
type joining struct {
	*relationship
	own, others selectable // of the two sides
	primary     *condition
	toTarget    *condition                     // from the association table to the target
	foreign     []namedColumn                  // that foreign_keys names
	marked      struct{ foreign, remote bool } // what the primary condition marks by itself
	// sure says that nothing is out of sight, so that what is missing is missing.
	sure bool
}

// join finds out how a relationship joins.
func (r *relationship) join() {
	if r.target == nil || r.owner.table == nil || r.target.table == nil || r.refused {
		return
	}
	j := &joining{relationship: r, own: r.owner.selectable(), others: r.target.selectable()}
	if r.maker != nil {
		j.turnRound(r.maker.joining)
	} else if r.given("secondary") {
		if r.secondary = r.secondaryOf(r.arg("secondary")); r.secondary == nil {
			return
		}
		r.direction = manyToMany
	}
	r.joining = j
	if !r.unsure {
		j.run()
	}
	r.countTargets()
}

func (j *joining) run() {
	j.sure = !slices.ContainsFunc(slices.Concat(j.own.tables, j.others.tables, j.association().tables), func(t *table) bool { return t.unsure })
	remote, told := j.namedColumns("remote_side")
	if !j.readForeign() || !told || !j.conditions() {
		return
	}
	j.marked.foreign, j.marked.remote = j.primary.has(isForeign), j.primary.has(isRemote)
	if j.given("_local_remote_pairs") && !j.marked.remote {
		j.remoteTwice()
		return
	}
	j.sure = j.sure && !j.primary.vague && (j.toTarget == nil || !j.toTarget.vague)
	j.markForeign()
	j.markRemote(remote)
	pairs, sync := j.pairs(j.primary)
	pairsTarget, syncTarget := j.pairs(j.toTarget)
	if !j.checkForeign(j.primary, sync, "primaryjoin") || j.toTarget != nil && !j.checkForeign(j.toTarget, syncTarget, "secondaryjoin") {
		return
	}
	if j.toTarget == nil && !j.findDirection() {
		return
	}
	if j.checkRemote(slices.Concat(pairs, pairsTarget)) {
		j.keep(sync, syncTarget)
	}
}

// readForeign reads foreign_keys; what backref makes has those of its maker. It reports
// false where they cannot be told.
func (j *joining) readForeign() bool {
	if j.maker != nil && !j.relationship.given("foreign_keys") {
		j.foreign = j.maker.joining.foreign
		return true
	}
	var known bool
	j.foreign, known = j.namedColumns("foreign_keys")
	return known
}

// turnRound takes over what backref hands on to the relationship that it makes: with an
// association table the conditions and what is foreign in them, else the condition as it
// was written, with what it says is remote turned round
// (orm/relationships.py, _generate_backref).
func (j *joining) turnRound(maker *joining) {
	if maker == nil || maker.primary == nil || maker.marked.remote && maker.given("_local_remote_pairs") {
		j.unsure = true
		return
	}
	if j.secondary != nil {
		j.primary, j.toTarget = maker.toTarget.copied(), maker.primary.copied()
		for _, c := range []*condition{j.primary, j.toTarget} {
			for t := range c.terms {
				t.remote = false
			}
		}
		return
	}
	j.primary = maker.primary.copied()
	for t := range j.primary.terms {
		t.foreign = t.foreign && (maker.marked.foreign || maker.marked.remote)
		t.remote = maker.marked.remote && t.isColumn() && !t.remote && maker.own.has(t.cell)
	}
}

// remoteTwice reports that what is remote is said in two ways, and nothing marks it in the
// condition, which goes before both.
func (j *joining) remoteTwice() {
	if v := j.arg("remote_side"); j.relationship.given("remote_side") && j.secondary == nil && !j.primary.vague {
		j.refuse(relation.Mistake{Kind: relation.OptionConflict, Row: "sa38", Place: j.at(v.Key.Span),
			Text: "remote_side and _local_remote_pairs exclude each other"})
	}
}

// association is the association table.
func (j *joining) association() selectable {
	if j.secondary == nil {
		return selectable{}
	}
	return selectable{[]*table{j.secondary}}
}

// conditions finds the join conditions: those that are given, else those that foreign keys
// make. It reports false where there is none.
func (j *joining) conditions() bool {
	ok := true
	if j.secondary != nil && (j.toTarget == nil || j.given("secondaryjoin")) {
		if j.given("secondaryjoin") {
			j.toTarget = j.conditionOf(j.arg("secondaryjoin"))
		} else {
			j.toTarget, ok = j.byKeys(j.others, j.association())
		}
	}
	switch {
	case !ok:
	case j.given("primaryjoin"):
		j.primary = j.conditionOf(j.arg("primaryjoin"))
	case j.primary != nil: // that of what makes it
	case j.secondary != nil:
		j.primary, ok = j.byKeys(j.own, j.association())
	default:
		j.primary, ok = j.byKeys(j.own, j.others)
	}
	return ok
}

// isSelfReference reports whether the condition compares columns that both sides have.
func (j *joining) isSelfReference() bool {
	return slices.ContainsFunc(j.primary.comparisons, func(c *comparison) bool {
		return c.left.isColumn() && c.right.isColumn() &&
			j.own.holds(c.left.table) && j.own.holds(c.right.table) && j.others.holds(c.left.table) && j.others.holds(c.right.table)
	})
}

// markForeign marks the columns that hold foreign keys: those that foreign() marks, else
// those that foreign_keys names, else those that lead to what they are compared with.
func (j *joining) markForeign() {
	if j.marked.foreign {
		return
	}
	for _, c := range []*condition{j.primary, j.toTarget} {
		if len(j.foreign) > 0 {
			for t := range c.terms {
				t.foreign = t.isColumn() && contains(j.foreign, t.cell)
			}
			continue
		}
		if c == nil {
			continue
		}
		for _, each := range c.comparisons {
			j.markKey(each)
		}
	}
}

func (j *joining) markKey(c *comparison) {
	left, right := &c.left, &c.right
	if left.foreign || right.foreign || !left.isColumn() || !right.isColumn() {
		return
	}
	switch {
	case left.references(right.cell):
		left.foreign = true
	case right.references(left.cell):
		right.foreign = true
	case j.secondary == nil || (left.table == j.secondary) == (right.table == j.secondary):
	default:
		left.foreign, right.foreign = left.table == j.secondary, right.table == j.secondary
	}
}

// markRemote marks the columns of the other side.
func (j *joining) markRemote(named []namedColumn) {
	switch {
	case j.marked.remote:
	case j.secondary != nil:
		for _, c := range []*condition{j.primary, j.toTarget} {
			for t := range c.terms {
				t.remote = t.table == j.secondary
			}
		}
	case j.isSelfReference():
		j.markWithin(func(t *term) bool {
			if len(named) > 0 {
				return contains(named, t.cell)
			}
			return t.foreign // one-to-many, if nothing is said
		})
	case len(named) > 0:
		for t := range j.primary.terms {
			t.remote = t.isColumn() && contains(named, t.cell)
		}
	case slices.ContainsFunc(j.own.tables, j.others.holds):
		j.markOverlap()
	default:
		for t := range j.primary.terms {
			t.remote = j.others.has(t.cell) && (t.table != j.own.tables[0] || t.table == j.others.tables[0])
		}
	}
}

func (j *joining) markWithin(remote func(*term) bool) {
	for _, c := range j.primary.comparisons {
		if c.left.isColumn() && c.right.isColumn() {
			c.left.remote = remote(&c.left)
			c.right.remote = remote(&c.right) && c.left.cell != c.right.cell
		}
	}
}

// markOverlap is for sides that have tables in common, as within a hierarchy.
func (j *joining) markOverlap() {
	across := func(from, to *term) bool {
		return j.own.has(from.cell) && j.others.has(to.cell)
	}
	for _, c := range j.primary.comparisons {
		if c.left.isColumn() && c.right.isColumn() {
			c.left.remote, c.right.remote = across(&c.right, &c.left), across(&c.left, &c.right)
		}
	}
}

// isGuessed reports whether SQLAlchemy warns that it guesses which columns of a condition
// are remote: of sides that have tables in common, where something else than columns is
// compared and nothing marks them (_warn_non_column_elements).
func (j *joining) isGuessed() bool {
	return j.secondary == nil && !j.marked.remote && !j.given("remote_side") && j.primary != nil &&
		slices.ContainsFunc(j.own.tables, j.others.holds) &&
		slices.ContainsFunc(j.primary.comparisons, func(c *comparison) bool { return !c.left.isColumn() || !c.right.isColumn() })
}

// link is a pair of columns: what is referred to, and what refers to it.
type link struct{ from, to cell }

// pairs are the columns that stand on the two sides of a condition, and those of which the
// value of one is copied to the other.
func (j *joining) pairs(c *condition) (sides, copied []link) {
	if c == nil {
		return nil, nil
	}
	mapped := func(t *term) bool {
		return t.table == j.secondary || j.own.has(t.cell) || j.others.has(t.cell)
	}
	for _, each := range c.comparisons {
		left, right := &each.left, &each.right
		if !left.isColumn() || !right.isColumn() {
			continue
		}
		switch {
		case right.remote && !left.remote && mapped(left):
			sides = append(sides, link{left.cell, right.cell})
		case left.remote && !right.remote && mapped(right):
			sides = append(sides, link{right.cell, left.cell})
		}
		switch {
		case each.sign != "==" || !mapped(left) || !mapped(right):
		case right.foreign:
			copied = append(copied, link{left.cell, right.cell})
		case left.foreign:
			copied = append(copied, link{right.cell, left.cell})
		}
	}
	return sides, copied
}

// findDirection finds the side that holds the foreign key.
func (j *joining) findDirection() bool {
	inOwn := j.primary.has(func(t *term) bool { return t.foreign && j.own.has(t.cell) })
	inOthers := j.primary.has(func(t *term) bool { return t.foreign && j.others.has(t.cell) })
	switch {
	case inOwn && inOthers:
		return j.directionAmong()
	case inOthers:
		j.direction = oneToMany
	case inOwn:
		j.direction = manyToOne
	default:
		j.unjoined("sa45", "", "the foreign keys of the join condition are columns of neither side")
		return false
	}
	return true
}

// directionAmong finds the direction where both sides have columns that are foreign keys:
// by whether those are remote. Columns that are compared with themselves do not count.
func (j *joining) directionAmong() bool {
	itself := func(t *term) bool {
		return j.primary.has(func(o *term) bool { return o.cell == t.cell && o.remote }) &&
			j.primary.has(func(o *term) bool { return o.cell == t.cell && !o.remote && j.own.has(o.cell) })
	}
	there := j.primary.has(func(t *term) bool { return t.foreign && t.remote })
	first := map[cell]*term{} // of a column that is foreign twice, SQLAlchemy sees the first alone
	for t := range j.primary.terms {
		if t.foreign && first[t.cell] == nil {
			first[t.cell] = t
		}
	}
	here := j.primary.has(func(t *term) bool { return t.foreign && !first[t.cell].remote })
	if there && here {
		there = j.primary.has(func(t *term) bool { return t.foreign && t.remote && !itself(t) })
		here = j.primary.has(func(t *term) bool { return t.foreign && !first[t.cell].remote && !itself(t) })
	}
	switch {
	case there && !here:
		j.direction = oneToMany
	case here && !there:
		j.direction = manyToOne
	default:
		j.unjoined("sa44", "", "both "+j.owner.decl.Name.Text+" and "+j.target.decl.Name.Text+
			" hold foreign keys of the join condition, so that the direction cannot be told")
		return false
	}
	return true
}

// keep notes the keys of the relationship.
func (j *joining) keep(sync, syncTarget []link) {
	if j.secondary == nil {
		for _, l := range sync {
			j.keys = append(j.keys, relation.Key{ForeignKey: l.to.field(), References: l.from.field()})
		}
	} else {
		for _, l := range slices.Concat(sync, syncTarget) {
			j.joinKeys = append(j.joinKeys, relation.JoinKey{Column: l.to.column, References: l.from.field()})
		}
		j.ownJoinKeys = len(sync)
	}
	j.copied = slices.Concat(sync, syncTarget)
}

func (c cell) field() relation.FieldID { return c.table.field(c.column) }

func contains(named []namedColumn, c cell) bool {
	return slices.ContainsFunc(named, func(n namedColumn) bool { return n.cell == c })
}

// countTargets tells whether the relationship holds many: by its annotation, where that is
// of one, else by what it says, else by its direction.
func (r *relationship) countTargets() {
	explicit := r.arg("uselist")
	switch {
	case r.one:
		r.uselist = false
	case explicit != nil && explicit.Dotted() != "None":
		r.uselist = explicit.Dotted() != "False"
	default:
		r.uselist = r.direction != manyToOne
	}
}

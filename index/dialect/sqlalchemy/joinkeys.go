package sqlalchemy

import (
	"slices"

	"github.com/rells-dev/rells/index/relation"
)

// byKeys makes a condition of the one foreign key between two sides; false, with a
// mistake, where there is none or there are several. The table of the first side's own
// comes before those that it inherits (sql/selectable.py, Join._join_condition).
func (j *joining) byKeys(side, other selectable) (*condition, bool) {
	for _, near := range []selectable{side.near(), side} {
		found := between(near, other, j.foreign)
		if len(found) == 0 {
			continue
		}
		if j.anyLost(side, other) {
			return nil, false // which is told of the key itself
		}
		all := found
		if len(found) > 1 {
			found = narrowed(found, j.foreign)
		}
		switch {
		case len(found) != 1:
			j.ambiguous(all)
			return nil, false
		case found[0].broken:
			return nil, false // which is told of the key itself
		}
		return found[0].condition(), true
	}
	if !j.anyLost(side, other) {
		j.unlinked(side, len(j.foreign) > 0)
	}
	return nil, false
}

// anyLost reports whether a foreign key that is to lead from one side to the other names
// what is not there.
func (j *joining) anyLost(side, other selectable) bool {
	from := func(tables, to []*table) bool {
		for _, t := range tables {
			for _, c := range t.constraints {
				if slices.ContainsFunc(to, func(to *table) bool { return c.lost(j.g(), to) }) {
					return true
				}
			}
		}
		return false
	}
	return len(j.g().lost) > 0 && (from(side.tables, other.tables) || from(other.tables, side.tables))
}

// path is a constraint that leads from one side to the other, with the columns of it that
// take part.
type path struct {
	*constraint
	links  []link
	broken bool // it names a column that is not there
}

// between lists the constraints between two sides, in either direction.
func between(side, other selectable, named []namedColumn) []*path {
	found := scan(nil, other, side, named)
	if !slices.Equal(side.tables, other.tables) {
		found = scan(found, side, other, named)
	}
	return found
}

// scan adds the constraints that lead from some tables to others.
func scan(found []*path, from, to selectable, named []namedColumn) []*path {
	for _, t := range from.tables {
		for _, c := range t.constraints {
			for _, other := range to.tables {
				if c.leadsTo(other) {
					found = c.follow(found, from, other, named)
				}
			}
		}
	}
	return found
}

// follow adds the columns of a constraint that are named, or all of them.
func (c *constraint) follow(found []*path, from selectable, to *table, named []namedColumn) []*path {
	i := slices.IndexFunc(found, func(p *path) bool { return p.constraint == c })
	for k, column := range c.columns {
		key := cell{c.table, column}
		if !from.has(key) || len(named) > 0 && !contains(named, key) {
			continue
		}
		if i < 0 {
			i, found = len(found), append(found, &path{constraint: c})
		}
		reference, ok := c.referenceOf(k, to)
		if !ok {
			reference = cell{to, c.references[k]}
			found[i].broken = found[i].broken || !to.unsure
		}
		found[i].links = append(found[i].links, link{reference, key})
	}
	return found
}

// narrowed keeps, of several constraints, those of which just the columns are named, and of
// equal ones the first.
func narrowed(found []*path, named []namedColumn) []*path {
	if len(named) > 0 {
		found = slices.DeleteFunc(slices.Clone(found), func(p *path) bool {
			return len(p.columns) != len(cellsOf(named)) || slices.ContainsFunc(p.columns, func(column string) bool {
				return !contains(named, cell{p.table, column})
			})
		})
	}
	if len(found) > 1 && !slices.ContainsFunc(found[1:], func(p *path) bool { return !slices.Equal(p.links, found[0].links) }) {
		return found[:1]
	}
	return found
}

func cellsOf(named []namedColumn) map[cell]bool {
	cells := map[cell]bool{}
	for _, n := range named {
		cells[n.cell] = true
	}
	return cells
}

// condition is that all columns of the constraint are equal to what they refer to.
func (p *path) condition() *condition {
	c := &condition{}
	for _, l := range p.links {
		c.comparisons = append(c.comparisons, &comparison{sign: "==", left: term{cell: l.from}, right: term{cell: l.to}})
	}
	return c
}

// unlinked reports that no foreign key links a side.
func (j *joining) unlinked(side selectable, named bool) {
	own, other := j.owner.table.name, j.target.table.name
	switch {
	case j.secondary != nil && named:
		j.unjoined("sa34", "foreign_keys", "foreign_keys names no foreign key from "+j.secondary.name+" to "+side.tables[0].name)
	case j.secondary != nil:
		j.unjoined("sa34", "", "there is no foreign key from "+j.secondary.name+" to "+side.tables[0].name)
	case named:
		j.unjoined("sa35", "foreign_keys", "foreign_keys names no foreign key between "+own+" and "+other)
	default:
		j.unjoined("sa35", "", "there is no foreign key between "+own+" and "+other)
	}
}

// ambiguous reports that several foreign keys link a side.
func (j *joining) ambiguous(found []*path) {
	if j.secondary != nil {
		j.unjoined("sa36", "", "there are several foreign keys from "+j.secondary.name+" to one side, and primaryjoin does not say which", j.byEachWay(found)...)
		return
	}
	j.unjoined("sa37", "", "there are several foreign keys between "+j.owner.table.name+" and "+j.target.table.name+
		", and foreign_keys does not say which", j.byEachKey(found)...)
}

// unjoined reports that the tables cannot be joined, at the name of an argument or, where
// none is to blame, at that of the relationship.
func (j *joining) unjoined(row, argument, text string, remedies ...relation.Remedy) {
	if !j.sure {
		return
	}
	place := j.place()
	if v := j.arg(argument); v != nil && v.Key.Text != "" {
		place = j.at(v.Key.Span)
	}
	j.refuse(relation.Mistake{Kind: relation.ForeignKeyMissing, Row: row, Place: place, Text: text, Target: j.target.ref, Remedies: remedies})
}

// checkForeign reports a condition that compares no foreign key.
func (j *joining) checkForeign(c *condition, copied []link, argument string) bool {
	foreign := c.has(isForeign)
	switch viewonly, _ := j.viewonly(); {
	case !viewonly && len(copied) > 0, viewonly && foreign:
		return true
	case foreign:
		j.unjoined("sa42", argument, argument+" compares no foreign key of the two sides by ==, which only a viewonly relationship may do without")
	case j.given("foreign_keys"):
		j.unjoined("sa43", "foreign_keys", "foreign_keys names no column that "+argument+" compares")
	default:
		j.unjoined("sa43", argument, argument+" compares no foreign key: foreign() marks the column that is to be one")
	}
	return false
}

// checkRemote reports a condition in which no two columns stand on different sides, and
// warns of columns that are marked as those of the other side and are not.
func (j *joining) checkRemote(pairs []link) bool {
	at, by := j.place(), "remote() marks"
	if v := j.arg("remote_side"); v != nil && j.given("remote_side") {
		at, by = j.at(v.Key.Span), "remote_side names"
	} else if v := j.arg("primaryjoin"); v != nil {
		at = j.at(v.Key.Span)
	}
	if len(pairs) == 0 {
		if j.sure {
			text := by + " no column of the other side that the join condition compares with one of this side"
			if by == "remote() marks" && !j.primary.has(isRemote) {
				text = "the join condition compares no column of one side with one of the other"
			}
			j.refuse(relation.Mistake{Kind: relation.OptionUnfit, Row: "sa40", Place: at, Target: j.target.ref, Text: text})
		}
		return false
	}
	if j.secondary != nil {
		return true
	}
	for _, l := range pairs {
		if j.own.has(l.to) && !j.others.has(l.to) {
			j.warn(relation.Mistake{Kind: relation.OptionIdle, Row: "sa41", Place: at,
				Text: by + " " + l.to.field().Short() + ", which is a column of this side"})
			break
		}
	}
	return true
}

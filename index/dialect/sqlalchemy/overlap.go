package sqlalchemy

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// conflicts are the relationships that write a column which another one writes as well.
type conflicts map[*relationship][]*relationship

// checkOverlaps reports relationships that write a column which others write, without
// being linked with them (_warn_for_conflicting_sync_targets). Of those that conflict with
// each other, the one is told that has no inverse, or else comes last: with it gone, or
// linked, the rest is looked at again.
func (g *mappers) checkOverlaps() {
	writers := map[cell][]*relationship{}
	var all []*relationship
	for _, c := range g.order {
		for _, r := range c.relationships {
			if readOnly, known := r.viewonly(); readOnly || !known || r.refused || r.unsure || r.isHalfTyped() || len(r.copied) == 0 {
				continue
			}
			all = append(all, r)
			for _, l := range r.copied {
				if !slices.Contains(writers[l.to], r) {
					writers[l.to] = append(writers[l.to], r)
				}
			}
		}
	}
	found := conflicts{}
	for _, list := range writers {
		for i, r := range list {
			for _, other := range list[:i] {
				if r.conflicts(other) && !slices.Contains(found[r], other) {
					found[r], found[other] = append(found[r], other), append(found[other], r)
				}
			}
		}
	}
	for {
		r := found.worst(all)
		if r == nil {
			return
		}
		r.conflict(found[r])
		found.remove(r)
	}
}

// isHalfTyped reports whether the name of the inverse is still to be typed.
func (r *relationship) isHalfTyped() bool {
	v := r.arg("back_populates")
	return v != nil && v.Kind == facts.TextValue && v.Name.Text == ""
}

// conflicts reports whether SQLAlchemy warns of two relationships that write one column.
func (r *relationship) conflicts(other *relationship) bool {
	return !r.linked(other) && !other.linked(r) && !r.overlaps(other) && !other.overlaps(r) &&
		!r.owner.sibling(other.owner) && !r.target.sibling(other.target) &&
		!r.owner.sibling(other.target) && !r.target.sibling(other.owner) &&
		(r.name.Text != other.name.Text || !r.owner.related(other.owner)) && !r.owner.rivals(other.owner)
}

// rivals reports whether each of two classes has a table of its own, and both tables go by
// one name: SQLAlchemy refuses the second, so that they never meet in one program.
func (c *class) rivals(other *class) bool {
	return c.table != nil && other.table != nil && c.table != other.table && c.table.name != "" && c.table.name == other.table.name
}

// linked reports whether the relationship names the other one as its inverse, or makes it.
func (r *relationship) linked(other *relationship) bool {
	return r.inverse == other
}

// overlaps reports whether the relationship says that it overlaps another one, of the
// name.
func (r *relationship) overlaps(other *relationship) bool {
	v := r.arg("overlaps")
	if v == nil || v.Dotted() == "None" {
		return false
	}
	if text := r.text("overlaps"); text != nil {
		for one := range strings.SplitSeq(text.Name.Text, ",") {
			if strings.TrimSpace(one) == other.name.Text {
				return true
			}
		}
		return false
	}
	return true // what it says is not known
}

// sibling reports whether two classes are of one hierarchy, and neither inherits from the
// other.
func (c *class) sibling(other *class) bool {
	return c.related(other) && !c.isA(other) && !other.isA(c)
}

// isA reports whether the class is another one, or inherits from it.
func (c *class) isA(other *class) bool {
	for range mostBases {
		if c == nil || c == other {
			break
		}
		c = c.parent
	}
	return c == other
}

// worst is the relationship to be told of first; nil where there is no conflict left.
func (found conflicts) worst(all []*relationship) *relationship {
	var worst *relationship
	for _, r := range all {
		if len(found[r]) > 0 && (worst == nil || found.worse(r, worst)) {
			worst = r
		}
	}
	return worst
}

func (found conflicts) worse(r, than *relationship) bool {
	if alone := r.inverse == nil; alone != (than.inverse == nil) {
		return alone
	}
	if len(found[r]) != len(found[than]) {
		return len(found[r]) > len(found[than])
	}
	return after(r, than)
}

func (found conflicts) remove(r *relationship) {
	for _, other := range found[r] {
		found[other] = slices.DeleteFunc(found[other], func(o *relationship) bool { return o == r })
	}
	delete(found, r)
}

// conflict tells of a relationship and those that write what it writes.
func (r *relationship) conflict(others []*relationship) {
	slices.SortFunc(others, func(a, b *relationship) int { return strings.Compare(a.short(), b.short()) })
	var names []string
	m := relation.Mistake{Kind: relation.WriteConflict, Row: "sa46", Place: r.place(), Target: r.target.ref, Remedies: r.unconflicted(others)}
	for _, other := range others {
		names = append(names, other.short())
		m.Related = append(m.Related, relation.Related{Place: other.place(), Text: other.short() + " writes " + r.shared(other) + " too"})
	}
	verb := " does"
	if len(names) > 1 {
		verb = " do"
	}
	m.Text = "writes " + r.shared(others[0]) + ", as " + strings.Join(names, " and ") + verb +
		", and nothing links them: back_populates, viewonly=True or overlaps says what is meant"
	r.warn(m)
}

// shared is a column that two relationships write.
func (r *relationship) shared(other *relationship) string {
	for _, l := range r.copied {
		if slices.ContainsFunc(other.copied, func(o link) bool { return o.to == l.to }) {
			return l.to.field().Short()
		}
	}
	return ""
}

package sqlalchemy

import "github.com/rells-dev/rells/index/facts"

// condition is a join condition, as far as it matters: which columns it compares. What
// binds the comparisons together, "and" or "or", makes no difference to SQLAlchemy.
type condition struct {
	comparisons []*comparison
	// vague says that there is more in it than could be read.
	vague bool
}

// comparison is one of the comparisons of a condition.
type comparison struct {
	sign        string
	left, right term
}

// term is one side of a comparison.
type term struct {
	cell            // zero for what is no column
	foreign, remote bool
}

func (t *term) isColumn() bool { return t.table != nil }

// conditionOf reads the condition that an argument gives.
func (r *relationship) conditionOf(v *facts.Value) *condition {
	c := &condition{}
	v, in := argumentIn(v)
	if v == nil {
		c.vague = true
		return c
	}
	c.read(r, v, in)
	return c
}

// signs are those of comparisons.
var signs = map[string]bool{"==": true, "!=": true, "<": true, ">": true, "<=": true, ">=": true}

func (c *condition) read(r *relationship, v *facts.Value, in where) {
	switch {
	case v.Kind == facts.CallValue && (v.Callee().Text == "and_" || v.Callee().Text == "or_"),
		v.Kind == facts.OperatorValue && (v.Name.Text == "&" || v.Name.Text == "|"):
		for i := range v.Args {
			c.read(r, &v.Args[i], in)
		}
	case v.Kind == facts.OperatorValue && signs[v.Name.Text]:
		left, ok := r.termOf(&v.Args[0], in)
		right, also := r.termOf(&v.Args[1], in)
		if !ok || !also {
			c.vague = true
			return
		}
		c.comparisons = append(c.comparisons, &comparison{sign: v.Name.Text, left: left, right: right})
	default:
		c.vague = true
	}
}

// termOf reads one side of a comparison, with the annotations foreign() and remote();
// false where it cannot be told.
func (r *relationship) termOf(v *facts.Value, in where) (term, bool) {
	if v.Kind == facts.CallValue && len(v.Args) == 1 && v.Args[0].Key.Text == "" {
		name := v.Callee().Text
		if name != "foreign" && name != "remote" {
			return term{}, false
		}
		t, ok := r.termOf(&v.Args[0], in)
		t.foreign, t.remote = t.foreign || name == "foreign", t.remote || name == "remote"
		return t, ok && t.isColumn()
	}
	switch v.Kind {
	case facts.TextValue, facts.NumberValue:
		return term{}, true
	case facts.NamedValue:
		switch v.Name.Text {
		case "None", "True", "False":
			return term{}, true
		}
	}
	n, ok := r.columnOf(v, in)
	return term{cell: n.cell}, ok
}

// terms yields the terms of all comparisons.
func (c *condition) terms(yield func(*term) bool) {
	if c == nil {
		return
	}
	for _, each := range c.comparisons {
		if !yield(&each.left) || !yield(&each.right) {
			return
		}
	}
}

// has reports whether a term is one that is asked for.
func (c *condition) has(what func(*term) bool) bool {
	for t := range c.terms {
		if what(t) {
			return true
		}
	}
	return false
}

func isForeign(t *term) bool { return t.foreign }
func isRemote(t *term) bool  { return t.remote }

// copied is the condition with terms of its own.
func (c *condition) copied() *condition {
	out := &condition{vague: c.vague}
	for _, each := range c.comparisons {
		own := *each
		out.comparisons = append(out.comparisons, &own)
	}
	return out
}

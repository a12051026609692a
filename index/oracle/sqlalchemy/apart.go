package oracle

import (
	"fmt"
	"slices"
	"strings"
)

// SQLAlchemy stops at the first relationship that it refuses. Whether what else rells
// reports is true, and whether that is all, is seen with worlds that are taken apart: one
// without any of the relationships that rells reports must be taken, and one with only one
// of them refused.

// part is a world of which some relationships are left out.
type part struct {
	*world
	kept   string // what rells says of the one relationship that is kept; "" where none is
	broken bool   // what is left out is named by the one that is kept, or has the name that its backref would have
}

// parts takes a world apart that is refused for its relationships.
func (w *world) parts(t *truth, s *said, rules map[string][]string) []*part {
	if s == nil || rulesOf(t.Error, rules) == nil {
		return nil
	}
	told := map[string]string{}
	for _, p := range s.errors() {
		told[p.Model+"."+p.Field] += p.Message + " [" + p.Rule + "]"
	}
	var all []*related
	for _, r := range w.relations() {
		if told[w.id(r)] != "" {
			all = append(all, r)
		}
	}
	if len(all) == 0 || len(all) < len(told) {
		return nil // it is not about relationships alone
	}
	parts := []*part{w.without(0, all, nil)}
	for i, r := range all {
		if len(all) > 1 {
			p := w.without(i+1, all, r)
			p.kept = told[w.id(r)]
			parts = append(parts, p)
		}
	}
	return parts
}

// without is a copy of the world in which relationships are left out, save one, as are
// the names that others call them by.
func (w *world) without(n int, gone []*related, kept *related) *part {
	p := &part{world: w.copied(fmt.Sprintf("%sp%d", w.name, n), gone, kept)}
	for _, r := range p.relations() {
		name := r.value("back_populates")
		for _, other := range p.relations() {
			if !r.gone && other.gone && kin(other.class, r.target) && (name == fmt.Sprintf("%q", other.name) || strings.HasPrefix(other.value("backref"), name) || strings.HasPrefix(other.value("backref"), "backref("+name)) && name != "" {
				r.drop("back_populates")
				p.broken = p.broken || kept != nil && (r.name == kept.name && r.class.name == kept.class.name || r.class.name == kept.target.name)
			}
		}
	}
	if kept != nil {
		for _, other := range gone {
			p.broken = p.broken || other != kept && kin(other.class, kept.target) && kept.backref() == other.name
		}
	}
	return p
}

// backref is the name of what the backref makes; "" for none.
func (r *related) backref() string {
	name, _, _ := strings.Cut(strings.TrimPrefix(r.value("backref"), "backref("), ",")
	return strings.Trim(name, `")`)
}

// copied is a copy of the world under another name.
func (w *world) copied(name string, gone []*related, kept *related) *world {
	out := *w
	out.name, out.classes, out.tables = name, nil, nil
	class := map[*class]*class{}
	for _, c := range w.classes {
		one := *c
		if c.parent != nil {
			one.parent = class[c.parent]
		}
		one.relations = nil
		class[c] = &one
		out.classes = append(out.classes, &one)
	}
	for _, t := range w.tables {
		one := *t
		one.a, one.b = class[t.a], class[t.b]
		out.tables = append(out.tables, &one)
	}
	for _, r := range w.relations() {
		one := *r
		one.class, one.target = class[r.class], class[r.target]
		one.written = strings.Replace(r.written, `"`+w.name+".", `"`+name+".", 1)
		one.args = slices.Clone(r.args)
		one.gone = r != kept && slices.Contains(gone, r)
		one.class.relations = append(one.class.relations, &one)
	}
	return &out
}

// judge asks SQLAlchemy about parts of worlds.
func (r *run) judge(parts []*part) {
	if len(parts) == 0 {
		return
	}
	var all []*world
	for _, p := range parts {
		all = append(all, p.world)
	}
	truths, said := r.ask(all)
	for _, p := range parts {
		r.apart++
		switch message := truths[p.name].Error; {
		case p.kept == "" && message != "":
			var list notes
			list.refused(message, said[p.name], r.rules)
			r.tell(p.world, list)
		case p.kept != "" && message == "" && !p.broken:
			r.tell(p.world, []string{"SQLAlchemy takes what is left, of which rells says " + p.kept})
		}
	}
}

package golang

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// embedded is a type met at one depth of embedding.
type embedded struct {
	*typ
	twice bool // met more than once at that depth: nothing in it can be selected
}

// Method implements facts.Type: the method that a selector on a pointer to the
// type would find, at the shallowest depth of embedding at which the name stands,
// and there only once. A field of that name hides what lies deeper.
func (t *typ) Method(name string) (facts.Method, bool) {
	_, m, ok := t.MethodIn(name)
	return m, ok
}

// MethodIn implements facts.Type.
func (t *typ) MethodIn(name string) (*facts.File, facts.Method, bool) {
	if m, ok := t.own(name); ok {
		t.s.meet(m.file)
		return m.file, *m.Method, true
	}
	var visited company
	var rooms [2][8]embedded // most types embed few others: the lists stay on the stack
	level, next := append(rooms[0][:0], embedded{t, false}), rooms[1][:0]
	for len(level) > 0 {
		var found method
		hits := 0
		next = next[:0]
		for _, at := range level {
			m, field := at.declares(name)
			if m.Method != nil || field {
				found = m
				hits++
				if at.twice {
					hits++
				}
				continue
			}
			for _, base := range at.embeds() {
				next = append(next, embedded{base, at.twice})
			}
		}
		if hits > 0 {
			// A field of the name, in any of those on the way, would make a difference.
			for _, e := range level {
				visited.add(e.typ)
			}
			visited.touchWhole()
			if hits == 1 && found.Method != nil {
				t.s.meet(found.file)
				return found.file, *found.Method, true
			}
			return nil, facts.Method{}, false
		}
		if len(next) > 0 {
			for _, e := range level {
				visited.add(e.typ)
			}
			next = consolidate(next, &visited)
		}
		level, next = next, level
	}
	return nil, facts.Method{}, false
}

// declares finds a method that the type itself has, or tells that it has a field
// of that name.
func (t *typ) declares(name string) (m method, field bool) {
	if m, ok := t.own(name); ok {
		return m, false
	}
	return method{}, t.declaresField(name)
}

// own is the method that is declared on the type itself, false for none.
func (t *typ) own(name string) (method, bool) {
	t.touch()
	if t.symbol == nil {
		return method{}, false
	}
	return t.symbol.method(name)
}

// company are the types that have been met at shallower depths: compared one by one
// while they are few, which they are in all that anybody writes.
type company struct {
	few  []*typ
	many map[*typ]struct{} // all of them, once there are more
}

// mostCompared is how many embedded types are compared one by one.
const mostCompared = 64

func (c *company) add(t *typ) {
	switch {
	case c.many != nil:
		c.many[t] = struct{}{}
	case len(c.few) < mostCompared:
		c.few = append(c.few, t)
	default:
		c.many = map[*typ]struct{}{t: {}}
		for _, other := range c.few {
			c.many[other] = struct{}{}
		}
	}
}

// touchWhole records that all of them were looked at, and not only their outlines.
func (c *company) touchWhole() {
	for _, t := range c.few {
		t.touchWhole()
	}
	for t := range c.many {
		t.touchWhole()
	}
}

func (c *company) has(t *typ) bool {
	if c.many != nil {
		_, ok := c.many[t]
		return ok
	}
	return slices.Contains(c.few, t)
}

// consolidate merges the types of one depth and drops those that were met at a
// shallower one, in place.
func consolidate(level []embedded, visited *company) []embedded {
	if len(level) > mostCompared {
		return consolidateMany(level, visited)
	}
	out := level[:0]
	for _, e := range level {
		if visited.has(e.typ) {
			continue
		}
		if i := slices.IndexFunc(out, func(o embedded) bool { return o.typ == e.typ }); i >= 0 {
			out[i].twice = true
		} else {
			out = append(out, e)
		}
	}
	return out
}

// consolidateMany is consolidate for types that embed more than anybody writes.
func consolidateMany(level []embedded, visited *company) []embedded {
	out := level[:0]
	at := map[*typ]int{}
	for _, e := range level {
		if i, again := at[e.typ]; again {
			out[i].twice = true
		} else if !visited.has(e.typ) {
			at[e.typ] = len(out)
			out = append(out, e)
		}
	}
	return out
}

// Opaque implements facts.Type.
func (t *typ) Opaque() bool {
	switch t.Shape() {
	case facts.Unknown:
		return true
	case facts.Interface:
		return t.underlying().basic != "any"
	}
	return t.opaque(map[*typ]bool{})
}

func (t *typ) opaque(visited map[*typ]bool) bool {
	if visited[t] {
		return false
	}
	visited[t] = true
	for _, e := range t.embeds() {
		switch e.Shape() {
		case facts.Unknown:
			return true
		case facts.Interface:
			if e.underlying().basic != "any" {
				return true
			}
		}
		if e.opaque(visited) {
			return true
		}
	}
	return false
}

// pointee is what an embedded type stands for: the element of a pointer, else
// itself.
func (t *typ) pointee() *typ {
	if t.symbol == nil && t.shape == facts.Pointer {
		return t.elem
	}
	return t
}

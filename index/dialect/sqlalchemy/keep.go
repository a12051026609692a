package sqlalchemy

import (
	"maps"
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// An edit leaves nearly all classes as they were declared, and finding out what that is
// takes longer than relating them. So what is read of a class by itself, before classes
// change each other, is kept from one reading of all to the next, as long as all that it
// was read from is still there: its declaration, the classes it looked at, the variables by
// way of which it found them, and what names stand for.

// reading is what is kept of a class.
type reading struct {
	class class // as it was read, before it was mapped, extended and related
	looks
}

// looks are what something was read from, besides its own file, and what came of it besides
// itself: whatever a class says of others while it is read has to be here, to be said again
// when it is not.
type looks struct {
	classes []*class      // in the order in which they were looked at
	files   []*facts.File // that declare what names led to
	shared  []facts.Ref   // see share
}

// looking collects what is looked at until the returned function is called.
func (g *mappers) looking() (done func() looks) {
	l := &looks{}
	g.looks = append(g.looks, l)
	return func() looks {
		g.looks = g.looks[:len(g.looks)-1]
		return *l
	}
}

// resolve finds what code of a file means by a name, and notes that it was looked at.
func (g *mappers) resolve(file *facts.File, dotted string) (facts.Type, bool) {
	t, ok := g.scope.Lookup(file, dotted)
	if ok {
		if at, _ := t.Decl(); at != nil {
			g.note(at)
		}
	}
	return t, ok
}

func (g *mappers) note(file *facts.File) {
	if last := len(g.looks) - 1; last >= 0 && !slices.Contains(g.looks[last].files, file) {
		g.looks[last].files = append(g.looks[last].files, file)
	}
}

func (g *mappers) noteAll(l looks) {
	if last := len(g.looks) - 1; last >= 0 {
		g.looks[last].add(l)
	}
}

// noteClass notes that a class was looked at. What is made of one that is still being read
// depends on which was read first, so that nothing is kept where that happens.
func (g *mappers) noteClass(c *class) {
	g.circular = g.circular || !c.whole
	if last := len(g.looks) - 1; last >= 0 {
		g.looks[last].classes = append(g.looks[last].classes, c)
	}
}

// keep keeps what has been read of a class.
func (c *class) keep(l looks) {
	c.kept = &reading{class: *c, looks: l}
	c.kept.class.g = nil
}

// keepAttributes adds to it the attributes, which are read when somebody asks for them.
func (c *class) keepAttributes(l looks) {
	if c.kept == nil { // it is still being read
		c.g.noteAll(l)
		return
	}
	c.kept.class.told, c.kept.class.attributes, c.kept.class.byName = true, c.attributes, c.byName
	c.kept.add(l)
	c.shared = true
}

func (l *looks) add(more looks) {
	l.classes = append(l.classes, more.classes...)
	l.files = append(l.files, more.files...)
	l.shared = append(l.shared, more.shared...)
}

// follow lets a reading keep what the one before has read.
func (g *mappers) follow(before *mappers) {
	if before != nil && before.naming == g.naming && !before.circular {
		g.before, g.stands = before, map[*class]bool{}
	}
}

// keptClass is a class as it was read before, if it would be read in the same way now; nil
// for none.
func (g *mappers) keptClass(ref facts.Ref) *class {
	if g.before == nil {
		return nil
	}
	c := g.before.classes[ref]
	if c == nil || !g.isKept(c) {
		return nil
	}
	return c
}

// keptName is likewise for what a name is of the library.
func (g *mappers) keptName(key nameIn) *libraryName {
	if g.before == nil {
		return nil
	}
	known := g.before.names[key]
	if known == nil || !g.stand(known.looks) {
		return nil
	}
	return known
}

// isKept reports whether all is still there that a class was read from.
func (g *mappers) isKept(c *class) bool {
	stands, known := g.stands[c]
	if !known {
		stands = g.isCurrent(c.file) && g.stand(c.kept.looks)
		g.stands[c] = stands
	}
	return stands
}

// stand reports whether all that was looked at is still there.
func (g *mappers) stand(l looks) bool {
	for _, file := range l.files {
		if !g.isCurrent(file) {
			return false
		}
	}
	for _, c := range l.classes {
		if !g.isKept(c) {
			return false
		}
	}
	return true
}

// isCurrent reports whether a file still says the very same: one that is read again has other
// facts.
func (g *mappers) isCurrent(file *facts.File) bool {
	current, known := g.current[file]
	if !known { // it has no marker
		current = len(g.scope.Types(file)) > 0
		g.current[file] = current
	}
	return current
}

// takeOver makes a class that is kept one of this reading, and those that it looked at, in
// the order in which they would be read.
func (g *mappers) takeOver(c *class) {
	kept := c.kept
	*c = kept.class
	c.g, c.kept, c.shared = g, kept, true
	g.register(c)
	for _, base := range c.bases {
		if base.decl == nil {
			base.g = g // of a library
		}
	}
	for _, registry := range kept.shared {
		g.shared[registry] = true
	}
	for _, other := range kept.classes {
		if g.classes[other.ref] == nil {
			g.takeOver(other)
		}
	}
}

// unshare lets the attributes of a class be changed, and what is kept of them stay.
func (c *class) unshare() {
	if c.shared {
		c.attributes, c.byName, c.shared = c.attributes[:len(c.attributes):len(c.attributes)], maps.Clone(c.byName), false
	}
}

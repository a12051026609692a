package oracle

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// world is one package of models with a registry of its own.
type world struct {
	name    string
	classes []*class
	tables  []string // module-level association tables, as source
	after   []string // statements behind all classes
	mixins  bool
	spoilt  string // the mistake that was made on purpose; "" for none
}

// class is one mapped class.
type class struct {
	name   string
	table  string
	parent *class // joined inheritance, or of a single table where table is ""
	lines  []string
	names  map[string]bool
	links  map[string]int // how many foreign keys lead between this table and another
}

// grower grows worlds.
type grower struct {
	*rand.Rand
	features ask.Features
	count    int
}

var classNames = []string{"User", "Post", "Tag", "Order", "Item", "City", "Team", "Event", "Plan", "Note"}

func (g *grower) chance(percent int) bool { return g.IntN(100) < percent }

func (g *grower) feature(name string) { g.features[name]++ }

// world grows one world.
func (g *grower) world() *world {
	g.count++
	w := &world{name: fmt.Sprintf("w%d", g.count), mixins: g.chance(20)}
	names := append([]string(nil), classNames...)
	g.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names[:2+g.IntN(4)] {
		w.classes = append(w.classes, g.class(w, name))
	}
	for range 1 + g.IntN(5) {
		g.relate(w)
	}
	return w
}

func (g *grower) class(w *world, name string) *class {
	c := &class{name: name, table: strings.ToLower(name), names: map[string]bool{"id": true}, links: map[string]int{}}
	if g.chance(30) {
		c.table += "s"
	}
	if len(w.classes) > 0 && g.chance(12) {
		if parent := w.classes[g.IntN(len(w.classes))]; parent.parent == nil {
			c.parent = parent
			if g.chance(50) {
				g.feature("single-table inheritance")
				c.table = ""
				return c
			}
			g.feature("joined inheritance")
			c.lines = append(c.lines, fmt.Sprintf("id = Column(ForeignKey(%q), primary_key=True)", parent.table+".id"))
			return c
		}
	}
	c.lines = append(c.lines, "id = Column(Integer, primary_key=True)")
	return c
}

// root is the class whose table the class is in.
func (c *class) root() *class {
	for c.table == "" {
		c = c.parent
	}
	return c
}

// kin reports whether two classes are of one hierarchy.
func kin(a, b *class) bool {
	for a.parent != nil {
		a = a.parent
	}
	for b.parent != nil {
		b = b.parent
	}
	return a == b
}

// free is a name that neither the class nor anything it shares a hierarchy with has.
func (g *grower) free(w *world, c *class, name string) string {
	taken := func(name string) bool {
		for _, other := range w.classes {
			if kin(other, c) && other.names[name] {
				return true
			}
		}
		return false
	}
	unique := name
	for i := 2; taken(unique); i++ {
		unique = fmt.Sprint(name, i)
	}
	c.names[unique] = true
	return unique
}

// relate adds a relationship, and most often its other side.
func (g *grower) relate(w *world) {
	a, b := w.classes[g.IntN(len(w.classes))], w.classes[g.IntN(len(w.classes))]
	switch {
	case a == b && g.chance(50):
		if a.table == "" || a.parent != nil {
			return
		}
		g.tree(w, a)
	case kin(a, b):
	case g.chance(35):
		g.association(w, a, b)
	default:
		g.keyed(w, a, b)
	}
}

// target writes what a relationship leads to.
func (g *grower) target(w *world, from, to *class) string {
	switch n := g.IntN(10); {
	case n < 5:
		return fmt.Sprintf("%q", to.name)
	case n < 6:
		g.feature("target by path")
		return fmt.Sprintf("%q", "models."+to.name)
	case n < 7:
		g.feature("target by whole path")
		return fmt.Sprintf("%q", w.name+".models."+to.name)
	case n < 9:
		g.feature("target by lambda")
		return "lambda: " + to.name
	}
	for _, c := range w.classes {
		if c == from {
			break
		}
		if c == to {
			g.feature("target by class")
			return to.name
		}
	}
	return fmt.Sprintf("'%s'", to.name)
}

// keyed adds a many-to-one of a to b, and perhaps the one-to-many back.
func (g *grower) keyed(w *world, a, b *class) {
	key := g.free(w, a, strings.ToLower(b.name)+"_id")
	column := ""
	if g.chance(15) {
		g.feature("named column")
		column = fmt.Sprintf("%q, ", key+"_column")
	}
	to := fmt.Sprintf("%q", b.root().table+".id")
	a.lines = append(a.lines, fmt.Sprintf("%s = Column(%sForeignKey(%s))", key, column, to))
	a.links[b.root().table]++
	one := g.free(w, a, strings.ToLower(b.name))
	many := g.free(w, b, strings.ToLower(a.name)+"s")

	args, back := "", ""
	spell := g.IntN(4)
	write := func(own bool) string {
		switch spell {
		case 0:
			if own {
				return fmt.Sprintf(", foreign_keys=[%s]", key)
			}
			return fmt.Sprintf(", foreign_keys=%q", a.name+"."+key)
		case 1:
			return fmt.Sprintf(", foreign_keys=%q", "["+a.name+"."+key+"]")
		case 2:
			return fmt.Sprintf(", primaryjoin=%q", a.name+"."+key+" == "+b.root().name+".id")
		}
		return fmt.Sprintf(", foreign_keys=lambda: %s.%s", a.name, key)
	}
	g.feature([]string{"foreign_keys as list and text", "foreign_keys as text of a list", "primaryjoin", "foreign_keys by lambda"}[spell])
	args, back = write(true), write(false)
	switch n := g.IntN(10); {
	case n < 5:
		g.feature("back_populates")
		args += fmt.Sprintf(", back_populates=%q", many)
		back += fmt.Sprintf(", back_populates=%q", one)
	case n < 7:
		g.feature("backref")
		if g.chance(30) {
			g.feature("backref call")
			args += fmt.Sprintf(", backref=backref(%q, uselist=False)", many)
		} else {
			args += fmt.Sprintf(", backref=%q", many)
		}
		a.lines = append(a.lines, fmt.Sprintf("%s = relationship(%s%s)", one, g.target(w, a, b), args))
		return
	case n < 8:
		g.feature("one way")
		a.lines = append(a.lines, fmt.Sprintf("%s = relationship(%s%s)", one, g.target(w, a, b), args))
		return
	case n < 9:
		g.feature("back_populates on one side")
		args += fmt.Sprintf(", back_populates=%q", many)
	default:
		g.feature("sides that do not know each other")
	}
	if g.chance(20) {
		g.feature("uselist=False")
		back += ", uselist=False"
	}
	a.lines = append(a.lines, fmt.Sprintf("%s = relationship(%s%s)", one, g.target(w, a, b), args))
	line := fmt.Sprintf("relationship(%s%s)", g.target(w, b, a), back)
	if g.chance(15) {
		g.feature("assigned outside of the class")
		w.after = append(w.after, fmt.Sprintf("%s.%s = %s", b.name, many, line))
		return
	}
	b.lines = append(b.lines, many+" = "+line)
}

// tree adds a parent and children of one class.
func (g *grower) tree(w *world, c *class) {
	g.feature("self-reference")
	key, parent, children := g.free(w, c, "parent_id"), g.free(w, c, "parent"), g.free(w, c, "children")
	c.lines = append(c.lines,
		fmt.Sprintf("%s = Column(ForeignKey(%q))", key, c.table+".id"),
		fmt.Sprintf("%s = relationship(%q, foreign_keys=[%s], remote_side=[id], back_populates=%q)", parent, c.name, key, children),
		fmt.Sprintf("%s = relationship(%q, foreign_keys=[%s], back_populates=%q)", children, c.name, key, parent))
}

// association adds a many-to-many.
func (g *grower) association(w *world, a, b *class) {
	table := g.free(w, a, strings.ToLower(a.name+"_"+b.name))
	w.tables = append(w.tables, fmt.Sprintf("%s = Table(%q, Base.metadata, Column(\"a_id\", ForeignKey(%q)), Column(\"b_id\", ForeignKey(%q)))",
		table, table, a.root().table+".id", b.root().table+".id"))
	own, other := g.free(w, a, strings.ToLower(b.name)+"_list"), g.free(w, b, strings.ToLower(a.name)+"_list")
	secondary := table
	if g.chance(40) {
		g.feature("secondary as text")
		secondary = fmt.Sprintf("%q", table)
	}
	g.feature("many-to-many")
	if g.chance(30) {
		g.feature("backref of a many-to-many")
		a.lines = append(a.lines, fmt.Sprintf("%s = relationship(%s, secondary=%s, backref=%q)", own, g.target(w, a, b), secondary, other))
		return
	}
	a.lines = append(a.lines, fmt.Sprintf("%s = relationship(%s, secondary=%s, back_populates=%q)", own, g.target(w, a, b), secondary, other))
	b.lines = append(b.lines, fmt.Sprintf("%s = relationship(%s, secondary=%s, back_populates=%q)", other, g.target(w, b, a), secondary, own))
}

// source writes the world's module.
func (w *world) source() string {
	var b strings.Builder
	b.WriteString("from sqlalchemy import Column, ForeignKey, Integer, Table\nfrom sqlalchemy.orm import backref, relationship\n\nfrom .base import Base\n\n")
	for _, t := range w.tables {
		b.WriteString(t + "\n")
	}
	if w.mixins {
		b.WriteString("\n\nclass Stamped:\n    stamp = Column(Integer)\n")
	}
	for _, c := range w.classes {
		base := "Base"
		if c.parent != nil {
			base = c.parent.name
		} else if w.mixins {
			base = "Stamped, Base"
		}
		fmt.Fprintf(&b, "\n\nclass %s(%s):\n", c.name, base)
		if c.table != "" {
			fmt.Fprintf(&b, "    __tablename__ = %q\n", c.table)
		}
		for _, line := range c.lines {
			b.WriteString("    " + line + "\n")
		}
		if len(c.lines) == 0 && c.table == "" {
			b.WriteString("    pass\n")
		}
	}
	b.WriteString("\n\n" + strings.Join(w.after, "\n") + "\n")
	return b.String()
}

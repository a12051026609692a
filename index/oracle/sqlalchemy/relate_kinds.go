package oracle

import (
	"fmt"
	"slices"
	"strings"
)

// tree adds a parent and children of one class.
func (g *grower) tree(c *class) {
	g.feature("self-reference")
	key := &column{attr: g.free(c, "parent_id"), key: fmt.Sprintf("%q", c.table+".id")}
	c.columns = append(c.columns, key)
	parent := g.add(c, g.free(c, "parent"), c, false)
	remote := fmt.Sprintf("%q", c.text()+".id")
	if id := c.primary(); id != nil && g.chance(50) {
		remote = g.w.style.columns(c, id)
	}
	one := key.attr != "parent_id" || c.parent != nil
	if one {
		parent.set("foreign_keys", "%s", g.w.style.columns(c, key))
	}
	parent.set("remote_side", "%s", remote)
	if g.chance(30) {
		g.feature("self-reference by backref")
		parent.set("backref", "%q", g.free(c, "children"))
		return
	}
	children := g.add(c, g.free(c, "children"), c, true)
	if one {
		children.set("foreign_keys", "%s", g.w.style.columns(c, key))
	}
	if g.chance(30) {
		g.feature("remote_side of the key")
		children.set("remote_side", "%s", g.w.style.columns(c, key))
	}
	g.link(parent, children)
}

// composite adds a many-to-one over a key of two columns.
func (g *grower) composite(a, b *class) {
	left, right := &column{attr: g.free(a, strings.ToLower(b.name)+"_left")}, &column{attr: g.free(a, strings.ToLower(b.name)+"_right")}
	a.columns = append(a.columns, left, right)
	a.arguments = append(a.arguments, fmt.Sprintf("ForeignKeyConstraint([%q, %q], [%q, %q])", left.attr, right.attr, b.table+".left", b.table+".right"))
	one := g.add(a, g.free(a, strings.ToLower(b.name)), b, false)
	many := g.add(b, g.free(b, strings.ToLower(a.name)+"s"), a, true)
	g.feature("composite foreign key")
	switch g.IntN(4) {
	case 0:
		g.feature("composite foreign_keys")
		one.set("foreign_keys", "%s", g.w.style.columns(a, left, right))
		many.set("foreign_keys", "\"[%s.%s, %s.%s]\"", a.text(), left.attr, a.text(), right.attr)
	case 1:
		g.feature("composite primaryjoin")
		on := fmt.Sprintf("\"and_(%s.%s == %s.left, %s.%s == %s.right)\"", a.text(), left.attr, b.text(), a.text(), right.attr, b.text())
		one.set("primaryjoin", "%s", on)
		many.set("primaryjoin", "%s", on)
	case 2:
		g.feature("part of a composite key")
		one.set("foreign_keys", "%s", g.w.style.columns(a, left))
		many.set("foreign_keys", "\"%s.%s\"", a.text(), left.attr)
	}
	g.link(one, many)
}

// association adds a many-to-many.
func (g *grower) association(a, b *class) {
	table := g.free(a, strings.ToLower(a.name+"_"+b.name))
	for i := 2; slices.ContainsFunc(g.w.tables, func(t *association) bool { return t.name == table }); i++ {
		table = fmt.Sprintf("%s_%d", table, i)
	}
	keyless := g.chance(10)
	if keyless {
		g.feature("association table without keys")
	}
	g.w.tables = append(g.w.tables, &association{table, a, b, keyless})
	own := g.add(a, g.free(a, strings.ToLower(b.name)+"_list"), b, true)
	write := func(r *related, from, to *class, mine, theirs string) {
		switch g.IntN(5) {
		case 0, 1:
			r.set("secondary", "%s", table)
		case 2:
			g.feature("secondary by lambda")
			r.set("secondary", "lambda: %s", table)
		default:
			g.feature("secondary as text")
			r.set("secondary", "%q", table)
		}
		if keyless || from.holder() == to.holder() || g.chance(20) {
			g.feature("primaryjoin and secondaryjoin")
			if g.chance(30) && reach(r.class, from.holder()) && reach(r.class, to.holder()) {
				r.set("primaryjoin", "lambda: %s.id == %s.c.%s", from.holder().code(r.class), table, mine)
			} else {
				r.set("primaryjoin", "\"%s.id == %s.c.%s\"", from.holder().text(), table, mine)
			}
			r.set("secondaryjoin", "\"%s.c.%s == %s.id\"", table, theirs, to.holder().text())
		}
	}
	write(own, a, b, "a_id", "b_id")
	g.feature("many-to-many")
	if g.chance(30) {
		g.feature("backref of a many-to-many")
		own.set("backref", "%q", g.free(b, strings.ToLower(a.name)+"_list"))
		return
	}
	other := g.add(b, g.free(b, strings.ToLower(a.name)+"_list"), a, true)
	write(other, b, a, "b_id", "a_id")
	g.link(own, other)
}

// mixin adds a class that is not mapped, and gives it to one or two that are.
func (g *grower) mixin() {
	w := g.w
	to := w.classes[g.IntN(len(w.classes))]
	if to.composite || to.module > 0 || to.homonym {
		return
	}
	g.feature("mixin with declared_attr")
	column := fmt.Sprintf("Column(ForeignKey(%q))", to.holder().table+".id")
	w.mixins = append(w.mixins, fmt.Sprintf(`class Owned:
    @declared_attr
    def owner_id(cls):
        return %s

    @declared_attr
    def owner(cls):
        return relationship(%q, foreign_keys=[cls.owner_id])
`, column, to.name))
	given := 0
	for _, c := range w.classes {
		if c.parent == nil && !kin(c, to) && !c.core && c.root == to.root && given < 2 && g.chance(50) && !c.names["owner"] {
			given++
			c.names["owner"] = true
			c.mixins = append(c.mixins, "Owned")
		}
	}
}

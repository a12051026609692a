package oracle

import (
	"fmt"
	"strings"
)

// relate adds a relationship, and most often its other side.
func (g *grower) relate() {
	w := g.w
	a, b := w.classes[g.IntN(len(w.classes))], w.classes[g.IntN(len(w.classes))]
	switch {
	case a.composite:
	case b.composite:
		if !kin(a, b) && a.table != "" {
			g.composite(a, b)
		}
	case a == b && a.table != "" && !a.concrete && g.chance(60):
		g.tree(a)
	case kin(a, b) && g.chance(60):
	case g.chance(35):
		g.association(a, b)
	default:
		g.keyed(a, b)
	}
}

// references writes the argument of ForeignKey that leads to the key of a class.
func (g *grower) references(from, to *class) string {
	if g.before(to.root(), from) && to.root() != from && !g.w.style.common && !g.w.style.dataclass && g.chance(20) {
		g.feature("ForeignKey of a class's column")
		return to.root().name + ".id"
	}
	return fmt.Sprintf("%q", to.root().table+".id")
}

// keyed adds a many-to-one of a to b, and perhaps the one-to-many back.
func (g *grower) keyed(a, b *class) {
	key := &column{attr: g.free(a, strings.ToLower(b.name)+"_id"), key: g.references(a, b)}
	if g.chance(15) {
		g.feature("named column")
		key.name = key.attr + "_column"
	}
	a.columns = append(a.columns, key)
	one := g.add(a, g.free(a, strings.ToLower(b.name)), b, false)
	join := g.IntN(len(joins))
	if kin(a, b) || g.chance(60) {
		g.feature("join: " + joins[join].name)
		joins[join].write(g, one, true, a, b, key)
	} else {
		join = -1
		g.feature("join: not said")
	}
	if kin(a, b) && g.chance(60) {
		g.feature("remote_side within a hierarchy")
		one.set("remote_side", "%q", b.root().name+".id")
	}
	g.cascades(one, false)
	if g.chance(25) {
		g.back(one, a, b)
		return
	}
	if g.chance(12) {
		g.feature("one way")
		return
	}
	many := g.add(b, g.free(b, strings.ToLower(a.name)+"s"), a, !g.w.style.modern || g.chance(80))
	if join >= 0 {
		joins[join].write(g, many, false, a, b, key)
	}
	g.cascades(many, true)
	g.link(one, many)
	if g.chance(15) && !g.w.style.dataclass {
		g.feature("assigned outside of the class")
		many.outside = true
		many.note, many.written = "", fmt.Sprintf("%q", a.name)
	}
	if g.chance(15) {
		g.sibling(many, a, b, key)
	}
}

// link says of both sides, of one or of none that they are a pair.
func (g *grower) link(one, many *related) {
	switch n := g.IntN(20); {
	case n < 15:
		g.feature("back_populates")
		one.set("back_populates", "%q", many.name)
		many.set("back_populates", "%q", one.name)
	case n < 17:
		g.feature("back_populates on one side")
		one.set("back_populates", "%q", many.name)
	case n < 18:
		g.feature("overlaps")
		one.set("overlaps", "%q", "nothing,"+many.name)
	case n < 19:
		g.feature("viewonly on one side")
		many.set("viewonly", "True")
		one.set("back_populates", "%q", many.name)
		if g.chance(50) {
			many.set("back_populates", "%q", one.name)
		}
	default:
		g.feature("sides that do not know each other")
	}
}

// back gives a relationship a backref.
func (g *grower) back(r *related, a, b *class) {
	name := g.free(b, strings.ToLower(a.name)+"s")
	g.feature("backref")
	switch g.IntN(6) {
	case 0:
		g.feature("backref call")
		r.set("backref", "backref(%q, uselist=False)", name)
	case 1:
		g.feature("backref with options")
		r.set("backref", "backref(%q, lazy=True, cascade=\"all, delete-orphan\")", name)
	case 2:
		if kin(a, b) {
			g.feature("backref with remote_side")
			r.set("backref", "backref(%q, remote_side=%q)", name, b.root().name+".id")
			return
		}
		fallthrough
	default:
		r.set("backref", "%q", name)
	}
	if g.chance(10) {
		g.feature("viewonly backref")
		r.set("viewonly", "True")
		r.drop("cascade")
	}
}

// cascades adds what is about writing.
func (g *grower) cascades(r *related, many bool) {
	switch {
	case many && g.chance(15):
		g.feature("delete-orphan")
		r.set("cascade", `"all, delete-orphan"`)
	case !many && g.chance(6):
		g.feature("single_parent")
		r.set("cascade", `"all, delete-orphan"`)
		r.set("single_parent", "True")
	case g.chance(5):
		g.feature("passive_deletes")
		r.set("passive_deletes", `"all"`)
	}
	if many && g.chance(8) {
		g.feature("uselist=False")
		r.set("uselist", "False")
	}
}

// sibling adds another relationship over the same key.
func (g *grower) sibling(many *related, a, b *class, key *column) {
	r := g.add(b, g.free(b, "last_"+strings.ToLower(a.name)), a, true)
	r.set("primaryjoin", "\"and_(%s.%s == %s.id, %s.%s > 5)\"", a.name, key.attr, b.root().name, a.name, key.attr)
	switch g.IntN(3) {
	case 0:
		g.feature("viewonly sibling")
		r.set("viewonly", "True")
	case 1:
		g.feature("sibling that overlaps")
		r.set("overlaps", "%q", many.name+", "+strings.ToLower(b.name))
	default:
		g.feature("sibling that nothing links")
	}
}

// joins are the ways to say how two classes join by a key of a to b.
var joins = []struct {
	name  string
	write func(g *grower, r *related, own bool, a, b *class, key *column)
}{
	{"foreign_keys as list and text", func(_ *grower, r *related, own bool, a, _ *class, key *column) {
		if own {
			r.set("foreign_keys", "[%s]", key.attr)
			return
		}
		r.set("foreign_keys", "%q", a.name+"."+key.attr)
	}},
	{"foreign_keys as text of a list", func(_ *grower, r *related, _ bool, a, _ *class, key *column) {
		r.set("foreign_keys", "%q", "["+a.name+"."+key.attr+"]")
	}},
	{"foreign_keys by lambda", func(_ *grower, r *related, _ bool, a, _ *class, key *column) {
		if reach(r.class, a) {
			r.set("foreign_keys", "lambda: %s.%s", a.name, key.attr)
			return
		}
		r.set("foreign_keys", "%q", a.name+"."+key.attr)
	}},
	{"foreign_keys of a table", func(_ *grower, r *related, _ bool, a, _ *class, key *column) {
		name := key.name
		if name == "" {
			name = key.attr
		}
		r.set("foreign_keys", "%q", a.root().table+".c."+name)
	}},
	{"primaryjoin", func(g *grower, r *related, _ bool, a, b *class, key *column) {
		if g.chance(50) {
			r.set("primaryjoin", "\"%s.%s == %s.id\"", a.name, key.attr, b.root().name)
			return
		}
		r.set("primaryjoin", "\"%s.id == %s.%s\"", b.root().name, a.name, key.attr)
	}},
	{"primaryjoin by lambda", func(_ *grower, r *related, _ bool, a, b *class, key *column) {
		if reach(r.class, a) && reach(r.class, b.root()) {
			r.set("primaryjoin", "lambda: %s.%s == %s.id", a.name, key.attr, b.root().name)
			return
		}
		r.set("primaryjoin", "\"%s.%s == %s.id\"", a.name, key.attr, b.root().name)
	}},
	{"primaryjoin with foreign()", func(_ *grower, r *related, _ bool, a, b *class, key *column) {
		r.set("primaryjoin", "\"foreign(%s.%s) == %s.id\"", a.name, key.attr, b.root().name)
	}},
	{"primaryjoin with remote()", func(_ *grower, r *related, own bool, a, b *class, key *column) {
		if own {
			r.set("primaryjoin", "\"%s.%s == remote(%s.id)\"", a.name, key.attr, b.root().name)
			return
		}
		r.set("primaryjoin", "\"remote(%s.%s) == %s.id\"", a.name, key.attr, b.root().name)
	}},
	{"primaryjoin with foreign() and remote()", func(_ *grower, r *related, own bool, a, b *class, key *column) {
		if own {
			r.set("primaryjoin", "\"foreign(%s.%s) == remote(%s.id)\"", a.name, key.attr, b.root().name)
			return
		}
		r.set("primaryjoin", "\"remote(foreign(%s.%s)) == %s.id\"", a.name, key.attr, b.root().name)
	}},
	{"primaryjoin with a constant", func(g *grower, r *related, _ bool, a, b *class, key *column) {
		r.set("primaryjoin", "\"and_(%s.%s == %s.id, %s.id %s)\"", a.name, key.attr, b.root().name, b.root().name, g.pick("> 5", "!= None", "== 7"))
	}},
	{"primaryjoin with operators", func(_ *grower, r *related, _ bool, a, b *class, key *column) {
		if reach(r.class, a) && reach(r.class, b.root()) {
			r.set("primaryjoin", "lambda: (%s.%s == %s.id) & (%s.id < 9)", a.name, key.attr, b.root().name, b.root().name)
			return
		}
		r.set("primaryjoin", "\"(%s.%s == %s.id) & (%s.id < 9)\"", a.name, key.attr, b.root().name, b.root().name)
	}},
}

// tree adds a parent and children of one class.
func (g *grower) tree(c *class) {
	g.feature("self-reference")
	key := &column{attr: g.free(c, "parent_id"), key: fmt.Sprintf("%q", c.table+".id")}
	c.columns = append(c.columns, key)
	parent := g.add(c, g.free(c, "parent"), c, false)
	remote := "[id]"
	if g.w.style.common || g.chance(50) {
		remote = fmt.Sprintf("%q", c.name+".id")
	}
	one := key.attr != "parent_id" || c.parent != nil
	if one {
		parent.set("foreign_keys", "[%s]", key.attr)
	}
	parent.set("remote_side", "%s", remote)
	if g.chance(30) {
		g.feature("self-reference by backref")
		parent.set("backref", "%q", g.free(c, "children"))
		return
	}
	children := g.add(c, g.free(c, "children"), c, true)
	if one {
		children.set("foreign_keys", "[%s]", key.attr)
	}
	if g.chance(30) {
		g.feature("remote_side of the key")
		children.set("remote_side", "[%s]", key.attr)
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
		one.set("foreign_keys", "[%s, %s]", left.attr, right.attr)
		many.set("foreign_keys", "\"[%s.%s, %s.%s]\"", a.name, left.attr, a.name, right.attr)
	case 1:
		g.feature("composite primaryjoin")
		on := fmt.Sprintf("\"and_(%s.%s == %s.left, %s.%s == %s.right)\"", a.name, left.attr, b.name, a.name, right.attr, b.name)
		one.set("primaryjoin", "%s", on)
		many.set("primaryjoin", "%s", on)
	case 2:
		g.feature("part of a composite key")
		one.set("foreign_keys", "[%s]", left.attr)
		many.set("foreign_keys", "\"%s.%s\"", a.name, left.attr)
	}
	g.link(one, many)
}

// association adds a many-to-many.
func (g *grower) association(a, b *class) {
	table := g.free(a, strings.ToLower(a.name+"_"+b.name))
	left, right := fmt.Sprintf("ForeignKey(%q)", a.root().table+".id"), fmt.Sprintf("ForeignKey(%q)", b.root().table+".id")
	keyless := g.chance(10)
	if keyless {
		g.feature("association table without keys")
		left, right = "Integer", "Integer"
	}
	g.w.tables = append(g.w.tables, fmt.Sprintf("%s = Table(%q, Base.metadata, Column(\"a_id\", %s), Column(\"b_id\", %s))", table, table, left, right))
	g.w.tableList = append(g.w.tableList, table)
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
		if keyless || from.root() == to.root() || g.chance(20) {
			g.feature("primaryjoin and secondaryjoin")
			if g.chance(30) && reach(r.class, from.root()) && reach(r.class, to.root()) {
				r.set("primaryjoin", "lambda: %s.id == %s.c.%s", from.root().name, table, mine)
			} else {
				r.set("primaryjoin", "\"%s.id == %s.c.%s\"", from.root().name, table, mine)
			}
			r.set("secondaryjoin", "\"%s.c.%s == %s.id\"", table, theirs, to.root().name)
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
	if to.composite || to.module > 0 || w.style.dataclass {
		return
	}
	g.feature("mixin with declared_attr")
	column := fmt.Sprintf("Column(ForeignKey(%q))", to.root().table+".id")
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
		if c.parent == nil && !kin(c, to) && given < 2 && g.chance(50) && !c.names["owner"] {
			given++
			c.names["owner"] = true
			c.mixins = append(c.mixins, "Owned")
		}
	}
}

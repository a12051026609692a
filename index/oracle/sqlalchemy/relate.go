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
	case a.composite || a.root != b.root:
	case b.composite:
		if !kin(a, b) && a.table != "" {
			g.composite(a, b)
		}
	case g.form.unsaid && kin(a, b) && a != b:
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
	if g.before(to.holder(), from) && to.holder() != from && !g.w.style.common && g.chance(20) {
		switch g.form {
		case columnForm, mappedForm, flaskForm:
			g.feature("ForeignKey of a class's column")
			return to.holder().code(from) + ".id"
		case imperativeForm:
			if to.holder().module == from.holder().module {
				g.feature("ForeignKey of a table's column")
				return tableVariable(to.holder()) + ".c.id"
			}
		}
	}
	return fmt.Sprintf("%q", to.holder().table+".id")
}

// keyed adds a many-to-one of a to b, and perhaps the one-to-many back.
func (g *grower) keyed(a, b *class) {
	key := &column{attr: g.free(a, strings.ToLower(b.name)+"_id"), key: g.references(a, b)}
	if g.form.renamed && !a.core && g.chance(15) {
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
		one.set("remote_side", "%q", b.holder().text()+".id")
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
	many := g.add(b, g.free(b, strings.ToLower(a.name)+"s"), a, !g.form.annotated || g.chance(80))
	if join >= 0 {
		joins[join].write(g, many, false, a, b, key)
	}
	g.cascades(many, true)
	g.link(one, many)
	if g.chance(15) && g.form != dataclassForm {
		g.feature("assigned outside of the class")
		many.outside = true
		many.note, many.written = "", fmt.Sprintf("%q", a.text())
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
	way := g.IntN(6)
	if kin(a, b) && g.chance(30) {
		way = 2
	}
	switch way {
	case 0:
		g.feature("backref call")
		r.set("backref", "backref(%q, uselist=False)", name)
	case 1:
		g.feature("backref with options")
		r.set("backref", "backref(%q, lazy=True, cascade=\"all, delete-orphan\")", name)
	case 2:
		if kin(a, b) {
			g.feature("backref with remote_side")
			r.set("backref", "backref(%q, remote_side=%q)", name, b.holder().text()+".id")
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
	r.set("primaryjoin", "\"and_(%s.%s == %s.id, %s.%s > 5)\"", a.text(), key.attr, b.holder().text(), a.text(), key.attr)
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
	{"foreign_keys as list and text", func(g *grower, r *related, own bool, a, _ *class, key *column) {
		if own {
			r.set("foreign_keys", "%s", g.w.style.columns(a, key))
			return
		}
		r.set("foreign_keys", "%q", a.text()+"."+key.attr)
	}},
	{"foreign_keys as text of a list", func(_ *grower, r *related, _ bool, a, _ *class, key *column) {
		r.set("foreign_keys", "%q", "["+a.text()+"."+key.attr+"]")
	}},
	{"foreign_keys by lambda", func(_ *grower, r *related, _ bool, a, _ *class, key *column) {
		if reach(r.class, a) {
			r.set("foreign_keys", "lambda: %s.%s", a.code(r.class), key.attr)
			return
		}
		r.set("foreign_keys", "%q", a.text()+"."+key.attr)
	}},
	{"foreign_keys of a table", func(_ *grower, r *related, _ bool, a, _ *class, key *column) {
		r.set("foreign_keys", "%q", a.holder().table+".c."+key.stored())
	}},
	{"primaryjoin", func(g *grower, r *related, _ bool, a, b *class, key *column) {
		if g.chance(50) {
			r.set("primaryjoin", "\"%s.%s == %s.id\"", a.text(), key.attr, b.holder().text())
			return
		}
		r.set("primaryjoin", "\"%s.id == %s.%s\"", b.holder().text(), a.text(), key.attr)
	}},
	{"primaryjoin by lambda", func(_ *grower, r *related, _ bool, a, b *class, key *column) {
		if reach(r.class, a) && reach(r.class, b.holder()) {
			r.set("primaryjoin", "lambda: %s.%s == %s.id", a.code(r.class), key.attr, b.holder().code(r.class))
			return
		}
		r.set("primaryjoin", "\"%s.%s == %s.id\"", a.text(), key.attr, b.holder().text())
	}},
	{"primaryjoin with foreign()", func(_ *grower, r *related, _ bool, a, b *class, key *column) {
		r.set("primaryjoin", "\"foreign(%s.%s) == %s.id\"", a.text(), key.attr, b.holder().text())
	}},
	{"primaryjoin with remote()", func(_ *grower, r *related, own bool, a, b *class, key *column) {
		if own {
			r.set("primaryjoin", "\"%s.%s == remote(%s.id)\"", a.text(), key.attr, b.holder().text())
			return
		}
		r.set("primaryjoin", "\"remote(%s.%s) == %s.id\"", a.text(), key.attr, b.holder().text())
	}},
	{"primaryjoin with foreign() and remote()", func(_ *grower, r *related, own bool, a, b *class, key *column) {
		if own {
			r.set("primaryjoin", "\"foreign(%s.%s) == remote(%s.id)\"", a.text(), key.attr, b.holder().text())
			return
		}
		r.set("primaryjoin", "\"remote(foreign(%s.%s)) == %s.id\"", a.text(), key.attr, b.holder().text())
	}},
	{"primaryjoin with a constant", func(g *grower, r *related, _ bool, a, b *class, key *column) {
		r.set("primaryjoin", "\"and_(%s.%s == %s.id, %s.id %s)\"", a.text(), key.attr, b.holder().text(), b.holder().text(), g.pick("> 5", "!= None", "== 7"))
	}},
	{"primaryjoin with operators", func(_ *grower, r *related, _ bool, a, b *class, key *column) {
		if reach(r.class, a) && reach(r.class, b.holder()) {
			r.set("primaryjoin", "lambda: (%s.%s == %s.id) & (%s.id < 9)", a.code(r.class), key.attr, b.holder().code(r.class), b.holder().code(r.class))
			return
		}
		r.set("primaryjoin", "\"(%s.%s == %s.id) & (%s.id < 9)\"", a.text(), key.attr, b.holder().text(), b.holder().text())
	}},
}

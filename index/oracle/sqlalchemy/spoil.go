package oracle

import (
	"fmt"
	"strings"
)

// mistake is one way to spoil a relationship.
type mistake struct {
	name string
	make func(g *grower, r *related) bool // false where it cannot be spoilt so
}

// mistakes are those that are made on purpose.
var mistakes = []mistake{
	{"typo in back_populates", func(_ *grower, r *related) bool {
		return r.change("back_populates", func(v string) string { return v[:len(v)-1] + `x"` })
	}},
	{"back_populates names a column", func(_ *grower, r *related) bool {
		return r.change("back_populates", func(string) string { return `"id"` })
	}},
	{"back_populates names another relationship", func(g *grower, r *related) bool {
		return len(r.target.relations) > 0 && r.change("back_populates", func(string) string {
			return fmt.Sprintf("%q", r.target.relations[g.IntN(len(r.target.relations))].name)
		})
	}},
	{"back_populates is no name", func(g *grower, r *related) bool {
		return r.change("back_populates", func(string) string { return g.pick("1", "True", "[\"a\"]") })
	}},
	{"typo in the target", func(_ *grower, r *related) bool {
		r.written, r.note = fmt.Sprintf("%q", r.target.text()+"x"), ""
		return true
	}},
	{"typo in the annotation", func(_ *grower, r *related) bool {
		if r.note == "" || r.written != "" {
			return false
		}
		r.note = `Mapped["` + r.target.name + `x"]`
		return true
	}},
	{"generic in quotes", func(_ *grower, r *related) bool {
		if r.note == "" || r.written != "" {
			r.written, r.note = fmt.Sprintf("\"List[%s]\"", r.target.text()), ""
		} else {
			r.note = `Mapped["List[` + r.target.name + `]"]`
		}
		return true
	}},
	{"collection that cannot be made", func(g *grower, r *related) bool {
		if r.note == "" {
			return false
		}
		r.note = "Mapped[" + g.pick("Sequence", "Collection") + `["` + r.target.name + `"]]`
		return true
	}},
	{"bare collection", func(_ *grower, r *related) bool {
		if r.note == "" || r.written != "" {
			return false
		}
		r.note = "Mapped[List]"
		return true
	}},
	{"target is a table", func(_ *grower, r *related) bool {
		r.written, r.note = fmt.Sprintf("%q", r.target.holder().table), ""
		return true
	}},
	{"target is an attribute", func(_ *grower, r *related) bool {
		if r.target.composite {
			return false
		}
		r.written, r.note = fmt.Sprintf("\"%s.id\"", r.target.text()), ""
		return true
	}},
	{"target is a text of a lambda", func(_ *grower, r *related) bool {
		r.written, r.note = fmt.Sprintf("lambda: %q", r.target.text()), ""
		return true
	}},
	{"name that two classes have", func(g *grower, r *related) bool {
		for _, c := range []*class{r.target, r.class} {
			if !c.homonym {
				continue
			}
			if c == r.target && g.chance(50) {
				r.written, r.note = fmt.Sprintf("%q", c.name), ""
				return true
			}
			for i, a := range r.args {
				if path := c.text() + "."; strings.HasPrefix(a.value, `"`) && strings.Contains(a.value, path) {
					r.args[i].value = strings.ReplaceAll(a.value, path, c.name+".")
					return true
				}
			}
		}
		return false
	}},
	{"target in another registry", func(g *grower, r *related) bool {
		for _, c := range g.w.classes {
			if c.root != r.class.root && !g.form.typed {
				r.written, r.note = fmt.Sprintf("%q", c.name), ""
				return true
			}
		}
		return false
	}},
	{"another target", func(g *grower, r *related) bool {
		to := g.w.classes[g.IntN(len(g.w.classes))]
		if to.root != r.class.root && g.form.typed {
			return false
		}
		r.written, r.note = fmt.Sprintf("%q", to.text()), ""
		return true
	}},
	{"no foreign key", func(g *grower, r *related) bool {
		for _, c := range r.class.columns {
			if c.key != "" && !c.primary && g.chance(60) {
				c.key = ""
				return true
			}
		}
		return false
	}},
	{"nothing says which key", func(_ *grower, r *related) bool {
		keys, join := r.drop("foreign_keys"), r.drop("primaryjoin")
		return keys || join
	}},
	{"foreign_keys names no key", func(_ *grower, r *related) bool {
		if r.class.composite {
			return false
		}
		r.drop("primaryjoin")
		r.set("foreign_keys", "%q", r.class.holder().text()+".id")
		return true
	}},
	{"foreign_keys beside the join condition", func(_ *grower, r *related) bool {
		if !r.has("primaryjoin") || r.class.composite {
			return false
		}
		r.set("foreign_keys", "%q", r.class.holder().text()+".id")
		return true
	}},
	{"comparison of what is no key", func(_ *grower, r *related) bool {
		if r.class.composite || r.target.composite {
			return false
		}
		r.drop("foreign_keys")
		r.set("primaryjoin", "\"%s.id == %s.id\"", r.class.holder().text(), r.target.holder().text())
		return true
	}},
	{"no equality", func(g *grower, r *related) bool {
		return r.change("primaryjoin", func(v string) string { return strings.Replace(v, "==", g.pick(">", "!="), 1) })
	}},
	{"both sides foreign", func(_ *grower, r *related) bool {
		if r.class.composite || r.target.composite || r.has("secondary") {
			return false
		}
		r.drop("foreign_keys")
		own := r.class.holder().text()
		r.set("primaryjoin", "\"and_(foreign(%s.id) == %s.id, %s.id == foreign(%s.id))\"", own, r.target.holder().text(), own, r.target.holder().text())
		return true
	}},
	{"foreign column of a third class", func(g *grower, r *related) bool {
		third := g.w.classes[g.IntN(len(g.w.classes))]
		if third.composite || r.class.composite || r.has("secondary") {
			return false
		}
		r.drop("foreign_keys")
		r.set("primaryjoin", "\"%s.id == foreign(%s.id)\"", r.class.holder().text(), third.holder().text())
		if g.chance(60) {
			r.set("viewonly", "True")
		}
		return true
	}},
	{"no remote_side", func(_ *grower, r *related) bool { return r.drop("remote_side") }},
	{"remote_side of another column", func(_ *grower, r *related) bool {
		if r.has("secondary") || r.class.composite {
			return false
		}
		r.set("remote_side", "%q", r.class.holder().text()+".id")
		return true
	}},
	{"remote_side of both", func(_ *grower, r *related) bool {
		key := r.class.keyTo(r.target)
		if key == nil || r.has("secondary") || r.class.composite || r.target.composite {
			return false
		}
		r.drop("primaryjoin")
		r.set("foreign_keys", "%q", r.class.text()+"."+key.attr)
		r.set("remote_side", "%q", "["+r.target.holder().text()+".id, "+r.class.text()+"."+key.attr+"]")
		return true
	}},
	{"remote_side and _local_remote_pairs", func(_ *grower, r *related) bool {
		if !r.has("remote_side") || r.has("backref") && strings.Contains(r.value("primaryjoin"), "remote(") {
			return false
		}
		r.set("_local_remote_pairs", "[]")
		r.set("_local_remote_pairs", "[(Column(Integer), Column(Integer))]")
		return true
	}},
	{"backref and back_populates", func(_ *grower, r *related) bool {
		if !r.has("back_populates") {
			return false
		}
		r.set("backref", `"back"`)
		return true
	}},
	{"backref of a name that is taken", func(g *grower, r *related) bool {
		if r.target.concrete {
			return false // SQLAlchemy does not look there
		}
		return r.change("backref", func(string) string { return g.pick(`"id"`, fmt.Sprintf("%q", r.name)) })
	}},
	{"backref with secondaryjoin", func(_ *grower, r *related) bool {
		if !r.has("backref") || r.has("secondary") || r.class.composite || r.target.composite {
			return false
		}
		r.set("backref", "backref(\"back\", secondaryjoin=\"%s.id == %s.id\")", r.class.holder().text(), r.target.holder().text())
		return true
	}},
	{"secondary is a class", func(g *grower, r *related) bool {
		if !r.has("secondary") {
			return false
		}
		to := g.w.classes[g.IntN(len(g.w.classes))]
		r.set("secondary", "%q", to.text())
		return true
	}},
	{"secondaryjoin alone", func(_ *grower, r *related) bool {
		if r.has("secondary") || r.class.composite {
			return false
		}
		r.set("secondaryjoin", "\"%s.id == %s.id\"", r.class.holder().text(), r.class.holder().text())
		return true
	}},
	{"no secondaryjoin", func(_ *grower, r *related) bool { return r.drop("secondaryjoin") }},
	{"secondary of other classes", func(g *grower, r *related) bool {
		if !r.has("secondary") || len(g.w.tables) < 2 {
			return false
		}
		r.set("secondary", "%q", g.w.tables[g.IntN(len(g.w.tables))].name)
		return true
	}},
	{"delete-orphan on the wrong side", func(_ *grower, r *related) bool {
		if r.many && !r.has("secondary") {
			return false
		}
		r.drop("single_parent")
		r.set("cascade", `"all, delete-orphan"`)
		return true
	}},
	{"passive_deletes beside a cascade", func(_ *grower, r *related) bool {
		r.set("passive_deletes", `"all"`)
		r.set("cascade", `"all"`)
		return true
	}},
	{"viewonly beside what writes", func(g *grower, r *related) bool {
		r.drop("cascade")
		r.set("viewonly", "True")
		switch g.IntN(4) {
		case 0:
			r.set("sync_backref", "True")
		case 1:
			r.set("passive_deletes", "True")
		case 2:
			r.set("active_history", "True")
		default:
			r.set("cascade", `"all"`)
		}
		return true
	}},
	{"sync_backref of a viewonly side", func(_ *grower, r *related) bool {
		if !r.has("back_populates") || r.has("viewonly") {
			return false
		}
		for _, other := range r.target.relations {
			if fmt.Sprintf("%q", other.name) == r.args[r.index("back_populates")].value && other != r {
				r.set("sync_backref", "True")
				other.set("viewonly", "True")
				other.drop("cascade")
				return true
			}
		}
		return false
	}},
	{"cascade_backrefs", func(g *grower, r *related) bool {
		if g.modern && !g.form.annotated {
			return false // of which version a Column is nothing tells
		}
		r.set("cascade_backrefs", "True")
		return true
	}},
	{"omit_join", func(_ *grower, r *related) bool { r.set("omit_join", "True"); return true }},
	{"unknown cascade", func(_ *grower, r *related) bool { r.set("cascade", `"all, orphan"`); return true }},
	{"relationship of a mixin", func(g *grower, r *related) bool {
		if r.class.parent != nil || r.outside || !g.form.mixins || r.class.module > 0 {
			return false
		}
		g.w.mixins = append(g.w.mixins, fmt.Sprintf("class Plain:\n    %s = relationship(%q)\n", r.name, r.target.text()))
		r.class.mixins = append(r.class.mixins, "Plain")
		return true
	}},
	{"key within a mixin", func(g *grower, r *related) bool {
		if r.class.parent != nil || r.class.core || !g.form.mixins || r.class.module > 0 {
			return false
		}
		g.w.mixins = append(g.w.mixins, "class Plain:\n    number = Column(Integer)\n    other = Column(ForeignKey(number))\n")
		r.class.mixins = append(r.class.mixins, "Plain")
		return true
	}},
}

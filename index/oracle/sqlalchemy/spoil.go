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
		r.written, r.note = fmt.Sprintf("%q", r.target.name+"x"), ""
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
			r.written, r.note = fmt.Sprintf("\"List[%s]\"", r.target.name), ""
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
		r.written, r.note = fmt.Sprintf("%q", r.target.root().table), ""
		return true
	}},
	{"target is an attribute", func(_ *grower, r *related) bool {
		if r.target.composite {
			return false
		}
		r.written, r.note = fmt.Sprintf("\"%s.id\"", r.target.name), ""
		return true
	}},
	{"target is a text of a lambda", func(_ *grower, r *related) bool {
		r.written, r.note = fmt.Sprintf("lambda: %q", r.target.name), ""
		return true
	}},
	{"another target", func(g *grower, r *related) bool {
		to := g.w.classes[g.IntN(len(g.w.classes))]
		r.written, r.note = fmt.Sprintf("%q", to.name), ""
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
		r.set("foreign_keys", "%q", r.class.root().name+".id")
		return true
	}},
	{"foreign_keys beside the join condition", func(_ *grower, r *related) bool {
		if !r.has("primaryjoin") || r.class.composite {
			return false
		}
		r.set("foreign_keys", "%q", r.class.root().name+".id")
		return true
	}},
	{"comparison of what is no key", func(_ *grower, r *related) bool {
		if r.class.composite || r.target.composite {
			return false
		}
		r.drop("foreign_keys")
		r.set("primaryjoin", "\"%s.id == %s.id\"", r.class.root().name, r.target.root().name)
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
		own := r.class.root().name
		r.set("primaryjoin", "\"and_(foreign(%s.id) == %s.id, %s.id == foreign(%s.id))\"", own, r.target.root().name, own, r.target.root().name)
		return true
	}},
	{"foreign column of a third class", func(g *grower, r *related) bool {
		third := g.w.classes[g.IntN(len(g.w.classes))]
		if third.composite || r.class.composite || r.has("secondary") {
			return false
		}
		r.drop("foreign_keys")
		r.set("primaryjoin", "\"%s.id == foreign(%s.id)\"", r.class.root().name, third.root().name)
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
		r.set("remote_side", "%q", r.class.root().name+".id")
		return true
	}},
	{"remote_side of both", func(_ *grower, r *related) bool {
		if i := r.index("foreign_keys"); i >= 0 && strings.HasPrefix(r.args[i].value, "[") && !r.class.composite && !strings.Contains(r.args[i].value, ",") {
			r.set("remote_side", "%q", "["+r.class.root().name+".id, "+r.class.name+"."+strings.Trim(r.args[i].value, "[]")+"]")
			return true
		}
		return false
	}},
	{"remote_side and _local_remote_pairs", func(_ *grower, r *related) bool {
		if !r.has("remote_side") {
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
		return r.change("backref", func(string) string { return g.pick(`"id"`, fmt.Sprintf("%q", r.name)) })
	}},
	{"backref with secondaryjoin", func(_ *grower, r *related) bool {
		if !r.has("backref") || r.has("secondary") || r.class.composite || r.target.composite {
			return false
		}
		r.set("backref", "backref(\"back\", secondaryjoin=\"%s.id == %s.id\")", r.class.root().name, r.target.root().name)
		return true
	}},
	{"secondary is a class", func(g *grower, r *related) bool {
		if !r.has("secondary") {
			return false
		}
		to := g.w.classes[g.IntN(len(g.w.classes))]
		r.set("secondary", "%q", to.name)
		return true
	}},
	{"secondaryjoin alone", func(_ *grower, r *related) bool {
		if r.has("secondary") || r.class.composite {
			return false
		}
		r.set("secondaryjoin", "\"%s.id == %s.id\"", r.class.root().name, r.class.root().name)
		return true
	}},
	{"no secondaryjoin", func(_ *grower, r *related) bool { return r.drop("secondaryjoin") }},
	{"secondary of other classes", func(g *grower, r *related) bool {
		if !r.has("secondary") || len(g.w.tableList) < 2 {
			return false
		}
		r.set("secondary", "%q", g.w.tableList[g.IntN(len(g.w.tableList))])
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
		if g.modern && !g.w.style.modern {
			return false // of which version a Column is nothing tells
		}
		r.set("cascade_backrefs", "True")
		return true
	}},
	{"omit_join", func(_ *grower, r *related) bool { r.set("omit_join", "True"); return true }},
	{"unknown cascade", func(_ *grower, r *related) bool { r.set("cascade", `"all, orphan"`); return true }},
	{"relationship of a mixin", func(g *grower, r *related) bool {
		if r.class.parent != nil || r.outside || g.w.style.dataclass || r.class.module > 0 {
			return false
		}
		g.w.mixins = append(g.w.mixins, fmt.Sprintf("class Plain:\n    %s = relationship(%q)\n", r.name, r.target.name))
		r.class.mixins = append(r.class.mixins, "Plain")
		return true
	}},
	{"key within a mixin", func(g *grower, r *related) bool {
		if r.class.parent != nil || g.w.style.dataclass || r.class.module > 0 {
			return false
		}
		g.w.mixins = append(g.w.mixins, "class Plain:\n    number = Column(Integer)\n    other = Column(ForeignKey(number))\n")
		r.class.mixins = append(r.class.mixins, "Plain")
		return true
	}},
}

// change changes an argument that there is.
func (r *related) change(key string, by func(string) string) bool {
	i := r.index(key)
	if i < 0 || key == "back_populates" && !strings.HasPrefix(r.args[i].value, `"`) {
		return false
	}
	r.args[i].value = by(r.args[i].value)
	return true
}

// spoil makes one mistake in a world, if it can.
func (g *grower) spoil() {
	var all []*related
	for _, c := range g.w.classes {
		all = append(all, c.relations...)
	}
	for range 10 {
		m := mistakes[g.IntN(len(mistakes))]
		g.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, r := range all {
			if m.make(g, r) {
				g.w.spoilt = m.name
				g.feature("mistake: " + m.name)
				return
			}
		}
	}
}

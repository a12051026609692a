package oracle

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// grower grows worlds.
type grower struct {
	*rand.Rand
	features ask.Features
	form     *form
	modern   bool // the SQLAlchemy at hand is 2.0 or newer
	count    int
	w        *world
}

var classNames = []string{"User", "Post", "Tag", "Order", "Item", "City", "Team", "Event", "Plan", "Note"}

func (g *grower) chance(percent int) bool { return g.IntN(100) < percent }

func (g *grower) feature(name string) { g.features[name]++ }

func (g *grower) pick(of ...string) string { return of[g.IntN(len(of))] }

// world grows one world.
func (g *grower) world() *world {
	g.count++
	w := &world{name: fmt.Sprintf("w%d", g.count), style: g.style()}
	g.w = w
	names := append([]string(nil), classNames...)
	g.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for i, name := range names[:2+g.IntN(4)] {
		c := g.class(name)
		if w.style.modules == 2 && i >= 2 {
			c.module = 1
		}
		if c.parent != nil {
			c.module = max(c.module, c.parent.module)
		}
		w.classes = append(w.classes, c)
	}
	if w.style.modules == 2 && !g.form.typed && g.chance(25) {
		g.homonym()
	}
	for range 1 + g.IntN(5) {
		g.relate()
	}
	if w.style.form.mixins && g.chance(20) {
		g.mixin()
	}
	return w
}

func (g *grower) style() style {
	s := style{form: g.form, modules: 1, registries: 1, common: g.form.mixins && g.chance(20), stars: g.chance(15)}
	if g.chance(35) {
		g.feature("several modules")
		s.modules = 2
	}
	if g.form != flaskForm && g.chance(15) {
		g.feature("several registries")
		s.registries = 2
	}
	if s.stars {
		g.feature("imports by star")
	}
	if s.later = g.form.annotated && g.chance(30); s.later {
		g.feature("annotations as texts")
	}
	if s.aliases = g.form == mappedForm && g.chance(30); s.aliases {
		g.feature("columns by annotation")
	}
	if s.common {
		g.feature("abstract base")
	}
	return s
}

func (g *grower) class(name string) *class {
	c := &class{name: name, table: strings.ToLower(name), names: map[string]bool{"id": true, "left": true, "right": true}}
	if g.chance(30) {
		c.table += "s"
	}
	if len(g.w.classes) > 0 && g.form.kin && g.chance(20) {
		if parent := g.w.classes[g.IntN(len(g.w.classes))]; parent.parent == nil && !parent.composite {
			g.inherit(c, parent)
			return c
		}
	}
	if g.w.style.registries > 1 && g.chance(40) {
		c.root = 1
	}
	if g.form.core && g.chance(15) {
		g.feature("declared as a Table")
		c.core = true
	}
	switch {
	case g.chance(8):
		g.feature("composite primary key")
		c.composite = true
		c.columns = append(c.columns, &column{attr: "left", primary: true}, &column{attr: "right", primary: true})
	case !g.w.style.common || c.root > 0 || c.core:
		c.columns = append(c.columns, &column{attr: "id", primary: true})
	}
	return c
}

// inherit makes a class one that inherits from another, in one of the ways there are.
func (g *grower) inherit(c, parent *class) {
	c.parent, c.root = parent, parent.root
	switch {
	case g.chance(45):
		g.feature("single-table inheritance")
		c.table = ""
	case g.chance(20):
		g.feature("concrete inheritance")
		c.concrete = true
		c.columns = append(c.columns, &column{attr: "id", primary: true})
	default:
		g.feature("joined inheritance")
		c.columns = append(c.columns, &column{attr: "id", key: fmt.Sprintf("%q", parent.table+".id"), primary: true})
	}
}

// homonym gives a class of the second module the name of one of the first.
func (g *grower) homonym() {
	w := g.w
	first, second := w.classes[0], w.classes[len(w.classes)-1]
	if first.module != 0 || second.module != 1 || second.parent != nil {
		return
	}
	first.alias = "Models" + first.name
	second.name, second.table = first.name, second.table+"_"
	if first.root != second.root {
		g.feature("homonym in another registry")
		return
	}
	g.feature("homonym")
	first.homonym, second.homonym = true, true
}

// free is a name that neither the class nor anything it shares a hierarchy with has.
func (g *grower) free(c *class, name string) string {
	taken := func(name string) bool {
		for _, other := range g.w.classes {
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

// add adds a relationship to a class.
func (g *grower) add(c *class, name string, target *class, many bool) *related {
	r := &related{name: name, class: c, target: target, many: many}
	r.written = g.target(r)
	if g.form.annotated && !target.homonym && target.alias == "" && g.chance(75) {
		g.annotate(r)
	}
	if g.chance(15) {
		g.feature("order_by, lazy and the like")
		r.set(g.pick("lazy", "info", "order_by"), "")
		switch last := &r.args[len(r.args)-1]; last.key {
		case "lazy":
			last.value = g.pick(`"select"`, `"selectin"`, `"joined"`, "True")
		case "info":
			last.value = "{}"
		case "order_by":
			last.value = "None"
		}
	}
	c.relations = append(c.relations, r)
	return r
}

// reach reports whether the module of a class knows another one by its name when it is
// all run.
func reach(from, to *class) bool { return to.module <= from.module }

// target writes what a relationship leads to.
func (g *grower) target(r *related) string {
	to, path := r.target, moduleNames[r.target.module]+"."+r.target.name
	if !g.whole() {
		return fmt.Sprintf("%q", g.pick(to.text(), to.text(), path))
	}
	switch n := g.IntN(10); {
	case n < 5 || !reach(r.class, to) && n >= 7:
		return fmt.Sprintf("%q", to.text())
	case n < 6:
		g.feature("target by path")
		return fmt.Sprintf("%q", path)
	case n < 7:
		g.feature("target by whole path")
		return fmt.Sprintf("%q", g.w.name+"."+path)
	case n < 9:
		g.feature("target by lambda")
		return "lambda: " + to.code(r.class)
	}
	if to.module < r.class.module || g.before(to, r.class) {
		g.feature("target by class")
		return to.code(r.class)
	}
	return fmt.Sprintf("'%s'", to.text())
}

// whole reports whether a relationship may be declared by a call of relationship, which
// SQLModel passes over before 0.0.9, whose Debian release goes with SQLAlchemy 1.4.
func (g *grower) whole() bool { return !g.form.typed || g.modern }

// before reports whether a class is declared before another one of its module.
func (g *grower) before(c, other *class) bool {
	if c.module != other.module {
		return c.module < other.module
	}
	for _, each := range g.w.classes {
		switch each {
		case other:
			return false
		case c:
			return true
		}
	}
	return false
}

// annotate writes the annotation, and mostly leaves the target to it.
func (g *grower) annotate(r *related) {
	name := r.target.name
	quoted := fmt.Sprintf("%q", name)
	if g.w.style.later && g.chance(50) {
		quoted = name
	}
	forms := []string{"Mapped[" + quoted + "]", "Mapped[Optional[" + quoted + "]]", `Mapped["` + name + ` | None"]`, `Mapped["Optional[` + name + `]"]`, "Mapped[Union[" + quoted + ", None]]"}
	if r.many {
		forms = []string{"Mapped[List[" + quoted + "]]", "Mapped[list[" + quoted + "]]", "Mapped[Set[" + quoted + "]]", "Mapped[Optional[List[" + quoted + "]]]"}
		if !g.w.style.later {
			forms = append(forms, `"Mapped[List[`+name+`]]"`)
		}
		if g.chance(10) && g.form != dataclassForm {
			forms = []string{"DynamicMapped[" + quoted + "]", "WriteOnlyMapped[" + quoted + "]"}
		}
	}
	i := g.IntN(len(forms))
	r.note = forms[i]
	g.feature("annotation " + strings.NewReplacer(name, "X").Replace(strings.ReplaceAll(r.note, quoted, `"X"`)))
	if g.chance(80) {
		r.written = ""
	} else {
		g.feature("annotation beside an argument")
	}
}

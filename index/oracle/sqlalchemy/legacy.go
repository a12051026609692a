package oracle

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// legacy grows packages whose relationships have their other sides made by backrefs, in
// every way that is known, over two modules.
type legacy struct {
	*grower
	annotated bool // in the style of 2.0
}

// legacyClass is a class of such a package.
type legacyClass struct {
	module, name string
	lines        []string
	names        map[string]bool
}

// legacyWorld is such a package.
type legacyWorld struct {
	name    string
	classes []*legacyClass
	tables  map[string][]string // association tables by module, as source
	nth     int
}

// legacyModules are the modules in which classes stand, the first of which is imported
// first.
var legacyModules = []string{"one", "two"}

func (g *legacy) world(name string) *legacyWorld {
	w := &legacyWorld{name: name, tables: map[string][]string{}}
	for _, class := range classNames[:2+g.IntN(4)] {
		c := &legacyClass{module: legacyModules[g.IntN(2)], name: class, names: map[string]bool{"id": true}}
		c.lines = append(c.lines, fmt.Sprintf("__tablename__ = %q", strings.ToLower(class)), g.column("id", "", "Integer, primary_key=True"))
		w.classes = append(w.classes, c)
	}
	for range 1 + g.IntN(6) {
		from, to := w.classes[g.IntN(len(w.classes))], w.classes[g.IntN(len(w.classes))]
		w.nth++
		switch {
		case from == to:
			g.tree(w, from)
		case g.chance(30):
			g.association(w, from, to)
		case g.chance(30):
			g.many(w, from, to)
		default:
			g.one(w, from, to)
		}
	}
	return w
}

// column writes a column.
func (g *legacy) column(name, optional, args string) string {
	if g.annotated {
		return fmt.Sprintf("%s: Mapped[%sint] = mapped_column(%s)", name, optional, strings.TrimPrefix(args, "Integer, "))
	}
	return fmt.Sprintf("%s = Column(%s)", name, args)
}

// relationship writes a relationship, in one line or in many.
func (g *legacy) relationship(c *legacyClass, name, annotation, target string, args []string) {
	all := append([]string{fmt.Sprintf("%q", target)}, args...)
	line := name + " = relationship("
	if g.annotated && g.chance(70) {
		g.feature("annotated")
		line = name + ": Mapped[" + annotation + "] = relationship("
		if g.chance(50) {
			all = args
		}
	}
	switch {
	case len(line)+len(strings.Join(all, ", "))+5 <= 88 && g.chance(60):
		c.lines = append(c.lines, line+strings.Join(all, ", ")+")")
	case g.chance(50):
		g.feature("a line for each argument")
		c.lines = append(c.lines, line)
		for _, a := range all {
			c.lines = append(c.lines, "    "+a+",")
		}
		c.lines = append(c.lines, ")")
	default:
		g.feature("aligned arguments")
		c.lines = append(c.lines, line+strings.Join(all, ",\n"+strings.Repeat(" ", len(line)+4))+")")
	}
}

// backref writes the backref, with some of the options that go with its kind.
func (g *legacy) backref(name string, options ...string) string {
	var some []string
	for _, o := range options {
		if g.chance(30) {
			key, _, _ := strings.Cut(o, "=")
			g.feature("backref with " + key)
			some = append(some, o)
		}
	}
	if len(some) == 0 && g.chance(80) {
		g.feature("backref as text")
		return fmt.Sprintf("backref=%q", name)
	}
	return fmt.Sprintf("backref=backref(%s)", strings.Join(append([]string{fmt.Sprintf("%q", name)}, some...), ", "))
}

// one adds a many-to-one.
func (g *legacy) one(w *legacyWorld, from, to *legacyClass) {
	g.feature("many-to-one")
	key := fmt.Sprintf("to%d_id", w.nth)
	from.lines = append(from.lines, g.column(key, "", fmt.Sprintf("Integer, ForeignKey(%q)", strings.ToLower(to.name)+".id")))
	args := []string{g.foreignKeys(from.name, key)}
	if g.chance(15) {
		args = append(args, "viewonly=True")
	}
	back := g.backref(fmt.Sprintf("back%d", w.nth), `lazy="joined"`, "uselist=False", `order_by="`+from.name+`.id"`, "passive_deletes=True", "join_depth=2")
	args = append(args, back)
	if g.chance(20) {
		args = append(args, `lazy="joined"`)
	}
	g.relationship(from, fmt.Sprintf("to%d", w.nth), `"`+to.name+`"`, to.name, args)
}

// foreignKeys says which column holds the key.
func (g *legacy) foreignKeys(class, key string) string {
	switch g.IntN(4) {
	case 0:
		return fmt.Sprintf("foreign_keys=[%s]", key)
	case 1:
		return fmt.Sprintf("foreign_keys=%q", class+"."+key)
	case 2:
		return fmt.Sprintf("foreign_keys=lambda: %s.%s", class, key)
	}
	return "foreign_keys=" + key
}

// many adds a one-to-many, whose key is on the other side.
func (g *legacy) many(w *legacyWorld, from, to *legacyClass) {
	g.feature("one-to-many")
	key := fmt.Sprintf("of%d_id", w.nth)
	to.lines = append(to.lines, g.column(key, "", fmt.Sprintf("Integer, ForeignKey(%q)", strings.ToLower(from.name)+".id")))
	args := []string{fmt.Sprintf("foreign_keys=%q", "["+to.name+"."+key+"]")}
	if g.chance(30) {
		args = []string{fmt.Sprintf("primaryjoin=%q", from.name+".id == "+to.name+"."+key)}
	}
	if g.chance(40) {
		args = append(args, `cascade="all, delete-orphan"`)
	}
	annotation := `List["` + to.name + `"]`
	if g.chance(20) {
		args, annotation = append(args, "uselist=False"), `"`+to.name+`"`
	}
	args = append(args, g.backref(fmt.Sprintf("owner%d", w.nth), `lazy="joined"`, "innerjoin=True"))
	g.relationship(from, fmt.Sprintf("list%d", w.nth), annotation, to.name, args)
}

// association adds a many-to-many.
func (g *legacy) association(w *legacyWorld, from, to *legacyClass) {
	g.feature("many-to-many")
	table := fmt.Sprintf("link%d", w.nth)
	w.tables[from.module] = append(w.tables[from.module], fmt.Sprintf(
		"%s = Table(\n    %q,\n    Base.metadata,\n    Column(\"a\", ForeignKey(%q)),\n    Column(\"b\", ForeignKey(%q)),\n)",
		table, table, strings.ToLower(from.name)+".id", strings.ToLower(to.name)+".id"))
	secondary := "secondary=" + table
	if g.chance(30) {
		secondary = fmt.Sprintf("secondary=%q", table)
	}
	args := []string{secondary}
	if g.chance(20) {
		args = append(args, fmt.Sprintf("primaryjoin=%q", from.name+".id == "+table+".c.a"), fmt.Sprintf("secondaryjoin=%q", to.name+".id == "+table+".c.b"))
	}
	args = append(args, g.backref(fmt.Sprintf("back%d", w.nth), `lazy="dynamic"`, `order_by="`+from.name+`.id"`, `cascade="all"`))
	g.relationship(from, fmt.Sprintf("links%d", w.nth), `List["`+to.name+`"]`, to.name, args)
}

// tree adds a reference of a class to itself, either end of which declares the other.
func (g *legacy) tree(w *legacyWorld, c *legacyClass) {
	g.feature("self-reference")
	key, up, down := fmt.Sprintf("up%d_id", w.nth), fmt.Sprintf("up%d", w.nth), fmt.Sprintf("down%d", w.nth)
	optional := ""
	c.lines = append(c.lines, g.column(key, optional, fmt.Sprintf("Integer, ForeignKey(%q)", strings.ToLower(c.name)+".id")))
	keys := fmt.Sprintf("foreign_keys=[%s]", key)
	if g.chance(50) {
		g.relationship(c, up, `"`+c.name+`"`, c.name, []string{keys, "remote_side=[id]", g.backref(down, `lazy="select"`, `order_by="`+c.name+`.id"`)})
		return
	}
	back := fmt.Sprintf("backref=backref(%q, remote_side=[id])", up)
	if g.chance(40) {
		back = fmt.Sprintf("backref=backref(%q, remote_side=%q)", up, c.name+".id")
	}
	g.relationship(c, down, `List["`+c.name+`"]`, c.name, []string{keys, back})
}

// write writes the package.
func (w *legacyWorld) write(dir string, annotated bool) error {
	base := "from sqlalchemy.orm import declarative_base\n\nBase = declarative_base()\n"
	names := "backref, relationship"
	if annotated {
		base = "from sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase):\n    pass\n"
		names = "Mapped, backref, mapped_column, relationship"
	}
	files := map[string]string{"__init__.py": "", "base.py": base, "models.py": "from . import one, two\n"}
	for _, module := range legacyModules {
		text := w.source(module)
		head := "from __future__ import annotations\n\n"
		if !annotated {
			head = ""
		}
		if strings.Contains(text, "List[") {
			head += "from typing import List\n\n"
		}
		head += "from sqlalchemy import Column, ForeignKey, Integer, Table\nfrom sqlalchemy.orm import " + names + "\n\nfrom .base import Base\n"
		files[module+".py"] = head + text
	}
	folder := filepath.Join(dir, w.name)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// source is what a module declares.
func (w *legacyWorld) source(module string) string {
	var b strings.Builder
	for _, t := range w.tables[module] {
		b.WriteString("\n" + t + "\n")
	}
	for _, c := range w.classes {
		if c.module == module {
			b.WriteString("\n\nclass " + c.name + "(Base):\n    " + strings.Join(c.lines, "\n    ") + "\n")
		}
	}
	return b.String()
}

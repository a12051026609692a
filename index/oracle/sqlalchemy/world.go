package oracle

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// world is one package of models: a module base with the root and the association tables,
// and one or two modules of classes, of which the second imports all of the first.
type world struct {
	name      string
	style     style
	classes   []*class
	tables    []string // association tables, as source
	tableList []string // their names
	mixins    []string // classes that are not mapped, as source
	after     []string // statements behind the classes of the last module
	spoilt    string   // the mistake that was made on purpose; "" for none
}

// style is how a world is written.
type style struct {
	modern    bool // mapped_column and Mapped[...], of SQLAlchemy 2.0
	later     bool // annotations are texts to Python
	dataclass bool // classes are mapped as dataclasses
	modules   int
	common    bool // the primary key comes from an abstract base
}

// class is one mapped class.
type class struct {
	name      string
	table     string // "" for single-table inheritance
	module    int
	parent    *class
	concrete  bool
	mixins    []string
	columns   []*column
	relations []*related
	arguments []string // of __table_args__
	mapper    []string // entries of __mapper_args__
	names     map[string]bool
	composite bool // its primary key has two columns
}

// column is one column.
type column struct {
	attr, name string // name is "" where it is that of the attribute
	key        string // the argument of ForeignKey, as source; "" for none
	primary    bool
}

// related is one relationship.
type related struct {
	name    string
	class   *class
	target  *class
	written string // how the target is named, as source
	args    []arg
	many    bool
	note    string // how the annotation is written
	outside bool   // it is assigned behind the class
}

// arg is one argument, as source.
type arg struct{ key, value string }

func (r *related) set(key, format string, args ...any) {
	value := fmt.Sprintf(format, args...)
	if i := r.index(key); i >= 0 {
		r.args[i].value = value
		return
	}
	r.args = append(r.args, arg{key, value})
}

func (r *related) index(key string) int {
	return slices.IndexFunc(r.args, func(a arg) bool { return a.key == key })
}

func (r *related) has(key string) bool { return r.index(key) >= 0 }

func (r *related) drop(key string) bool {
	i := r.index(key)
	if i >= 0 {
		r.args = slices.Delete(r.args, i, i+1)
	}
	return i >= 0
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

var moduleNames = []string{"models", "more"}

// call writes the call of relationship.
func (r *related) call(s style) string {
	var args []string
	if r.written != "" {
		args = append(args, r.written)
	}
	for _, a := range r.args {
		args = append(args, a.key+"="+a.value)
	}
	if s.dataclass && !r.outside {
		args = append(args, "init=False")
	}
	return "relationship(" + strings.Join(args, ", ") + ")"
}

func (r *related) line(s style) string {
	if r.note != "" {
		return r.name + ": " + r.note + " = " + r.call(s)
	}
	return r.name + " = " + r.call(s)
}

func (c *column) line(s style) string {
	var args []string
	if c.name != "" {
		args = append(args, fmt.Sprintf("%q", c.name))
	}
	if c.key == "" || c.primary {
		args = append(args, "Integer")
	}
	if c.key != "" {
		args = append(args, "ForeignKey("+c.key+")")
	}
	if c.primary {
		args = append(args, "primary_key=True")
	}
	if !s.modern {
		return c.attr + " = Column(" + strings.Join(args, ", ") + ")"
	}
	if s.dataclass {
		args = append(args, "init=False")
	}
	return c.attr + ": Mapped[int] = mapped_column(" + strings.Join(args, ", ") + ")"
}

// source writes the class.
func (c *class) source(s style) string {
	var b strings.Builder
	base := "Base"
	if c.parent != nil {
		base = c.parent.name
	} else if s.common && !c.composite {
		base = "Common"
	}
	fmt.Fprintf(&b, "\n\nclass %s(%s):\n", c.name, strings.Join(append(slices.Clone(c.mixins), base), ", "))
	if c.table != "" {
		fmt.Fprintf(&b, "    __tablename__ = %q\n", c.table)
	}
	for _, column := range c.columns {
		b.WriteString("    " + column.line(s) + "\n")
	}
	for _, r := range c.relations {
		if !r.outside {
			b.WriteString("    " + r.line(s) + "\n")
		}
	}
	if len(c.arguments) > 0 {
		b.WriteString("    __table_args__ = (" + strings.Join(c.arguments, ", ") + ",)\n")
	}
	if len(c.mapper) > 0 {
		b.WriteString("    __mapper_args__ = {" + strings.Join(c.mapper, ", ") + "}\n")
	}
	return b.String() + "    pass\n"
}

// base writes the module of the root.
func (w *world) base() string {
	b := "from sqlalchemy import Column, ForeignKey, Integer, Table\n"
	switch {
	case w.style.dataclass:
		b += "from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column\n\n\nclass Base(MappedAsDataclass, DeclarativeBase):\n    pass\n"
	case w.style.modern:
		b += "from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\n\nclass Base(DeclarativeBase):\n    pass\n"
	default:
		b += "from sqlalchemy.orm import declarative_base\n\nBase = declarative_base()\n"
	}
	id := &column{attr: "id", primary: true}
	return b + "\n\nclass Common(Base):\n    __abstract__ = True\n    " + id.line(w.style) + "\n\n\n" + strings.Join(w.tables, "\n") + "\n"
}

// module writes one of the modules of classes.
func (w *world) module(n int) string {
	var b strings.Builder
	if w.style.later {
		b.WriteString("from __future__ import annotations\n\n")
	}
	b.WriteString("from typing import Collection, List, Optional, Sequence, Set, Union\n\n")
	b.WriteString("from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, Table, and_, or_\n")
	b.WriteString("from sqlalchemy.orm import backref, declared_attr, foreign, relationship, remote\n")
	if w.style.modern {
		b.WriteString("from sqlalchemy.orm import DynamicMapped, Mapped, WriteOnlyMapped, mapped_column\n")
	}
	b.WriteString("\nfrom .base import " + strings.Join(append([]string{"Base", "Common"}, w.tableList...), ", ") + "\n")
	if n > 0 {
		var names []string
		for _, c := range w.classes {
			if c.module < n {
				names = append(names, c.name)
			}
		}
		if len(names) > 0 {
			b.WriteString("from ." + moduleNames[0] + " import " + strings.Join(names, ", ") + "\n")
		}
	}
	if n == 0 {
		for _, m := range w.mixins {
			b.WriteString("\n\n" + m)
		}
	} else if len(w.mixins) > 0 {
		b.WriteString("from ." + moduleNames[0] + " import *\n")
	}
	for _, c := range w.classes {
		if c.module == n {
			b.WriteString(c.source(w.style))
		}
	}
	if n == w.style.modules-1 {
		var lines []string
		for _, c := range w.classes {
			for _, r := range c.relations {
				if r.outside {
					lines = append(lines, c.name+"."+r.name+" = "+r.call(w.style))
				}
			}
		}
		b.WriteString("\n\n" + strings.Join(append(lines, w.after...), "\n") + "\n")
	}
	return b.String()
}

// source writes all modules, for people.
func (w *world) source() string {
	text := w.base()
	for n := range w.style.modules {
		text += "\n# " + moduleNames[n] + ".py\n" + w.module(n)
	}
	return text
}

// write writes the world's package.
func (w *world) write(dir string) error {
	files := map[string]string{"__init__.py": "", "base.py": w.base()}
	for n := range w.style.modules {
		files[moduleNames[n]+".py"] = w.module(n)
	}
	return writePackage(filepath.Join(dir, w.name), files)
}

func writePackage(folder string, files map[string]string) error {
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

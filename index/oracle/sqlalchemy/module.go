package oracle

import (
	"fmt"
	"strings"
)

// base writes the module of the roots.
func (w *world) base() string {
	var b strings.Builder
	b.WriteString("from sqlalchemy import Column, ForeignKey, Integer, Table\n")
	b.WriteString(w.style.form.roots(w))
	if w.style.common {
		b.WriteString("\n\nclass Common(" + w.style.form.root(0) + "):\n    __abstract__ = True\n    " +
			w.style.form.column(w, &class{}, &column{attr: "id", primary: true}) + "\n")
	}
	b.WriteString("\n\n")
	for _, t := range w.tables {
		b.WriteString(w.style.form.association(w, t) + "\n")
	}
	var registries []string
	for n := range w.style.registries {
		registries = append(registries, w.style.form.registry(n))
	}
	return b.String() + "\nregistries = [" + strings.Join(registries, ", ") + "]\n"
}

// module writes one of the modules of classes.
func (w *world) module(n int) string {
	var b strings.Builder
	b.WriteString(w.imports(n))
	if n == 0 {
		for _, m := range w.mixins {
			b.WriteString("\n\n" + m)
		}
	}
	for _, c := range w.classes {
		if c.module == n {
			b.WriteString(w.style.form.class(w, c))
		}
	}
	if n == w.style.modules-1 {
		b.WriteString("\n\n")
		for _, r := range w.relations() {
			if r.outside && !r.gone {
				b.WriteString(w.style.form.outside(w, r, r.class.code(&class{module: n})) + "\n")
			}
		}
	}
	return b.String()
}

// imports writes what a module imports.
func (w *world) imports(n int) string {
	var b strings.Builder
	if w.style.later {
		b.WriteString("from __future__ import annotations\n\n")
	}
	if w.style.stars {
		b.WriteString("from sqlalchemy import *\nfrom sqlalchemy.orm import *\nfrom .base import *\n")
	} else {
		b.WriteString("from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, Table, and_, or_\n")
		b.WriteString("from sqlalchemy.orm import backref, declared_attr, foreign, relationship, remote\n")
		if w.style.form.annotated {
			b.WriteString("from sqlalchemy.orm import DynamicMapped, Mapped, WriteOnlyMapped, mapped_column\n")
		}
	}
	b.WriteString("from typing import Annotated, Collection, List, Optional, Sequence, Set, Union\n\n" + w.style.form.imports)
	b.WriteString("from .base import " + strings.Join(w.exported(), ", ") + "\n")
	if n == 0 {
		return b.String()
	}
	var names []string
	for _, c := range w.classes {
		switch {
		case c.module == n:
		case c.alias != "":
			names = append(names, c.name+" as "+c.alias)
		default:
			names = append(names, c.name)
		}
		if w.style.form == imperativeForm && c.module != n && c.table != "" {
			names = append(names, tableVariable(c))
		}
	}
	if w.style.stars || len(w.mixins) > 0 || len(names) == 0 {
		b.WriteString("from ." + moduleNames[0] + " import *\n")
	}
	if len(names) > 0 {
		b.WriteString(fmt.Sprintf("from .%s import %s\n", moduleNames[0], strings.Join(names, ", ")))
	}
	return b.String()
}

// exported are the names that the module of the roots declares.
func (w *world) exported() []string {
	var names []string
	for n := range w.style.registries {
		root, _, _ := strings.Cut(w.style.form.root(n), ".")
		names = append(names, root)
	}
	if w.style.common {
		names = append(names, "Common")
	}
	if w.style.aliases {
		names = append(names, "intpk")
	}
	for _, t := range w.tables {
		names = append(names, t.name)
		if w.style.form == sqlmodelForm {
			names = append(names, t.model())
		}
	}
	return names
}

// call writes the call of relationship, or of what goes by another name.
func (r *related) call(function string, more ...string) string {
	var args []string
	if r.written != "" {
		args = append(args, r.written)
	}
	for _, a := range r.args {
		args = append(args, a.key+"="+a.value)
	}
	return function + "(" + strings.Join(append(args, more...), ", ") + ")"
}

// columnCall writes the call of Column, or of what goes by another name.
func (c *column) call(function string, more ...string) string {
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
	return function + "(" + strings.Join(append(args, more...), ", ") + ")"
}

// tableCall writes a Table, whose columns go by the names that they are stored under.
func (c *class) tableCall(metadata string) string {
	args := []string{fmt.Sprintf("%q", c.table), metadata}
	for _, one := range c.columns {
		named := *one
		named.name = one.stored()
		args = append(args, named.call("Column"))
	}
	return "Table(" + strings.Join(append(args, c.arguments...), ", ") + ")"
}

package oracle

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// world is one package of models: a module base with the roots and the association tables,
// and one or two modules of classes, of which the second imports all of the first.
type world struct {
	name    string
	style   style
	classes []*class
	tables  []*association
	mixins  []string // classes that are not mapped, as source
	spoilt  string   // the mistake that was made on purpose; "" for none
}

// association is a table between two classes.
type association struct {
	name    string
	a, b    *class
	keyless bool // it has no foreign keys
}

// class is one mapped class.
type class struct {
	name      string
	table     string // "" for single-table inheritance
	module    int
	root      int // of which root it is: all classes of one are in one registry
	parent    *class
	concrete  bool
	core      bool   // its table is declared as a Table
	homonym   bool   // another class of its registry has its name
	alias     string // by which the second module knows it, where that has a class of its name
	mixins    []string
	columns   []*column
	relations []*related
	arguments []string // of __table_args__
	names     map[string]bool
	composite bool // its primary key has two columns
}

// column is one column.
type column struct {
	attr, name string // name is "" where it is that of the attribute
	key        string // the argument of ForeignKey, as source; "" for none
	primary    bool
}

// stored is the name of the column in its table.
func (c *column) stored() string {
	if c.name != "" {
		return c.name
	}
	return c.attr
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
	outside bool   // it is given to the class behind its declaration
	gone    bool   // it is left out
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

// value is an argument; "" for none.
func (r *related) value(key string) string {
	if i := r.index(key); i >= 0 {
		return r.args[i].value
	}
	return ""
}

// holder is the class whose table the class is in.
func (c *class) holder() *class {
	for c.table == "" {
		c = c.parent
	}
	return c
}

// primary is its own primary key, where that is one column; nil for none.
func (c *class) primary() *column {
	if i := slices.IndexFunc(c.columns, func(one *column) bool { return one.primary }); i >= 0 && !c.composite {
		return c.columns[i]
	}
	return nil
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

// text is what a text calls the class.
func (c *class) text() string {
	if c.homonym {
		return moduleNames[c.module] + "." + c.name
	}
	return c.name
}

// code is what the module of another class calls the class.
func (c *class) code(in *class) string {
	if c.alias != "" && in.module != c.module {
		return c.alias
	}
	return c.name
}

// id is how both sides call a relationship.
func (w *world) id(r *related) string {
	return w.name + "." + moduleNames[r.class.module] + "." + r.class.name + "." + r.name
}

// relations are all relationships.
func (w *world) relations() []*related {
	var all []*related
	for _, c := range w.classes {
		all = append(all, c.relations...)
	}
	return all
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

// source writes all modules, for people.
func (w *world) source() string {
	text := w.base()
	for n := range w.style.modules {
		text += "\n# " + moduleNames[n] + ".py\n" + w.module(n)
	}
	return strings.TrimRight(text, "\n")
}

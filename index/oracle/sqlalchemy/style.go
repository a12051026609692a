package oracle

import "strings"

// style is how a world is written.
type style struct {
	form       *form
	later      bool // annotations are texts to Python
	modules    int
	registries int
	common     bool // the primary key comes from an abstract base
	aliases    bool // annotations say what columns are
	stars      bool // all is imported by stars
}

// form is one of the ways to write mapped classes, and what can be written in it.
type form struct {
	name      string // as runs call it
	needs     string // a Python module without which it cannot be tried
	since     string // the first version of SQLAlchemy
	before    string // the first version that has it no more; "" for none
	annotated bool   // by Mapped[...]
	kin       bool   // classes inherit from each other
	mixins    bool   // columns and relationships come from mixins, and from an abstract base
	renamed   bool   // columns may go by another name than their attributes
	core      bool   // a table may be declared as a Table
	named     bool   // tables are called as their classes by default
	unsaid    bool   // how the tables of a hierarchy are joined cannot be said
	typed     bool   // what a relationship leads to is its annotation alone

	imports string // what the modules of classes import besides
	// roots declares the roots, of which root and registry tell the names.
	roots          func(w *world) string
	root, registry func(n int) string
	class          func(w *world, c *class) string
	relation       func(r *related) string // in the body of a class
	column         func(w *world, c *class, column *column) string
	association    func(w *world, t *association) string
	// own is a column of the class as code in the call of relationship names it; "" where
	// none can.
	own func(c *class, column *column) string
	// outside gives a class, which goes by a name, a relationship behind its declaration.
	outside func(w *world, r *related, class string) string
}

// forms are all, the main ones first.
var forms = []*form{columnForm, imperativeForm, mappedForm, dataclassForm, fieldForm, flaskForm, sqlmodelForm}

// among reports whether a version of SQLAlchemy has the form.
func (f *form) among(version string) bool {
	return version >= f.since && (f.before == "" || version < f.before)
}

// columns writes several columns of a class as an argument: as code where they can be
// named, else as a text.
func (s style) columns(c *class, columns ...*column) string {
	var code, text []string
	for _, one := range columns {
		if own := s.form.own(c, one); own != "" && !s.aliases {
			code = append(code, own)
		}
		text = append(text, c.text()+"."+one.attr)
	}
	if len(code) == len(columns) {
		return "[" + strings.Join(code, ", ") + "]"
	}
	return `"[` + strings.Join(text, ", ") + `]"`
}

func rootName(n int) string { return []string{"Base", "Other"}[n] }

// inBody is a column as the body of its class names it.
func inBody(c *class, one *column) string {
	if c.core {
		return ""
	}
	for _, own := range c.columns {
		if own == one {
			return one.attr
		}
	}
	return ""
}

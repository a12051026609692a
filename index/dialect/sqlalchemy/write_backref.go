package sqlalchemy

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// inPlaceOfBackref gives the relationship that the backref makes (orm/relationships.py,
// _generate_backref, 2.0.40), and the back_populates that takes the place of the backref.
func (w *writer) inPlaceOfBackref() *dialect.Addition {
	r := w.r
	back := r.inverse
	if back == nil || back.maker != r {
		return nil
	}
	add := &dialect.Addition{Arguments: []relation.Argument{{
		Relation: r.id(), Name: "back_populates", Code: quote(back.name.Text), Instead: "backref",
	}}}
	own := map[string]bool{}
	for i := range back.call.Args {
		own[back.call.Args[i].Key.Text] = true
	}
	w.joinAsMade(own)
	for _, inherited := range []string{"viewonly", "post_update", "passive_updates", "sync_backref"} {
		if v := r.arg(inherited); v != nil && !own[inherited] {
			w.option(v)
		}
	}
	for i := range back.call.Args {
		w.option(&back.call.Args[i])
	}
	return w.finish(add, back.name.Text, back.uselist)
}

// joinAsMade is join, without what the backref says for itself.
func (w *writer) joinAsMade(own map[string]bool) {
	if own["primaryjoin"] || own["secondaryjoin"] || own["foreign_keys"] {
		w.dark = w.dark || w.r.given("primaryjoin") || w.r.given("secondaryjoin") || w.r.given("foreign_keys")
		if w.r.direction == manyToMany {
			w.giveSecondary()
		}
		return
	}
	w.join()
}

// expressions are the arguments that texts can stand for.
var expressions = map[string]bool{
	"primaryjoin": true, "secondaryjoin": true, "foreign_keys": true, "remote_side": true, "order_by": true,
}

// option gives the new side an option that stands in the file of the relationship.
func (w *writer) option(v *facts.Value) {
	name := v.Key.Text
	switch {
	case name == "" || v.Spread || name == "back_populates" || name == "backref":
		w.dark = true
	case v.Kind == facts.TextValue || v.Kind == facts.NumberValue:
		w.give(name, v)
	case v.Kind == facts.NamedValue && constant[v.Name.Text]:
		w.give(name, v)
	case expressions[name] && w.r.owner == w.target && w.r.inBody() && source(v) != "":
		w.give(name, v) // it means the same there
	case expressions[name]:
		if text := w.r.asText(v); text != nil {
			w.give(name, text)
		} else {
			w.dark = true
		}
	case source(v) != "" && w.known(v):
		w.give(name, v)
	default:
		w.dark = true
	}
}

// constant are names that mean the same everywhere.
var constant = map[string]bool{"True": true, "False": true, "None": true, "list": true, "set": true, "dict": true}

// known reports whether an expression means the same in the file of the target, by the
// imports of the other file if need be.
func (w *writer) known(v *facts.Value) bool {
	switch v.Kind {
	case facts.TextValue, facts.NumberValue:
		return true
	case facts.CallValue:
		for i := range v.Args {
			if !w.known(&v.Args[i]) {
				return false
			}
		}
		return w.known(v.Of)
	case facts.NamedValue, facts.SelectedValue:
		return constant[v.Dotted()] || w.importable(v.Dotted())
	}
	return false
}

// importable reports whether a name comes from something outside of the workspace that the
// file of the target can import as well.
func (w *writer) importable(name string) bool {
	if t, ok := w.r.g().scope.Lookup(w.r.file, name); !ok {
		return false
	} else if _, d := t.Decl(); d != nil {
		return false
	}
	first, _, _ := strings.Cut(name, ".")
	for _, imp := range w.r.file.Imports {
		if imp.Member.Text == first && imp.Name.Text == "" && !strings.HasPrefix(imp.Path.Text, ".") {
			w.need = append(w.need, dialect.NewImport{Module: imp.Path.Text, Name: first})
			return true
		}
	}
	return false
}

package sqlalchemy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// finish adds the attribute of a name to the target, if SQLAlchemy reads it as the other
// side of the relationship.
func (w *writer) finish(add *dialect.Addition, name string, many bool) *dialect.Addition {
	r := w.r
	called := r.owner.registryName()
	if w.dark || called == "" {
		return nil
	}
	w.give("back_populates", &facts.Value{Kind: facts.TextValue, Name: facts.Slot{Text: r.name.Text}})
	target := facts.Value{Kind: facts.TextValue, Name: facts.Slot{Text: called}}
	function, ok := w.function(w.callee())
	back := w.read(append([]facts.Value{target}, w.args...), name)
	if !ok || !w.answers(back, many) || !w.giveOverlaps(back) {
		return nil
	}
	attribute := dialect.NewAttribute{Name: name, After: w.after()}
	args := w.args
	switch container, options, ok := w.annotation(many); {
	case ok && called == r.owner.decl.Name.Text && w.target.sqlmodel:
		attribute.Annotation, args = container, sqlModelArguments(options)
	case ok && called == r.owner.decl.Name.Text:
		attribute.Annotation, args = container, slices.Concat(options, w.asField(many, attribute.After))
	case w.target.sqlmodel:
		return nil
	default:
		args = append([]facts.Value{target}, args...)
	}
	call := &facts.Value{Kind: facts.CallValue, Of: dotted(function), Args: args}
	if attribute.Value = source(call); attribute.Value == "" {
		return nil
	}
	attribute.Imports = w.need
	add.Attributes = append(add.Attributes, attribute)
	return add
}

// read is what SQLAlchemy makes of a relationship of the target with such arguments.
func (w *writer) read(args []facts.Value, name string) *relationship {
	back := &relationship{
		attribute: &attribute{kind: relationshipAttribute, name: facts.Slot{Text: name}, class: w.target, file: w.target.file},
		owner:     w.target, target: w.r.owner, inverse: w.r,
		call: &facts.Value{Kind: facts.CallValue, Args: args},
	}
	back.readArguments()
	back.join()
	return back
}

// answers reports whether a relationship joins as the one of the writer does, seen from the
// other end.
func (w *writer) answers(back *relationship, many bool) bool {
	r := w.r
	switch {
	case back.joining == nil || back.joining.isGuessed():
		return false
	case len(back.mistakes) > 0 || back.unsure || back.refused:
		return false
	case r.direction == manyToMany:
		own, theirs := r.joinKeys[:r.ownJoinKeys], r.joinKeys[r.ownJoinKeys:]
		return back.direction == manyToMany && back.secondary == r.secondary && back.uselist == many &&
			slices.Equal(back.joinKeys, slices.Concat(theirs, own))
	case r.direction == manyToOne && back.direction != oneToMany, r.direction == oneToMany && back.direction != manyToOne:
		return false
	}
	return back.uselist == many && slices.Equal(back.keys, r.keys)
}

// giveOverlaps says of a new side which others write what it writes, as the other side says
// of them. It reports false where one of those is there to be its inverse.
func (w *writer) giveOverlaps(back *relationship) bool {
	if readOnly, known := back.viewonly(); readOnly || !known || w.r.given("backref") {
		return true
	}
	var names []string
	for _, c := range w.r.g().order {
		for _, other := range c.relationships {
			if readOnly, known := other.viewonly(); other == w.r || readOnly || !known || other.refused || other.unsure || back.shared(other) == "" || !back.conflicts(other) {
				continue
			}
			if other.mirrors(w.r) && other.inverse == nil {
				return false
			}
			if !slices.Contains(names, other.name.Text) {
				names = append(names, other.name.Text)
			}
		}
	}
	if len(names) > 0 {
		w.give("overlaps", &facts.Value{Kind: facts.TextValue, Name: facts.Slot{Text: strings.Join(names, ",")}})
	}
	return true
}

// after is the attribute behind which a new one goes: the last relationship of the class,
// else the last of its attributes; "" where there is none.
func (w *writer) after() string {
	last, related := "", ""
	for i := range w.target.decl.Type.Fields {
		f := &w.target.decl.Type.Fields[i]
		if f.Embedded || f.Optional {
			continue
		}
		last = f.Name.Text
		if a := w.target.byName[last]; a != nil && a.kind == relationshipAttribute {
			related = last
		}
	}
	if related != "" {
		return related
	}
	return last
}

// callee is the function that declares relationships of the target.
func (w *writer) callee() string {
	if w.target.sqlmodel {
		return "Relationship"
	}
	return "relationship"
}

// function is how the file of the target calls a function of the library: as other
// calls there do, else as its imports allow, else by an import of its own.
func (w *writer) function(name string) (string, bool) {
	file, g := w.target.file, w.r.g()
	for i := range w.target.decl.Type.Fields {
		f := &w.target.decl.Type.Fields[i]
		if f.Value != nil && f.Value.Kind == facts.CallValue && g.library(file, f.Value.Of) == name {
			return f.Value.Of.Dotted(), true
		}
	}
	for i := range file.Decls {
		for j := range file.Decls[i].Type.Fields {
			f := &file.Decls[i].Type.Fields[j]
			if f.Value != nil && f.Value.Kind == facts.CallValue && g.library(file, f.Value.Of) == name {
				return f.Value.Of.Dotted(), true
			}
		}
	}
	for _, imp := range file.Imports {
		if spelling := w.imported(&imp, name); spelling != "" {
			return spelling, true
		}
	}
	if _, bound := g.scope.Lookup(file, name); bound {
		return "", false
	}
	module := "sqlalchemy.orm"
	if w.target.sqlmodel {
		module = "sqlmodel"
	}
	w.need = append(w.need, dialect.NewImport{Module: module, Name: name})
	return name, true
}

// imported is how an import of the target's file lets code call a function of
// sqlalchemy.orm; "" where it does not.
func (w *writer) imported(imp *facts.Import, name string) string {
	local := cmp.Or(imp.Name.Text, imp.Member.Text, imp.Path.Text)
	file, g := w.target.file, w.r.g()
	v := dotted(local)
	if local == "*" || v == nil {
		return ""
	}
	if g.library(file, v) == name {
		return local
	}
	if t, ok := g.scope.Lookup(file, local); ok && t.Ref().String() == "sqlalchemy.orm" || g.isFlask(file, v) {
		return local + "." + name
	}
	return ""
}

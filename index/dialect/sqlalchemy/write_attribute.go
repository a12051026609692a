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
	function, ok := w.function("relationship")
	if !ok || !w.reads(append([]facts.Value{target}, w.args...), name, many) {
		return nil
	}
	attribute := dialect.NewAttribute{Name: name, After: w.after()}
	args := w.args
	if container, options, ok := w.annotation(many); ok && called == r.owner.decl.Name.Text {
		attribute.Annotation, args = container, options
	} else {
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

// reads reports whether SQLAlchemy joins a relationship of the target with such arguments
// as the relationship is joined, seen from the other end.
func (w *writer) reads(args []facts.Value, name string, many bool) bool {
	r := w.r
	back := &relationship{
		attribute: &attribute{kind: relationshipAttribute, name: facts.Slot{Text: name}, class: w.target, file: w.target.file},
		owner:     w.target, target: r.owner,
		call: &facts.Value{Kind: facts.CallValue, Args: args},
	}
	back.readArguments()
	back.join()
	switch {
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

// function is how the file of the target calls a function of sqlalchemy.orm: as other
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
	w.need = append(w.need, dialect.NewImport{Module: "sqlalchemy.orm", Name: name})
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

// annotation is the annotation of the new attribute, and the arguments of the call that
// it leaves to say, where the class annotates its attributes; false where it does not.
func (w *writer) annotation(many bool) (text string, args []facts.Value, ok bool) {
	if !w.annotates() {
		return "", nil, false
	}
	name := w.r.owner.decl.Name.Text
	inner, container := quote(name), "Mapped"
	for _, arg := range w.args {
		switch {
		case arg.Key.Text == "lazy" && arg.Name.Text == "dynamic" && many:
			container = "DynamicMapped"
		case arg.Key.Text == "lazy" && arg.Name.Text == "write_only" && many:
			container = "WriteOnlyMapped"
		case arg.Key.Text == "uselist" && arg.Dotted() == "False":
		case arg.Key.Text == "collection_class", arg.Key.Text == "uselist":
			return "", nil, false // the annotation would have to agree with it
		default:
			args = append(args, arg)
		}
	}
	switch {
	case many && container == "Mapped":
		inner = w.list() + "[" + inner + "]"
	case !many && (w.r.direction == manyToOne || w.nullable()):
		inner = w.optional(name)
	}
	container, ok = w.function(container)
	if w.r.file != w.target.file {
		w.need = append(w.need, dialect.NewImport{Module: w.r.owner.ref.Package, Name: name, Checking: true})
	}
	return container + "[" + inner + "]", args, ok
}

// annotates reports whether the target annotates what it declares; where it declares
// nothing, whether the other class does.
func (w *writer) annotates() bool {
	for _, c := range []*class{w.target, w.r.owner} {
		declares := false
		for _, a := range c.attributes {
			if a.kind != columnAttribute && a.kind != relationshipAttribute {
				continue
			}
			declares = true
			if _, ok := c.g.annotated(a); ok {
				return true
			}
		}
		if declares {
			return false
		}
	}
	return false
}

// nullable reports whether a foreign key of the new side may hold nothing, as its
// annotation says.
func (w *writer) nullable() bool {
	for _, k := range w.r.keys {
		c := w.r.g().classes[k.ForeignKey.Model]
		if c == nil {
			continue
		}
		a := c.find(k.ForeignKey.Field)
		if a == nil {
			continue
		}
		if inner, ok := c.g.annotated(a); ok && mayBeNone(inner) {
			return true
		}
	}
	return false
}

// mayBeNone reports whether a type is one of those that hold None too.
func mayBeNone(v *facts.Value) bool {
	if v.Kind == facts.TextValue && v.Of != nil {
		v = v.Of
	}
	switch v.Kind {
	case facts.IndexValue:
		return strings.HasSuffix(v.Of.Dotted(), "Optional")
	case facts.OperatorValue:
		return v.Args[0].Dotted() == "None" || v.Args[1].Dotted() == "None"
	}
	return false
}

// list is how the target spells the type of lists.
func (w *writer) list() string {
	if w.imports("List") {
		return "List"
	}
	return "list"
}

// optional is how the target spells the type of what may be none.
func (w *writer) optional(name string) string {
	if w.imports("Optional") {
		return "Optional[" + quote(name) + "]"
	}
	return quote(name + " | None")
}

// imports reports whether the file of the target imports a name of typing.
func (w *writer) imports(name string) bool {
	return slices.ContainsFunc(w.target.file.Imports, func(i facts.Import) bool {
		return i.Path.Text == "typing" && i.Member.Text == name && i.Name.Text == ""
	})
}

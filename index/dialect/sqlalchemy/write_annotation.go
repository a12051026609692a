package sqlalchemy

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// annotation is the annotation of the new attribute, and the arguments of the call that
// it leaves to say, where the class annotates its attributes; false where it does not.
func (w *writer) annotation(many bool) (text string, args []facts.Value, ok bool) {
	if !w.annotates() && !w.target.sqlmodel {
		return "", nil, false
	}
	name := w.r.owner.decl.Name.Text
	inner, container := w.class(name), "Mapped"
	for _, arg := range w.args {
		switch {
		case arg.Key.Text == "lazy" && arg.Name.Text == "dynamic" && many:
			container = "DynamicMapped"
		case arg.Key.Text == "lazy" && arg.Name.Text == "write_only" && many:
			container = "WriteOnlyMapped"
		case arg.Key.Text == "uselist" && arg.Dotted() == "False" && !w.target.sqlmodel:
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
	if ok = true; w.target.sqlmodel {
		text = inner
	} else {
		container, ok = w.function(container)
		text = container + "[" + inner + "]"
	}
	if w.r.file != w.target.file {
		w.need = append(w.need, dialect.NewImport{Module: w.r.owner.ref.Package, Name: name, Checking: true})
	}
	return text, args, ok
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
		inner, ok := c.g.annotated(a)
		if c.sqlmodel {
			inner, ok = a.annotation, a.annotation != nil
		}
		if ok && mayBeNone(inner) {
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

// class is how the target names a class in annotations: as it is where annotations are texts
// to Python, and the class does not quote others all the same; else in quotes.
func (w *writer) class(name string) string {
	if w.bare() {
		return name
	}
	return quote(name)
}

// bare reports whether the target names classes in annotations without quotes.
func (w *writer) bare() bool {
	if w.target.sqlmodel {
		return w.r.file == w.target.file && w.declaredBefore(w.r.owner.decl.Name.Text)
	}
	if !slices.ContainsFunc(w.target.file.Imports, func(i facts.Import) bool { return i.Path.Text == "__future__" && i.Member.Text == "annotations" }) {
		return false
	}
	for i := range w.target.file.Decls {
		for j := range w.target.file.Decls[i].Type.Fields {
			if v := w.target.file.Decls[i].Type.Fields[j].Annotation; v != nil && quotes(v) {
				return false
			}
		}
	}
	return true
}

// quotes reports whether there is a text in an annotation.
func quotes(v *facts.Value) bool {
	return v.Kind == facts.TextValue || slices.ContainsFunc(v.Args, func(arg facts.Value) bool { return quotes(&arg) })
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
	switch {
	case w.target.sqlmodel && !w.imports("Optional") && w.bare():
		return name + " | None"
	case w.target.sqlmodel && !w.imports("Optional"): // to SQLModel a text is all of the name
		if _, bound := w.r.g().scope.Lookup(w.target.file, "Optional"); bound {
			w.dark = true
		}
		w.need = append(w.need, dialect.NewImport{Module: "typing", Name: "Optional"})
		return "Optional[" + w.class(name) + "]"
	case w.imports("Optional"):
		return "Optional[" + w.class(name) + "]"
	case w.bare():
		return name + " | None"
	}
	return quote(name + " | None")
}

// imports reports whether the file of the target imports a name of typing.
func (w *writer) imports(name string) bool {
	return slices.ContainsFunc(w.target.file.Imports, func(i facts.Import) bool {
		return i.Path.Text == "typing" && i.Member.Text == name && i.Name.Text == ""
	})
}

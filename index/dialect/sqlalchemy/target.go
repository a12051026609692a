package sqlalchemy

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// findTarget finds the class that a relationship leads to: by its first argument, else by
// the annotation.
func (r *relationship) findTarget() {
	annotated := r.readAnnotation()
	switch v := r.arg("argument"); {
	case r.refused:
	case v != nil:
		if r.targetValue = v; v.Dotted() != "None" {
			r.target = r.classOf(v)
			return
		}
		fallthrough
	case !r.unsure && annotated != nil:
		if r.targetValue = annotated; annotated != nil {
			r.target = r.annotatedClass(annotated)
		}
	case v == nil && r.annotation == nil && !r.unsure && r.maker == nil:
		r.refuse(relation.Mistake{Kind: relation.TargetUnknown, Place: r.place(), Text: "neither an argument nor an annotation says where it leads"})
	}
}

func (r *relationship) g() *mappers { return r.owner.g }

// annotatedClass is the class that a name in an annotation means. Only its bare name
// comes to SQLAlchemy, unless the annotation is the class itself
// (orm/util.py, resolve_name_to_real_class_name).
func (r *relationship) annotatedClass(v *facts.Value) *class {
	name := v
	if v.Kind == facts.TextValue {
		name = v.Of
		if name == nil {
			name = &facts.Value{Kind: facts.NamedValue, Name: v.Name}
		}
	}
	c := r.g().lookup(r.file, name)
	switch {
	case c == nil && v.Kind == facts.TextValue:
		return r.named(v, v.Name.Text)
	case c == nil:
		return r.named(v, v.Dotted())
	case c.kind != mapped:
		return nil
	case r.hidden(name, c):
		r.refuse(relation.Mistake{Kind: relation.TargetUnknown, Row: "sa49", Place: r.at(v.Span), Name: name.Name.Text, Meant: c.decl.Name.Text,
			Role: relation.TargetRole, Text: "no mapped class is called " + name.Name.Text + ", by which " + c.decl.Name.Text + " is imported for type checkers only"})
		return nil
	case v.Kind == facts.TextValue || r.laterAnnotations():
		if r.g().apart(c.registry, r.owner.registry) {
			if r.class.sqlmodel {
				return nil // what it names is that class to SQLModel 0.0.8, and a text to 0.0.24
			}
			return r.named(&facts.Value{Kind: facts.TextValue, Name: facts.Slot{Text: c.decl.Name.Text, Span: v.Name.Span}}, c.decl.Name.Text)
		}
		if found, _ := r.inRegistry(c.decl.Name.Text); len(found) > 1 && c.registry == r.owner.registry {
			return r.named(v, c.decl.Name.Text)
		}
	}
	return c
}

// hidden reports whether a class is imported by another name than its own, and so that
// Python does not see it: SQLAlchemy then looks for a class of that other name.
func (r *relationship) hidden(name *facts.Value, c *class) bool {
	return name.Kind == facts.NamedValue && name.Name.Text != c.decl.Name.Text &&
		slices.ContainsFunc(r.file.Imports, func(i facts.Import) bool { return i.Checking && i.Name.Text == name.Name.Text })
}

// laterAnnotations reports whether the annotation is a text to Python.
func (r *relationship) laterAnnotations() bool {
	return importsLater(r.file) || r.annotation != nil && r.annotation.Kind == facts.TextValue
}

// classOf is the class that an argument means as a target; nil where that cannot be told,
// or is a mistake.
func (r *relationship) classOf(v *facts.Value) *class {
	if v.Kind == facts.TextValue {
		return r.named(v, v.Name.Text)
	}
	v, in := argumentIn(v)
	switch {
	case v.Kind == facts.TextValue || v.Kind == facts.NumberValue || v.Kind == facts.ListValue:
		r.noClass(v, "a "+map[facts.ValueKind]string{facts.TextValue: "text", facts.NumberValue: "number", facts.ListValue: "list"}[v.Kind])
		return nil
	case in == inBody && v.Dotted() == r.owner.decl.Name.Text && r.owner == r.class && r.owner.decl.Within != "":
		return r.owner
	case v.Dotted() == "":
		return nil
	}
	c := r.classIn(v, in)
	switch {
	case c != nil && c.kind == mapped:
		return c
	case c != nil && c.kind == abstract:
		r.noClass(v, "an abstract class")
	case c == nil && r.g().tableOf(r.file, v) != nil:
		r.noClass(v, "a table")
	}
	return nil
}

// noClass reports a target that is no mapped class.
func (r *relationship) noClass(v *facts.Value, is string) {
	at := v.Span
	if v.Kind == facts.TextValue {
		at = v.Name.Span
	}
	r.refuse(relation.Mistake{Kind: relation.TargetNotModel, Row: "sa26", Place: r.at(at), Text: "a relationship leads to a mapped class, not to " + is})
}

// named is the class of the registry that a text means: its name, or the end of its path
// (orm/clsregistry.py, _class_resolver).
func (r *relationship) named(v *facts.Value, text string) *class {
	found, others := r.inRegistry(text)
	first, _, dotted := strings.Cut(text, ".")
	switch {
	case dotted && !r.owner.registry.IsZero() && len(r.g().named[first]) == 0 && r.owner.tableNamed(first) != nil && v == r.arg("argument"):
		r.noClass(v, "a table: "+first+" is one here, before it is a module")
	case len(found) == 1 && !(others && r.owner.registry.IsZero()):
		return found[0]
	case len(found) > 1 && !r.owner.registry.IsZero() && !distinct(found):
		r.ambiguous(v, found)
	case len(found) == 0 && !others && v.Kind == facts.TextValue:
		r.notFound(v, text)
	}
	return nil
}

// notFound reports a text that means no class.
func (r *relationship) notFound(v *facts.Value, text string) {
	first, _, _ := strings.Cut(text, ".")
	at := strings.LastIndexByte(text, '.')
	if from, inner, ok := generic(text); ok {
		r.refuse(relation.Mistake{Kind: relation.TargetUnknown, Row: "sa48", Place: r.at(v.Name.Span), Name: text, Meant: inner, Role: relation.TargetRole,
			Literal: r.unquoted(v, from, inner),
			Text:    "a text names one class: " + from + " belongs around it, as in Mapped[" + from + "[\"" + inner + "\"]]"})
		return
	}
	if at > 0 {
		if found, _ := r.inRegistry(text[:at]); len(found) == 1 && found[0].find(text[at+1:]) != nil {
			r.noClass(v, "an attribute of "+text[:at])
			return
		}
	}
	if tables := r.g().tables[first]; len(tables) > 0 {
		if r.owner.tableNamed(first) != nil && len(r.g().named[first]) == 0 {
			r.noClass(v, "a table")
		}
		return
	}
	if identifier(strings.TrimSpace(text)) {
		r.unknownTarget(v.Name)
	}
}

// unquoted is the literal of a generic type in an annotation with only what it holds in
// quotes; zero for one that is an argument, or of which this would be no collection.
func (r *relationship) unquoted(v *facts.Value, from, inner string) relation.Literal {
	if r.given("argument") || !collections[from] || !identifier(inner) {
		return relation.Literal{}
	}
	if _, bound := r.g().scope.Lookup(r.file, from); !bound {
		from = strings.ToLower(from)
	}
	return relation.Literal{Place: r.at(v.Span), Code: from + "[" + quote(inner) + "]"}
}

// generic takes a text like List[User] apart.
func generic(text string) (from, inner string, ok bool) {
	from, inner, ok = strings.Cut(text, "[")
	if !ok || from == "" || !strings.HasSuffix(inner, "]") {
		return "", "", false
	}
	return from, strings.Trim(inner[:len(inner)-1], "'\""), true
}

// below reports whether the path of the class's module ends with the parts.
func (c *class) below(parts []string) bool {
	if len(parts) == 0 {
		return true
	}
	module := c.ref.Package[strings.LastIndexByte(c.ref.Package, '/')+1:]
	return strings.HasSuffix("."+module, "."+strings.Join(parts, "."))
}

// mayBeBelow reports whether the path of the file, however much of it is Python's, ends with
// the parts.
func (c *class) mayBeBelow(parts []string) bool {
	if len(parts) == 0 {
		return true
	}
	path := strings.TrimSuffix(strings.TrimSuffix(filepath.ToSlash(c.file.Path), ".py"), "/__init__")
	return strings.HasSuffix("/"+path, "/"+strings.Join(parts, "/"))
}

// distinct reports whether the classes may never meet in one program: several files of one
// place that define the same class are versions of each other.
func distinct(found []*class) bool {
	for i, c := range found {
		for _, other := range found[:i] {
			if c.file == other.file || c.table == nil || other.table == nil || c.table.name == other.table.name {
				return true
			}
		}
	}
	return false
}

// nearest keeps, of classes that never meet in one program, those of the file of the
// relationship, or else of its folder.
func (r *relationship) nearest(found []*class) []*class {
	in := func(path func(string) string) []*class {
		return slices.DeleteFunc(slices.Clone(found), func(c *class) bool { return path(c.file.Path) != path(r.file.Path) })
	}
	if same := in(func(path string) string { return path }); len(same) > 0 {
		return same
	}
	if same := in(filepath.Dir); len(same) > 0 {
		return same
	}
	return found
}

// ambiguous reports a name that several classes have.
func (r *relationship) ambiguous(v *facts.Value, found []*class) {
	m := relation.Mistake{Kind: relation.TargetUnknown, Row: "sa47", Place: r.at(v.Name.Span),
		Text: "several mapped classes are called " + v.Name.Text + ": the path of the module must say which"}
	for _, c := range found {
		m.Related = append(m.Related, relation.Related{
			Place: relation.Place{File: c.file.Path, Span: c.decl.Name.Span}, Text: c.ref.String() + " is declared here"})
	}
	r.refuse(m)
}

// unknownTarget reports a name that no class has, unless the file knows it: the class may
// then be mapped in a way that cannot be seen.
func (r *relationship) unknownTarget(name facts.Slot) {
	text := name.Text
	first, _, dotted := strings.Cut(text, ".")
	if r.owner.open || r.owner.registry.IsZero() || elsewhere[r.owner.registry].root {
		return
	}
	m := relation.Mistake{Kind: relation.TargetUnknown, Row: "sa49", Place: r.at(name.Span), Name: text,
		Role: relation.TargetRole, Text: "no mapped class is called " + text}
	known := r.g().lookup(r.file, &facts.Value{Kind: facts.NamedValue, Name: facts.Slot{Text: first}})
	switch {
	case dotted || known == nil || known.kind != mapped || known.registry.IsZero() || known.registry != r.owner.registry && !r.g().apart(known.registry, r.owner.registry):
		if r.known(first) && r.g().library(r.file, &facts.Value{Kind: facts.NamedValue, Name: facts.Slot{Text: first}}) == "" {
			return
		}
	case known.registry != r.owner.registry:
		m.Text = text + " is of another registry than " + r.owner.decl.Name.Text + ", whose texts do not find it"
	default:
		m.Meant = known.decl.Name.Text // which the file imports by another name
	}
	for _, c := range r.g().order {
		if c.kind == mapped && c.registry == r.owner.registry {
			m.Choices = append(m.Choices, c.decl.Name.Text)
		}
	}
	r.refuse(m)
}

// known reports whether the file of the relationship binds a name, to whatever but a class
// of which it is known that it is in another registry.
func (r *relationship) known(name string) bool {
	if t, ok := r.g().resolve(r.file, name); ok {
		if c := r.g().classes[t.Ref()]; c != nil && c.kind == mapped && r.g().apart(c.registry, r.owner.registry) {
			return false
		}
	}
	return r.g().binds(r.file, name)
}

// binds reports whether a file binds a name. What it may have from the library, of which it
// takes all there is, is no mapped class.
func (g *mappers) binds(file *facts.File, name string) bool {
	for _, imp := range file.Imports {
		if imp.Name.Text == name || imp.Member.Text == name {
			return true
		}
	}
	t, ok := g.resolve(file, name)
	return ok && !isLibrary(t.Ref().Package)
}

func identifier(dotted string) bool {
	for _, part := range strings.Split(dotted, ".") {
		if part == "" || strings.ContainsFunc(part, func(c rune) bool {
			return c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c < 0x80
		}) {
			return false
		}
	}
	return true
}

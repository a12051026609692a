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
	if inner, ok := r.g().annotated(r.attribute); ok {
		r.targetValue = r.unwrap(inner)
	}
	if v := r.arg("argument"); v != nil {
		r.targetValue = v
	} else if r.unsure {
		r.targetValue = nil
	}
	if v := r.targetValue; v != nil {
		r.target = r.classOf(v)
	}
}

func (r *relationship) g() *mappers { return r.owner.g }

// collections are the types whose argument is what the relationship leads to.
var collections = map[string]bool{"List": true, "list": true, "Set": true, "set": true}

// unwrap takes what only says how many, or whether there may be none, off an annotation.
// It is nil for what cannot be told.
func (r *relationship) unwrap(v *facts.Value) *facts.Value {
	for range mostBases {
		if v.Kind == facts.TextValue && v.Of != nil && v.Of.Kind != facts.SelectedValue {
			v = v.Of
		}
		switch {
		case v.Kind == facts.OperatorValue && v.Name.Text == "|":
			switch {
			case v.Args[0].Dotted() == "None":
				v = &v.Args[1]
			case v.Args[1].Dotted() == "None":
				v = &v.Args[0]
			default:
				return nil
			}
		case v.Kind == facts.IndexValue && v.Of.Dotted() != "":
			of := v.Of.Dotted()
			of = of[strings.LastIndexByte(of, '.')+1:]
			switch {
			case collections[of] && len(v.Args) == 1:
				r.uselist = true
			case of == "Optional" && len(v.Args) == 1:
			case of == "Union" && len(v.Args) == 2 && v.Args[1].Dotted() == "None":
			default:
				return nil
			}
			v = &v.Args[0]
		case v.Kind == facts.TextValue || v.Dotted() != "":
			return v
		default:
			return nil
		}
	}
	return nil
}

// classOf is the class that a value of the relationship's file means as a target; nil
// where that cannot be told, or is a mistake.
func (r *relationship) classOf(v *facts.Value) *class {
	switch {
	case v.Kind == facts.FuncValue && v.Of != nil && v.Of.Kind != facts.TextValue:
		return r.classOf(v.Of)
	case v.Kind == facts.TextValue:
		return r.named(v)
	case v.Dotted() == r.owner.decl.Name.Text && r.owner == r.class && r.owner.decl.Within != "":
		return r.owner
	case v.Dotted() == "cls" && r.described:
		return r.owner
	case v.Dotted() != "":
		if c := r.g().lookup(r.file, v); c != nil {
			if c.kind == mapped {
				return c
			}
			return nil
		}
		if r.call.Arg("argument") == nil && v != r.arg("argument") {
			return r.named(v) // an annotation that is a text to Python
		}
	}
	return nil
}

// named is the class of the registry that a text names: its name, or the end of its path
// (orm/clsregistry.py, _class_resolver).
func (r *relationship) named(v *facts.Value) *class {
	text := v.Name.Text
	if v.Kind != facts.TextValue {
		text = v.Dotted()
	}
	parts := strings.Split(text, ".")
	last := len(parts) - 1
	var found []*class
	others := false
	for _, c := range r.g().named[parts[last]] {
		switch {
		case c.kind == mapped && c.registry == r.owner.registry && c.below(parts[:last]):
			found = append(found, c)
		default:
			others = true
		}
	}
	if len(found) > 1 && distinct(found) {
		found = r.nearest(found)
	}
	switch {
	case len(found) == 1 && !(others && r.owner.registry == facts.Ref{}):
		return found[0]
	case len(found) > 1 && r.owner.registry != facts.Ref{} && v.Kind == facts.TextValue && !distinct(found):
		r.ambiguous(v, found)
	case len(found) == 0 && !others && v.Kind == facts.TextValue:
		r.unknownTarget(v, text)
	}
	return nil
}

// below reports whether the path of the class's module ends with the parts.
func (c *class) below(parts []string) bool {
	if len(parts) == 0 {
		return true
	}
	module := c.ref.Package[strings.LastIndexByte(c.ref.Package, '/')+1:]
	return strings.HasSuffix("."+module, "."+strings.Join(parts, "."))
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
	r.wrong(m)
}

// unknownTarget reports a name that no class has, unless the file knows it: the class may
// then be mapped in a way that cannot be seen.
func (r *relationship) unknownTarget(v *facts.Value, text string) {
	first, _, _ := strings.Cut(text, ".")
	if r.owner.open || r.owner.registry.IsZero() || elsewhere[r.owner.registry].root || !identifier(text) || r.known(first) {
		return
	}
	m := relation.Mistake{Kind: relation.TargetUnknown, Row: "sa49", Place: r.at(v.Name.Span), Name: text,
		Role: relation.TargetRole, Text: "no mapped class is called " + text}
	for _, c := range r.g().order {
		if c.kind == mapped && c.registry == r.owner.registry {
			m.Choices = append(m.Choices, c.decl.Name.Text)
		}
	}
	r.wrong(m)
}

// known reports whether the file binds a name, to whatever.
func (r *relationship) known(name string) bool {
	for _, imp := range r.file.Imports {
		if imp.Name.Text == name || imp.Member.Text == name || imp.Member.Text == "*" {
			return true
		}
	}
	_, ok := r.g().scope.Lookup(r.file, name)
	return ok
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

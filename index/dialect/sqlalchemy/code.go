package sqlalchemy

import (
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// An argument of one relationship is moved to another, perhaps in another file, as text
// that SQLAlchemy evaluates: there classes go by their names in the registry and tables by
// theirs, whatever is imported.

// registryName is what a text can call a class for certain: its name, or the end of its
// path where others share that; "" where nothing is certain.
func (c *class) registryName() string {
	name := c.decl.Name.Text
	if c.decl.Within != "" {
		return ""
	}
	var homonyms []*class
	for _, other := range c.g.named[name] {
		switch {
		case other == c || other.kind == plain || other.kind == abstract || other.kind == root:
		case other.kind == mapped && other.registry != c.registry && !other.registry.IsZero() && !c.registry.IsZero():
		case other.kind == unclear && !other.lost && c.inWorkspace():
			// What it inherits from are libraries, which know nothing of the registry.
		default:
			homonyms = append(homonyms, other)
		}
	}
	if len(homonyms) == 0 {
		return name
	}
	parts := strings.Split(c.ref.Package, ".")
	for i := len(parts) - 1; i >= 0; i-- {
		unique := true
		for _, other := range homonyms {
			unique = unique && !other.below(parts[i:])
		}
		hidden := len(c.g.tables[parts[i]]) > 0 || len(c.g.named[parts[i]]) > 0
		if unique && !hidden {
			return strings.Join(parts[i:], ".") + "." + name
		}
	}
	return ""
}

// inWorkspace reports whether the registry of the class is one of the workspace's own.
func (c *class) inWorkspace() bool {
	return !c.registry.IsZero() && !elsewhere[c.registry].root
}

// asText is an argument as a value that is a text: what its source says, in terms of the
// registry. It is nil where that is not certain.
func (r *relationship) asText(v *facts.Value) *facts.Value {
	if v.Kind == facts.TextValue {
		return v
	}
	moved := r.moved(v)
	if moved == nil {
		return nil
	}
	if text := asTextOf(moved); text.Name.Text != "" {
		return text
	}
	return nil
}

// asTextOf is the text that is evaluated to an expression.
func asTextOf(v *facts.Value) *facts.Value {
	return &facts.Value{Kind: facts.TextValue, Name: facts.Slot{Text: source(v)}, Of: v}
}

// moved is an expression in terms of the registry; nil where that is not certain.
func (r *relationship) moved(v *facts.Value) *facts.Value {
	switch v.Kind {
	case facts.FuncValue:
		if v.Of == nil {
			return nil
		}
		return r.moved(v.Of)
	case facts.NamedValue:
		if a := r.owner.find(v.Name.Text); a != nil && a.kind == columnAttribute && r.inBody() {
			return selected(r.owner.registryName(), v.Name.Text)
		}
		if c := r.g().lookup(r.file, v); c != nil && c.kind == mapped {
			return dotted(c.registryName())
		}
		if t := r.g().tableOf(r.file, v); t != nil {
			return dotted(r.owner.tableText(t))
		}
		if name := r.g().library(r.file, v); evaluated[name] {
			return dotted(name)
		}
	case facts.SelectedValue:
		if name := r.g().library(r.file, v); evaluated[name] {
			return dotted(name)
		}
		if of := r.moved(v.Of); of != nil {
			return &facts.Value{Kind: facts.SelectedValue, Of: of, Name: facts.Slot{Text: v.Name.Text}}
		}
	case facts.CallValue, facts.ListValue, facts.OperatorValue:
		return r.movedParts(v)
	}
	return nil
}

// movedParts is an expression of several in terms of the registry.
func (r *relationship) movedParts(v *facts.Value) *facts.Value {
	out := &facts.Value{Kind: v.Kind, Name: v.Name}
	if v.Kind == facts.CallValue {
		if out.Of = r.moved(v.Of); out.Of == nil {
			return nil
		}
	}
	for i := range v.Args {
		arg := r.moved(&v.Args[i])
		if arg == nil || v.Args[i].Spread || v.Args[i].Key.Text != "" {
			return nil
		}
		out.Args = append(out.Args, *arg)
	}
	return out
}

// evaluated are functions of the library that texts may call; remote says which side is
// which, so that the other side cannot say the same.
var evaluated = map[string]bool{"and_": true, "or_": true, "desc": true, "asc": true, "foreign": true}

// inBody reports whether the relationship stands in the body of its class, where names are
// those of the body.
func (r *relationship) inBody() bool {
	return r.class == r.owner && !r.described && r.file == r.owner.file && !r.outside()
}

// outside reports whether the class gets the relationship outside of its declaration.
func (r *relationship) outside() bool { return !within(r.owner.decl.Span, r.name.Span) }

func within(whole, part facts.Span) bool { return whole.Start <= part.Start && part.End <= whole.End }

// dotted is a name with dots as a value; nil for "".
func dotted(name string) *facts.Value {
	if name == "" {
		return nil
	}
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return &facts.Value{Kind: facts.SelectedValue, Of: dotted(name[:i]), Name: facts.Slot{Text: name[i+1:]}}
	}
	return &facts.Value{Kind: facts.NamedValue, Name: facts.Slot{Text: name}}
}

// selected is an attribute of something as a value; nil where that has no name.
func selected(of, name string) *facts.Value {
	if of == "" {
		return nil
	}
	return dotted(of + "." + name)
}

// tableText is what texts of a class call a table; "" where that is not certain: by a name
// that is no name of Python, that another table or a class has, or before which a schema
// belongs.
func (c *class) tableText(t *table) string {
	if t.name == "" || !identifier(t.name) || c.tableNamed(t.name) != t || t.schematic {
		return ""
	}
	for _, other := range c.g.named[t.name] {
		if other.kind != plain && other.registry == c.registry {
			return ""
		}
	}
	return t.name
}

// source writes an expression; "" for one that cannot be written.
func source(v *facts.Value) string {
	switch v.Kind {
	case facts.TextValue:
		if strings.ContainsAny(v.Name.Text, "\"\\\n\r") {
			return ""
		}
		return strconv.Quote(v.Name.Text)
	case facts.NamedValue, facts.SelectedValue:
		return v.Dotted()
	case facts.NumberValue:
		return v.Name.Text
	case facts.OperatorValue:
		left, right := source(&v.Args[0]), source(&v.Args[1])
		if left == "" || right == "" {
			return ""
		}
		return left + " " + v.Name.Text + " " + right
	case facts.CallValue, facts.ListValue, facts.MapValue:
		return bracketedSource(v)
	}
	return ""
}

func bracketedSource(v *facts.Value) string {
	parts := make([]string, len(v.Args))
	for i := range v.Args {
		if parts[i] = source(&v.Args[i]); parts[i] == "" || v.Args[i].Spread {
			return ""
		}
		switch key := v.Args[i].Key.Text; {
		case v.Kind == facts.MapValue && key == "":
			return ""
		case v.Kind == facts.MapValue:
			parts[i] = strconv.Quote(key) + ": " + parts[i]
		case key != "":
			parts[i] = key + "=" + parts[i]
		}
	}
	switch v.Kind {
	case facts.ListValue:
		return "[" + strings.Join(parts, ", ") + "]"
	case facts.MapValue:
		return "{" + strings.Join(parts, ", ") + "}"
	}
	of := source(v.Of)
	if of == "" {
		return ""
	}
	return of + "(" + strings.Join(parts, ", ") + ")"
}

package ent

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// expression is a value where it stands. What it means depends on the file, and in the
// body of a function on what the function is called with.
type expression struct {
	*facts.Value                       // nil for what is not known
	file         *facts.File           // that holds it
	names        map[string]expression // of parameters and the receiver, in a function
	typ          facts.Type            // of a literal that stands nowhere; nil for others
	use          relation.Place        // of a constant: where it is used
	shared       bool                  // it stands in a function that others may call, too
}

// part is another value of the same place.
func (x expression) part(v *facts.Value) expression {
	x.Value = v
	return x
}

func (x expression) arg(i int) expression { return x.part(&x.Args[i]) }

func (x expression) place() relation.Place { return relation.Place{File: x.file.Path, Span: x.Span} }

// name is where the name of a value stands: of a text without its quotes.
func (x expression) name() relation.Place {
	return relation.Place{File: x.file.Path, Span: x.Name.Span}
}

// function is the name of the package's function that a value calls.
func (x expression) function(path string) (string, bool) {
	if x.Kind != facts.CallValue {
		return "", false
	}
	local := localName(x.file, path)
	of := x.Receiver()
	if of == nil {
		return x.Callee().Text, local == "." && x.Callee().Text != ""
	}
	_, hidden := x.names[local]
	return x.Callee().Text, of.Kind == facts.NamedValue && of.Name.Text == local && local != "" && !hidden
}

// chain lists the calls of a chain, the first of which calls a function:
// edge.To(...), .Unique(), .Required().
func (x expression) chain() []expression {
	var calls []expression
	for v := x.Value; v != nil && v.Kind == facts.CallValue; v = v.Receiver() {
		calls = append(calls, x.part(v))
	}
	for i, j := 0, len(calls)-1; i < j; i, j = i+1, j-1 {
		calls[i], calls[j] = calls[j], calls[i]
	}
	return calls
}

// ents reports whether a chain of calls begins with a function of ent's: what it makes is
// read as it stands.
func (x expression) ents() bool {
	of := x.Receiver()
	for of != nil && of.Kind == facts.CallValue {
		of = of.Receiver()
	}
	if of == nil || of.Kind != facts.NamedValue {
		return false
	}
	for _, imp := range x.file.Imports {
		if strings.HasPrefix(imp.Path.Text, vendor) && localName(x.file, imp.Path.Text) == of.Name.Text {
			return true
		}
	}
	return false
}

// localName is the name by which a file knows a package, "." where it needs none,
// "" where it does not import it.
func localName(file *facts.File, path string) string {
	for _, imp := range file.Imports {
		if imp.Path.Text != path {
			continue
		}
		if imp.Name.Text != "" {
			return imp.Name.Text
		}
		return path[strings.LastIndexByte(path, '/')+1:]
	}
	return ""
}

// bind gives the parameters of a function the arguments of a call; false where they do not
// fit.
func (x expression) bind(f *facts.Function) (map[string]expression, bool) {
	names := map[string]expression{}
	fixed := len(f.Params)
	if f.Variadic {
		fixed--
	}
	if len(x.Args) < fixed || len(x.Args) > fixed && !f.Variadic {
		return nil, false
	}
	for i, name := range f.Params[:fixed] {
		names[name] = x.arg(i)
	}
	if f.Variadic {
		rest := x.part(&facts.Value{Kind: facts.LiteralValue, Type: new(facts.Expr), Span: x.Span, Args: x.Args[fixed:]})
		if len(rest.Args) == 1 && rest.Args[0].Spread {
			rest = rest.arg(0)
		}
		names[f.Params[fixed]] = rest
	}
	return names, true
}

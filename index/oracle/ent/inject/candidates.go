package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/rells-dev/rells/index/oracle/ask/inject"
)

// kinds are the kinds of mistakes.
var kinds = []string{
	"To edge", "From edge", "Ref", "Field", "target", "field", "field's type", "Unique", "Required",
	"Optional", "Immutable", "StorageKey", "Through", "index",
}

// candidates are the places of schemas at which there is something to get wrong, by the
// kind of mistake.
type candidates map[string][]candidate

// candidate is one place, and how to get it wrong.
type candidate struct {
	file       string
	line       string // where it is, for people
	start, end int
	was        string
	field      string // that it is about, "" for what is about an edge
	wrong      func(rnd *rand.Rand, was string) string
}

// try makes a mistake of a kind at places in any order until one is accepted.
func (c candidates) try(kind string, rnd *rand.Rand, accept func(*inject.Mistake) bool) {
	for _, i := range rnd.Perm(len(c[kind])) {
		at := c[kind][i]
		text := at.wrong(rnd, at.was)
		if text != at.was && accept(&inject.Mistake{Relation: at.line, File: at.file, Start: at.start, End: at.end, Was: at.was, Text: text}) {
			return
		}
	}
}

// keys drops the fields that no edge names by Field.
func (c candidates) keys() {
	named := map[string]bool{}
	for _, at := range c["Field"] {
		named[at.was] = true
	}
	for kind := range c {
		c[kind] = slices.DeleteFunc(c[kind], func(at candidate) bool { return at.field != "" && !named[at.field] })
	}
}

// reader finds candidates in one file.
type reader struct {
	candidates
	file string
	fset *token.FileSet
	src  []byte
	// about is the name of the field that is being read, as written; "" for none.
	about string
}

// read adds the candidates of a file.
func (c *candidates) read(file string, src []byte) error {
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, file, src, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	if *c == nil {
		*c = candidates{}
	}
	r := &reader{candidates: *c, file: file, fset: fset, src: src}
	ast.Inspect(parsed, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			r.call(call)
		}
		return true
	})
	return nil
}

// call adds the candidates of one call.
func (r *reader) call(call *ast.CallExpr) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return
	}
	pkg, _ := sel.X.(*ast.Ident)
	switch name := sel.Sel.Name; {
	case pkg != nil && pkg.Name == "edge" && (name == "To" || name == "From") && len(call.Args) == 2:
		r.misspell(name+" edge", call.Args[0])
		if target, ok := call.Args[1].(*ast.SelectorExpr); ok {
			r.add("target", target.X, func(rnd *rand.Rand, _ string) string { return targets[rnd.IntN(len(targets))] })
		}
		r.append("Unique", call)
		r.append("Required", call)
		r.append("Immutable", call)
		if name == "From" {
			return
		}
		r.add("StorageKey", endOf(call), func(rnd *rand.Rand, _ string) string { return storageKeys[rnd.IntN(len(storageKeys))] })
	case pkg != nil && pkg.Name == "field" && len(call.Args) > 0:
		literal, ok := call.Args[0].(*ast.BasicLit)
		if !ok {
			return
		}
		r.about = literal.Value
		defer func() { r.about = "" }()
		r.misspell("field", literal)
		r.add("field's type", sel.Sel, func(rnd *rand.Rand, _ string) string { return types[rnd.IntN(len(types))] })
		r.append("Optional", call)
		r.append("Immutable", call)
	case pkg != nil:
	case (name == "Ref" || name == "Field" || name == "Through") && len(call.Args) > 0:
		r.misspell(name, call.Args[0])
	case name == "Edges" && len(call.Args) > 0:
		r.misspell("index", call.Args[0])
	case (name == "Unique" || name == "Required" || name == "Optional" || name == "Immutable") && len(call.Args) == 0:
		if ofEdge(sel.X) { // the whole of .Unique() goes
			r.add(name, stretch{sel.X.End(), call.End()}, func(*rand.Rand, string) string { return "" })
		}
	}
}

// ofEdge reports whether a chain of calls begins with a function of package edge.
func ofEdge(e ast.Expr) bool {
	for {
		switch at := e.(type) {
		case *ast.CallExpr:
			e = at.Fun
		case *ast.SelectorExpr:
			e = at.X
		case *ast.Ident:
			return at.Name == "edge"
		default:
			return false
		}
	}
}

var (
	types       = []string{"Int", "Int64", "String", "Bool", "Float"}
	storageKeys = []string{
		`.StorageKey(edge.Column("a_column"))`, `.StorageKey(edge.Columns("one", "two"))`, `.StorageKey(edge.Table("a_table"))`,
	}
	// targets are what an edge may lead to instead: one is no schema.
	targets = []string{"User", "File", "Group", "Alert", "Machine", "Bouncer"}
)

// stretch is a part of the source.
type stretch struct{ from, to token.Pos }

func (s stretch) Pos() token.Pos { return s.from }
func (s stretch) End() token.Pos { return s.to }

func endOf(n ast.Node) stretch { return stretch{n.End(), n.End()} }

// misspell adds the text of a literal.
func (r *reader) misspell(kind string, arg ast.Expr) {
	literal, ok := arg.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING || len(literal.Value) < 3 {
		return
	}
	r.add(kind, literal, func(rnd *rand.Rand, was string) string {
		text, err := strconv.Unquote(was)
		if err != nil {
			return was
		}
		return strconv.Quote(inject.Misspell(rnd, text))
	})
}

// append adds a call of an option behind another call.
func (r *reader) append(option string, call *ast.CallExpr) {
	r.add(option, endOf(call), func(*rand.Rand, string) string { return "." + option + "()" })
}

func (r *reader) add(kind string, at ast.Node, wrong func(*rand.Rand, string) string) {
	start, end := r.fset.Position(at.Pos()).Offset, r.fset.Position(at.End()).Offset
	r.candidates[kind] = append(r.candidates[kind], candidate{
		file: r.file, line: fmt.Sprintf("line %d", r.fset.Position(at.Pos()).Line), start: start, end: end,
		was: string(r.src[start:end]), field: r.about, wrong: wrong,
	})
}

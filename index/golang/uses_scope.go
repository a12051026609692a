package golang

import "github.com/rells-dev/rells/index/facts"

// value is what is known of a variable or operand: its type, zero when unknown,
// and, where it is a list of values of any type, what they are.
type value struct {
	typ   facts.Expr
	elems []element
}

// element is one value of a list.
type element struct {
	typ  facts.Expr
	span facts.Span
}

// elem is what a variable holds that ranges over v, or an index of v.
func (v value) elem() value {
	switch v.typ.Kind {
	case facts.SliceExpr, facts.ArrayExpr, facts.MapExpr:
		return value{typ: *v.typ.Elem, elems: v.elems}
	}
	return value{}
}

// isAny reports whether t is the empty interface, as it is commonly written.
func isAny(t *facts.Expr) bool {
	return t.Kind == facts.InterfaceExpr || t.Kind == facts.NamedExpr && t.Package == "" && t.Name == "any"
}

// holdsAny reports whether t is the empty interface, or a list of it: what a value of
// it is cannot be told.
func holdsAny(t *facts.Expr) bool {
	return isAny(t) || t.Kind == facts.SliceExpr && isAny(t.Elem)
}

// maxVars bounds how many variables of a function are kept apart. In a function
// that has more in one place, all are unknown.
const maxVars = 4096

// scope knows the variables of a function at one place of its body.
type scope struct {
	vars   []variable
	blocks []block
	header header
}

type variable struct {
	name  string
	value value
}

// block is an open block, or the braces of a literal.
type block struct {
	vars      int    // number of variables outside of it
	types     []int  // indexes, in File.Decls, of the types that it declares
	suspended header // around it
}

// header is what stands between the keyword of an if, for or switch and its block.
// Its variables hold in that block, and no literal of a bare type can stand in it.
type header struct {
	active   bool
	vars     int // number of variables before it
	brackets int // open brackets around it
}

// beginHeader begins the header of a statement, within so many brackets.
func (s *scope) beginHeader(brackets int) {
	s.header = header{active: true, vars: len(s.vars), brackets: brackets}
}

// suspendHeader suspends the rules of a header, which do not hold in brackets,
// until the returned function is called.
func (s *scope) suspendHeader() (resume func()) {
	h := s.header
	s.header.active = false
	return func() { s.header = h }
}

// push opens a block, or a literal, within so many brackets.
func (s *scope) push(brackets int) {
	b := block{vars: len(s.vars)}
	if s.header.active && brackets == s.header.brackets {
		b.vars = s.header.vars
	} else {
		b.suspended = s.header
	}
	s.header = header{}
	s.blocks = append(s.blocks, b)
}

// leave closes the innermost block.
func (s *scope) leave() {
	if n := len(s.blocks); n > 0 {
		b := s.blocks[n-1]
		s.vars = s.vars[:min(b.vars, len(s.vars))]
		s.header = b.suspended
		s.blocks = s.blocks[:n-1]
	}
}

// declare adds a variable. One that the same block declares with a known type
// keeps it: `user, err := ...` declares no second user.
func (s *scope) declare(name string, v value) {
	if name == "" || name == "_" || len(s.vars) == maxVars {
		return
	}
	outer := 0
	if n := len(s.blocks); n > 0 {
		outer = s.blocks[n-1].vars
	}
	if s.header.active {
		outer = s.header.vars
	}
	for i := len(s.vars) - 1; i >= outer && i >= 0; i-- {
		if s.vars[i].name == name && s.vars[i].value.typ.Kind != facts.BadExpr {
			return
		}
	}
	s.vars = append(s.vars, variable{name, v})
}

// lookup finds a variable by name.
func (s *scope) lookup(name []byte) (value, bool) {
	if len(s.vars) == maxVars {
		return value{}, true
	}
	for i := len(s.vars) - 1; i >= 0; i-- {
		if s.vars[i].name == string(name) {
			return s.vars[i].value, true
		}
	}
	return value{}, false
}

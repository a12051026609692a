package golang

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// typ implements facts.Type. There are two sorts: declared types (symbol is set,
// or only ref where the declaration is not at hand), of which a session has one
// for each set of type arguments, and the unnamed types that expressions make.
type typ struct {
	s     *Session // nil for types that depend on no source
	shape facts.Shape
	basic string
	elem  *typ
	key   *typ        // of a map
	expr  *facts.Expr // unnamed struct: where the fields are
	sc    *nameScope  // unnamed types: where expr stands

	fields []facts.StructField // of an unnamed struct, once listed
	bases  []*typ              // likewise, of the fields that it embeds

	ref    facts.Ref
	symbol *typeSymbol // declared type
	decl   *facts.Decl // of symbol, when it was followed
	args   []*typ
	next   *typ // what the declaration says, once followed

	// What finding out has looked at.
	followed, listed, based looked
	whole                   uint32 // recording that has the symbol of the type, and not only of its outline
}

// looked is what answering one question about a type has looked at.
type looked struct {
	done bool
	seen uint32 // recording that has it
	deps []facts.Symbol
}

// maxDefinitions bounds the chain of types defined on each other.
const maxDefinitions = 100

// unknown is a type of which nothing is known.
var unknown = &typ{shape: facts.Unknown}

// universe are the types that need no declaration.
var universe = func() map[string]*typ {
	types := map[string]*typ{}
	for _, name := range []string{
		"bool", "string", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64",
		"uintptr", "float32", "float64", "complex64", "complex128",
	} {
		types[name] = &typ{shape: facts.Basic, basic: name}
	}
	types["byte"], types["rune"] = types["uint8"], types["int32"]
	any := &typ{shape: facts.Interface, basic: "any"}
	types["any"], types["comparable"] = any, any
	types["error"] = &typ{shape: facts.Interface, basic: "error"}
	return types
}()

// resolve makes the type that an expression means in its scope.
func (s *Session) resolve(e *facts.Expr, sc *nameScope) *typ {
	if s.depth > maxChain {
		return unknown
	}
	s.depth++
	defer func() { s.depth-- }()
	switch e.Kind {
	case facts.NamedExpr:
		if e.Package != "" {
			return s.resolveQualified(e, sc)
		}
		return s.resolveName(e, sc)
	case facts.PointerExpr, facts.SliceExpr, facts.ArrayExpr, facts.MapExpr, facts.ChanExpr:
		t := &typ{s: s, shape: shapes[e.Kind], expr: e, sc: sc, elem: unknown}
		if e.Elem != nil {
			t.elem = s.resolve(e.Elem, sc)
		}
		if e.Key != nil {
			t.key = s.resolve(e.Key, sc)
		}
		return t
	case facts.StructExpr, facts.InterfaceExpr, facts.FuncExpr:
		return &typ{s: s, shape: shapes[e.Kind], expr: e, sc: sc}
	}
	return unknown
}

var shapes = [...]facts.Shape{
	facts.PointerExpr:   facts.Pointer,
	facts.SliceExpr:     facts.Slice,
	facts.ArrayExpr:     facts.Array,
	facts.MapExpr:       facts.Map,
	facts.StructExpr:    facts.Struct,
	facts.InterfaceExpr: facts.Interface,
	facts.FuncExpr:      facts.Func,
	facts.ChanExpr:      facts.Chan,
}

// unresolved is a type of which only the name is known.
func (s *Session) unresolved(pkg, name string) *typ {
	ref := facts.Ref{Package: pkg, Name: name}
	return &typ{shape: facts.Unknown, ref: ref}
}

// declared is the type that a name stands for once it is known which declaration
// it means: aliases are followed, type arguments taken from the expression.
func (s *Session) declared(ts *typeSymbol, e *facts.Expr, sc *nameScope) *typ {
	var args []*typ
	for i := range e.Args {
		args = append(args, s.resolve(&e.Args[i], sc))
	}
	return s.instance(ts, args)
}

// instance is the type of a declaration with the given type arguments.
func (s *Session) instance(ts *typeSymbol, args []*typ) *typ {
	if ts.decl.Alias {
		s.record(ts.pkg.path, ts.name)
	} else {
		s.recordOutline(ts)
	}
	if len(args) != len(ts.decl.Params) || slices.Contains(args, unknown) {
		args = nil // the parameters of a generic declaration, or code that does not compile
	}
	spelt := ""
	if len(args) > 0 {
		if spelt = spellArgs(args); spelt == "" {
			args = nil
		}
	}
	key := namedKey{ts, spelt}
	if ts.decl.Alias {
		return s.aliased(key, args)
	}
	return s.namedType(key, args)
}

// aliased is what an alias with the given type arguments stands for.
func (s *Session) aliased(key namedKey, args []*typ) *typ {
	a := s.aliases[key]
	if a == nil {
		a = &alias{target: unknown} // for an alias of itself
		s.aliases[key] = a
		a.deps = s.collect(func() { a.target = s.resolve(&key.symbol.decl.Type, key.symbol.scope(args)) })
		return a.target
	}
	for _, d := range a.deps {
		s.record(d.Package, d.Name)
	}
	return a.target
}

// namedType is the session's one type for a declaration and its arguments.
func (s *Session) namedType(key namedKey, args []*typ) *typ {
	t := s.named[key]
	if t == nil {
		t = &typ{s: s, symbol: key.symbol, args: args, ref: key.symbol.ref()}
		t.ref.Name += key.args
		s.named[key] = t
	}
	return t
}

// scope is the scope of the declaration's own type expression.
func (ts *typeSymbol) scope(args []*typ) *nameScope {
	return &nameScope{pkg: ts.pkg, file: ts.file, within: ts.decl.Within, params: ts.decl.Params, args: args}
}

// record records what was looked at, once in each recording.
func (l *looked) record(s *Session) {
	if l.seen == s.epoch {
		return
	}
	l.seen = s.epoch
	s.Note(l.deps)
}

// touch records that the type was looked at, but not at the fields that a struct does
// not embed.
func (t *typ) touch() {
	if t.s == nil || t.followed.seen == t.s.epoch {
		return
	}
	if t.symbol != nil {
		t.s.recordOutline(t.symbol)
	}
	t.followed.record(t.s)
}

// touchWhole records that the fields were looked at, too, of the type, which has been
// followed, and of those that it is defined on.
func (t *typ) touchWhole() {
	if t.s == nil || t.whole == t.s.epoch {
		return
	}
	t.whole = t.s.epoch
	steps := 0
	for at := t; at != nil && at.symbol != nil && steps <= maxDefinitions; at = at.next {
		at.s.record(at.symbol.pkg.path, at.symbol.name)
		steps++
	}
}

// underlying is what stands behind the type: itself, unless it is declared.
func (t *typ) underlying() *typ {
	u, _ := t.follow()
	return u
}

// follow finds what stands behind a declared type, and the last declared type on
// the way there. A type that is declared by way of itself is unknown, as is one at
// the end of more definitions than anybody writes.
func (t *typ) follow() (under *typ, origin facts.Ref) {
	origin = t.ref
	steps := 0
	for at := t; ; at = at.next {
		at.touch()
		if at.symbol == nil {
			if !at.ref.IsZero() {
				origin = at.ref
			}
			return at, origin
		}
		if !at.followed.done {
			at.followed.done = true
			at.decl = at.symbol.decl
			at.followed.deps = at.s.collect(func() {
				at.next = at.s.resolve(&at.decl.Type, at.symbol.scope(at.args))
			})
		}
		origin = at.ref
		if steps++; steps > maxDefinitions {
			return unknown, t.ref
		}
	}
}

// Shape implements facts.Type.
func (t *typ) Shape() facts.Shape { return t.underlying().shape }

// Basic implements facts.Type.
func (t *typ) Basic() string {
	if u := t.underlying(); u.shape == facts.Basic {
		return u.basic
	}
	return ""
}

// Ref implements facts.Type.
func (t *typ) Ref() facts.Ref { return t.ref }

// Origin implements facts.Type.
func (t *typ) Origin() facts.Ref {
	_, origin := t.follow()
	return origin
}

// Elem implements facts.Type.
func (t *typ) Elem() facts.Type {
	if elem := t.underlying().elem; elem != nil {
		return elem
	}
	return nil
}

// Fields implements facts.Type.
func (t *typ) Fields() []facts.StructField {
	u := t.underlying()
	if u.shape != facts.Struct || u.expr == nil {
		return nil
	}
	t.touchWhole()
	if !u.listed.done {
		u.listed.done = true
		u.listed.deps = u.s.collect(u.listFields)
	}
	u.listed.record(u.s)
	u.s.meet(u.sc.file.facts)
	return u.fields
}

func (t *typ) listFields() {
	if len(t.expr.Fields) == 0 {
		return
	}
	t.fields = make([]facts.StructField, len(t.expr.Fields))
	for i := range t.expr.Fields {
		f := &t.expr.Fields[i]
		var ft *typ
		if i > 0 && f.Group == t.expr.Fields[i-1].Group {
			ft = t.fields[i-1].Type.(*typ) // A, B T
		} else {
			ft = t.s.resolve(&f.Type, t.sc)
		}
		t.fields[i] = facts.StructField{Field: f, File: t.sc.file.facts, Type: ft}
	}
}

// embeds lists the types that a struct embeds, pointers taken off.
func (t *typ) embeds() []*typ {
	u := t.underlying()
	if u.shape != facts.Struct || u.expr == nil {
		return nil
	}
	if !u.based.done {
		u.based.done = true
		u.based.deps = u.s.collect(func() {
			for i := range u.expr.Fields {
				if f := &u.expr.Fields[i]; f.Embedded {
					u.bases = append(u.bases, u.s.resolve(&f.Type, u.sc).pointee())
				}
			}
		})
	}
	u.based.record(u.s)
	return u.bases
}

// declaresField reports whether the struct has a field of the name, embedded or not.
func (t *typ) declaresField(name string) bool {
	u := t.underlying()
	return u.shape == facts.Struct && u.expr != nil &&
		slices.ContainsFunc(u.expr.Fields, func(f facts.Field) bool { return f.Name.Text == name })
}

// Decl implements facts.Type.
func (t *typ) Decl() (*facts.File, *facts.Decl) {
	t.touch()
	if t.symbol == nil || t.symbol.pkg.folder == nil {
		return nil, nil
	}
	t.s.record(t.symbol.pkg.path, t.symbol.name)
	t.s.meet(t.symbol.file.facts)
	return t.symbol.file.facts, t.symbol.decl
}

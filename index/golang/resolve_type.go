package golang

import (
	"slices"
	"strings"

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

	fields     []facts.StructField // of an unnamed struct, once listed
	fieldTypes bool                // fields are listed

	ref    facts.Ref
	symbol *typeSymbol // declared type
	args   []*typ
	under  *typ // what stands behind a declared type, once followed: unnamed, basic or unknown
	origin facts.Ref
	state  uint8

	seen uint32         // recording that has the symbols of this type
	deps []facts.Symbol // what following and listing looked at
}

// The states of following a declared type to what stands behind it.
const (
	fresh uint8 = iota
	following
	followed
)

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
	return &typ{shape: facts.Unknown, ref: ref, origin: ref}
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
	s.record(ts.pkg.path, ts.name)
	if len(args) != len(ts.decl.Params) || slices.Contains(args, unknown) {
		args = nil // the parameters of a generic declaration, or code that does not compile
	}
	if ts.decl.Alias {
		return s.resolve(&ts.decl.Type, ts.scope(args))
	}
	return s.namedType(ts, args)
}

// namedType is the session's one type for a declaration and its arguments.
func (s *Session) namedType(ts *typeSymbol, args []*typ) *typ {
	key := namedKey{symbol: ts}
	if len(args) > 0 {
		key.args = spellArgs(args)
	}
	t := s.named[key]
	if t == nil {
		t = &typ{s: s, symbol: ts, args: args, ref: ts.ref()}
		t.ref.Name += key.args
		s.named[key] = t
	}
	return t
}

// scope is the scope of the declaration's own type expression.
func (ts *typeSymbol) scope(args []*typ) *nameScope {
	return &nameScope{pkg: ts.pkg, file: ts.file, within: ts.decl.Within, params: ts.decl.Params, args: args}
}

// touch records what the type depends on, once in each recording.
func (t *typ) touch() {
	if t.s == nil || t.seen == t.s.epoch {
		return
	}
	t.seen = t.s.epoch
	if t.symbol != nil {
		t.s.record(t.symbol.pkg.path, t.symbol.name)
	}
	for _, d := range t.deps {
		t.s.record(d.Package, d.Name)
	}
}

// underlying is what stands behind the type: itself, unless it is declared.
func (t *typ) underlying() *typ {
	t.touch()
	if t.symbol == nil {
		return t
	}
	if t.state == fresh {
		t.follow()
	}
	if t.state == following {
		return unknown // declared by way of itself
	}
	t.under.touch()
	return t.under
}

// follow finds what stands behind a declared type.
func (t *typ) follow() {
	t.state = following
	seen := t.s.collect(func() {
		t.under, t.origin = unknown, t.ref
		next := t.s.resolve(&t.symbol.decl.Type, t.symbol.scope(t.args))
		if next.ref.IsZero() {
			t.under = next
			return
		}
		t.under = next.underlying()
		t.origin = next.Origin()
	})
	t.deps = append(t.deps, seen...)
	t.state = followed
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
	t.underlying()
	if t.state == followed {
		return t.origin
	}
	return t.ref
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
	if !u.fieldTypes {
		u.fieldTypes = true
		u.deps = append(u.deps, u.s.collect(u.listFields)...)
	}
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

// Decl implements facts.Type.
func (t *typ) Decl() (*facts.File, *facts.Decl) {
	t.touch()
	if t.symbol == nil || t.symbol.pkg.folder == nil {
		return nil, nil
	}
	return t.symbol.file.facts, t.symbol.decl
}

// String implements facts.Type.
func (t *typ) String() string {
	home := t.ref.Package
	if t.sc != nil {
		home = t.sc.pkg.path
	}
	return t.spell(func(ref facts.Ref) string {
		if ref.Package == home {
			return ref.Name
		}
		return guessName(ref.Package) + "." + ref.Name
	})
}

// spellArgs spells type arguments as they stand in Refs: "[int,example.com/shop.User]".
func spellArgs(args []*typ) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, arg := range args {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(arg.spell(facts.Ref.String))
	}
	b.WriteByte(']')
	return b.String()
}

// spell writes the type with each name spelt by spellRef. What is not
// known of it (its methods, say) is left out.
func (t *typ) spell(spellRef func(facts.Ref) string) string {
	if !t.ref.IsZero() {
		if len(t.args) == 0 {
			return spellRef(t.ref)
		}
		args := make([]string, len(t.args))
		for i, arg := range t.args {
			args[i] = arg.spell(spellRef)
		}
		generic := facts.Ref{Package: t.ref.Package, Name: t.symbol.name}
		return spellRef(generic) + "[" + strings.Join(args, ",") + "]"
	}
	switch t.shape {
	case facts.Basic:
		return t.basic
	case facts.Pointer:
		return "*" + t.elem.spell(spellRef)
	case facts.Slice:
		return "[]" + t.elem.spell(spellRef)
	case facts.Array:
		return "[" + t.expr.Length + "]" + t.elem.spell(spellRef)
	case facts.Map:
		key := unknown
		if t.key != nil {
			key = t.key
		}
		return "map[" + key.spell(spellRef) + "]" + t.elem.spell(spellRef)
	case facts.Chan:
		return "chan " + t.elem.spell(spellRef)
	case facts.Struct:
		fields := make([]string, len(t.Fields()))
		for i, f := range t.Fields() {
			fields[i] = f.Name.Text + " " + f.Type.(*typ).spell(spellRef)
		}
		return "struct{" + strings.Join(fields, "; ") + "}"
	case facts.Func:
		return "func(...)"
	case facts.Interface:
		if t.basic != "" {
			return t.basic
		}
		return "interface{...}"
	}
	return "?"
}

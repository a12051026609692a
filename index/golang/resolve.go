package golang

import (
	"maps"
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// Session resolves names over one state of a Program. Its types stay valid until
// the program changes; it remembers what it resolved, so that asking again is
// cheap. It may load packages, and like its program it has one user at a time.
// After a change it may be good for more, see Resume.
type Session struct {
	p         *Program
	rebuilt   uint64 // of the program, at the start
	named     map[namedKey]*typ
	aliases   map[namedKey]*alias
	homes     map[*facts.File]*pkg
	imports   map[importKey]imported
	packages  map[string]*pkg
	reached   map[[2]string]reached // by the paths of two packages
	recorders []*recorder
	spare     []*recorder
	clock     uint32 // numbers recordings, from 1
	epoch     uint32 // of the recording under way, 0 for none
	depth     int    // of aliases and type arguments being resolved
}

// namedKey identifies a declared type; args are its type arguments, spelt out.
type namedKey struct {
	symbol *typeSymbol
	args   string
}

// alias is what an alias leads to, and what finding out looked at.
type alias struct {
	target *typ
	deps   []facts.Symbol
}

// reached is whether one package may import another, and what finding out looked at.
type reached struct {
	yes  bool
	deps []facts.Symbol
}

// maxChain bounds nested type arguments and chains of aliases. Nobody writes that
// many; broken code may write endless ones.
const maxChain = 200

// Session starts a session over the program as it is now.
func (p *Program) Session() *Session {
	return &Session{
		p:        p,
		rebuilt:  p.rebuilt,
		named:    map[namedKey]*typ{},
		aliases:  map[namedKey]*alias{},
		homes:    map[*facts.File]*pkg{},
		imports:  map[importKey]imported{},
		packages: map[string]*pkg{},
		reached:  map[[2]string]reached{},
	}
}

// Type finds a type by its identity; false when there is none of that name.
func (s *Session) Type(ref facts.Ref) (facts.Type, bool) {
	t := s.byRef(ref)
	if t == nil {
		return nil, false
	}
	return t, true
}

// Declared lists the types that a file declares, in source order, local ones too.
// A declaration that another file's replaces, because of build constraints, is
// not listed; a generic type is, with its parameters unknown.
func (s *Session) Declared(f *facts.File) []facts.Type {
	pk := s.packageOf(f)
	if pk == nil {
		return nil
	}
	var out []facts.Type
	for i := range f.Decls {
		d := &f.Decls[i]
		ts := pk.declaredBy(d)
		if ts == nil {
			continue
		}
		s.record(pk.path, ts.name)
		if !d.Alias {
			out = append(out, s.namedType(namedKey{symbol: ts}, nil))
		}
	}
	return out
}

// Types lists the types that the package of a file declares at package level, its
// tests left out, by name; generic types and aliases are not listed.
func (s *Session) Types(from *facts.File) []facts.Type {
	pk := s.packageOf(from)
	if pk == nil {
		return nil
	}
	s.record(pk.path, packageTypes)
	var out []facts.Type
	for _, name := range slices.Sorted(maps.Keys(pk.types)) {
		ts := pk.types[name]
		if ts.decl.Within != "" || ts.decl.Alias || len(ts.decl.Params) > 0 || ts.file.test {
			continue
		}
		s.recordOutline(ts)
		out = append(out, s.namedType(namedKey{symbol: ts}, nil))
	}
	return out
}

// Lookup finds a declared type by the name that code of a file would use for it
// ("Post", "models.Post"), inside the given function or, where within is "", at
// package level; false when it resolves to nothing.
func (s *Session) Lookup(from *facts.File, within, name string) (facts.Type, bool) {
	sc := s.scope(from, within)
	if sc == nil {
		return nil, false
	}
	qualifier, base := "", name
	if before, after, ok := cutLast(name, "."); ok {
		qualifier, base = before, after
	}
	t := s.resolve(&facts.Expr{Kind: facts.NamedExpr, Package: qualifier, Name: base, Span: facts.Span{Start: nowhere}}, sc)
	if t.Shape() == facts.Unknown && t.symbol == nil {
		return nil, false
	}
	return t, true
}

// Expr resolves a type expression that stands in a file, inside the function
// within or at package level. It never fails: what cannot be resolved is Unknown.
func (s *Session) Expr(from *facts.File, within string, e facts.Expr) facts.Type {
	sc := s.scope(from, within)
	if sc == nil {
		return unknown
	}
	return s.resolve(&e, sc)
}

// Requires reports whether the module that holds the file requires another, and in
// which version at most it is built; "" where the go.mod files do not tell.
func (s *Session) Requires(from *facts.File, module string) (version string, ok bool) {
	fo := s.p.folders[dirOf(from.Path)]
	if from.Path == "" || fo == nil {
		return "", false
	}
	return s.p.modules.required(fo.owner, module)
}

package golang

import (
	"maps"
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// Session resolves names over one state of a Program. Its types stay valid until
// the program changes; it remembers what it resolved, so that asking again is
// cheap. It may load packages, and like its program it has one user at a time.
type Session struct {
	p         *Program
	named     map[namedKey]*typ
	aliases   map[namedKey]*alias
	homes     map[*facts.File]*pkg
	imports   map[importKey]imported
	packages  map[string]*pkg
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

// maxChain bounds nested type arguments and chains of aliases. Nobody writes that
// many; broken code may write endless ones.
const maxChain = 200

// Session starts a session over the program as it is now.
func (p *Program) Session() *Session {
	return &Session{
		p:        p,
		named:    map[namedKey]*typ{},
		aliases:  map[namedKey]*alias{},
		homes:    map[*facts.File]*pkg{},
		imports:  map[importKey]imported{},
		packages: map[string]*pkg{},
	}
}

// Begin starts to record what is looked at. Recordings nest: what the inner one
// saw, the outer one saw too.
//
// A recording sees every question that is asked of the session and of its types.
// A type that was got before Begin counts from the first question asked of it.
func (s *Session) Begin() {
	s.push()
}

// End ends the recording that the last Begin started and returns what was looked
// at, sorted, look-ups that found nothing included: as long as none of these
// symbols changes, the same questions get the same answers. Where that is what was
// looked at before, it returns before itself.
func (s *Session) End(before []facts.Symbol) []facts.Symbol {
	seen := s.pop()
	slices.SortFunc(seen.list, compareSymbols)
	out := before
	if !slices.Equal(seen.list, before) {
		out = slices.Clone(seen.list)
	}
	s.release(seen)
	return out
}

// recorder collects symbols, each once.
type recorder struct {
	epoch uint32
	list  []facts.Symbol
	set   map[facts.Symbol]struct{} // filled once list is long
}

// listed is how many symbols a recorder compares one by one.
const listed = 12

func (r *recorder) add(symbol facts.Symbol) {
	if len(r.list) < listed {
		if slices.Contains(r.list, symbol) {
			return
		}
		r.list = append(r.list, symbol)
		return
	}
	if len(r.set) == 0 {
		if r.set == nil {
			r.set = make(map[facts.Symbol]struct{}, 4*listed)
		}
		for _, have := range r.list {
			r.set[have] = struct{}{}
		}
	}
	if _, have := r.set[symbol]; !have {
		r.set[symbol] = struct{}{}
		r.list = append(r.list, symbol)
	}
}

func (s *Session) push() {
	s.clock++
	r := &recorder{}
	if n := len(s.spare); n > 0 {
		r, s.spare = s.spare[n-1], s.spare[:n-1]
	}
	r.epoch = s.clock
	s.recorders = append(s.recorders, r)
	s.epoch = r.epoch
}

func (s *Session) pop() *recorder {
	n := len(s.recorders) - 1
	r := s.recorders[n]
	s.recorders = s.recorders[:n]
	s.epoch = 0
	if n > 0 {
		outer := s.recorders[n-1]
		s.epoch = outer.epoch
		for _, symbol := range r.list {
			outer.add(symbol)
		}
	}
	return r
}

func (s *Session) release(r *recorder) {
	r.list = r.list[:0]
	clear(r.set)
	s.spare = append(s.spare, r)
}

func (s *Session) record(pkg, name string) {
	if n := len(s.recorders); n > 0 {
		s.recorders[n-1].add(facts.Symbol{Package: pkg, Name: name})
	}
}

// collect does work and returns what it looked at, for the use of recordings that
// meet its result later on.
func (s *Session) collect(work func()) []facts.Symbol {
	s.push()
	work()
	r := s.pop()
	seen := slices.Clone(r.list)
	s.release(r)
	return seen
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
		s.record(pk.path, name)
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

// compareSymbols orders symbols by package, then name.
func compareSymbols(a, b facts.Symbol) int {
	if a.Package != b.Package {
		if a.Package < b.Package {
			return -1
		}
		return 1
	}
	switch {
	case a.Name < b.Name:
		return -1
	case a.Name > b.Name:
		return 1
	}
	return 0
}

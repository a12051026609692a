package golang

import (
	"math"

	"github.com/rells-dev/rells/index/facts"
)

// nameScope is where a type expression stands: what its names may mean.
type nameScope struct {
	pkg    *pkg
	file   *sourceFile
	within string // enclosing function
	params []string
	args   []*typ // what the type parameters stand for; nil where nothing is known
}

// nowhere is the offset of a name that stands in no place of a function: of the
// local types of one name it means the first.
const nowhere = math.MaxInt32

// scope is the scope of code in a file, nil for a file that the program lacks.
func (s *Session) scope(from *facts.File, within string) *nameScope {
	pk := s.packageOf(from)
	if pk == nil {
		return nil
	}
	return &nameScope{pkg: pk, file: pk.file(from), within: within}
}

func (pk *pkg) file(f *facts.File) *sourceFile {
	for _, sf := range pk.files {
		if sf.facts == f {
			return sf
		}
	}
	return nil
}

// declaredBy is the type that a declaration of the package makes, nil where it
// makes none.
func (pk *pkg) declaredBy(d *facts.Decl) *typeSymbol {
	if d.Within == "" {
		if ts := pk.types[d.Name.Text]; ts != nil && ts.decl == d {
			return ts
		}
		return nil
	}
	for _, ts := range pk.locals[d.Within+"."+d.Name.Text] {
		if ts.decl == d {
			return ts
		}
	}
	return nil
}

// resolveName finds what a name without qualifier means.
func (s *Session) resolveName(e *facts.Expr, sc *nameScope) *typ {
	for i, param := range sc.params {
		if param == e.Name {
			if i < len(sc.args) {
				return sc.args[i]
			}
			return unknown
		}
	}
	if sc.within != "" {
		if ts := s.local(e, sc); ts != nil {
			return s.declared(ts, e, sc)
		}
	}
	if ts := sc.pkg.types[e.Name]; ts != nil && (sc.file.test || !ts.file.test) {
		return s.declared(ts, e, sc)
	}
	s.record(sc.pkg.path, e.Name)
	if ts := s.dotImported(e.Name, sc); ts != nil {
		return s.declared(ts, e, sc)
	}
	if t := universe[e.Name]; t != nil {
		return t
	}
	return s.unresolved(sc.pkg.path, e.Name)
}

// local is the type local to the enclosing function that the name means, nil for
// none: the innermost of those whose block holds the place.
func (s *Session) local(e *facts.Expr, sc *nameScope) *typeSymbol {
	key := sc.within + "." + e.Name
	s.record(sc.pkg.path, key)
	var found *typeSymbol
	for _, ts := range sc.pkg.locals[key] {
		if ts.file != sc.file {
			continue
		}
		if e.Span.Start == nowhere {
			return ts
		}
		if holds(ts.decl.Scope, e.Span.Start) && (found == nil || ts.decl.Scope.Start > found.decl.Scope.Start) {
			found = ts
		}
	}
	return found
}

// dotImported is the type that a dot import of the file brings in by the name.
func (s *Session) dotImported(name string, sc *nameScope) *typeSymbol {
	s.record(sc.pkg.path, dotImports(sc.file.base))
	for _, imp := range sc.file.facts.Imports {
		if imp.Name.Text != "." {
			continue
		}
		if pk := s.importPackage(sc.pkg, imp.Path.Text); pk != nil {
			if ts := pk.visible(name, sc); ts != nil {
				return ts
			}
			s.record(pk.path, name)
		}
	}
	return nil
}

// visible is the package's type as code of another package sees it, nil for none.
// The external tests of a folder see what its own tests declare.
func (pk *pkg) visible(name string, sc *nameScope) *typeSymbol {
	ts := pk.types[name]
	if ts == nil || ts.file.test && !(sc.file.test && sc.pkg.folder == pk.folder) {
		return nil
	}
	return ts
}

// resolveQualified finds what a name with a qualifier means.
func (s *Session) resolveQualified(e *facts.Expr, sc *nameScope) *typ {
	path, pk := s.imported(e.Package, sc)
	if path == "" {
		return unknown
	}
	if pk == nil {
		return s.unresolved(path, e.Name)
	}
	if ts := pk.visible(e.Name, sc); ts != nil {
		return s.declared(ts, e, sc)
	}
	s.record(pk.path, e.Name)
	return s.unresolved(pk.path, e.Name)
}

// imported finds the import of the file that a qualifier means: by the name that
// the import states, by the name that the path suggests, and last, where that is
// not how the package calls itself, by looking into every one. The package is nil
// where it cannot be read; the path is "" where no import fits.
func (s *Session) imported(qualifier string, sc *nameScope) (path string, pk *pkg) {
	s.record(sc.pkg.path, fileImports(sc.file.base))
	imports := sc.file.facts.Imports
	for i := range imports {
		if imports[i].Name.Text == qualifier {
			return imports[i].Path.Text, s.importPackage(sc.pkg, imports[i].Path.Text)
		}
	}
	suggested := ""
	for i := range imports {
		if path := imports[i].Path.Text; imports[i].Name.Text == "" && guessName(path) == qualifier {
			pk := s.importPackage(sc.pkg, path)
			if pk != nil && pk.name == qualifier {
				return path, pk
			}
			if pk == nil && suggested == "" {
				suggested = path
			}
		}
	}
	if suggested != "" {
		return suggested, nil
	}
	for i := range imports {
		if path := imports[i].Path.Text; imports[i].Name.Text == "" && guessName(path) != qualifier {
			if pk := s.importPackage(sc.pkg, path); pk != nil && pk.name == qualifier {
				return path, pk
			}
		}
	}
	return "", nil
}

package golang

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// Definition finds the constant or function of package level that code of a file means by
// a name ("FieldOwner", "base.Fields"), and the file that defines it; false where the name
// stands for nothing of the kind, as far as source shows. Sources say of which functions
// there is anything to be told, see Wanted.
func (s *Session) Definition(from *facts.File, qualifier, name string) (*facts.File, facts.Definition, bool) {
	sc := s.scope(from, "")
	if sc == nil {
		return nil, facts.Definition{}, false
	}
	if qualifier != "" {
		return s.qualifiedDefinition(qualifier, name, sc)
	}
	if file, d, ok := s.definition(sc.pkg, name, sc); ok {
		return file, d, true
	}
	s.record(sc.pkg.path, dotImports(sc.file.base))
	for _, imp := range sc.file.facts.Imports {
		if imp.Name.Text == "." {
			if file, d, ok := s.definition(s.importPackage(sc.pkg, imp.Path.Text), name, sc); ok {
				return file, d, true
			}
		}
	}
	return nil, facts.Definition{}, false
}

// qualifiedDefinition finds what a name behind a qualifier stands for. The qualifier may as
// well be no package: only what the imports seem to say is looked into.
func (s *Session) qualifiedDefinition(qualifier, name string, sc *nameScope) (*facts.File, facts.Definition, bool) {
	s.record(sc.pkg.path, fileImports(sc.file.base))
	if !slices.ContainsFunc(sc.file.facts.Imports, func(imp facts.Import) bool {
		return imp.Name.Text == qualifier || imp.Name.Text == "" && guessName(imp.Path.Text) == qualifier
	}) {
		return nil, facts.Definition{}, false
	}
	_, pk := s.imported(qualifier, sc)
	return s.definition(pk, name, sc)
}

// definition finds a constant or function of a package, as code of the scope sees it. Of
// several files the same one wins as for types.
func (s *Session) definition(pk *pkg, name string, sc *nameScope) (*facts.File, facts.Definition, bool) {
	if pk == nil {
		return nil, facts.Definition{}, false
	}
	s.record(pk.path, name)
	var best *sourceFile
	var found facts.Definition
	for _, f := range pk.files {
		if f.test && !(sc.file.test && sc.pkg.folder == pk.folder) || best != nil && best.rank() <= f.rank() {
			continue
		}
		for i := range f.facts.Defined {
			if f.facts.Defined[i].Name == name {
				best, found = f, f.facts.Defined[i]
				break
			}
		}
	}
	if best == nil {
		return nil, facts.Definition{}, false
	}
	s.meet(best.facts)
	return best.facts, found, true
}

package golang

import "github.com/rells-dev/rells/index/facts"

// Sessions find packages here. To find one may mean to read its folder, or a go.mod on
// the way, so a session remembers what it was told.

// imported is the package that an import means, nil where it cannot be read, and
// which packages finding it looked at.
type imported struct {
	pkg    *pkg
	looked []string
}

// packageOf is the package that the program has a file in, nil for none.
func (s *Session) packageOf(f *facts.File) *pkg {
	if f == nil || f.Path == "" {
		return nil
	}
	pk, known := s.homes[f]
	if !known {
		pk = s.p.packageOf(f)
		s.homes[f] = pk
	}
	return pk
}

func (p *Program) packageOf(f *facts.File) *pkg {
	fo := p.loaded(dirOf(f.Path))
	for _, pk := range fo.packages {
		if pk.file(f) != nil {
			return pk
		}
	}
	return nil
}

// PackagePath is the Package that the types of a file have in their Refs, "" for a
// file that the program lacks.
func (s *Session) PackagePath(f *facts.File) string {
	pk := s.packageOf(f)
	if pk == nil {
		return ""
	}
	return pk.path
}

// packageByPath finds a package by the path that Refs have for it, nil for none.
func (s *Session) packageByPath(path string) *pkg {
	s.record(path, "")
	pk, known := s.packages[path]
	if !known {
		pk = s.p.packageByPath(path)
		s.packages[path] = pk
	}
	return pk
}

func (p *Program) packageByPath(path string) *pkg {
	if pk := p.byPath[path]; pk != nil {
		return pk
	}
	for _, fo := range p.candidates(nil, importPathOf(path)) {
		p.load(fo)
		if pk := packageAt(fo.packages, path); pk != nil {
			return pk
		}
	}
	return p.stub(path)
}

// importPackage is the package that another imports by a path, nil where it
// cannot be read.
func (s *Session) importPackage(from *pkg, path string) *pkg {
	key := importKey{path: path}
	if from.folder != nil {
		key.from = from.folder.owner
	}
	found, known := s.imports[key]
	if !known {
		found = s.p.importPackage(key)
		s.imports[key] = found
	}
	for _, path := range found.looked {
		s.record(path, "")
	}
	return found.pkg
}

func (p *Program) importPackage(key importKey) imported {
	stub := p.stub(key.path)
	if stub != nil && isStandard(key.path) && (key.from == nil || key.from.path == "") {
		return imported{pkg: stub} // without modules, the standard library goes first
	}
	var looked []string
	for _, fo := range p.candidates(key.from, key.path) {
		p.load(fo)
		if pk := fo.importable(); pk != nil {
			return imported{pk, append(looked, pk.path)}
		}
		looked = append(looked, fo.identity(key.path))
	}
	return imported{stub, looked}
}

// identity is the path by which the folder's package would be known.
func (fo *folder) identity(imported string) string {
	if fo.path == "" {
		return imported
	}
	return fo.path
}

// candidates lists the folders that may hold the package that a module's code
// imports by a path.
func (p *Program) candidates(from *module, path string) []*folder {
	key := importKey{from, path}
	if found, ok := p.found[key]; ok {
		return found
	}
	var found []*folder
	for _, pl := range p.modules.places(from, path) {
		fo := p.folders[pl.dir]
		if fo == nil {
			fo = newFolder(pl.dir, pl.owner, pl.path)
			p.folders[pl.dir] = fo
		}
		found = append(found, fo)
	}
	if len(p.found) == mostFound {
		clear(p.found)
	}
	p.found[key] = found
	return found
}

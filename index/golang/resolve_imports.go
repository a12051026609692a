package golang

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// Imports reports whether a file of the package that the given file belongs to
// imports the path; tests count for tests alone.
func (s *Session) Imports(from *facts.File, path string) bool {
	for _, imp := range from.Imports {
		if imp.Path.Text == path {
			return true
		}
	}
	pk := s.packageOf(from)
	if pk == nil {
		return false
	}
	s.record(pk.path, packageImports)
	_, found := slices.BinarySearch(pk.imports(), path)
	return found
}

// Reaches reports whether package from may import package to: false when to
// imports from, even indirectly, so that the import would close a cycle. What
// cannot be read counts as importing nothing.
func (s *Session) Reaches(from, to string) bool {
	way := [2]string{from, to}
	known, ok := s.reached[way]
	if ok {
		s.Note(known.deps)
		return known.yes
	}
	known.deps = s.collect(func() { known.yes = s.reaches(from, to) })
	s.reached[way] = known
	return known.yes
}

func (s *Session) reaches(from, to string) bool {
	from = strings.TrimSuffix(from, "_test")
	start := s.packageByPath(to)
	if start == nil || from == to {
		return true
	}
	seen := map[*pkg]bool{start: true}
	for todo := []*pkg{start}; len(todo) > 0; {
		pk := todo[0]
		todo = todo[1:]
		s.record(pk.path, packageImports)
		for _, path := range pk.imports() {
			next := s.importLocal(pk, path)
			if next == nil || seen[next] {
				continue
			}
			if next.path == from {
				return false
			}
			seen[next] = true
			todo = append(todo, next)
		}
	}
	return true
}

// importLocal is importPackage for packages of the workspace alone: other people's
// packages import none of it.
func (s *Session) importLocal(from *pkg, path string) *pkg {
	if from.folder == nil || isStandard(path) && !s.p.modules.claimed(path) {
		return nil
	}
	pk := s.importPackage(from, path)
	if pk == nil || pk.folder == nil || pk.folder.foreign {
		return nil
	}
	return pk
}

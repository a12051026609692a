package python

import (
	"path/filepath"
	"slices"
	"strings"
)

// Claims reports whether a file is Python source, by its name.
func Claims(path string) bool { return filepath.Ext(path) == ".py" }

// Enters reports whether there may be source of the workspace's own in a folder of that
// name: what has been installed is other people's.
func Enters(name string) bool { return name != "site-packages" }

// DecidesNames reports whether a file says where modules are found.
func DecidesNames(path string) bool { return slices.Contains(projectFiles, filepath.Base(path)) }

// layout knows the folders of a workspace, as far as anybody looked into them.
type layout struct {
	src     Source
	roots   []string                       // clean
	entries map[string]map[string]struct{} // of folders, by path

	projects map[string]*project // of folders, by path
}

func newLayout(src Source, roots []string) layout {
	l := layout{src: src, entries: map[string]map[string]struct{}{}, projects: map[string]*project{}}
	for _, root := range roots {
		l.roots = append(l.roots, filepath.Clean(root))
	}
	return l
}

// Source is where a Program reads files that nobody has put into it. It decides
// which folders may be read at all; every error means "not there".
type Source interface {
	// ReadFile returns the bytes of a file.
	ReadFile(path string) ([]byte, error)
	// ReadDir returns the names of a folder's entries, in any order.
	ReadDir(dir string) ([]string, error)
}

func (l *layout) holds(dir, name string) bool {
	entries, known := l.entries[dir]
	if !known {
		names, _ := l.src.ReadDir(dir)
		entries = make(map[string]struct{}, len(names))
		for _, name := range names {
			entries[name] = struct{}{}
		}
		l.entries[dir] = entries
	}
	_, ok := entries[name]
	return ok
}

// moduleName is the dotted name of the module that a file is, behind the path of its
// project where that is not all of the workspace: "services/shop/orders.models".
func (l *layout) moduleName(path string) string {
	dir := filepath.Dir(path)
	in := l.projectOf(dir)
	rel, err := filepath.Rel(in.dir, strings.TrimSuffix(path, ".py"))
	if err != nil {
		return filepath.Base(path)
	}
	for _, source := range in.sources {
		if inner, ok := strings.CutPrefix(rel, source+string(filepath.Separator)); ok {
			rel = inner
			break
		}
	}
	name := strings.ReplaceAll(filepath.ToSlash(rel), "/", ".")
	switch {
	case name == "__init__":
		name = filepath.Base(in.dir)
	default:
		name = strings.TrimSuffix(name, ".__init__")
	}
	return in.below + name
}

// place is a module that was found: its file, or, of a package without one, its folder.
type place struct{ file, dir string }

func (p place) found() bool { return p != place{} }

// find finds the module that an import in a file leads to. Python looks into a list of
// folders that the source does not tell. They are taken to be the ones around the file
// that are no packages, the nearest first, and in each those of its sources.
func (l *layout) find(from, dotted string) place {
	dir := filepath.Dir(from)
	if rest := strings.TrimLeft(dotted, "."); rest != dotted {
		for range len(dotted) - len(rest) - 1 {
			dir = filepath.Dir(dir)
		}
		return l.module(dir, rest)
	}
	for ; ; dir = filepath.Dir(dir) {
		if !l.holds(dir, "__init__.py") {
			if p := l.module(dir, dotted); p.found() {
				return p
			}
			for _, source := range l.sourcesIn(dir) {
				if p := l.module(filepath.Join(dir, source), dotted); p.found() {
					return p
				}
			}
		}
		if slices.Contains(l.roots, dir) || filepath.Dir(dir) == dir {
			return place{}
		}
	}
}

// sourcesIn are the folders in a folder that modules may lie in.
func (l *layout) sourcesIn(dir string) []string {
	if p := l.projectOf(dir); p.dir == dir {
		return p.sources
	}
	if l.holds(dir, "src") {
		return []string{"src"}
	}
	return nil
}

// module is the module of a name in a folder; the folder's own for an empty name.
func (l *layout) module(dir, dotted string) place {
	parts := strings.Split(dotted, ".")
	if dotted == "" {
		parts = nil
	}
	for i, part := range parts {
		switch {
		case l.holds(dir, part) && (i < len(parts)-1 || !l.holds(dir, part+".py")):
			dir = filepath.Join(dir, part)
		case i == len(parts)-1 && l.holds(dir, part+".py"):
			return place{file: filepath.Join(dir, part+".py")}
		default:
			return place{}
		}
	}
	if l.holds(dir, "__init__.py") {
		return place{file: filepath.Join(dir, "__init__.py"), dir: dir}
	}
	if len(l.entries[dir]) == 0 {
		return place{}
	}
	return place{dir: dir}
}

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

// projectFiles are files that stand where a project begins.
var projectFiles = []string{"pyproject.toml", "setup.py", "setup.cfg"}

// DecidesNames reports whether a file says where modules are found.
func DecidesNames(path string) bool { return slices.Contains(projectFiles, filepath.Base(path)) }

// layout knows the folders of a workspace, as far as anybody looked into them.
type layout struct {
	src     Source
	roots   []string                       // clean
	entries map[string]map[string]struct{} // of folders, by path
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

// project is the folder that the module names of a file begin behind: the nearest that
// holds a file of a project, up to the root of the workspace.
func (l *layout) project(dir string) string {
	for at := dir; ; at = filepath.Dir(at) {
		if slices.ContainsFunc(projectFiles, func(name string) bool { return l.holds(at, name) }) || slices.Contains(l.roots, at) {
			return at
		}
		if filepath.Dir(at) == at {
			return dir
		}
	}
}

// moduleName is the dotted name of the module that a file is. A folder "src" is none of
// its parts.
func (l *layout) moduleName(path string) string {
	root := l.project(filepath.Dir(path))
	rel, err := filepath.Rel(root, strings.TrimSuffix(path, ".py"))
	if err != nil {
		return filepath.Base(path)
	}
	parts := strings.Split(filepath.ToSlash(rel), "/")
	if parts[0] == "src" && len(parts) > 1 {
		parts = parts[1:]
	}
	if last := len(parts) - 1; parts[last] == "__init__" {
		parts = parts[:last]
	}
	if len(parts) == 0 {
		return filepath.Base(root)
	}
	return strings.Join(parts, ".")
}

// place is a module that was found: its file, or, of a package without one, its folder.
type place struct{ file, dir string }

func (p place) found() bool { return p != place{} }

// find finds the module that an import in a file leads to. Python looks into a list of
// folders that the source does not tell. They are taken to be the ones around the file
// that are no packages, the nearest first, and the "src" of each.
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
			if l.holds(dir, "src") {
				if p := l.module(filepath.Join(dir, "src"), dotted); p.found() {
					return p
				}
			}
		}
		if slices.Contains(l.roots, dir) || filepath.Dir(dir) == dir {
			return place{}
		}
	}
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

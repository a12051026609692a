package golang

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/modfile"
	modname "golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

// place is a folder that may hold the package of an import path.
type place struct {
	dir   string
	owner *module
	path  string // import path of the package, as Refs have it
}

// places lists where the package that code of the module from imports as path may
// be, the best place first; whoever asks takes the first that holds Go files.
//
// One import path means one folder throughout a workspace, so that a type has one
// identity: what is local goes before what is vendored and that before the module
// cache, where the highest required version that is there wins. Only modules that
// share their path, and replacements by a local folder, are told apart by who
// imports.
func (ms *modules) places(from *module, path string) []place {
	if !isImportPath(path) {
		return nil
	}
	var out []place
	add := func(dir string, owner *module, id string) {
		if !slices.ContainsFunc(out, func(p place) bool { return p.dir == dir }) {
			out = append(out, place{dir, owner, id})
		}
	}
	local := func(m *module, path string) {
		if rest, ok := below(path, m.path); ok {
			dir := filepath.Join(m.dir, filepath.FromSlash(rest))
			if owner := ms.enclosing(dir); owner == m {
				add(dir, m, m.importPath(dir))
			}
		}
	}
	replaced := func(m *module) {
		for _, r := range m.allReplaces() {
			if rest, ok := below(path, r.path); ok && r.dir != "" {
				dir := filepath.Join(r.dir, filepath.FromSlash(rest))
				owner := ms.enclosing(dir)
				add(dir, owner, owner.importPath(dir))
			}
		}
	}
	vendored := func(m *module) {
		if m.vendor != "" {
			add(filepath.Join(m.vendor, filepath.FromSlash(path)), m, path)
		}
	}

	if from != nil {
		local(from, path)
		if from.work != nil {
			for _, dir := range from.work.uses {
				if m := ms.at(dir); m != nil {
					local(m, path)
				}
			}
		}
		replaced(from)
	}
	for _, m := range ms.byPath(path) {
		local(m, path)
	}
	for _, m := range ms.announced {
		if m.vendored {
			vendored(m)
		}
	}
	for _, m := range ms.announced {
		replaced(m)
	}
	for _, c := range ms.cached(path) {
		add(c.dir, c.owner, c.path)
	}
	for _, m := range ms.announced {
		vendored(m)
	}
	return out
}

// isImportPath reports whether a path may be one of a package in a module: joined
// to a folder it does not lead out of it, as "../x" and "/etc" would.
func isImportPath(path string) bool {
	return fs.ValidPath(path) && filepath.IsLocal(filepath.FromSlash(path))
}

// byPath lists the modules of the workspace whose path leads to the import path,
// the longest first.
func (ms *modules) byPath(path string) []*module {
	var out []*module
	for prefix := path; prefix != ""; prefix = parentPath(prefix) {
		if m := ms.claims[prefix]; m != nil {
			out = append(out, m)
		}
	}
	for _, m := range ms.announced {
		if m.path == "" {
			out = append(out, m)
		}
	}
	return out
}

// claimed reports whether a module of the workspace may hold the import path.
func (ms *modules) claimed(path string) bool { return len(ms.byPath(path)) > 0 }

// cached lists the folders of the module cache that may hold the package.
func (ms *modules) cached(path string) []place {
	if ms.env.ModCache == "" {
		return nil
	}
	var out []place
	for prefix := path; prefix != ""; prefix = parentPath(prefix) {
		for _, v := range ms.versions(prefix) {
			root, ok := ms.cacheDir(v)
			if !ok {
				continue
			}
			rest, _ := below(path, prefix)
			owner := ms.at(root)
			if owner == nil {
				// Older than modules: the cache keeps its go.mod, an empty one, elsewhere.
				owner = &module{dir: root, external: true}
				ms.inDir[root] = owner
			}
			if owner.path != prefix {
				owner.path, owner.id = prefix, prefix // a fork keeps the path of what it replaces
			}
			out = append(out, place{filepath.Join(root, filepath.FromSlash(rest)), owner, path})
		}
	}
	return out
}

// versions lists what the modules of the workspace take for the module of the
// given path, replacements applied: the highest version first.
func (ms *modules) versions(path string) []modname.Version {
	var wanted []string
	for _, m := range ms.announced {
		if v, ok := m.requires[path]; ok {
			wanted = append(wanted, v)
		} else if v, ok := ms.graph(m)[path]; ok {
			wanted = append(wanted, v)
		}
	}
	slices.SortFunc(wanted, func(a, b string) int { return semver.Compare(b, a) })
	var out []modname.Version
	for _, v := range slices.Compact(wanted) {
		out = append(out, ms.replacedVersion(modname.Version{Path: path, Version: v}))
	}
	return out
}

func (ms *modules) replacedVersion(v modname.Version) modname.Version {
	for _, m := range ms.announced {
		for _, r := range m.allReplaces() {
			if r.path == v.Path && r.dir == "" && (r.version == "" || r.version == v.Version) {
				return modname.Version{Path: r.newPath, Version: r.newVersion}
			}
		}
	}
	return v
}

// graph is the module graph of a module older than go 1.17, whose go.mod lists
// direct requirements alone: the highest version that anything in it requires, read
// from the go.mod files that the module cache keeps. It is empty for newer ones,
// whose go.mod lists all that their packages need.
func (ms *modules) graph(m *module) map[string]string {
	if m.lists || m.requires == nil {
		return nil
	}
	if graph, known := ms.graphs[m]; known {
		return graph
	}
	graph := map[string]string{}
	ms.graphs[m] = graph
	todo := requirements(m.requires)
	seen := map[modname.Version]bool{}
	const bound = 5000 // modules; real graphs hold hundreds
	for len(todo) > 0 && len(seen) < bound {
		v := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[v] {
			continue
		}
		seen[v] = true
		if have, ok := graph[v.Path]; !ok || semver.Compare(v.Version, have) > 0 {
			graph[v.Path] = v.Version
		}
		todo = append(todo, requirements(ms.cachedRequirements(ms.replacedVersion(v)))...)
	}
	return graph
}

func requirements(requires map[string]string) []modname.Version {
	out := make([]modname.Version, 0, len(requires))
	for path, version := range requires {
		out = append(out, modname.Version{Path: path, Version: version})
	}
	return out
}

// cachedRequirements reads what a module requires from the cache's download folder.
func (ms *modules) cachedRequirements(v modname.Version) map[string]string {
	path, err1 := modname.EscapePath(v.Path)
	version, err2 := modname.EscapeVersion(v.Version)
	if err1 != nil || err2 != nil {
		return nil
	}
	content, err := ms.src.ReadFile(filepath.Join(ms.env.ModCache, "cache", "download", filepath.FromSlash(path), "@v", version+".mod"))
	if err != nil {
		return nil
	}
	f, err := modfile.ParseLax("go.mod", content, nil)
	if err != nil {
		return nil
	}
	requires := map[string]string{}
	for _, r := range f.Require {
		requires[r.Mod.Path] = r.Mod.Version
	}
	return requires
}

// cacheDir is the folder in which the module cache unpacks a module.
func (ms *modules) cacheDir(v modname.Version) (string, bool) {
	path, err1 := modname.EscapePath(v.Path)
	version, err2 := modname.EscapeVersion(v.Version)
	if err1 != nil || err2 != nil {
		return "", false
	}
	dir := filepath.Join(ms.env.ModCache, filepath.FromSlash(path)+"@"+version)
	return dir, ms.isDir(dir)
}

// required reports whether a module requires another, and the highest version with
// which a module of the workspace is built: one may be part of the build of the next.
// It is "" where that cannot be told from go.mod files alone, because a folder or a
// fork replaces the required one, or because a go.mod is older than go 1.17.
func (ms *modules) required(m *module, path string) (version string, ok bool) {
	if _, ok := m.requires[path]; !ok {
		return "", false
	}
	for _, other := range ms.announced {
		if _, ok := other.requires[path]; !ok || !ms.isMain(other.dir) {
			continue
		}
		built := other.builtWith(path)
		if built == "" {
			return "", true
		}
		if semver.Compare(built, version) > 0 {
			version = built
		}
	}
	return version, true
}

// builtWith is the version of a required module with which a main module is built,
// "" where its go.mod does not tell.
func (m *module) builtWith(path string) string {
	version := m.requires[path]
	for _, r := range m.allReplaces() {
		if r.path != path || r.version != "" && r.version != version {
			continue
		}
		if r.dir != "" || r.newPath != path {
			return ""
		}
		return r.newVersion
	}
	if !m.lists {
		return ""
	}
	return version
}

// below reports whether an import path lies in the module of the given path, and
// what follows behind it.
func below(path, module string) (rest string, ok bool) {
	if module == "" || path == module {
		return strings.TrimPrefix(path, module), true
	}
	return strings.CutPrefix(path, module+"/")
}

// parentPath is an import path without its last element.
func parentPath(path string) string {
	before, _, found := cutLast(path, "/")
	if !found {
		return ""
	}
	return before
}

// goVersionAtLeast reports whether a go directive ("1.21", "1.21.3", "1.22rc1")
// states go 1.minor or later.
func goVersionAtLeast(version string, minor int) bool {
	rest, ok := strings.CutPrefix(version, "1.")
	if !ok {
		return version != ""
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	if end >= 0 {
		rest = rest[:end]
	}
	n, err := strconv.Atoi(rest)
	return err == nil && n >= minor
}

// guessName is the name that a package most likely has, by its import path:
// "gopkg.in/yaml.v3" is yaml, "example.com/shop/v2" is shop, "go-cmp" is cmp.
func guessName(path string) string {
	name := path
	if before, last, ok := cutLast(path, "/"); ok {
		name = last
		if isMajor(last) {
			_, name, _ = cutLast("/"+before, "/")
		}
	}
	if before, version, ok := cutLast(name, "."); ok && isMajor(version) {
		name = before
	}
	name = strings.TrimPrefix(name, "go-")
	return strings.TrimSuffix(strings.TrimSuffix(name, "-go"), ".go")
}

// isMajor reports whether an element of an import path states a major version: v2.
func isMajor(element string) bool {
	digits, ok := strings.CutPrefix(element, "v")
	_, err := strconv.Atoi(digits)
	return ok && err == nil
}

package golang

import (
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// modules is what the go.mod, go.work and vendor/modules.txt files say, as far as
// anybody asked: the maps are filled as folders are met.
type modules struct {
	src   Source
	env   Environment
	roots []string // the workspace folders, the longest path first

	inDir     map[string]*module    // folder -> the module whose go.mod stands in it, nil for none
	around    map[string]*module    // folder -> the module it belongs to
	workAt    map[string]*workspace // folder -> the go.work in effect there, nil for none
	announced []*module             // modules of the workspace, in the order in which they claim a path
	claims    map[string]*module    // path -> the announced module that keeps it
	graphs    map[*module]map[string]string
}

// module is one Go module, or a folder that stands in for one where there is no
// go.mod.
type module struct {
	dir      string
	path     string // as go.mod declares it; "" where there is none
	id       string // what import paths of its packages start with in Refs: path, unless another module has it
	base     string // file-less stand-ins: what relative paths start with
	external bool   // of a module cache or a vendor folder: other people's code
	gopath   bool   // stand-in for GOPATH/src

	requires map[string]string // module path -> version that go.mod lists
	replaces []replacement
	lists    bool   // go.mod lists indirect requirements too (go 1.17)
	vendor   string // folder of vendored packages, "" for none
	vendored bool   // the go command would use vendor
	work     *workspace
}

func newModules(src Source, roots []string, env Environment) *modules {
	ms := &modules{src: src, env: env}
	for _, root := range roots {
		ms.roots = append(ms.roots, filepath.Clean(root))
	}
	slices.SortFunc(ms.roots, func(a, b string) int { return len(b) - len(a) })
	ms.inDir = map[string]*module{}
	ms.around = map[string]*module{}
	ms.workAt = map[string]*workspace{}
	ms.claims = map[string]*module{}
	ms.graphs = map[*module]map[string]string{}
	for _, root := range ms.roots {
		ms.enclosing(root)
	}
	return ms
}

// announce tells of the go.mod files in the workspace. Where several modules have
// one path, the one nearest to a root keeps it, then the first by name.
func (ms *modules) announce(files []string) {
	var dirs []string
	for _, file := range files {
		if filepath.Base(file) == "go.mod" {
			dirs = append(dirs, filepath.Dir(file))
		}
	}
	slices.SortFunc(dirs, func(a, b string) int {
		if d := strings.Count(a, string(filepath.Separator)) - strings.Count(b, string(filepath.Separator)); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for _, dir := range dirs {
		ms.enclosing(dir)
	}
}

// claim enters a module among those of the workspace, and with it the modules
// that its go.work and its local replacements lead to.
func (ms *modules) claim(m *module) {
	if m.external || slices.Contains(ms.announced, m) {
		return
	}
	ms.announced = append(ms.announced, m)
	if m.path != "" {
		if ms.claims[m.path] == nil {
			ms.claims[m.path] = m
		} else {
			m.id = m.path + "@" + ms.relative(m.dir)
		}
	}
	for _, dir := range m.neighbours() {
		ms.enclosing(dir)
	}
}

// neighbours lists the folders of the modules that are built together with this
// one from local source.
func (m *module) neighbours() []string {
	var dirs []string
	if m.work != nil {
		dirs = append(dirs, m.work.uses...)
	}
	for _, r := range m.allReplaces() {
		if r.dir != "" {
			dirs = append(dirs, r.dir)
		}
	}
	return dirs
}

// enclosing is the module that a folder belongs to. It is never nil: a folder
// without go.mod above belongs to a stand-in for its workspace folder.
func (ms *modules) enclosing(dir string) *module {
	if m := ms.around[dir]; m != nil {
		return m
	}
	m := ms.above(dir)
	if m == nil {
		m = ms.standIn(dir)
	}
	ms.around[dir] = m
	if !m.external {
		ms.claim(m)
	}
	return m
}

// forgetFolders forgets which folders belong to which module and which ones hold
// no go.mod. It can all be found again; the modules themselves stay.
func (ms *modules) forgetFolders() {
	clear(ms.around)
	maps.DeleteFunc(ms.inDir, func(_ string, m *module) bool { return m == nil })
}

// above is the module whose go.mod stands in the folder or the nearest one above
// it, nil for none.
func (ms *modules) above(dir string) *module {
	for !ms.standsAlone(dir) {
		if m := ms.at(dir); m != nil {
			return m
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	return nil
}

// standsAlone reports whether no go.mod in a folder or above it counts.
func (ms *modules) standsAlone(dir string) bool {
	return dir == ms.env.ModCache || slices.ContainsFunc(ms.env.GoPath, func(p string) bool {
		return dir == filepath.Join(p, "src")
	})
}

// standIn makes the module for a folder that has none.
func (ms *modules) standIn(dir string) *module {
	m := &module{dir: dir, external: true}
	for _, gopath := range ms.env.GoPath {
		if src := filepath.Join(gopath, "src"); within(dir, src) {
			m.dir, m.gopath = src, true
		}
	}
	for _, root := range ms.roots {
		if !within(dir, root) {
			continue
		}
		m.external = false
		if m.gopath {
			break
		}
		m.dir = root
		if len(ms.roots) > 1 {
			m.base = filepath.Base(root)
		}
		break
	}
	if old := ms.inDir[m.dir]; old != nil {
		return old
	}
	ms.inDir[m.dir] = m
	if v := filepath.Join(m.dir, "vendor"); !m.external && ms.isDir(v) {
		m.vendor, m.vendored = v, true
	}
	return m
}

// at is the module whose go.mod stands in the folder, nil for none.
func (ms *modules) at(dir string) *module {
	if m, known := ms.inDir[dir]; known {
		return m
	}
	ms.inDir[dir] = nil
	content, err := ms.src.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return nil
	}
	m := parseModule(dir, content)
	m.external = within(dir, ms.env.ModCache) || strings.Contains(filepath.ToSlash(dir)+"/", "/vendor/")
	ms.inDir[dir] = m
	if m.external {
		return m
	}
	if ms.isMain(dir) {
		m.work = ms.workspaceOf(dir)
	} else {
		m.replaces = nil
	}
	ms.findVendor(m)
	return m
}

// isMain reports whether a module is one that the workspace builds, and not only
// what one of those leads to: it lies in a workspace folder, around one, or in a
// go.work file. Of other modules, as with the go command, nothing is replaced, or
// a workspace would lead on and on.
func (ms *modules) isMain(dir string) bool {
	for _, root := range ms.roots {
		if within(dir, root) || within(root, dir) {
			return true
		}
	}
	return slices.ContainsFunc(ms.announced, func(m *module) bool {
		return m.work != nil && slices.Contains(m.work.uses, dir)
	})
}

// parseModule reads what resolution needs of a go.mod. A file with mistakes still
// gives the lines that can be read.
func parseModule(dir string, content []byte) *module {
	m := &module{dir: dir, requires: map[string]string{}}
	f, err := modfile.ParseLax("go.mod", content, nil)
	if err != nil {
		m.path = modfile.ModulePath(content)
		m.id = m.path
		return m
	}
	if f.Module != nil {
		m.path = f.Module.Mod.Path
	}
	m.id = m.path
	m.lists = f.Go != nil && goVersionAtLeast(f.Go.Version, 17)
	for _, r := range f.Require {
		m.requires[r.Mod.Path] = r.Mod.Version
	}
	m.replaces = replacements(dir, f.Syntax)
	return m
}

// importPath is the import path of a folder of the module; "" for the folder of a
// stand-in itself.
func (m *module) importPath(dir string) string {
	rel, err := filepath.Rel(m.dir, dir)
	if err != nil {
		return ""
	}
	rel = filepath.ToSlash(rel)
	if _, vendored, ok := cutLast("/"+rel+"/", "/vendor/"); ok && vendored != "" {
		return strings.TrimSuffix(vendored, "/")
	}
	if rel == "." {
		rel = ""
	}
	prefix := m.id
	if m.path == "" {
		prefix = m.base
	}
	return path.Join(prefix, rel)
}

// outside lists the folders beyond the roots that resolution may look into.
func (ms *modules) outside() []string {
	dirs := map[string]bool{ms.env.ModCache: ms.env.ModCache != ""}
	for _, p := range ms.env.GoPath {
		dirs[filepath.Join(p, "src")] = true
	}
	for _, m := range ms.announced {
		dirs[m.dir] = true
		if m.work != nil {
			dirs[m.work.dir] = true
		}
		for _, dir := range m.neighbours() {
			dirs[dir] = true
		}
	}
	var out []string
	for _, dir := range slices.Sorted(maps.Keys(dirs)) {
		if dirs[dir] && !slices.ContainsFunc(ms.roots, func(root string) bool { return within(dir, root) }) {
			out = append(out, dir)
		}
	}
	return out
}

// relative is the path of a folder from its workspace folder.
func (ms *modules) relative(dir string) string {
	for _, root := range ms.roots {
		if within(dir, root) {
			if rel, err := filepath.Rel(root, dir); err == nil {
				return filepath.ToSlash(rel)
			}
		}
	}
	return filepath.ToSlash(dir)
}

// within reports whether a folder is parent or lies below it.
func within(dir, parent string) bool {
	if parent == "" {
		return false
	}
	if dir == parent {
		return true
	}
	if !strings.HasSuffix(parent, string(filepath.Separator)) {
		parent += string(filepath.Separator)
	}
	return strings.HasPrefix(dir, parent)
}

// cutLast cuts s around the last sep.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

package python

import (
	"maps"
	"path/filepath"
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// Program is the Python code of a workspace as far as anybody asked for it.
//
// A Program has one user at a time: Put, ModulesChanged and every use of a Session must
// not overlap.
type Program struct {
	layout
	calls   []string
	modules map[string]*module             // by path
	named   map[string]map[string]struct{} // paths of the modules of a name
	held    int64
	// known is what names stand for, for as long as no outline changes.
	known  map[lookup]binding
	naming uint64 // how often that was forgotten

	// missing are the modules that would have been read, where nothing is read; see Follow.
	missing map[string]struct{}
	misses  int // how often one was
}

// module is one file.
type module struct {
	path  string
	name  string
	facts *facts.File
	prints
	decls map[string]*facts.Decl // by qualified name; of several, the last
}

// prints are the fingerprints of a module, for comparing it with what it becomes: made when
// that happens, which is to few of all modules.
type prints struct {
	made    bool
	whole   uint64 // of what it says
	outline uint64 // of which names it has, and where from
}

func (m *module) fingerprints() prints {
	if !m.made {
		m.prints = prints{true, printOf(m.facts), outlineOf(m.facts)}
	}
	return m.prints
}

// NewProgram makes an empty program over the workspace folders roots (absolute paths).
// The calls are those of Extract.
func NewProgram(src Source, roots []string, calls ...string) *Program {
	p := &Program{layout: newLayout(src, roots), calls: calls}
	p.known = map[lookup]binding{}
	p.modules, p.named = map[string]*module{}, map[string]map[string]struct{}{}
	return p
}

// Put takes the new facts of a file, nil when it is gone, and reports whether the file
// means another thing than before. An edit that moves declarations within the file does
// not change what it means.
func (p *Program) Put(path string, f *facts.File) (changed bool) {
	before := p.modules[path]
	if (before == nil) != (f == nil) {
		p.lookAgain(filepath.Dir(path))
	}
	p.forget(path)
	if f == nil {
		p.rename()
		return before != nil
	}
	m := p.add(path, f)
	if before == nil {
		p.rename()
		return true
	}
	was, is := before.fingerprints(), m.fingerprints()
	if was.outline != is.outline {
		p.rename()
	}
	return was.whole != is.whole
}

// rename forgets what names stand for.
func (p *Program) rename() {
	clear(p.known)
	p.naming++
}

// lookAgain forgets what there is in a folder, and in those around it, of which it may be
// a new one.
func (p *Program) lookAgain(dir string) {
	for {
		delete(p.entries, dir)
		if slices.Contains(p.roots, dir) || filepath.Dir(dir) == dir {
			return
		}
		dir = filepath.Dir(dir)
	}
}

func (p *Program) add(path string, f *facts.File) *module {
	m := &module{path: path, name: p.moduleName(path), facts: f, decls: map[string]*facts.Decl{}}
	for i := range f.Decls {
		d := &f.Decls[i]
		name := qualify(d.Within, d.Name.Text)
		if old := m.decls[name]; old == nil || old.Value != nil || d.Value == nil {
			m.decls[name] = d
		}
	}
	p.modules[path] = m
	if p.named[m.name] == nil {
		p.named[m.name] = map[string]struct{}{}
	}
	p.named[m.name][path] = struct{}{}
	p.held += int64(f.Size)
	return m
}

func (p *Program) forget(path string) {
	m := p.modules[path]
	if m == nil {
		return
	}
	delete(p.modules, path)
	delete(p.named[m.name], path)
	p.held -= int64(m.facts.Size)
}

// File returns the facts that the program holds of a file, nil for none.
func (p *Program) File(path string) *facts.File {
	if m := p.modules[path]; m != nil {
		return m.facts
	}
	return nil
}

// Holds reports whether the program has read a file, or looked whether it is there: only
// then can a change to it change a meaning.
func (p *Program) Holds(path string) bool {
	_, looked := p.entries[filepath.Dir(path)]
	return looked || p.modules[path] != nil
}

// Size is how much source the program has read, in bytes.
func (p *Program) Size() int64 { return p.held }

// PackagePath is the Package that the types of a file have in their Refs: the name of
// its module, with dots.
func (p *Program) PackagePath(file string) string { return p.moduleName(file) }

// ModulesChanged makes the program look anew where modules are found.
func (p *Program) ModulesChanged() {
	clear(p.entries)
	clear(p.projects)
	p.rename()
	kept := p.modules
	p.modules, p.named, p.held = map[string]*module{}, map[string]map[string]struct{}{}, 0
	for _, path := range slices.Sorted(maps.Keys(kept)) {
		p.add(path, kept[path].facts)
	}
}

// read is the module of a file, read if nobody has put it there.
func (p *Program) read(path string) *module {
	if m := p.modules[path]; m != nil {
		return m
	}
	if p.missing != nil {
		p.missing[path] = struct{}{}
		p.misses++
		return nil
	}
	src, err := p.src.ReadFile(path)
	if err != nil {
		return nil
	}
	return p.add(path, p.Extract(path, src))
}

// Extract reads one file for the program.
func (p *Program) Extract(path string, src []byte) *facts.File {
	return Extract(path, src, p.calls...)
}

// ofName is the module of a name, of several the first by path; nil for none.
func (p *Program) ofName(name string) *module {
	var first *module
	for path := range p.named[name] {
		if first == nil || path < first.path {
			first = p.modules[path]
		}
	}
	return first
}

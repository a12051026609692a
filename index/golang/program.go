package golang

import (
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/rells-dev/rells/index/facts"
)

// Source is where a Program reads files that nobody has put into it. It decides
// which folders may be read at all; every error means "not there".
type Source interface {
	// ReadFile returns the bytes of a file.
	ReadFile(path string) ([]byte, error)
	// ReadDir returns the names of a folder's entries, in any order.
	ReadDir(dir string) ([]string, error)
}

// Program is the Go code of a workspace as far as anybody asked for it: the
// facts of packages, each read whole, and what go.mod, go.work and vendor say
// about import paths. It never runs the go command.
//
// A Program has one user at a time: Put, Load, ModulesChanged and every use of a
// Session must not overlap.
type Program struct {
	src     Source
	wanted  Wanted // see Extract
	modules *modules
	folders map[string]*folder      // by absolute path; ones without Go files too, once asked for
	byPath  map[string]*pkg         // packages of folders that are loaded, by Ref.Package
	stubs   map[string]*pkg         // packages known without source, by import path
	found   map[importKey][]*folder // folders that may hold an imported package, best first
	held    int64                   // see Size
	rebuilt uint64                  // counts what sessions do not survive; see Session.Resume
}

// importKey is an import path as one module of the workspace sees it; the module
// is nil for whatever lies in none.
type importKey struct {
	from *module
	path string
}

// NewProgram makes an empty program over the workspace folders roots (absolute
// paths). wanted is what Extract is to read of bodies.
func NewProgram(src Source, roots []string, wanted Wanted, env Environment) *Program {
	p := &Program{src: src, wanted: wanted, stubs: map[string]*pkg{}}
	p.modules = newModules(src, roots, env)
	p.folders = map[string]*folder{}
	p.forgetPaths()
	return p
}

// Put takes the new facts of a file, nil when it is gone, and returns the symbols
// whose meaning changed by that, sorted. An edit that moves declarations within
// their file changes none. A folder that nobody has looked into yet takes the
// facts and returns nothing.
func (p *Program) Put(path string, f *facts.File) []facts.Symbol {
	dir, base := filepath.Split(path)
	fo := p.folder(filepath.Clean(dir))
	old := fo.files[base]
	if f == nil {
		delete(fo.files, base)
	} else if isGoFile(base) {
		fo.files[base] = newSourceFile(base, f)
	}
	if !fo.loaded {
		return nil
	}
	before, after := fo.packages, fo.group()
	changed := changes(before, after)
	if aliasFree(old) && aliasFree(fo.files[base]) && onlyFields(before, after, changed) {
		fo.adopt(after)
		p.weigh(fo)
	} else {
		p.arrange(fo, after)
	}
	return changed
}

// Load reads the packages of folders whole, as the first look at one of their
// types would, but in parallel.
func (p *Program) Load(dirs ...string) {
	var jobs []*readJob
	var folders []*folder
	for _, dir := range dirs {
		fo := p.folder(filepath.Clean(dir))
		if fo.loaded {
			continue
		}
		fo.loaded = true
		folders = append(folders, fo)
		jobs = append(jobs, p.jobs(fo)...)
	}
	p.read(jobs)
	for _, fo := range folders {
		p.arrange(fo, fo.group())
	}
}

// Holds reports whether the program has looked into a folder, found something
// there or not: only then can a new file in it change a meaning.
func (p *Program) Holds(dir string) bool {
	fo := p.folders[filepath.Clean(dir)]
	return fo != nil && fo.loaded
}

// File returns the facts that the program holds of a file, nil for none.
func (p *Program) File(path string) *facts.File {
	dir, base := filepath.Split(path)
	if fo := p.folders[filepath.Clean(dir)]; fo != nil {
		if sf := fo.files[base]; sf != nil {
			return sf.facts
		}
	}
	return nil
}

// PackagePath is the Package that the types of a file have in their Refs: its
// import path, with "_test" behind it for an external test package, and with a
// colon and the package's name for a further package of the same folder (a
// program that is not built with the rest). Without a go.mod it is the path
// relative to the workspace folder, and for that folder itself the package's name.
func (p *Program) PackagePath(file string) string {
	dir, base := filepath.Split(file)
	fo := p.loaded(filepath.Clean(dir))
	for _, pk := range fo.packages {
		for _, f := range pk.files {
			if f.base == base {
				return pk.path
			}
		}
	}
	return fo.path
}

// Outside lists the folders beyond the workspace that resolution may look into:
// module caches, the targets of replace and of go.work, modules that enclose a
// workspace folder. Only Go sources and module files are read there.
func (p *Program) Outside() []string { return p.modules.outside() }

// ModulesChanged makes the program read go.mod, go.work and vendor/modules.txt
// anew. files are the go.mod and go.work files that there are in the workspace;
// where several modules have one path, they decide which of them keeps it. Every
// import path may lead elsewhere afterwards: whoever keeps resolutions drops them.
func (p *Program) ModulesChanged(files []string) {
	p.modules = newModules(p.src, p.modules.roots, p.modules.env)
	p.modules.announce(files)
	kept := p.folders
	p.folders = map[string]*folder{}
	p.held = 0
	p.forgetPaths()
	for _, dir := range slices.Sorted(maps.Keys(kept)) {
		old := kept[dir]
		if old.foreign || len(old.files) == 0 {
			continue
		}
		fo := p.folder(dir)
		fo.files, fo.loaded = old.files, old.loaded
		if fo.loaded {
			p.arrange(fo, fo.group())
		}
	}
}

func (p *Program) forgetPaths() {
	p.byPath = map[string]*pkg{}
	p.found = map[importKey][]*folder{}
	p.rebuilt++
}

// folder is the folder's entry, made but not read where it is new.
func (p *Program) folder(dir string) *folder {
	fo := p.folders[dir]
	if fo == nil {
		owner := p.modules.enclosing(dir)
		fo = newFolder(dir, owner, owner.importPath(dir))
		p.folders[dir] = fo
	}
	return fo
}

// loaded is the folder's entry with its packages read.
func (p *Program) loaded(dir string) *folder {
	fo := p.folder(dir)
	p.load(fo)
	return fo
}

func (p *Program) load(fo *folder) {
	if !fo.loaded {
		fo.loaded = true
		p.read(p.jobs(fo))
		p.arrange(fo, fo.group())
	}
}

// readJob is one file to be read and extracted.
type readJob struct {
	into  *folder
	base  string
	facts *facts.File
}

// jobs lists the files of a folder that nobody has put into it.
func (p *Program) jobs(fo *folder) []*readJob {
	names, err := p.src.ReadDir(fo.dir)
	if err != nil {
		return nil
	}
	var jobs []*readJob
	for _, base := range names {
		if fo.files[base] != nil || !p.Reads(filepath.Join(fo.dir, base)) {
			continue
		}
		jobs = append(jobs, &readJob{into: fo, base: base})
	}
	return jobs
}

// read does the jobs, in parallel when there are several.
func (p *Program) read(jobs []*readJob) {
	workers := min(runtime.GOMAXPROCS(0), len(jobs))
	todo := make(chan *readJob)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for job := range todo {
				path := filepath.Join(job.into.dir, job.base)
				if src, err := p.src.ReadFile(path); err == nil {
					job.facts = Extract(path, src, p.wanted)
				}
			}
		})
	}
	for _, job := range jobs {
		todo <- job
	}
	close(todo)
	wg.Wait()
	for _, job := range jobs {
		if job.facts != nil {
			job.into.files[job.base] = newSourceFile(job.base, job.facts)
		}
	}
}

// arrange gives a folder its packages and makes them findable.
func (p *Program) arrange(fo *folder, packages []*pkg) {
	p.rebuilt++
	for _, pk := range fo.packages {
		if p.byPath[pk.path] == pk {
			delete(p.byPath, pk.path)
		}
	}
	fo.packages = packages
	p.offer(fo)
	p.weigh(fo)
}

// offer makes the packages of a folder findable. Of several packages with one path,
// the folder that comes first by name has it.
func (p *Program) offer(fo *folder) {
	for _, pk := range fo.packages {
		if other := p.byPath[pk.path]; other == nil || pk.folder.dir < other.folder.dir {
			p.byPath[pk.path] = pk
		}
	}
}

func isTest(base string) bool { return strings.HasSuffix(base, "_test.go") }

// isGoFile reports whether the go command would look at a file of that name.
func isGoFile(base string) bool {
	return strings.HasSuffix(base, ".go") && base[0] != '_' && base[0] != '.'
}

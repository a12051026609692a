package index

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/rells-dev/rells/index/facts"
)

// folder is one folder of the workspace that matters, or the one file where a package is
// no more (see unitOf): it holds a seed, so the whole package is read and its structs are
// candidates for models.
type folder struct {
	seeds map[string]struct{} // paths of the files with a marker
	files map[string]struct{} // paths of all its files whose declarations count
}

// seed is a file with a marker, as the walk found it.
type seed struct {
	path  string
	facts *facts.File
}

// findSeeds reads every file of the workspace once, extracts those with a marker
// and finds the modules.
func (l *linker) findSeeds(ctx context.Context, progress func(done, total int)) ([]seed, error) {
	var mu sync.Mutex
	var seeds []seed
	var modules []string
	err := l.files.Walk(ctx, progress, func(path string, src []byte) {
		if decidesNames(path) {
			mu.Lock()
			defer mu.Unlock()
			modules = append(modules, path)
			return
		}
		if l.open[path] != nil || !l.marked(path, src) {
			return
		}
		src = bytes.Clone(src)
		f := l.extract(path, src)
		l.bytes.keep(path, src)
		mu.Lock()
		defer mu.Unlock()
		seeds = append(seeds, seed{path, f})
	})
	if err != nil {
		return nil, err
	}
	l.nameModules(modules)
	slices.SortFunc(seeds, func(a, b seed) int { return cmp.Compare(a.path, b.path) })
	return seeds, nil
}

func (l *linker) extract(path string, src []byte) *facts.File {
	return l.program.extract(path, src)
}

// takeSeeds starts from nothing with the seeds of a whole workspace: their
// packages are read whole, and everything that they declare or use counts.
func (b *batch) takeSeeds(seeds []seed) {
	for _, s := range seeds {
		b.folder(unitOf(s.path)).seeds[s.path] = struct{}{}
		b.program.Put(s.path, s.facts)
	}
	b.program.Load(slices.Sorted(maps.Keys(b.folders))...)
	b.bytes.forgetOthers(seeds)
	for dir := range b.folders {
		b.countFolder(dir)
	}
}

// countFolder makes the declarations of all files of a folder count.
func (b *batch) countFolder(dir string) {
	folder := b.folder(dir)
	for _, path := range b.program.Files(dir) {
		folder.files[path] = struct{}{}
		b.pending[path] = b.program.File(path)
	}
}

// discountFolder forgets the candidates of a package that has lost its last seed.
func (b *batch) discountFolder(dir string) {
	for path := range b.folders[dir].files {
		b.pending[path] = nil
	}
	delete(b.folders, dir)
}

func (l *linker) folder(dir string) *folder {
	f := l.folders[dir]
	if f == nil {
		f = &folder{seeds: map[string]struct{}{}, files: map[string]struct{}{}}
		l.folders[dir] = f
	}
	return f
}

func (l *linker) isSeed(dir string) bool {
	f := l.folders[dir]
	return f != nil && len(f.seeds) > 0
}

// take brings one file up to date: it is read again, and what looked at something
// whose meaning has changed is queued.
func (b *batch) take(path string) {
	b.taken++
	dir := unitOf(path)
	src, err := b.bytes.ReadFile(path)
	exists := err == nil && (b.open[path] != nil || b.program.Reads(path))
	before := b.isSeed(dir)
	if folder := b.folder(dir); exists && b.belongs(path) && b.marked(path, src) {
		folder.seeds[path] = struct{}{}
	} else {
		delete(folder.seeds, path)
	}
	after := b.isSeed(dir)
	if before != after {
		b.symbols[languageSymbol(languageOf(path))] = struct{}{}
	}
	var f *facts.File
	if exists && (before || after || b.program.Holds(dir) || b.open[path] != nil) {
		f = b.extract(path, src)
	}
	b.put(path, f)
	switch {
	case after && !before:
		b.program.Load(dir)
		b.countFolder(dir)
	case !after:
		b.discountFolder(dir)
	case f != nil:
		b.folder(dir).files[path] = struct{}{}
		b.pending[path] = f
	default:
		delete(b.folder(dir).files, path)
		b.pending[path] = nil
	}
}

// belongs reports whether a marker in the file makes its package count: it is of
// the workspace, or the editor has it. Other files are read to resolve names, and
// a change to them counts for no more.
func (b *batch) belongs(path string) bool {
	return b.open[path] != nil || b.files.Contains(path)
}

// catchUp takes files whose text has changed without anybody telling: what their
// older facts say of places would be wrong in it. One round is enough for each,
// for what is taken is remembered.
func (b *batch) catchUp(prev *Snapshot) {
	for {
		stale := b.stale(prev)
		if len(stale) == 0 {
			return
		}
		clear(b.pending)
		clear(b.symbols)
		for _, path := range stale {
			b.take(path)
		}
		b.run()
	}
}

// stale lists the files whose text the next snapshot needs, and that no longer say
// what their facts were read from.
func (b *batch) stale(prev *Snapshot) []string {
	var paths []string
	for path := range b.moved {
		f := b.program.File(path)
		if f == nil || !b.shows(path) || b.keeps(prev, path, f) || b.bytes.remembers(path) {
			continue
		}
		if src, err := b.bytes.ReadFile(path); err != nil || !describes(f, src) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// put hands new facts to the program and notes what they reach: entries with a
// place in the file, since places shift, and the symbols that mean another thing.
func (b *batch) put(path string, f *facts.File) {
	b.refreshed[path] = struct{}{}
	for ref := range b.placed[path] {
		b.enqueue(ref)
	}
	for _, s := range b.program.Put(path, f) {
		b.symbols[s] = struct{}{}
	}
}

// reach starts resolving, once all files have been taken: from here on the program
// stays as it is, save for packages that are read on demand.
func (b *batch) reach() {
	var resumed bool
	b.reader, resumed = b.resumeReader()
	b.readWholes()
	for s := range b.symbols {
		for e := range b.readers[s] {
			b.enqueue(e.ref)
		}
		for user := range b.uses.readers[s] {
			if _, ok := b.pending[user]; !ok {
				b.use(user, b.program.File(user))
			}
		}
	}
	for _, path := range slices.Sorted(maps.Keys(b.pending)) { // package by package, for scope.Schema
		b.declare(path, b.pending[path])
	}
	if !resumed { // else each name means a declaration of the same file and shape as before
		b.declareBeside()
	}
	for path, f := range b.pending {
		b.use(path, f)
	}
}

// declareBeside looks again at the other files of the folders that changed: of
// several declarations of one name, another one may count now.
func (b *batch) declareBeside() {
	done := map[string]bool{}
	for path := range b.pending {
		dir := unitOf(path)
		if done[dir] || b.folders[dir] == nil {
			continue
		}
		done[dir] = true
		for other := range b.folders[dir].files {
			if _, ok := b.pending[other]; !ok {
				b.declare(other, b.program.File(other))
			}
		}
	}
}

// declare makes the structs that a file declares candidates, and takes back what
// it no longer declares. Nil facts, or a file that the build leaves out, declare
// nothing.
func (b *batch) declare(path string, f *facts.File) {
	before := b.declared[path]
	now := b.structsOf(f)
	for _, ref := range before {
		if !slices.Contains(now, ref) {
			b.entry(ref).declared--
			b.enqueue(ref)
		}
	}
	delete(b.declared, path)
	if len(now) > 0 {
		b.declared[path] = now
	}
	for _, ref := range now {
		if !slices.Contains(before, ref) {
			b.entry(ref).declared++
			b.enqueue(ref)
		}
	}
}

// structsOf lists the types of a file that are, or by another file's doing might
// become, structs.
func (b *batch) structsOf(f *facts.File) []facts.Ref {
	if f == nil || !f.Included {
		return nil
	}
	var refs []facts.Ref
	for _, t := range b.session.Declared(f) {
		_, d := t.Decl()
		if d != nil && len(d.Params) == 0 && (d.Type.Kind == facts.StructExpr || d.Type.Kind == facts.NamedExpr) {
			refs = append(refs, t.Ref())
		}
	}
	return refs
}

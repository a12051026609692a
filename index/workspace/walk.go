package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
)

// maxDepth is how many folders deep below a root files still count.
const maxDepth = 64

// Walk reads every file of the workspace once and shows it to visit, which is
// called from several goroutines at a time, in no order. The text is only valid
// until visit returns. progress, when not nil, is told now and then how many of
// how many files have been read, from any goroutine. What cannot be read goes to
// Options.Warn. The error is the context's.
func (f *Files) Walk(ctx context.Context, progress func(done, total int), visit func(path string, text []byte)) error {
	found := f.list(ctx, f.roots)
	f.walked = make(map[string]listing, len(found))
	for _, l := range found {
		if l.names != nil {
			f.walked[l.dir] = l
		}
	}
	total := 0
	for _, l := range found {
		total += len(l.files) + len(l.others)
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	progress(0, total)
	var done atomic.Int64
	var wg sync.WaitGroup
	var next atomic.Int64 // in found: folders are too small to be handed over one by one
	for range min(runtime.GOMAXPROCS(0), len(found)) {
		wg.Go(func() {
			var r reader
			for ctx.Err() == nil {
				at := int(next.Add(1)) - 1
				if at >= len(found) {
					return
				}
				l := found[at]
				f.show(l, &r, visit)
				progress(int(done.Add(int64(len(l.files)+len(l.others)))), total)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// show reads the files of one folder. What the folder's list said to be a regular
// file is simply opened; ReadFile decides about everything else.
func (f *Files) show(l listing, r *reader, visit func(path string, text []byte)) {
	take := func(path string, text []byte, err error) {
		if err != nil {
			f.options.Warn(path, err)
			return
		}
		visit(path, text)
	}
	for _, name := range l.files {
		path := l.dir + string(filepath.Separator) + name
		text, err := r.read(path)
		take(path, text, err)
	}
	for _, name := range l.others {
		path := filepath.Join(l.dir, name)
		text, err := f.ReadFile(path)
		take(path, text, err)
	}
}

// Below lists the files of the workspace in a folder and its folders, by path.
// For a path that is no folder it lists nothing.
func (f *Files) Below(dir string) []string {
	var paths []string
	for _, l := range f.list(context.Background(), []string{dir}) {
		for _, name := range slices.Concat(l.files, l.others) {
			paths = append(paths, filepath.Join(l.dir, name))
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// listing is one folder with its files of the workspace.
type listing struct {
	dir    string
	files  []string // names of regular files, in alphabetical order
	others []string // names of links to files and of open documents
	names  []string // of all that there is in the folder, in the same order; nil where nobody looked
}

// list finds the files of the workspace below the given folders, open documents
// that are not on disk included, in no order.
func (f *Files) list(ctx context.Context, dirs []string) []listing {
	w := walker{Files: f, ctx: ctx, free: make(chan struct{}, runtime.GOMAXPROCS(0))}
	for _, dir := range dirs {
		w.start(dir)
	}
	w.working.Wait()
	for path := range f.overlay {
		inside := func(dir string) bool { _, ok := below(dir, path); return ok }
		if slices.ContainsFunc(dirs, inside) && f.Contains(path) {
			w.found = append(w.found, listing{dir: filepath.Dir(path), others: []string{filepath.Base(path)}})
		}
	}
	return w.found
}

// walker lists the files below some folders, as many folders at a time as there
// are processors.
type walker struct {
	*Files
	ctx     context.Context
	free    chan struct{} // has room for one of each goroutine
	working sync.WaitGroup

	mu    sync.Mutex
	found []listing
}

// place is a folder on the way from its root.
type place struct {
	dir      string
	root     string
	segments []string // from the root to dir
	patterns patterns // that hold around it
}

// start finds the root that the folder belongs to and walks the folder, unless
// something on the way to it is left out.
func (w *walker) start(dir string) {
	for _, root := range w.roots {
		name, ok := below(root, dir)
		if !ok {
			continue
		}
		if name == "." {
			w.descend(place{dir: dir, root: root, patterns: parse(w.ignores.exclude[root], nil)})
			return
		}
		if segments := split(name); w.counts(root, segments, true) {
			around := w.ignores.in(root, segments[:len(segments)-1])
			w.descend(place{dir: dir, root: root, segments: segments, patterns: around})
		}
		return
	}
}

// descend walks a folder that is known to count: beside the others, if a
// processor is free.
func (w *walker) descend(p place) {
	select {
	case w.free <- struct{}{}:
		w.working.Go(func() {
			w.walk(p)
			<-w.free
		})
	default:
		w.walk(p)
	}
}

// noFolder reports whether there is nothing to list: a file, or what was there for
// a moment, as editors try out where they may write.
func noFolder(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// walk lists the files in a folder and descends into its folders.
func (w *walker) walk(p place) {
	if w.ctx.Err() != nil {
		return
	}
	if len(p.segments) >= maxDepth {
		w.options.Warn(p.dir, fmt.Errorf("%s: more than %d folders deep", p.dir, maxDepth))
		return
	}
	entries, err := os.ReadDir(p.dir)
	if err != nil && (slices.Contains(w.roots, p.dir) || !noFolder(err)) {
		w.options.Warn(p.dir, err)
	}
	if len(entries) == 0 {
		return
	}
	if w.hasIgnoreFile(p.dir, entries) {
		p.patterns = w.ignores.with(p.patterns, p.dir, p.segments)
	}
	l := listing{dir: p.dir}
	for _, entry := range entries {
		if entry.IsDir() {
			w.enter(p, entry.Name())
		} else {
			w.take(&l, p, entry)
		}
	}
	if len(l.files)+len(l.others) > 0 {
		for _, entry := range entries {
			l.names = append(l.names, entry.Name())
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		w.found = append(w.found, l)
	}
}

// hasIgnoreFile spares looking for a file that most folders do not have.
func (w *walker) hasIgnoreFile(dir string, entries []fs.DirEntry) bool {
	if _, open := w.overlay[filepath.Join(dir, ignoreFile)]; open {
		return true
	}
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == ignoreFile })
}

// enter descends into a folder inside another one, unless it is left out or a
// root, which is walked by itself. Links are not followed, so there are no loops.
func (w *walker) enter(p place, name string) {
	if !w.enters(name) || p.patterns.match(p.segments, name, true) {
		return
	}
	dir := filepath.Join(p.dir, name)
	if slices.Contains(w.roots, dir) {
		return
	}
	segments := append(p.segments[:len(p.segments):len(p.segments)], name)
	w.descend(place{dir: dir, root: p.root, segments: segments, patterns: p.patterns})
}

// take notes a file, if it counts. Links to files are files; open documents are
// noted elsewhere.
func (w *walker) take(l *listing, p place, entry fs.DirEntry) {
	name := entry.Name()
	path := filepath.Join(p.dir, name)
	if w.options.Claim != nil && !w.options.Claim(path) || p.patterns.match(p.segments, name, false) {
		return
	}
	if _, open := w.overlay[path]; open {
		return
	}
	switch entry.Type() {
	case 0:
		l.files = append(l.files, name)
	case fs.ModeSymlink:
		if w.isFile(path) {
			l.others = append(l.others, name)
		}
	}
}

// isFile reports whether a link leads to a file of the workspace. Where it leads
// out, it is not followed, not even to see what is there.
func (f *Files) isFile(link string) bool {
	root, name, err := f.enter(link)
	if err != nil {
		return false
	}
	defer root.Close()
	info, err := root.Stat(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.options.Warn(link, err)
	}
	return err == nil && info.Mode().IsRegular()
}

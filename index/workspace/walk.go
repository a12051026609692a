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
// called from several goroutines at a time, in no order. progress, when not nil,
// is told now and then how many of how many files have been read, from any
// goroutine. What cannot be read goes to Options.Warn. The error is the context's.
func (f *Files) Walk(ctx context.Context, progress func(done, total int), visit func(path string, text []byte)) error {
	paths := f.list(ctx, f.roots)
	if progress == nil {
		progress = func(int, int) {}
	}
	progress(0, len(paths))
	var done atomic.Int64
	var wg sync.WaitGroup
	next := make(chan []string)
	for range min(runtime.GOMAXPROCS(0), len(paths)) {
		wg.Go(func() {
			for some := range next {
				for _, path := range some {
					f.show(path, visit)
				}
				progress(int(done.Add(int64(len(some)))), len(paths))
			}
		})
	}
	for some := range slices.Chunk(paths, 64) {
		if ctx.Err() != nil {
			break
		}
		next <- some
	}
	close(next)
	wg.Wait()
	return ctx.Err()
}

func (f *Files) show(path string, visit func(path string, text []byte)) {
	text, err := f.ReadFile(path)
	if err != nil {
		f.options.Warn(path, err)
		return
	}
	visit(path, text)
}

// Below lists the files of the workspace in a folder and its folders, by path.
// For a path that is no folder it lists nothing.
func (f *Files) Below(dir string) []string {
	return f.list(context.Background(), []string{dir})
}

// list finds the files of the workspace below the given folders, open documents
// that are not on disk included, in alphabetical order.
func (f *Files) list(ctx context.Context, dirs []string) []string {
	var paths []string
	for _, dir := range dirs {
		w := walker{Files: f, ctx: ctx}
		w.start(dir)
		paths = append(paths, w.paths...)
		for path := range f.overlay {
			if _, ok := below(dir, path); ok && f.Contains(path) {
				paths = append(paths, path)
			}
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// walker lists the files below one folder.
type walker struct {
	*Files
	ctx   context.Context
	root  string
	paths []string
}

// start finds the root that the folder belongs to and walks the folder, unless
// something on the way to it is left out.
func (w *walker) start(dir string) {
	for _, root := range w.roots {
		name, ok := below(root, dir)
		if !ok {
			continue
		}
		w.root = root
		if name == "." {
			w.walk(dir, nil)
			return
		}
		if segments := split(name); w.counts(root, segments, true) {
			w.walk(dir, segments)
		}
		return
	}
}

// noFolder reports whether there is nothing to list: a file, or what was there for
// a moment, as editors try out where they may write.
func noFolder(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// walk lists the files in a folder that is known to count.
func (w *walker) walk(dir string, segments []string) {
	if w.ctx.Err() != nil {
		return
	}
	if len(segments) >= maxDepth {
		w.options.Warn(dir, fmt.Errorf("%s: more than %d folders deep", dir, maxDepth))
		return
	}
	entries, err := os.ReadDir(dir)
	if err != nil && (slices.Contains(w.roots, dir) || !noFolder(err)) {
		w.options.Warn(dir, err)
	}
	if len(entries) == 0 {
		return
	}
	ignored := w.ignores.in(w.root, segments)
	for _, entry := range entries {
		w.visit(filepath.Join(dir, entry.Name()), append(segments[:len(segments):len(segments)], entry.Name()), entry, ignored)
	}
}

// visit takes one entry of a folder. Links to folders are not followed, so there
// are no loops; links to files are files, and ReadFile decides about them.
func (w *walker) visit(path string, segments []string, entry fs.DirEntry, ignored patterns) {
	if entry.IsDir() {
		if w.enters(entry.Name()) && !ignored.match(segments, true) && !slices.Contains(w.roots, path) {
			w.walk(path, segments)
		}
		return
	}
	if w.options.Claim != nil && !w.options.Claim(path) || ignored.match(segments, false) {
		return
	}
	switch entry.Type() {
	case 0:
		w.paths = append(w.paths, path)
	case fs.ModeSymlink:
		if w.isFile(path) {
			w.paths = append(w.paths, path)
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

package workspace

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// MaxSize is the size in bytes above which a file is not read.
const MaxSize = 50 << 20

// ErrTooLarge is wrapped by the error for a file of more than MaxSize bytes.
var ErrTooLarge = errors.New("file is too large")

// ErrOutside is wrapped by the error for a path that no allowed folder holds.
var ErrOutside = errors.New("not in the workspace")

// ErrNotRegular is wrapped by the error for what is neither file nor folder.
var ErrNotRegular = errors.New("not a regular file")

// Options say what belongs to a workspace.
type Options struct {
	Roots []string // absolute folders; one may lie in another
	// Exclude has, by root, patterns in gitignore syntax, relative to it.
	Exclude map[string][]string
	// Claim reports whether a file is of interest, by its name alone.
	Claim func(path string) bool
	// Enter reports whether a folder of that name can hold files of interest. It
	// is not asked about the roots.
	Enter func(name string) bool
	// Anywhere reports whether a file may be read wherever it stands: the files that
	// say which folders to Allow. Nil is never.
	Anywhere func(path string) bool
	// Warn is told what could not be read; it may be called from any goroutine.
	Warn func(path string, err error)
}

// Files are the files of a workspace. Reading is safe from any goroutine; Set,
// Clear and Allow are not, beside anything else.
type Files struct {
	options Options
	roots   []string // clean, longest first
	allowed []string // likewise
	overlay map[string][]byte
	ignores ignores
	walked  map[string]listing // by folder, see Forget
}

// New makes the files of a workspace; nothing is read yet.
func New(options Options) *Files {
	if options.Warn == nil {
		options.Warn = func(string, error) {}
	}
	f := &Files{options: options, overlay: map[string][]byte{}}
	f.roots = addFolders(nil, options.Roots)
	f.ignores = ignores{read: f.ReadFile, known: map[string]patterns{}, mu: &sync.Mutex{}, exclude: options.Exclude}
	return f
}

// Allow adds folders beyond the workspace that may be read, but do not belong to
// it: replaced modules, a module cache.
func (f *Files) Allow(dirs ...string) { f.allowed = addFolders(f.allowed, dirs) }

// addFolders keeps the list clean, without doubles, the longest first, so that
// the first folder that holds a path is the innermost one.
func addFolders(list, dirs []string) []string {
	for _, dir := range dirs {
		if dir = filepath.Clean(dir); filepath.IsAbs(dir) && !slices.Contains(list, dir) {
			list = append(list, dir)
		}
	}
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	return list
}

// Set gives a file the text of an open document, which nobody may modify.
func (f *Files) Set(path string, text []byte) { f.overlay[path] = text }

// Clear gives a file back to the disk.
func (f *Files) Clear(path string) { delete(f.overlay, path) }

// ReadFile returns the text of a file: the open document's, else the disk's. The
// caller may not modify it.
func (f *Files) ReadFile(path string) ([]byte, error) {
	if text, ok := f.overlay[path]; ok {
		return text, nil
	}
	if f.isWalked(path) {
		r := readers.Get().(*reader)
		defer readers.Put(r)
		text, err := r.read(path)
		return slices.Clone(text), err
	}
	root, name, err := f.enter(path)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if err := readable(path, info); err != nil {
		return nil, err
	}
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readBounded(path, file, info.Size())
}

// isWalked reports whether Walk has seen that the path is a regular file, in a folder to
// which no link leads.
func (f *Files) isWalked(path string) bool {
	l, ok := f.walked[filepath.Dir(path)]
	if !ok {
		return false
	}
	_, ok = slices.BinarySearch(l.files, filepath.Base(path))
	return ok
}

// Forget forgets what Walk has found out. Until then what it has seen is not looked for
// again: reading a workspace asks for many of its folders and files once more.
func (f *Files) Forget() { f.walked = nil }

// ReadDir returns the names of a folder's entries in alphabetical order, open
// documents that are not on disk included. Without any entry it is an error.
func (f *Files) ReadDir(dir string) ([]string, error) {
	var err error
	names := slices.Clone(f.walked[dir].names)
	if names == nil {
		names, err = f.readDisk(dir)
	}
	for path := range f.overlay {
		if filepath.Dir(path) == dir {
			names = append(names, filepath.Base(path))
		}
	}
	if len(names) > 0 {
		err = nil
	}
	slices.Sort(names)
	return slices.Compact(names), err
}

func (f *Files) readDisk(dir string) ([]string, error) {
	root, name, err := f.enter(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if info, err := root.Stat(name); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, fmt.Errorf("%s: %w", dir, fs.ErrInvalid)
	}
	folder, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	return folder.Readdirnames(-1)
}

// enter opens the innermost allowed folder that holds the path. Paths below it
// cannot leave it, links included.
func (f *Files) enter(path string) (root *os.Root, name string, err error) {
	for _, list := range [][]string{f.roots, f.allowed} {
		for _, dir := range list {
			name, ok := below(dir, path)
			if !ok {
				continue
			}
			root, err := os.OpenRoot(dir)
			return root, name, err
		}
	}
	if f.options.Anywhere != nil && f.options.Anywhere(path) {
		root, err := os.OpenRoot(filepath.Dir(path))
		return root, filepath.Base(path), err
	}
	return nil, "", fmt.Errorf("%s: %w", path, ErrOutside)
}

// Within reports whether a folder of the workspace holds the path, whether or not
// something leaves it out.
func (f *Files) Within(path string) bool {
	return slices.ContainsFunc(f.roots, func(root string) bool {
		_, ok := below(root, path)
		return ok
	})
}

// below gives the path relative to the folder, false when it is not in it.
func below(dir, path string) (string, bool) {
	if path == dir {
		return ".", true
	}
	rest, ok := strings.CutPrefix(path, dir)
	if !ok || rest == "" {
		return "", false
	}
	if os.IsPathSeparator(dir[len(dir)-1]) { // the root of a drive
		return rest, true
	}
	if !os.IsPathSeparator(rest[0]) {
		return "", false
	}
	return rest[1:], true
}

func readable(path string, info fs.FileInfo) error {
	switch {
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s: %w", path, ErrNotRegular)
	case info.Size() > MaxSize:
		return tooLarge(path)
	}
	return nil
}

func tooLarge(path string) error {
	return fmt.Errorf("%s: %w: more than %d MB", path, ErrTooLarge, MaxSize>>20)
}

// readBounded reads a file whose size was looked up before and may be another by now.
func readBounded(path string, file io.Reader, size int64) ([]byte, error) {
	text := make([]byte, 0, size+1)
	for {
		n, err := file.Read(text[len(text):cap(text)])
		text = text[:len(text)+n]
		switch {
		case len(text) > MaxSize:
			return nil, tooLarge(path)
		case err == io.EOF:
			return text, nil
		case err != nil:
			return nil, err
		case len(text) == cap(text):
			text = slices.Grow(text, len(text)+512)
		}
	}
}

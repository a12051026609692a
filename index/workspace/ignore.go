package workspace

import (
	"path/filepath"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
)

// ignores knows the patterns that hold in each folder: those of the settings, and
// those of every .gitignore from the root down to it.
type ignores struct {
	read    func(path string) ([]byte, error)
	exclude map[string][]string // by root
	mu      *sync.Mutex
	known   map[string]patterns // by folder
}

// patterns hold in one folder of a root.
type patterns struct {
	list    []gitignore.Pattern
	matcher gitignore.Matcher // nil without patterns
}

// in gives the patterns that hold for the entries of a folder, given by its path
// segments below the root.
func (i *ignores) in(root string, segments []string) patterns {
	dir := filepath.Join(root, filepath.Join(segments...))
	i.mu.Lock()
	known, ok := i.known[dir]
	i.mu.Unlock()
	if ok {
		return known
	}
	var list []gitignore.Pattern
	if len(segments) > 0 {
		list = i.in(root, segments[:len(segments)-1]).list
	} else {
		list = parse(i.exclude[root], nil)
	}
	if text, err := i.read(filepath.Join(dir, ".gitignore")); err == nil {
		own := parse(strings.Split(string(text), "\n"), segments)
		list = append(list[:len(list):len(list)], own...)
	}
	found := patterns{list: list}
	if len(list) > 0 {
		found.matcher = gitignore.NewMatcher(list)
	}
	i.mu.Lock()
	i.known[dir] = found
	i.mu.Unlock()
	return found
}

// parse reads the lines of a .gitignore in the folder with the given segments.
func parse(lines, folder []string) []gitignore.Pattern {
	var list []gitignore.Pattern
	for _, line := range lines {
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "#") {
			list = append(list, gitignore.ParsePattern(line, folder))
		}
	}
	return list
}

// match reports whether an entry, by its segments below the root, is left out.
func (p patterns) match(segments []string, isDir bool) bool {
	return p.matcher != nil && p.matcher.Match(segments, isDir)
}

// enters reports whether files below a folder of that name count, patterns aside:
// dependencies and hidden folders never do.
func (f *Files) enters(name string) bool {
	switch {
	case name == "vendor", name == "node_modules", strings.HasPrefix(name, "."):
		return false
	}
	return f.options.Enter == nil || f.options.Enter(name)
}

// Contains reports whether the file belongs to the workspace: in a root, of
// interest, and neither ignored nor excluded. It need not exist.
func (f *Files) Contains(path string) bool {
	if f.options.Claim != nil && !f.options.Claim(path) {
		return false
	}
	for _, root := range f.roots {
		name, ok := below(root, path)
		if !ok {
			continue
		}
		return f.counts(root, split(name), false)
	}
	return false
}

// counts reports whether nothing on the way from the root to the file or folder
// leaves it out.
func (f *Files) counts(root string, segments []string, isDir bool) bool {
	if len(segments) > maxDepth {
		return false
	}
	for n, name := range segments {
		folder := isDir || n < len(segments)-1
		if folder && !f.enters(name) {
			return false
		}
		if f.ignores.in(root, segments[:n]).match(segments[:n+1], folder) {
			return false
		}
	}
	return true
}

// split gives the segments of a path relative to a root.
func split(name string) []string { return strings.Split(filepath.ToSlash(name), "/") }

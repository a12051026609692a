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

// patterns hold in one folder of a root; of several that match the last one decides.
type patterns []pattern

// pattern is one line of a .gitignore. The library matches it in full, which costs
// much for each file of a workspace; what its last segment says is looked at first.
type pattern struct {
	gitignore.Pattern
	ending string // of the names that it can match
	whole  bool   // ending is the whole name
	last   string // the last segment, where more than the ending is to be said of names; else ""
}

const ignoreFile = ".gitignore"

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
	outer := parse(i.exclude[root], nil)
	if len(segments) > 0 {
		outer = i.in(root, segments[:len(segments)-1])
	}
	found := i.with(outer, dir, segments)
	i.mu.Lock()
	i.known[dir] = found
	i.mu.Unlock()
	return found
}

// with adds the patterns of the folder's own .gitignore to those from around it.
func (i *ignores) with(outer patterns, dir string, segments []string) patterns {
	text, err := i.read(filepath.Join(dir, ignoreFile))
	if err != nil {
		return outer
	}
	own := parse(strings.Split(string(text), "\n"), segments)
	return append(outer[:len(outer):len(outer)], own...)
}

// parse reads the lines of a .gitignore in the folder with the given segments.
func parse(lines, folder []string) patterns {
	var list patterns
	for _, line := range lines {
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "#") {
			list = append(list, newPattern(line, folder))
		}
	}
	return list
}

func newPattern(line string, folder []string) pattern {
	p := pattern{Pattern: gitignore.ParsePattern(line, folder)}
	const special = `*?[\`
	last := strings.TrimSuffix(strings.TrimRight(line, " "), "/")
	last = strings.TrimPrefix(last[strings.LastIndexByte(last, '/')+1:], "!")
	rest, starred := strings.CutPrefix(last, "*")
	switch {
	case strings.Contains(rest, `\`):
	case strings.ContainsAny(rest, special):
		p.last = last
	case starred:
		p.ending = rest
	default:
		p.ending, p.whole = last, true
	}
	return p
}

// mayMatch reports whether the pattern could be about an entry of that name.
// Whatever it says of a folder on the way has been asked there.
func (p pattern) mayMatch(name string) bool {
	if p.whole {
		return name == p.ending
	}
	if p.last != "" {
		matches, err := filepath.Match(p.last, name)
		return matches || err != nil
	}
	return strings.HasSuffix(name, p.ending)
}

// match reports whether an entry of a folder, given by its segments below the
// root, is left out. The folder itself is not.
func (p patterns) match(folder []string, name string, isDir bool) bool {
	var path []string
	for n := len(p) - 1; n >= 0; n-- {
		if !p[n].mayMatch(name) {
			continue
		}
		if path == nil {
			path = append(folder[:len(folder):len(folder)], name)
		}
		if result := p[n].Match(path, isDir); result != gitignore.NoMatch {
			return result == gitignore.Exclude
		}
	}
	return false
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
		if f.ignores.in(root, segments[:n]).match(segments[:n], name, folder) {
			return false
		}
	}
	return true
}

// split gives the segments of a path relative to a root.
func split(name string) []string { return strings.Split(filepath.ToSlash(name), "/") }

package index

import (
	"github.com/rells-dev/rells/index/facts"
)

// A name that is typed leads to packages for a moment, letter by letter, and what an
// edit has made of no interest stays in the program as well. Looking through all that
// is needed costs what the workspace holds, so it is done once in many files that are
// read again, and sooner where source piles up: an eighth of what was needed, and some.
const (
	retainAfter  = 256
	retainShare  = 8
	retainMargin = 256 << 10
)

// tidy lets the program forget the packages that nothing needs, once there may be some.
func (l *linker) tidy() {
	if l.taken < retainAfter && l.program.Size() <= l.retained+l.retained/retainShare+retainMargin {
		return
	}
	l.kept = nil
	l.program.Retain(l.packagesLookedAt(), l.foldersInUse())
	l.retained, l.taken = l.program.Size(), 0
}

// packagesLookedAt are those that something would be read again for.
func (l *linker) packagesLookedAt() map[string]struct{} {
	paths := map[string]struct{}{}
	note := func(s facts.Symbol) {
		if s.Package != "" {
			paths[s.Package] = struct{}{}
		}
	}
	for s := range l.readers {
		note(s)
	}
	for s := range l.uses.readers {
		note(s)
	}
	return paths
}

// foldersInUse are those that hold a seed or an open document.
func (l *linker) foldersInUse() map[string]struct{} {
	dirs := map[string]struct{}{}
	for dir, f := range l.folders {
		if len(f.seeds) > 0 {
			dirs[dir] = struct{}{}
		}
	}
	for path := range l.open {
		dirs[unitOf(path)] = struct{}{}
	}
	return dirs
}

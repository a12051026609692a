package golang

import (
	"maps"
	"slices"
	"strings"
)

// Size is how much source the program has read, in bytes. A folder counts a little
// by itself: names that are looked up in vain leave a trace too.
func (p *Program) Size() int64 { return p.held }

// weigh brings the size up to what a folder holds.
func (p *Program) weigh(fo *folder) {
	size := int64(1 << 10)
	for _, f := range fo.files {
		size += int64(f.facts.Size)
	}
	p.held += size - fo.held
	fo.held = size
}

// mostFound is how many import paths are remembered; those that exist are few.
const mostFound = 1 << 14

// Retain forgets what nobody needs any more: all but the packages of the given
// paths, as Refs and Symbols have them, and the folders given by their absolute
// paths. Whatever is forgotten is read again, as if for the first time, when
// somebody asks for it; until then Put tells nothing about it.
func (p *Program) Retain(packages, dirs map[string]struct{}) {
	needed := maps.Clone(packages)
	for path := range packages {
		needed[importPathOf(path)] = struct{}{}
	}
	maps.DeleteFunc(p.folders, func(dir string, fo *folder) bool {
		_, byDir := dirs[dir]
		_, byPath := needed[fo.path]
		gone := !byDir && !byPath && fo.path != ""
		if gone {
			p.held -= fo.held
		}
		return gone
	})
	maps.DeleteFunc(p.found, func(_ importKey, folders []*folder) bool {
		return slices.ContainsFunc(folders, func(fo *folder) bool { return p.folders[fo.dir] != fo })
	})
	clear(p.byPath)
	for _, fo := range p.folders {
		p.offer(fo)
	}
	p.modules.forgetFolders()
	p.rebuilt++
}

// importPathOf is the import path of the folder that holds a package, of which its
// PackagePath is made.
func importPathOf(path string) string {
	path, _, _ = strings.Cut(strings.TrimSuffix(path, "_test"), ":")
	return path
}

package report

import (
	"path/filepath"
	"sort"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// Position is a place in a file as programs exchange it.
type Position struct {
	Line   int `json:"line"`   // 1-based
	Column int `json:"column"` // 1-based, in bytes
}

// Range is the half-open stretch between two positions.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// Files finds a file of a snapshot by its absolute path.
type Files func(path string) (*index.File, bool)

// rangeOf is where a place lies in its file; of a file that the snapshot does not
// hold, its start.
func (files Files) rangeOf(place relation.Place) Range {
	f, ok := files(place.File)
	if !ok {
		return Range{Position{1, 1}, Position{1, 1}}
	}
	return Range{position(f.Facts.Lines, place.Span.Start), position(f.Facts.Lines, place.Span.End)}
}

// position is where a 0-based byte offset lies, given the offsets of the lines.
func position(lines []int32, offset int32) Position {
	line := sort.Search(len(lines), func(i int) bool { return lines[i] > offset })
	if line == 0 {
		return Position{1, int(offset) + 1}
	}
	return Position{line, int(offset-lines[line-1]) + 1}
}

// Location is a place as diagrams exchange it.
type Location struct {
	File   string `json:"file"` // relative to the workspace
	Line   int    `json:"line"` // as in Position
	Column int    `json:"column"`
}

// Locate says where a place starts, with paths relative to root.
func Locate(files Files, root string) func(relation.Place) any {
	return func(place relation.Place) any {
		at := files.rangeOf(place).Start
		return Location{relative(root, place.File), at.Line, at.Column}
	}
}

// relative is the path as it is printed: relative to root and with slashes. A
// path to which no relative one leads stays as it is.
func relative(root, path string) string {
	if rel, err := filepath.Rel(root, path); err == nil {
		path = rel
	}
	return filepath.ToSlash(path)
}

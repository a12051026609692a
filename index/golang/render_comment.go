package golang

import (
	"bytes"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// Annotate renders a comment on a line of its own above the line that holds the
// offset. Formatting is as for Insert. comment is a directive with its slashes.
// ok is false in a generated file, in one that is not valid UTF-8, and where what
// is written would not be read as a comment about that line: above the second line
// of a raw string, say.
func Annotate(f *facts.File, src []byte, at int32, comment string) (edits []Edit, ok bool) {
	if f.Generated || !f.ValidUTF8 || !Describes(f, src) || int(at) > len(src) {
		return nil, false
	}
	start := bytes.LastIndexByte(src[:at], '\n') + 1
	newline := "\n"
	if start > 1 && src[start-2] == '\r' {
		newline = "\r\n"
	}
	rough := []Edit{{span(start, start), indentOf(src, start) + comment + newline}}
	if edits, ok = finish(src, declAround(f, at), rough); !ok {
		edits = rough
	}
	after := Apply(src, edits)
	read := Extract(f.Path, after, Wanted{})
	line := src[start:lineEnd(src, start)]
	return edits, len(read.Defects) <= len(f.Defects) && len(read.Decls) == len(f.Decls) &&
		annotations(read, after, comment, line) == annotations(f, src, comment, line)+1
}

// declAround is the innermost declaration that holds the offset, nil for none.
func declAround(f *facts.File, at int32) *facts.Decl {
	for i := range slices.Backward(f.Decls) {
		if d := &f.Decls[i]; d.Span.Start <= at && at < d.Span.End {
			return d
		}
	}
	return nil
}

// annotations counts the comments of this text about a line that reads as the given
// one does, however they are indented.
func annotations(f *facts.File, src []byte, comment string, line []byte) int {
	n := 0
	for _, d := range f.Directives {
		about := src[d.About.Start:lineEnd(src, int(d.About.Start))]
		if "//"+d.Text.Text == comment && slices.Equal(strings.Fields(string(about)), strings.Fields(string(line))) {
			n++
		}
	}
	return n
}

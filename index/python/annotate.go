package python

import (
	"bytes"
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// Annotate renders a directive as a comment on a line of its own above the line that
// holds an offset: the text, and where it is to be put in. ok is false in a file that is
// not valid UTF-8, and where what is written would not be read as a comment about that
// line: inside of a string, say.
func Annotate(f *facts.File, src []byte, at int32, directive string) (start int32, text string, ok bool) {
	if !f.ValidUTF8 || !Describes(f, src) || int(at) > len(src) {
		return 0, "", false
	}
	start = int32(bytes.LastIndexByte(src[:at], '\n') + 1)
	indent := start
	for int(indent) < len(src) && (src[indent] == ' ' || src[indent] == '\t') {
		indent++
	}
	newline := "\n"
	if start > 1 && src[start-2] == '\r' {
		newline = "\r\n"
	}
	text = string(src[start:indent]) + "# " + directive + newline
	read := Extract(f.Path, slices.Concat(src[:start], []byte(text), src[start:]))
	line := start + int32(len(text))
	return start, text, slices.ContainsFunc(read.Directives, func(d facts.Directive) bool {
		return d.Text.Text == directive && d.About.Start <= line && line < d.About.End && start <= d.Span.Start && d.Span.End <= line
	})
}

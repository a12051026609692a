package golang

import (
	"bytes"
	"go/format"
	"strings"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff"

	"github.com/rells-dev/rells/index/facts"
)

// finish formats what rough edits to one declaration, and to the imports, make of a
// file. Where gofmt would have left the file alone, it does so afterwards. In
// other files only lines of the declaration are touched, and those that were
// there only if the declaration by itself was formatted, or is one line. d is nil for
// edits outside of any.
func finish(src []byte, d *facts.Decl, rough []Edit) ([]Edit, bool) {
	text, breaks := unifyBreaks(src)
	if formatted, err := format.Source(text); breaks == "" || err != nil || !bytes.Equal(formatted, text) {
		if d == nil {
			return rough, true
		}
		return finishDecl(src, d, rough)
	}
	text, _ = unifyBreaks(Apply(src, rough))
	after, err := format.Source(text)
	if err != nil {
		return nil, false
	}
	return difference(string(src), withBreaks(after, breaks), 0), true
}

// finishDecl formats rough edits to a declaration whose file is not formatted.
func finishDecl(src []byte, d *facts.Decl, rough []Edit) ([]Edit, bool) {
	var inside, edits []Edit
	for _, e := range rough {
		if d.Span.Start <= e.Span.Start && e.Span.End <= d.Span.End {
			e.Span.Start -= d.Span.Start
			e.Span.End -= d.Span.Start
			inside = append(inside, e)
		} else {
			edits = append(edits, e)
		}
	}
	decl, margin := src[d.Span.Start:d.Span.End], indentOf(src, int(d.Span.Start))
	_, breaks := unifyBreaks(src)
	before, declBreaks := unifyBreaks(decl)
	formatted, err := formatDecl(before, margin)
	if err != nil {
		return nil, false
	}
	if oneLine := !bytes.Contains(decl, []byte("\n")); !oneLine {
		if breaks = declBreaks; breaks == "" || !bytes.Equal(formatted, before) {
			return rough, true
		}
	}
	after, _ := unifyBreaks(Apply(decl, inside))
	if after, err = formatDecl(after, margin); err != nil {
		return nil, false
	}
	return append(edits, difference(string(decl), withBreaks(after, breaks), d.Span.Start)...), true
}

// unifyBreaks turns CRLF into LF, and tells which of the two ends the lines of a
// text: "" where they are mixed.
func unifyBreaks(text []byte) (unified []byte, breaks string) {
	returns := bytes.Count(text, []byte("\r\n"))
	switch returns {
	case 0:
		return text, "\n"
	case bytes.Count(text, []byte("\n")):
		breaks = "\r\n"
	}
	return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), breaks
}

// lineBreak is what ends the first line of a text.
func lineBreak(text []byte) string {
	if i := bytes.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// withBreaks ends the lines of a text as given, with LF for "".
func withBreaks(text []byte, breaks string) string {
	if breaks == "\r\n" {
		text = bytes.ReplaceAll(text, []byte("\n"), []byte(breaks))
	}
	return string(text)
}

// formatDecl formats a declaration of a type, without its keyword, that stands
// behind a margin of tabs.
func formatDecl(decl []byte, margin string) ([]byte, error) {
	depth := strings.Count(margin, "\t")
	open, closed := "package p\n\n", "\n"
	if depth > 0 {
		open += "func _() {\n"
		closed += "}\n"
	}
	for i := 1; i < depth; i++ {
		tabs := strings.Repeat("\t", i)
		open += tabs + "{\n"
		closed = "\n" + tabs + "}" + closed
	}
	open += strings.Repeat("\t", depth) + "type "
	text, err := format.Source([]byte(open + string(decl) + closed))
	if err != nil {
		return nil, err
	}
	text, _ = bytes.CutPrefix(text, []byte(open))
	text, _ = bytes.CutSuffix(text, []byte(closed))
	return text, nil
}

// difference is the edits that make after of before, which stands at the given
// offset. They begin and end at characters: an edit in the middle of one, or of a
// line break, has no position in an editor.
func difference(before, after string, offset int32) []Edit {
	var edits []Edit
	for _, e := range udiff.Lines(before, after) {
		old := before[e.Start:e.End]
		n := commonPrefix(old, e.New)
		m := commonSuffix(old[n:], e.New[n:])
		start, end := offset+int32(e.Start+n), offset+int32(e.End-m)
		edits = append(edits, Edit{facts.Span{Start: start, End: end}, e.New[n : len(e.New)-m]})
	}
	return edits
}

// commonPrefix is the length of what a and b begin with.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for !splits(a, n) || !splits(b, n) {
		n--
	}
	return n
}

// commonSuffix is the length of what a and b end with.
func commonSuffix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	for !splits(a, len(a)-n) || !splits(b, len(b)-n) {
		n--
	}
	return n
}

// splits reports whether a text can be split at i: not within a character, nor
// between the carriage return and the line feed of a line break.
func splits(text string, i int) bool {
	return i == 0 || i == len(text) || utf8.RuneStart(text[i]) && (text[i] != '\n' || text[i-1] != '\r')
}

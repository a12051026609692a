package golang

import (
	"bytes"
	"go/token"
	"sort"
	"unicode/utf8"

	"github.com/rells-dev/rells/index/facts"
)

// addressed are the words with which a comment begins that speaks to rells, or to
// every linter.
var addressed = [][]byte{[]byte("rells:"), []byte("nolint")}

func speaks(src []byte) bool {
	return bytes.Contains(src, addressed[0]) || bytes.Contains(src, addressed[1])
}

// readDirectives reads the comments that speak to rells. Declarations are read
// without their comments, and bodies of functions mostly not at all: the few files
// that hold one of the words are gone through once more.
func readDirectives(file *facts.File, src []byte) {
	if !speaks(src) {
		return
	}
	r := directiveReader{file: file, src: src}
	for s, behind := (lexer{src: src}), 0; s.tok != token.EOF; behind = s.end {
		if s.scan(); speaks(src[behind:s.start]) {
			r.read(behind, s.start)
		}
	}
}

// directiveReader finds out what directives are about.
type directiveReader struct {
	file *facts.File
	src  []byte
	ends map[int]int32 // line -> furthest end of the types and fields that begin on it
	// comments are the lines that were last found to hold nothing but comments: from
	// the first up to the second, which does not.
	comments [2]int
}

// read reads the directives in a stretch of white space and comments.
func (r *directiveReader) read(start, end int) {
	for i := start; i < end; {
		behind := commentEnd(r.src[:end], i)
		if behind == i {
			i++
			continue
		}
		if text, ok := directive(r.src, i, behind); ok {
			d := facts.Directive{Text: text, Span: span(i, behind), About: r.about(i, start, end)}
			r.file.Directives = append(r.file.Directives, d)
		}
		i = behind
	}
}

// directive is the text of a comment that speaks to rells, false for any other.
// Linters allow space before their names.
func directive(src []byte, start, end int) (facts.Slot, bool) {
	text, ok := bytes.CutPrefix(src[start:end], []byte("//"))
	text = bytes.TrimLeft(text, " \t")
	start = end - len(text)
	text = bytes.TrimSpace(text)
	if !ok || !utf8.Valid(text) || !bytes.HasPrefix(text, addressed[0]) && !bytes.HasPrefix(text, addressed[1]) {
		return facts.Slot{}, false
	}
	return facts.Slot{Text: string(text), Span: span(start, start+len(text))}, true
}

// about is what the comment at an offset is about, see facts.Directive. Between
// start and end there is nothing but white space and comments.
func (r *directiveReader) about(comment, start, end int) facts.Span {
	line := r.lineOf(int32(comment))
	if int(r.file.Lines[line]) >= start {
		last := r.lineOf(int32(end))
		if end == len(r.src) || line == last {
			return facts.Span{}
		}
		line = r.behindComments(line, last)
	}
	from := int(r.file.Lines[line])
	to := lineEnd(r.src, from)
	if isBlank(r.src[from:to]) {
		return facts.Span{}
	}
	if r.ends == nil {
		r.findEnds()
	}
	return span(from, max(to, int(r.ends[line])))
}

// behindComments is the first line behind the given one that is blank, or else the
// last, on which something else than comments stands.
func (r *directiveReader) behindComments(line, last int) int {
	if line < r.comments[0] || line >= r.comments[1] {
		next := line + 1
		for next < last && !isBlank(r.src[r.file.Lines[next]:r.file.Lines[next+1]]) {
			next++
		}
		r.comments = [2]int{line, next}
	}
	return r.comments[1]
}

// findEnds finds where types and fields end.
func (r *directiveReader) findEnds() {
	r.ends = map[int]int32{}
	for i := range r.file.Decls {
		d := &r.file.Decls[i]
		r.noteEnd(d.Span)
		r.noteFields(&d.Type)
	}
}

func (r *directiveReader) noteFields(t *facts.Expr) {
	for ; t != nil; t = t.Elem {
		for i := range t.Fields {
			r.noteEnd(t.Fields[i].Span)
			r.noteFields(&t.Fields[i].Type)
		}
	}
}

func (r *directiveReader) noteEnd(s facts.Span) {
	line := r.lineOf(s.Start)
	r.ends[line] = max(r.ends[line], s.End)
}

// lineOf is the index of the line that holds the offset.
func (r *directiveReader) lineOf(offset int32) int {
	lines := r.file.Lines
	return sort.Search(len(lines), func(i int) bool { return lines[i] > offset }) - 1
}

func isBlank(text []byte) bool { return len(bytes.TrimSpace(text)) == 0 }

package python

import (
	"bytes"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// Word is another text in the place of one that stands in a string.
type Word struct {
	Span    facts.Span // within the quotes
	New     string
	Literal bool // the span is a string with its quotes, New other source with double quotes
}

// Reword renders other words in the strings of a file. A statement that is laid out as black
// does it stays so. ok is false in a file that may not be edited, where a place is not within
// a string, and for a word that would end one.
func Reword(f *facts.File, src []byte, width int, words []Word) (after []byte, ok bool) {
	if !editable(f, src) {
		return nil, false
	}
	tokens, comments := lex(src)
	words = slices.Clone(words)
	slices.SortFunc(words, func(a, b Word) int { return int(a.Span.Start - b.Span.Start) })
	done := int32(0)
	var laidOut []int32 // where statements begin that black laid out, once the words are there
	seen := int32(-1)   // the statement of the word before
	for _, w := range words {
		switch {
		case w.Span.Start < done:
			return nil, false
		case w.Literal && isString(src, tokens, w.Span):
			w.New = requote(w.New, src[w.Span.End-1])
		case w.Literal || !standsQuoted(src, tokens, w.Span) || strings.ContainsAny(w.New, "\"'\\{}\r\n"):
			return nil, false
		}
		s := statementAt(tokens, w.Span.Start)
		if begin := s.begin(tokens); begin != seen && s.isLaidOut(src, tokens, comments, width) {
			laidOut = append(laidOut, begin+int32(len(after))-done)
		}
		seen = s.begin(tokens)
		after = append(append(after, src[done:w.Span.Start]...), w.New...)
		done = w.Span.End
	}
	return layOutAgain(append(after, src[done:]...), laidOut, width), true
}

// layOutAgain lays out the statements that begin at some offsets, in order.
func layOutAgain(src []byte, begins []int32, width int) []byte {
	tokens, comments := lex(src)
	for _, begin := range slices.Backward(begins) {
		s := statementAt(tokens, begin)
		if text, ok := s.layOut(src, tokens, comments, width); ok {
			src = slices.Concat(src[:lineStart(src, begin)], withBreaks(src, text), src[tokens[s.last].end:])
		}
	}
	return src
}

// statement is the tokens of a logical line.
type statement struct{ first, last int }

// statementAt is the statement that holds an offset.
func statementAt(tokens []token, offset int32) statement {
	at := slices.IndexFunc(tokens, func(t token) bool { return t.end > offset && !t.ends() })
	if at < 0 {
		return statement{0, -1}
	}
	s := statement{at, at}
	for s.first > 0 && !tokens[s.first-1].ends() {
		s.first--
	}
	for !tokens[s.last+1].ends() {
		s.last++
	}
	return s
}

func (s statement) begin(tokens []token) int32 { return tokens[s.first].start }

// layOut writes an assignment of what ends with brackets as black does it, from the start of
// its line; false for every other statement.
func (s statement) layOut(src []byte, tokens, comments []token, width int) (string, bool) {
	if s.last < s.first {
		return "", false
	}
	begin, end := tokens[s.first].start, tokens[s.last].end
	value := s.first
	for i, nested := s.first, 0; i <= s.last && value == s.first; i++ {
		switch {
		case isSign(src, tokens[i], "(", "[", "{"):
			nested++
		case isSign(src, tokens[i], ")", "]", "}"):
			nested--
		case isSign(src, tokens[i], "=") && nested == 0:
			value = i + 1
		}
	}
	if value > s.last {
		return "", false
	}
	indent, prefix := indentOf(src, begin), string(src[begin:tokens[value].start])
	if lineStart(src, begin)+int32(len(indent)) != begin || strings.ContainsAny(prefix, "\r\n") ||
		slices.ContainsFunc(comments, func(c token) bool { return begin < c.start && c.start < end }) {
		return "", false
	}
	code, ok := parseCode(src, tokens[value:s.last+1])
	if !ok {
		return "", false
	}
	return style{width: width, indent: levelOf(indent)}.write(indent, prefix, code, ""), true
}

// isLaidOut reports whether the statement is laid out as black does it.
func (s statement) isLaidOut(src []byte, tokens, comments []token, width int) bool {
	text, ok := s.layOut(src, tokens, comments, width)
	return ok && text == strings.ReplaceAll(string(src[lineStart(src, s.begin(tokens)):tokens[s.last].end]), "\r\n", "\n")
}

// isString reports whether a stretch is one string in plain quotes.
func isString(src []byte, tokens []token, at facts.Span) bool {
	return slices.ContainsFunc(tokens, func(t token) bool {
		lit := literal{}
		if t.kind == stringToken && t.start == at.Start && t.end == at.End {
			lit = cut(src, t)
		}
		return lit.plain && lit.start == int(t.start)+1 && lit.end == int(t.end)-1
	})
}

// standsQuoted reports whether a stretch stands within one string, and is spelt as it reads.
func standsQuoted(src []byte, tokens []token, at facts.Span) bool {
	i, _ := slices.BinarySearchFunc(tokens, at.Start, func(t token, offset int32) int {
		if t.end <= offset {
			return -1
		}
		return 1
	})
	if i == len(tokens) || tokens[i].kind != stringToken {
		return false
	}
	lit := cut(src, tokens[i])
	return lit.plain && int32(lit.start) <= at.Start && at.End <= int32(lit.end) && bytes.IndexByte(src[at.Start:at.End], '\\') < 0
}

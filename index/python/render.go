package python

import (
	"bytes"
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// editable reports whether the file may be edited, and is the one of the facts.
func editable(f *facts.File, src []byte) bool {
	return !f.Generated && f.ValidUTF8 && Describes(f, src)
}

// reads reports whether an edited file still reads as before: it declares the same
// classes and methods, and nothing of it has become unreadable.
func reads(f *facts.File, after []byte) (*facts.File, bool) {
	now := Extract(f.Path, after)
	same := slices.EqualFunc(f.Decls, now.Decls, func(a, b facts.Decl) bool { return a.Name.Text == b.Name.Text && a.Within == b.Within }) &&
		slices.EqualFunc(f.Methods, now.Methods, func(a, b facts.Method) bool { return a.Name.Text == b.Name.Text && a.Receiver == b.Receiver }) &&
		len(f.Extensions) == len(now.Extensions) && len(now.Defects) <= len(f.Defects)
	return now, same
}

// lineBreak is the one that the file uses.
func lineBreak(src []byte) string {
	if i := bytes.IndexByte(src, '\n'); i > 0 && src[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// lineStart is where the line begins that holds an offset.
func lineStart(src []byte, at int32) int32 { return int32(bytes.LastIndexByte(src[:at], '\n') + 1) }

// indentOf is the white space at the start of the line that holds an offset.
func indentOf(src []byte, at int32) string {
	start := lineStart(src, at)
	end := start
	for int(end) < len(src) && (src[end] == ' ' || src[end] == '\t') {
		end++
	}
	return string(src[start:end])
}

// usualQuote is the quote that most strings of a file have which could have the other; that
// of black where there are none.
func usualQuote(src []byte, tokens []token) byte {
	double, single := 0, 0
	for _, t := range tokens {
		if t.kind != stringToken || src[t.end-1] != '"' && src[t.end-1] != '\'' {
			continue
		}
		switch body := src[t.start:t.end]; {
		case len(body) > 5 && (bytes.HasSuffix(body, []byte(`"""`)) || bytes.HasSuffix(body, []byte("'''"))):
		case src[t.end-1] == '"':
			double++
		case bytes.IndexByte(body, '"') < 0:
			single++
		}
	}
	if single > double {
		return '\''
	}
	return '"'
}

// requote spells the strings of new code, which has none but plain ones in double quotes,
// with a quote.
func requote(code string, quote byte) string {
	if quote == '"' {
		return code
	}
	src := []byte(code)
	tokens, _ := lex(src)
	for _, t := range tokens {
		if t.kind != stringToken || src[t.start] != '"' || bytes.IndexByte(src[t.start:t.end], quote) >= 0 || bytes.IndexByte(src[t.start:t.end], '\\') >= 0 {
			continue
		}
		src[t.start], src[t.end-1] = quote, quote
	}
	return string(src)
}

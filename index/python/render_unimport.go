package python

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
)

// Unimport renders a changed file without the names that it imports out of modules and
// that it used before the change, and no longer does. What an __init__.py imports others
// may use; what stands under a comment, somebody wants there.
func Unimport(path string, before, after []byte) []byte {
	if filepath.Base(path) == "__init__.py" || bytes.Contains(after, []byte("__all__")) || bytes.Equal(before, after) {
		return after
	}
	tokens, _ := lex(before)
	top, checking, _ := importsOf(before, tokens)
	used := usedNames(before, tokens)
	tokens, comments := lex(after)
	still := usedNames(after, tokens)
	for _, s := range slices.Concat(top, checking) {
		if !s.from {
			continue
		}
		for _, name := range s.names {
			if local := name[strings.LastIndexByte(name, ' ')+1:]; used[local] && !still[local] {
				after = without(after, tokens, comments, s.module, name)
				tokens, comments = lex(after)
			}
		}
	}
	return after
}

// usedNames are the names that stand in a file outside of imports, and in strings of it.
func usedNames(src []byte, tokens []token) map[string]bool {
	names := map[string]bool{}
	importing := false
	for i, t := range tokens {
		if i == 0 || tokens[i-1].kind >= lineToken {
			importing = t.kind == nameToken && (spell(src, t) == "import" || spell(src, t) == "from")
		}
		switch {
		case importing:
		case t.kind == nameToken:
			names[spell(src, t)] = true
		case t.kind == stringToken:
			for _, word := range strings.FieldsFunc(spell(src, t), func(r rune) bool { return r < 0x80 && !isNameByte(byte(r)) }) {
				names[word] = true
			}
		}
	}
	return names
}

// without takes a name off the statement that imports it.
func without(src []byte, tokens, comments []token, module, name string) []byte {
	top, checking, _ := importsOf(src, tokens)
	for _, s := range slices.Concat(top, checking) {
		at := slices.Index(s.names, name)
		if !s.from || s.module != module || at < 0 {
			continue
		}
		start, end := tokens[s.first].start, behindLine(src, tokens, tokens[s.last].end)
		if slices.ContainsFunc(comments, func(c token) bool { return start < c.start && c.start < end }) {
			return src
		}
		if len(s.names) == 1 {
			return slices.Concat(src[:lineStart(src, start)], src[end:])
		}
		first, last := s.places[at].Start, s.places[at].End
		if at+1 < len(s.places) {
			last = s.places[at+1].Start
		} else {
			first = s.places[at-1].End
		}
		return slices.Concat(src[:first], src[last:])
	}
	return src
}

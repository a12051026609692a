package golang

import (
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// ordinal is what the n-th local type of one name in one function has behind its
// name in Refs.
func ordinal(n int) string {
	if n == 1 {
		return ""
	}
	return "#" + strconv.Itoa(n)
}

// byRef finds a type by its identity, nil for none.
func (s *Session) byRef(ref facts.Ref) *typ {
	if s.depth > maxChain {
		return nil
	}
	s.depth++
	defer func() { s.depth-- }()
	if ref.Package == "" {
		return universe[ref.Name]
	}
	pk := s.packageByPath(ref.Package)
	if pk == nil {
		return nil
	}
	name, list, generic := strings.Cut(ref.Name, "[")
	ts := pk.types[name]
	if ts == nil {
		s.record(pk.path, name)
		return nil
	}
	var args []*typ
	if generic {
		for _, arg := range splitArgs(strings.TrimSuffix(list, "]")) {
			t := s.parseType(arg)
			if t == nil {
				return nil
			}
			args = append(args, t)
		}
	}
	return s.instance(ts, args)
}

// parseType reads a type as spellArgs spells it, nil for one that names nothing.
func (s *Session) parseType(text string) *typ {
	wrap := func(shape facts.Shape, expr *facts.Expr, rest string) *typ {
		elem := s.parseType(rest)
		if elem == nil {
			return nil
		}
		return &typ{s: s, shape: shape, expr: expr, elem: elem}
	}
	if rest, ok := strings.CutPrefix(text, "*"); ok {
		return wrap(facts.Pointer, nil, rest)
	}
	if rest, ok := strings.CutPrefix(text, "[]"); ok {
		return wrap(facts.Slice, nil, rest)
	}
	if rest, ok := strings.CutPrefix(text, "chan "); ok {
		return wrap(facts.Chan, nil, rest)
	}
	if rest, ok := strings.CutPrefix(text, "map["); ok {
		end := closing(rest)
		t := wrap(facts.Map, nil, rest[min(end+1, len(rest)):])
		if key := s.parseType(rest[:end]); t != nil && key != nil {
			t.key = key
			return t
		}
		return nil
	}
	if rest, ok := strings.CutPrefix(text, "["); ok {
		length, rest, _ := strings.Cut(rest, "]")
		return wrap(facts.Array, &facts.Expr{Kind: facts.ArrayExpr, Length: length}, rest)
	}
	if t := universe[text]; t != nil {
		return t
	}
	// A path may hold dots behind its last slash, and so may the name of a local
	// type: the right place to cut is the one that names something.
	head, args, generic := strings.Cut(text, "[")
	start := strings.LastIndexByte(head, '/') + 1
	for i := len(head) - 1; i > start; i-- {
		if head[i] != '.' {
			continue
		}
		name := head[i+1:]
		if generic {
			name += "[" + args
		}
		if t := s.byRef(facts.Ref{Package: head[:i], Name: name}); t != nil {
			return t
		}
	}
	return nil
}

// closing is the index of the bracket that closes the one before the text.
func closing(text string) int {
	depth := 1
	for i := range len(text) {
		switch text[i] {
		case '[':
			depth++
		case ']':
			depth--
		}
		if depth == 0 {
			return i
		}
	}
	return len(text)
}

// splitArgs splits a list of type arguments at the commas that are not inside
// brackets.
func splitArgs(list string) []string {
	var out []string
	depth, start := 0, 0
	for i := range len(list) {
		switch list[i] {
		case '[', '{', '(':
			depth++
		case ']', '}', ')':
			depth--
		case ',':
			if depth == 0 {
				out = append(out, list[start:i])
				start = i + 1
			}
		}
	}
	return append(out, list[start:])
}

package golang

import (
	"go/token"
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// structType reads a struct. One that is not closed ends where a declaration
// begins that is indented no further than the line of the struct.
func (x *extractor) structType() facts.Expr {
	t := facts.Expr{Kind: facts.StructExpr}
	start, margin := x.start, x.margin
	x.scan()
	if x.tok != token.LBRACE {
		x.fail("expected {")
		return x.bad()
	}
	outer, body, nested := len(x.fields), x.end, x.inStruct
	x.inStruct = true
	for x.scan(); ; {
		switch {
		case x.tok == token.SEMICOLON:
			x.scan()
			continue
		case x.tok == token.RBRACE:
			t.Body = span(body, x.start)
			x.inStruct = nested
			x.scan()
		case x.tok == token.EOF, x.newline && isDeclaration(x.tok) && x.margin <= margin:
			t.Body = span(body, x.start)
			x.fail("struct is not closed")
			x.failed = false
			x.last = x.start
		default:
			start := x.start
			x.field(outer)
			x.progress(start)
			continue
		}
		break
	}
	x.inStruct = nested
	t.Span = span(start, x.last)
	t.Fields = slices.Clone(x.fields[outer:])
	x.fields = x.fields[:outer]
	return t
}

// maxNames bounds how many names one field is given. More are no code of anybody.
const maxNames = 1000

// field reads one declaration of a struct, which may have several names. base is
// the index in x.fields of the first field of that struct.
func (x *extractor) field(base int) {
	first, start := len(x.fields), x.start
	line := x.lexer
	x.failed = false
	t := x.fieldNamesAndType()
	if x.failed {
		t = x.restOfLine(line)
		for n := len(x.fields); n > first && int(x.fields[n-1].Name.Span.Start) >= x.start; n-- {
			x.fields = x.fields[:n-1] // names on lines to be read again
		}
	}
	var tag facts.Field
	if x.tok == token.STRING && !x.newline {
		x.tag(&tag)
	}
	for i := first; i < len(x.fields); i++ {
		f := &x.fields[i]
		f.Type, f.Group = t, int32(first-base)
		f.Exported = token.IsExported(f.Name.Text)
		f.Literal, f.Tags, f.Open = tag.Literal, tag.Tags, tag.Open
		f.Span = span(start, max(x.last, start))
	}
	x.endOfField()
	x.count(len(x.fields) - first)
}

// fieldNamesAndType reads a field up to its tag. It appends the fields with their
// names and returns the type they share.
func (x *extractor) fieldNamesAndType() facts.Expr {
	if first := len(x.fields); x.tok == token.IDENT && !x.startsEmbedded() {
		for {
			x.fields = append(x.fields, facts.Field{Name: x.slot()})
			if x.scan(); x.tok != token.COMMA {
				break
			}
			if x.scan(); x.tok != token.IDENT || len(x.fields) == first+maxNames {
				x.fail("expected name of field")
				return x.bad()
			}
		}
		return x.typ()
	}
	switch x.tok {
	case token.IDENT, token.MUL:
	default:
		x.fail("expected field, found " + x.describe())
		return x.bad()
	}
	t := x.typ()
	if name, ok := x.embeddedName(t); ok {
		x.fields = append(x.fields, facts.Field{Name: name, Embedded: true})
	} else {
		x.fail("expected type to embed")
	}
	return t
}

// startsEmbedded tells an embedded type from the name of a field.
func (x *extractor) startsEmbedded() bool {
	switch s := x.peek(); s.tok {
	case token.SEMICOLON, token.RBRACE, token.EOF, token.PERIOD, token.STRING:
		return true
	case token.LBRACK:
		return x.startsInstance(s)
	}
	return false
}

// startsInstance tells, at the bracket, the type T[int] from the name of a field or
// parameter before a type: T [N]int, T []int. Behind the closing bracket, an array
// has its element.
func (x *extractor) startsInstance(s lexer) bool {
	if s.tok != token.LBRACK || s.peek().tok == token.RBRACK {
		return false
	}
	return s.skipBrackets(x) && !startsType(s.tok)
}

// closers gives the bracket that closes another.
var closers = map[token.Token]token.Token{
	token.LPAREN: token.RPAREN, token.LBRACK: token.RBRACK, token.LBRACE: token.RBRACE,
}

// skipBrackets moves behind the bracket or brace that closes the current one; false
// if none does before the statement ends.
func (s *lexer) skipBrackets(x *extractor) bool {
	opening, start := s.tok, s.start
	for depth := 0; x.budget >= 0; s.scan() {
		x.allow(s.end - start)
		start = s.end
		switch s.tok {
		case token.LBRACK, token.LPAREN, token.LBRACE:
			depth++
		case token.RBRACK, token.RPAREN, token.RBRACE:
			if depth--; depth == 0 {
				closed := s.tok == closers[opening]
				s.scan()
				return closed
			}
		case token.SEMICOLON:
			if depth == 1 && opening != token.LBRACE {
				return false
			}
		case token.EOF:
			return false
		}
	}
	return false
}

// embeddedName is the name that a field has from its embedded type.
func (x *extractor) embeddedName(t facts.Expr) (facts.Slot, bool) {
	if t.Kind == facts.PointerExpr {
		t = *t.Elem
	}
	if t.Kind != facts.NamedExpr {
		return facts.Slot{}, false
	}
	s := x.lexer
	s.seek(int(t.Span.Start))
	if t.Package != "" {
		s.scan()
		s.scan()
	}
	return s.slot(), true
}

// restOfLine finds, for a field whose type could not be read, the tag that may
// stand on its line all the same: it goes back to the first token of the field and
// on to a string at the end of that line, or to the end of it. It returns what
// stands in the place of the type.
func (x *extractor) restOfLine(first lexer) (t facts.Expr) {
	t.Span = span(first.end, first.end)
	if !x.allow(x.start - first.start) {
		return t
	}
	depth := 0
	for x.lexer = first; ; {
		switch x.tok {
		case token.SEMICOLON, token.EOF:
			return t
		case token.LBRACE:
			depth++
		case token.RBRACE:
			if depth--; depth < 0 {
				return t
			}
		case token.STRING:
			if endsField(x.src, x.end) {
				return t
			}
		}
		if x.scan(); x.newline {
			return t
		}
	}
}

// tag reads the tag of a field.
func (x *extractor) tag(f *facts.Field) {
	f.Literal = readLiteral(x.src, x.start, x.end, x.open)
	f.Tags = lexTags(f.Literal)
	f.Open = x.open
	if x.open {
		x.failed = false
		x.fail("tag is not closed")
	}
	x.scan()
}

// endOfField drops what stands behind a field on its line.
func (x *extractor) endOfField() {
	switch {
	case x.tok == token.SEMICOLON, x.tok == token.RBRACE, x.tok == token.EOF, x.newline:
		x.failed = false
		return
	}
	x.fail("unexpected " + x.describe() + " after field")
	x.failed = false
	for {
		switch x.tok {
		case token.SEMICOLON, token.RBRACE, token.EOF:
			return
		}
		if x.scan(); x.newline {
			return
		}
	}
}

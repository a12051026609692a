package golang

import "bytes"

// commentEnd is the offset behind the comment that starts at i, without the line
// break that ends it, or i where none starts. A general comment that is not
// closed runs to the end of the file.
func commentEnd(src []byte, i int) int {
	if i+1 >= len(src) || src[i] != '/' {
		return i
	}
	switch src[i+1] {
	case '/':
		return lineEnd(src, i)
	case '*':
		if n := bytes.Index(src[i+2:], []byte("*/")); n >= 0 {
			return i + 2 + n + 2
		}
		return len(src)
	}
	return i
}

// lineEnd is the offset of the line break that ends the line of i, or of the end
// of the file. The carriage return of a CRLF belongs to the line break.
func lineEnd(src []byte, i int) int {
	n := bytes.IndexByte(src[i:], '\n')
	if n < 0 {
		return len(src)
	}
	if end := i + n; n > 0 && src[end-1] == '\r' {
		return end - 1
	}
	return i + n
}

// quoteEnd is the offset behind the string or rune literal that starts at i. One
// that is not closed is open and ends with its line.
func quoteEnd(src []byte, i int) (end int, open bool) {
	quote := src[i]
	for i++; i < len(src); i++ {
		switch src[i] {
		case quote:
			return i + 1, false
		case '\\':
			if i+1 < len(src) && src[i+1] != '\n' && src[i+1] != '\r' {
				i++
			}
		case '\n':
			return lineEnd(src, i-1), true
		}
	}
	return len(src), true
}

// rawEnd is the offset behind the raw string that starts at i. One that is not
// closed is open and ends with its line.
//
// While a raw string is being typed, the next backquote of the file, which opens
// another one, looks like its end. The two are told apart by what follows that
// backquote on its line: behind the end of a string no name, number or quote can
// stand, while behind the start of one there mostly does (`json:"name"`).
// A string that ends on its own line is taken as it is.
func rawEnd(src []byte, i int) (end int, open bool) {
	n := bytes.IndexByte(src[i+1:], '`')
	if n < 0 {
		return lineEnd(src, i), true
	}
	end = i + 1 + n + 1
	if bytes.IndexByte(src[i:end], '\n') >= 0 && !endsOperand(src, end) {
		return lineEnd(src, i), true
	}
	return end, false
}

// endsOperand reports whether what stands at i can follow an operand.
func endsOperand(src []byte, i int) bool {
	for ; i < len(src); i++ {
		switch c := src[i]; {
		case c == ' ' || c == '\t':
		case c == '"' || c == '\'' || c == '`' || c >= 0x80:
			return false
		default:
			return !isLetter(c) && !isDigit(c)
		}
	}
	return true
}

// blockBytes marks the bytes that matchBrace has to look at.
var blockBytes = [256]bool{'{': true, '}': true, '"': true, '\'': true, '`': true, '/': true}

// matchBrace is the offset behind the brace that closes the one at i, -1 for none.
func matchBrace(src []byte, i int) int {
	depth := 0
	for i < len(src) {
		c := src[i]
		if !blockBytes[c] {
			i++
			continue
		}
		switch c {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		default:
			i = skipLexeme(src, i)
			continue
		}
		i++
	}
	return -1
}

// skipLexeme is the offset behind the literal or comment that starts at i, or
// behind the one byte there.
func skipLexeme(src []byte, i int) int {
	switch src[i] {
	case '"', '\'':
		end, _ := quoteEnd(src, i)
		return end
	case '`':
		end, _ := rawEnd(src, i)
		return end
	case '/':
		return max(commentEnd(src, i), i+1)
	}
	return i + 1
}

// nextDeclaration is the offset of the first line behind i that begins, without
// any indent, with a keyword of declarations; of the end of the file for none.
func nextDeclaration(src []byte, i int) int {
	for i < len(src) {
		switch src[i] {
		case '\n':
			i++
			if startsDeclaration(src[i:]) {
				return i
			}
		case '"', '\'', '`', '/':
			i = skipLexeme(src, i)
		default:
			i++
		}
	}
	return len(src)
}

// startsDeclaration reports whether a line begins with a keyword of declarations.
func startsDeclaration(line []byte) bool {
	for _, keyword := range []string{"func", "type", "var", "const", "import"} {
		if len(line) > len(keyword) && string(line[:len(keyword)]) == keyword {
			next := line[len(keyword)]
			return next == ' ' || next == '\t' || next == '('
		}
	}
	return false
}

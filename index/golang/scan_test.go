package golang

import (
	"go/scanner"
	"go/token"
	"testing"
)

// corpus, in extract_corpus_test.go, gives the well-formed files.
func TestScanAgreesWithGoScanner(t *testing.T) {
	for path, src := range corpus(t) {
		compareTokens(t, path, src)
	}
}

// compareTokens holds the scanner's tokens against those of go/scanner.
func compareTokens(t *testing.T, path string, src []byte) {
	t.Helper()
	var oracle scanner.Scanner
	file := token.NewFileSet().AddFile(path, -1, len(src))
	oracle.Init(file, src, nil, 0)
	s := newLexer(src)
	for {
		pos, tok, lit := oracle.Scan()
		if oracle.ErrorCount > 0 {
			return // a test of the compiler's own errors
		}
		if got, want := s.tok, plain(tok); got != want && (want != token.ILLEGAL || !got.IsOperator()) {
			t.Errorf("%s: got %v, want %v", file.Position(pos), got, want)
			return
		}
		implicit := tok == token.SEMICOLON && lit != ";"
		if start := file.Offset(pos); !implicit && s.start != start {
			t.Errorf("%s: %v starts at offset %d, want %d", file.Position(pos), tok, s.start, start)
			return
		}
		if tok == token.EOF {
			return
		}
		// Operators of three bytes come in pieces.
		for end := operatorEnd(file.Offset(pos), tok); s.end < end; {
			s.scan()
		}
		s.scan()
	}
}

// operatorEnd is the end of an operator that starts at offset, 0 for other tokens.
func operatorEnd(offset int, tok token.Token) int {
	if !tok.IsOperator() || tok == token.SEMICOLON {
		return 0
	}
	return offset + len(tok.String())
}

// plain is the kind under which the scanner gives tok.
func plain(tok token.Token) token.Token {
	switch tok {
	case token.FLOAT, token.IMAG:
		return token.INT
	case token.SHL_ASSIGN:
		return token.SHL
	case token.SHR_ASSIGN:
		return token.SHR
	case token.AND_NOT_ASSIGN:
		return token.AND_NOT
	case token.ADD, token.SUB, token.QUO, token.REM, token.OR, token.XOR, token.LSS, token.GTR:
		return token.ILLEGAL
	}
	return tok
}

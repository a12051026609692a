package golang

import (
	"go/token"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// methodBody reads what a method returns, where its body shows it. The body has
// been skipped; its brace stands at open.
func (x *extractor) methodBody(m *facts.Method, receiver string, open int) {
	if len(m.Results) == 0 {
		return
	}
	body := zeroReader{lexer: lexer{src: x.src[:x.last], next: open}, receiver: receiver, pointer: m.Pointer}
	body.scan()
	body.scan()
	if body.tok == token.RETURN {
		x.returnedString(m, body.lexer)
	}
	m.Zero = body.block()
}

// returnedString reads `return "text"` or `return Constant` as the whole body.
func (x *extractor) returnedString(m *facts.Method, s lexer) {
	s.scan()
	behind := s.peek()
	if behind.tok == token.SEMICOLON {
		behind.scan()
	}
	if behind.tok != token.RBRACE {
		return
	}
	switch {
	case s.tok == token.STRING && !s.open:
		m.Literal = readLiteral(s.src, s.start, s.end, false)
	case s.tok == token.IDENT:
		x.returns = append(x.returns, returnedConst{len(x.file.Methods), string(s.text())})
	}
}

// zeroReader follows a method's body the way it runs when the receiver is the
// zero value, or a pointer to it. It goes as far as every step is certain.
type zeroReader struct {
	lexer
	receiver string
	pointer  bool             // the receiver is a pointer, not nil
	result   facts.ZeroResult // of the call that last assigned to a variable
	variable string           // that variable
	err      string           // variable that holds the error of that call, which is nil
}

// block reads statements up to the one that returns.
func (z *zeroReader) block() facts.ZeroResult {
	for {
		switch z.tok {
		case token.SEMICOLON:
			z.scan()
		case token.RETURN:
			z.scan()
			return z.value()
		case token.IF:
			result, returns := z.ifStatement()
			if returns {
				return result
			}
		case token.IDENT:
			if !z.marshal() {
				return facts.ZeroUnknown
			}
		default:
			return facts.ZeroUnknown
		}
	}
}

// ifStatement reads `if condition { ... }`. Where the condition holds, its block
// has to return; where it does not, reading goes on behind it.
func (z *zeroReader) ifStatement() (result facts.ZeroResult, returns bool) {
	z.scan()
	holds, known := z.condition()
	if !known || z.tok != token.LBRACE {
		return facts.ZeroUnknown, true
	}
	if holds {
		z.scan()
		return z.block(), true
	}
	end := matchBrace(z.src, z.start)
	if end < 0 {
		return facts.ZeroUnknown, true
	}
	if z.skip(end); z.tok != token.SEMICOLON {
		return facts.ZeroUnknown, true // else
	}
	return facts.ZeroUnknown, false
}

// condition evaluates a condition that compares the receiver, or one of its
// fields, with what a zero value is or is not.
func (z *zeroReader) condition() (holds, known bool) {
	if z.tok == token.NOT {
		z.scan()
		path, ok := z.operand()
		return true, ok && strings.Contains(path, ".") && z.tok == token.LBRACE
	}
	length := z.is("len") && z.peek().tok == token.LPAREN
	if length {
		z.scan()
		z.scan()
	}
	path, ok := z.operand()
	if length {
		ok = ok && z.tok == token.RPAREN
		z.scan()
	}
	if !ok || z.tok != token.EQL && z.tok != token.NEQ {
		return false, false
	}
	equal := z.tok == token.EQL
	z.scan()
	zero, isNil := z.zeroLiteral()
	if !zero || length && isNil || z.tok != token.LBRACE {
		return false, false
	}
	if z.pointer && path == z.receiver {
		// It points to a zero value, and is not nil.
		return !equal, isNil && !length
	}
	return equal, true
}

// operand reads the receiver ("x"), what it points to ("*x"), one of its fields
// ("x.A.B"), or the error of an earlier call.
func (z *zeroReader) operand() (path string, ok bool) {
	if z.tok == token.MUL && z.pointer {
		z.scan()
		ok = z.is(z.receiver)
		z.scan()
		return "*" + z.receiver, ok
	}
	if !z.is(z.receiver) && !z.is(z.err) {
		return "", false
	}
	path = string(z.text())
	for z.scan(); z.tok == token.PERIOD; z.scan() {
		if z.scan(); z.tok != token.IDENT {
			return "", false
		}
		path += "." + string(z.text())
	}
	return path, true
}

// zeroLiteral reads a literal and reports whether it is the zero value of its type.
func (z *zeroReader) zeroLiteral() (zero, isNil bool) {
	text := string(z.text())
	switch {
	case z.is("nil"):
		zero, isNil = true, true
	case z.is("false"), z.tok == token.INT && text == "0", text == `""`, text == "``":
		zero = true
	}
	z.scan()
	return zero, isNil
}

// marshal reads `v, err := json.Marshal(x)`, whose error is nil.
func (z *zeroReader) marshal() bool {
	variable := string(z.text())
	if z.scan(); z.tok != token.COMMA {
		return false
	}
	if z.scan(); z.tok != token.IDENT {
		return false
	}
	err := string(z.text())
	if z.scan(); z.tok != token.DEFINE {
		return false
	}
	z.scan()
	call := z.callee()
	if call != "json.Marshal" || !z.skipCall() || z.tok != token.SEMICOLON {
		return false
	}
	z.variable, z.err, z.result = variable, err, facts.ZeroBytes
	return true
}

// callee reads a name, qualified or not, in front of parentheses; "" if there is
// none.
func (z *zeroReader) callee() string {
	name := string(z.text())
	if z.tok != token.IDENT {
		return ""
	}
	if z.scan(); z.tok == token.PERIOD {
		z.scan()
		name += "." + string(z.text())
		z.scan()
	}
	if z.tok != token.LPAREN {
		return ""
	}
	return name
}

// skipCall moves behind the parentheses of a call.
func (z *zeroReader) skipCall() bool {
	for depth := 0; ; {
		switch z.tok {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			depth--
		case token.EOF, token.LBRACE:
			return false
		}
		if z.scan(); depth == 0 {
			return true
		}
	}
}

// value reads the first result of a return statement.
func (z *zeroReader) value() facts.ZeroResult {
	result := z.firstResult()
	switch z.tok {
	case token.COMMA, token.SEMICOLON, token.RBRACE:
		return result
	}
	return facts.ZeroUnknown
}

func (z *zeroReader) firstResult() facts.ZeroResult {
	switch {
	case z.is("nil"):
		z.scan()
		return facts.ZeroNil
	case z.is("true"), z.is("false"):
		z.scan()
		return facts.ZeroBool
	case z.tok == token.STRING:
		z.scan()
		return facts.ZeroString
	case z.tok == token.LBRACK: // []byte(x)
		for _, tok := range []token.Token{token.LBRACK, token.RBRACK} {
			if z.tok != tok {
				return facts.ZeroUnknown
			}
			z.scan()
		}
		if z.callee() != "byte" || !z.skipCall() {
			return facts.ZeroUnknown
		}
		return facts.ZeroBytes
	case z.tok == token.IDENT && string(z.text()) == z.variable:
		z.scan()
		return z.result
	case z.tok == token.IDENT:
		result := calleeResults[z.callee()]
		if result == facts.ZeroUnknown || !z.skipCall() {
			return facts.ZeroUnknown
		}
		return result
	}
	return facts.ZeroUnknown
}

// calleeResults are the first results of conversions, and of functions of the
// standard library that give no nil.
var calleeResults = map[string]facts.ZeroResult{
	"string": facts.ZeroString, "bool": facts.ZeroBool,
	"int": facts.ZeroInt, "int8": facts.ZeroInt, "int16": facts.ZeroInt, "int32": facts.ZeroInt, "int64": facts.ZeroInt,
	"uint": facts.ZeroUint, "uint8": facts.ZeroUint, "uint16": facts.ZeroUint, "uint32": facts.ZeroUint, "uint64": facts.ZeroUint,
	"float32": facts.ZeroFloat, "float64": facts.ZeroFloat,
	"time.Time":    facts.ZeroTime,
	"json.Marshal": facts.ZeroBytes,
	"fmt.Sprint":   facts.ZeroString, "fmt.Sprintf": facts.ZeroString,
	"strconv.Itoa": facts.ZeroString, "strconv.FormatInt": facts.ZeroString, "strconv.FormatUint": facts.ZeroString,
	"strconv.FormatBool": facts.ZeroString,
}

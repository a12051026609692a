package golang

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"go/token"
	"unicode/utf8"

	"github.com/rells-dev/rells/index/facts"
)

// MaxFileSize is the length in bytes from which on a file is not read: facts hold
// offsets of 32 bits, and nobody writes a model into a file of that size.
const MaxFileSize = 50 << 20

// maxDefects bounds what is told about a file that is no Go at all.
const maxDefects = 100

// Extract reads the facts of one Go file. It never fails: what cannot be read is
// left out and listed in Defects, and costs only the field or declaration that
// holds it. The result depends on nothing but its arguments and, for Included,
// the operating system and architecture of this host.
//
// Bodies of functions are read where they declare structs, call one of the wanted
// functions, or are a wanted method's.
func Extract(path string, src []byte, wanted Wanted) *facts.File {
	file := &facts.File{Path: path, Hash: hash(src), Lines: []int32{0}}
	if len(src) > MaxFileSize {
		file.Size = int32(min(len(src), 1<<31-1))
		file.Defects = []facts.Defect{{Message: "file is too large to be read"}}
		return file
	}
	file.Size = int32(len(src))
	file.Lines = lineStarts(src)
	file.ValidUTF8 = utf8.Valid(src)
	x := extractor{lexer: newLexer(src), file: file, wanted: wanted, calls: newCallNames(wanted.Calls), budget: 4*len(src) + 1<<16}
	x.fileHeader()
	x.declarations()
	x.resolveLiterals()
	readDirectives(file, src)
	return file
}

// Wanted names what is read of the bodies of functions.
type Wanted struct {
	// Calls are the last names of functions ("AutoMigrate", "Create"): the arguments of
	// calls to them are the file's Uses.
	Calls []string
	// Methods are names of methods with one result ("Edges"): what they return is the
	// Method's Value.
	Methods []string
	// Sources are import paths. Of a file that imports one of them, and is not generated,
	// every function and method is read that has one result.
	Sources []string
}

// hash identifies the content of a file, here and on every other machine.
func hash(src []byte) uint64 {
	sum := sha256.Sum256(src)
	return binary.LittleEndian.Uint64(sum[:])
}

// Describes reports whether the facts are those of the given bytes.
func Describes(f *facts.File, src []byte) bool { return f.Hash == hash(src) }

// lineStarts is the offset of the first byte of each line.
func lineStarts(src []byte) []int32 {
	starts := make([]int32, 1, bytes.Count(src, []byte{'\n'})+1)
	for i := 0; i < len(src); {
		n := bytes.IndexByte(src[i:], '\n')
		if n < 0 {
			break
		}
		i += n + 1
		starts = append(starts, int32(i))
	}
	return starts
}

// maxFacts bounds how many types, fields, methods and uses are read from one file,
// and so the memory that a hostile one can take.
const maxFacts = 1 << 18

// extractor reads declarations. Its methods are entered at the first token of what
// they read and leave behind the last.
type extractor struct {
	lexer
	file   *facts.File
	calls  callNames
	wanted Wanted

	failed bool          // the declaration or field being read is malformed
	trying bool          // what is being read may turn out to be something else: no defects
	depth  int           // of nested types
	budget int           // bytes that may still be looked at more than once
	facts  int           // number of those that were read
	fields []facts.Field // of the structs being read, innermost last

	within  string // name of the function whose body is being read
	emptied lists  // of the last body, for the next
	sourced bool   // the file imports one of wanted.Sources
	returns []returnedConst
}

// allow charges bytes that are looked at once more, ahead of the current token or
// behind it, to the budget of the file. It bounds what a hostile file can cost.
func (x *extractor) allow(bytes int) bool {
	x.budget -= max(bytes, 0)
	return x.budget >= 0
}

// count adds to the number of facts. A file that has too many ends there.
func (x *extractor) count(n int) {
	if x.facts += n; x.facts > maxFacts {
		x.fail("file declares too much to be read")
		x.src = x.src[:x.end]
		x.next = min(x.next, x.end)
	}
}

// declarations reads all declarations of the package.
func (x *extractor) declarations() {
	for x.tok != token.EOF {
		switch x.tok {
		case token.SEMICOLON:
			x.scan()
			continue
		case token.IMPORT:
			x.group(x.importSpec)
		case token.TYPE:
			x.group(x.typeSpec)
		case token.FUNC:
			x.funcDecl()
		case token.CONST:
			x.group(x.constSpec)
		case token.VAR:
			x.group(x.valueSpec)
		default:
			x.fail("expected declaration")
			x.progress(x.start)
			x.nextDeclaration()
			continue
		}
		x.endOfDeclaration()
	}
}

// group reads a declaration by the function that reads one of its specs:
// `type A int` or `type ( A int; B string )`.
func (x *extractor) group(spec func()) {
	x.scan()
	if x.tok != token.LPAREN {
		spec()
		return
	}
	x.scan()
	for {
		switch {
		case x.tok == token.SEMICOLON:
			x.scan()
		case x.tok == token.RPAREN && x.straysHere():
			x.fail("unexpected )")
			x.failed = false
			x.seek(lineEnd(x.src, x.start))
		case x.tok == token.RPAREN:
			x.scan()
			return
		case x.tok == token.EOF, isDeclaration(x.tok):
			x.fail("expected )")
			return
		default:
			start := x.start
			spec()
			x.endOfSpec()
			x.progress(start)
		}
	}
}

// straysHere reports whether the closing parenthesis stands within a line, where it
// ends no group.
func (x *extractor) straysHere() bool {
	switch x.peek().tok {
	case token.SEMICOLON, token.RBRACE, token.EOF:
		return false
	}
	return !x.newline
}

// progress leaves the token that starts at the given offset, if it still is the
// current one: what cannot be read must not be tried for ever.
func (x *extractor) progress(start int) {
	if x.start == start && x.tok != token.EOF {
		x.scan()
	}
}

// endOfSpec drops what stands between a spec of a group and the next.
func (x *extractor) endOfSpec() {
	x.failed = false
	switch x.tok {
	case token.SEMICOLON, token.RPAREN, token.EOF:
		return
	}
	if x.newline {
		return
	}
	x.fail("unexpected " + x.describe() + " after declaration")
	x.failed = false
	x.seek(lineEnd(x.src, x.start))
}

// endOfDeclaration drops what stands between a declaration and the next.
func (x *extractor) endOfDeclaration() {
	x.failed = false
	switch {
	case x.tok == token.SEMICOLON, x.tok == token.EOF:
	case x.newline && isDeclaration(x.tok):
	default:
		x.fail("unexpected " + x.describe() + " after declaration")
		x.nextDeclaration()
	}
	x.failed = false
}

// nextDeclaration moves on to the next line that begins with a declaration.
func (x *extractor) nextDeclaration() {
	if x.startsDeclaration() {
		return
	}
	x.seek(nextDeclaration(x.src, x.start))
}

// fail notes that what is being read is malformed at the current token. Only the
// first place is told.
func (x *extractor) fail(message string) {
	if !x.failed && !x.trying && len(x.file.Defects) < maxDefects {
		x.file.Defects = append(x.file.Defects, facts.Defect{Span: span(x.start, x.end), Message: message})
	}
	x.failed = true
}

// expect reads one token of the given kind.
func (x *extractor) expect(tok token.Token) {
	if x.tok != tok {
		x.fail("expected " + tok.String() + ", found " + x.describe())
		return
	}
	x.scan()
}

// describe names the current token for messages.
func (x *extractor) describe() string {
	switch {
	case x.tok == token.EOF:
		return "end of file"
	case x.start == x.end:
		return "newline"
	case x.end-x.start > 20 || x.tok == token.STRING:
		return x.tok.String()
	}
	return string(x.text())
}

// name is the text of an identifier. The names of every second field's type are
// not allocated again and again.
func name(ident []byte) string {
	if s, ok := predeclared[string(ident)]; ok {
		return s
	}
	return string(ident)
}

var predeclared = func() map[string]string {
	names := map[string]string{}
	for _, s := range []string{
		"any", "bool", "byte", "comparable", "complex64", "complex128", "error", "float32", "float64",
		"int", "int8", "int16", "int32", "int64", "rune", "string", "uint", "uint8", "uint16", "uint32",
		"uint64", "uintptr", "time", "Time", "ID", "Name",
	} {
		names[s] = s
	}
	return names
}()

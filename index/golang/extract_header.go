package golang

import (
	"bytes"
	"go/build"
	"go/token"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// fileHeader reads what stands before the imports: comments and package clause.
func (x *extractor) fileHeader() {
	end := x.start
	if x.tok == token.PACKAGE {
		x.scan()
		if x.tok == token.IDENT && !x.newline {
			x.file.Package = x.slot()
			x.scan()
		} else {
			x.fail("expected package name")
		}
		x.endOfDeclaration()
	}
	header := x.src[:end]
	x.file.Generated = isGenerated(header)
	x.file.Doc = directives(header)
	x.file.Included = included(filepath.Base(x.file.Path), header)
}

// isGenerated looks for the marker of generated files as go/ast.IsGenerated does:
// a line of a comment before the package clause.
func isGenerated(header []byte) bool {
	if !bytes.Contains(header, []byte("DO NOT EDIT.")) {
		return false
	}
	for line := range bytes.Lines(header) {
		line = bytes.TrimRight(line, "\r\n")
		if bytes.HasPrefix(line, []byte("// Code generated ")) && bytes.HasSuffix(line, []byte(" DO NOT EDIT.")) {
			return true
		}
	}
	return false
}

// directives lists the lines of the header that speak to tools: //go:build,
// // +build, //word:...
func directives(header []byte) []string {
	var lines []string
	for line := range bytes.Lines(header) {
		line = bytes.TrimRight(line, " \t\r\n")
		if isDirective(line) {
			lines = append(lines, string(line))
		}
	}
	return lines
}

func isDirective(line []byte) bool {
	text, ok := bytes.CutPrefix(line, []byte("//"))
	if !ok || len(text) == 0 {
		return false
	}
	if bytes.HasPrefix(bytes.TrimLeft(text, " \t"), []byte("+build")) {
		return true
	}
	word, _, ok := bytes.Cut(text, []byte{':'})
	return ok && len(word) > 0 && bytes.IndexFunc(word, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}) < 0
}

// included asks go/build whether a file of that name and header belongs to a
// build on this host. A constraint that cannot be read excludes the file, as it
// does for the go command.
func included(name string, header []byte) bool {
	constrained := bytes.Contains(header, []byte("build"))
	if !constrained {
		header = nil
	}
	if stem := strings.TrimSuffix(strings.TrimSuffix(name, ".go"), "_test"); !constrained && !strings.ContainsAny(stem, "_.") {
		return true
	}
	host := build.Default
	host.OpenFile = func(string) (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(header), strings.NewReader("\npackage p\n"))), nil
	}
	ok, _ := host.MatchFile("", name)
	return ok
}

// importSpec reads one import.
func (x *extractor) importSpec() {
	var spec facts.Import
	switch x.tok {
	case token.IDENT, token.PERIOD:
		spec.Name = x.slot()
		x.scan()
	}
	if x.tok != token.STRING || x.newline && !spec.Name.IsZero() {
		x.fail("expected import path")
		return
	}
	spec.Path = readLiteral(x.src, x.start, x.end, x.open)
	x.file.Imports = append(x.file.Imports, spec)
	x.sourced = x.sourced || !x.file.Generated && slices.Contains(x.wanted.Sources, spec.Path.Text)
	x.scan()
}

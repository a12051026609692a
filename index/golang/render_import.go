package golang

import (
	"bytes"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// Qualify tells by what name a file can refer to a package, "" for one whose
// names need no qualifier, and whether it has to import it under that name first.
type Qualify func(pkg string) (name string, importNeeded bool)

// QualifyIn is the Qualify of a file in the package with the import path own.
// nameOf gives the name that a package states of itself, "" where that is unknown.
func QualifyIn(f *facts.File, own string, nameOf func(pkg string) string) Qualify {
	return func(pkg string) (string, bool) {
		if pkg == own {
			return "", false
		}
		name := nameOf(pkg)
		if name == "" {
			name = assumedName(pkg)
		}
		for _, im := range f.Imports {
			if im.Path.Text != pkg || im.Name.Text == "_" {
				continue
			}
			switch im.Name.Text {
			case "":
				return name, false
			case ".":
				return "", false
			}
			return im.Name.Text, false
		}
		free := name
		for i := 2; takes(f, free, nameOf); i++ {
			free = name + strconv.Itoa(i)
		}
		return free, true
	}
}

// takes reports whether a name means something else in the file.
func takes(f *facts.File, name string, nameOf func(pkg string) string) bool {
	if slices.ContainsFunc(f.Decls, func(d facts.Decl) bool { return d.Name.Text == name }) {
		return true
	}
	return slices.ContainsFunc(f.Imports, func(im facts.Import) bool {
		local := im.Name.Text
		if local == "" {
			local = nameOf(im.Path.Text)
		}
		if local == "" {
			local = assumedName(im.Path.Text)
		}
		return local == name
	})
}

// assumedName is the name that a package most likely has, as goimports guesses it:
// the last element of its path that is no version, up to what cannot be in a name.
func assumedName(pkg string) string {
	base := path.Base(pkg)
	if isVersion(base) && path.Dir(pkg) != "." {
		base = path.Base(path.Dir(pkg))
	}
	base = strings.TrimPrefix(base, "go-")
	if i := strings.IndexFunc(base, func(r rune) bool { return r >= 0x80 || !isLetter(byte(r)) && !isDigit(byte(r)) }); i > 0 {
		base = base[:i]
	}
	return base
}

// isVersion reports whether an element of an import path is v2, v3 ...
func isVersion(element string) bool {
	return len(element) > 1 && element[0] == 'v' && strings.Trim(element[1:], "0123456789") == ""
}

// newImport is the import of a package by a name, which is written where it is not
// the one that a reader assumes.
func newImport(pkg, name string) facts.Import {
	im := facts.Import{Path: facts.Slot{Text: pkg}}
	if name != assumedName(pkg) {
		im.Name.Text = name
	}
	return im
}

// renderImport writes the spec of an import.
func renderImport(im facts.Import) string {
	if im.Name.Text == "" {
		return strconv.Quote(im.Path.Text)
	}
	return im.Name.Text + " " + strconv.Quote(im.Path.Text)
}

// importDecl is one import declaration as it stands in a file.
type importDecl struct {
	span  facts.Span
	group bool // in parentheses
	specs []importSpec
}

type importSpec struct {
	start, end int
	path       string
}

// importDecls reads the import declarations of a file, and where its package
// clause ends.
func importDecls(src []byte) (decls []importDecl, clause int) {
	x := extractor{lexer: newLexer(src), file: &facts.File{}, budget: len(src)}
	x.fileHeader()
	clause = int(x.file.Package.Span.End)
	for ; x.tok == token.IMPORT || x.tok == token.SEMICOLON; x.endOfDeclaration() {
		if x.tok == token.SEMICOLON {
			x.scan()
			continue
		}
		decl := importDecl{group: x.peek().tok == token.LPAREN}
		start := x.start
		x.group(func() {
			spec := importSpec{start: x.start}
			n := len(x.file.Imports)
			if x.importSpec(); len(x.file.Imports) > n {
				spec.end, spec.path = x.last, x.file.Imports[n].Path.Text
				decl.specs = append(decl.specs, spec)
			}
		})
		decl.span = span(start, x.last)
		decls = append(decls, decl)
	}
	return decls, clause
}

// addImport adds an import to the group of imports that it is most alike, in the
// order that gofmt keeps; to a new group or declaration where there is none.
func addImport(src []byte, im facts.Import) []Edit {
	edits := importEdits(src, im)
	for i := range edits {
		edits[i].New = withBreaks([]byte(edits[i].New), lineBreak(src))
	}
	return edits
}

// importEdits are the edits of addImport, with lines that end in LF.
func importEdits(src []byte, im facts.Import) []Edit {
	decls, clause := importDecls(src)
	spec := renderImport(im)
	decls = slices.DeleteFunc(decls, func(d importDecl) bool {
		return len(d.specs) == 0 || len(d.specs) == 1 && d.specs[0].path == "C"
	})
	for _, d := range decls {
		if d.group {
			return []Edit{intoGroup(src, d, im.Path.Text, spec)}
		}
	}
	if len(decls) > 0 {
		return groupWith(src, decls[0], im.Path.Text, spec)
	}
	end := lineEnd(src, clause)
	return []Edit{{span(end, end), "\n\nimport " + spec}}
}

// intoGroup adds a spec to a declaration in parentheses.
func intoGroup(src []byte, d importDecl, pkg, spec string) Edit {
	if last := d.specs[len(d.specs)-1]; !bytes.Contains(src[d.span.Start:d.span.End], []byte("\n")) {
		return Edit{span(last.end, last.end), "; " + spec}
	}
	best, score := -1, 0
	for i, s := range d.specs {
		if n := likeness(s.path, pkg); n > score {
			best, score = i, n
		}
	}
	if best < 0 {
		return newBlock(src, d, pkg, spec)
	}
	// Behind the last of the block that comes before it, else before the first.
	first := best
	for first > 0 && sameBlock(src, d.specs[first-1], d.specs[first]) {
		first--
	}
	at := -1
	for i := first; i < len(d.specs) && (i == first || sameBlock(src, d.specs[i-1], d.specs[i])); i++ {
		if d.specs[i].path < pkg {
			at = i
		}
	}
	if at < 0 {
		start := d.specs[first].start
		return Edit{span(start, start), spec + "\n\t"}
	}
	end := lineEnd(src, d.specs[at].end)
	return Edit{span(end, end), "\n\t" + spec}
}

// newBlock adds a spec of another sort than all others: the standard library
// stands first, the rest behind it.
func newBlock(src []byte, d importDecl, pkg, spec string) Edit {
	if isStandard(pkg) {
		start := d.specs[0].start
		return Edit{span(start, start), spec + "\n\n\t"}
	}
	end := lineEnd(src, d.specs[len(d.specs)-1].end)
	return Edit{span(end, end), "\n\n\t" + spec}
}

// groupWith puts the only import of a declaration, and another, into parentheses.
func groupWith(src []byte, d importDecl, pkg, spec string) []Edit {
	only := d.specs[0]
	line := lineEnd(src, int(d.span.End))
	between := "\n\t"
	if isStandard(only.path) != isStandard(pkg) {
		between = "\n\n\t"
	}
	if isStandard(pkg) && !isStandard(only.path) || isStandard(pkg) == isStandard(only.path) && pkg < only.path {
		return []Edit{{span(only.start, only.start), "(\n\t" + spec + between}, {span(line, line), "\n)"}}
	}
	return []Edit{{span(only.start, only.start), "(\n\t"}, {span(line, line), between + spec + "\n)"}}
}

// sameBlock reports whether no blank line stands between two specs.
func sameBlock(src []byte, a, b importSpec) bool {
	if a.start > b.start {
		a, b = b, a
	}
	between := bytes.ReplaceAll(src[a.end:b.start], []byte("\r"), nil)
	return !bytes.Contains(between, []byte("\n\n"))
}

// likeness tells how alike two import paths are: 0 for one of the standard library
// and one of elsewhere, else one more than the number of elements they share.
func likeness(a, b string) int {
	if isStandard(a) != isStandard(b) || a == "C" {
		return 0
	}
	n := 1
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	for i := 0; i < min(len(as), len(bs)) && as[i] == bs[i]; i++ {
		n++
	}
	return n
}

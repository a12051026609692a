package python

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// importing is an import statement at the top of a module, or in a block for type checkers.
type importing struct {
	first, last int    // tokens
	module      string // with its dots
	from        bool   // from module import names
	name        int    // the token of the first name, of those with from
	names       []string
	places      []facts.Span // of the names
	comma       bool         // behind the last name
	indent      string
}

// addImport renders the import of a name, unless the file has it.
func addImport(f *facts.File, src []byte, width int, module string, imp NewImport) ([]byte, bool) {
	isPackage := filepath.Base(f.Path) == "__init__.py"
	path := imp.Module
	if slices.ContainsFunc(f.Imports, func(i facts.Import) bool { return strings.HasPrefix(i.Path.Text, ".") }) {
		if dotted := relative(module, isPackage, imp.Module); dotted != "" {
			path = dotted
		}
	}
	for i := range f.Imports {
		if localName(&f.Imports[i]) != imp.Name {
			continue
		}
		other := f.Imports[i].Path.Text
		return src, imp.Checking || f.Imports[i].Member.Text == imp.Name && (other == path || other == imp.Module)
	}
	if slices.ContainsFunc(f.Decls, func(d facts.Decl) bool { return d.Within == "" && d.Name.Text == imp.Name }) {
		return src, imp.Checking && module == imp.Module
	}
	tokens, comments := lex(src)
	top, checking, block := importsOf(src, tokens)
	if !imp.Checking {
		return extend(src, tokens, comments, width, top, path, imp.Name), true
	}
	if block >= 0 {
		return extend(src, tokens, comments, width, checking, path, imp.Name), len(checking) > 0
	}
	text := "\nif TYPE_CHECKING:\n    from " + path + " import " + imp.Name
	if len(top) == 0 {
		return nil, false
	}
	src = insertLine(src, behindLine(src, tokens, tokens[top[len(top)-1].last].end), text)
	return addImport(Extract(f.Path, src), src, width, module, NewImport{Module: "typing", Name: "TYPE_CHECKING"})
}

// importsOf lists the import statements before the first declaration of a module, and
// those in its block for type checkers, which begins at the token block; -1 for none.
func importsOf(src []byte, tokens []token) (top, checking []importing, block int) {
	block = -1
	depth, inside := 0, false
	for i := 0; i < len(tokens); i++ {
		switch t := tokens[i]; {
		case t.kind == indentToken:
			depth++
			continue
		case t.kind == dedentToken:
			if depth--; depth == 0 {
				inside = false
			}
			continue
		case t.kind >= lineToken || t.kind == endToken:
			continue
		}
		last := i
		for tokens[last+1].kind < lineToken && tokens[last+1].kind != endToken {
			last++
		}
		word := spell(src, tokens[i])
		switch {
		case depth == 0 && (word == "class" || word == "def" || word == "@"):
			return top, checking, block
		case depth == 0 && word == "if":
			inside = strings.HasSuffix(string(src[tokens[i].start:tokens[last].end]), "TYPE_CHECKING:")
			if inside {
				block = i
			}
		case word == "import" || word == "from":
			s := readImport(src, tokens, i, last)
			s.indent = indentOf(src, tokens[i].start)
			switch {
			case depth == 0:
				top = append(top, s)
			case depth == 1 && inside:
				checking = append(checking, s)
			}
		}
		i = last
	}
	return top, checking, block
}

// readImport reads an import statement.
func readImport(src []byte, tokens []token, first, last int) importing {
	s := importing{first: first, last: last, from: spell(src, tokens[first]) == "from"}
	for i := first + 1; i <= last; i++ {
		switch word := spell(src, tokens[i]); {
		case word == "import" && s.from:
			s.name = i + 1
			s.readNames(src, tokens)
			return s
		case word == "as" || word == ",":
			return s
		default:
			s.module += word
		}
	}
	return s
}

// readNames reads the names that the statement imports.
func (s *importing) readNames(src []byte, tokens []token) {
	for i := s.name; i <= s.last; i++ {
		switch word := spell(src, tokens[i]); {
		case word == "(" || word == ")":
			continue
		case word == ",":
			s.comma = true
			continue
		case len(s.names) > 0 && (word == "as" || spell(src, tokens[i-1]) == "as"):
			s.names[len(s.names)-1] += " " + word
			s.places[len(s.places)-1].End = tokens[i].end
		default:
			s.names = append(s.names, word)
			s.places = append(s.places, facts.Span{Start: tokens[i].start, End: tokens[i].end})
		}
		s.comma = false
	}
}

// extend imports a name by the statement that imports others out of the module, or by a
// new one.
func extend(src []byte, tokens, comments []token, width int, imports []importing, module, name string) []byte {
	for i := range imports {
		s := &imports[i]
		if !s.from || s.module != module || s.name > s.last || isSign(src, tokens[s.name], "*") {
			continue
		}
		commented := slices.ContainsFunc(comments, func(c token) bool {
			return tokens[s.first].start < c.start && c.start < tokens[s.last].end
		})
		if !commented {
			return s.with(src, tokens, width, name)
		}
	}
	text := "from " + module + " import " + name
	at, before := placeOf(imports, module)
	switch {
	case len(imports) == 0:
		return insertLine(src, behindDocstring(src, tokens), text+"\n")
	case before:
		s := imports[at]
		if family(s.module) != family(module) {
			text += "\n"
		}
		return insertLine(src, lineStart(src, tokens[s.first].start), s.indent+text)
	}
	s := imports[at]
	return insertLine(src, behindLine(src, tokens, tokens[s.last].end), s.indent+text)
}

// family is the first part of the name of a module; of all of the standard library, the
// same.
func family(module string) string {
	first, _, _ := strings.Cut(module, ".")
	if slices.Contains(standard, first) {
		return "typing"
	}
	return first
}

// standard are modules of the standard library that stand beside models.
var standard = []string{
	"abc", "collections", "copy", "dataclasses", "datetime", "decimal", "enum", "functools", "hashlib", "itertools", "json",
	"logging", "math", "os", "pathlib", "random", "re", "string", "sys", "time", "types", "typing", "uuid", "warnings",
}

// placeOf is the statement behind which, or before which, a new one belongs: by its module
// among those of the same family, else at the end. Of the standard library the first.
func placeOf(imports []importing, module string) (at int, before bool) {
	found := -1
	for i, s := range imports {
		if family(s.module) != family(module) || s.module == "__future__" {
			continue
		}
		if s.from && s.module > module && found < 0 {
			return i, true
		}
		if !s.from || s.module < module {
			found = i
		}
	}
	switch {
	case found >= 0:
		return found, false
	case family(module) == "typing":
		for i, s := range imports {
			if s.module != "__future__" {
				return i, true
			}
		}
	}
	return len(imports) - 1, false
}

// with adds a name to the statement: in its place, where the others are in order.
func (s *importing) with(src []byte, tokens []token, width int, name string) []byte {
	names := slices.Insert(slices.Clone(s.names), ordered(s.names, name), name)
	code := &bracketedCode{head: "from " + s.module + " import "}
	for _, n := range names {
		code.elements = append(code.elements, element{text: n})
	}
	style := style{width: width, indent: levelOf(s.indent)}
	text := s.indent + code.head + strings.Join(names, ", ")
	if s.comma || !style.fits(text) {
		code.open, code.close, code.comma = "(", ")", true
		text = style.write(s.indent, "", code, "")
	}
	return slices.Concat(src[:lineStart(src, tokens[s.first].start)], withBreaks(src, text), src[tokens[s.last].end:])
}

// ordered is where a name belongs in a list that is in order, be it as isort has it, or
// with capitals first or not told apart; the end of one that is not.
func ordered(names []string, name string) int {
	for _, key := range []func(string) string{
		func(s string) string { return casing(s) + s },
		func(s string) string { return s },
		strings.ToLower,
	} {
		compare := func(a, b string) int { return strings.Compare(key(a), key(b)) }
		if slices.IsSortedFunc(names, compare) {
			at, _ := slices.BinarySearchFunc(names, name, compare)
			return at
		}
	}
	return len(names)
}

// casing sorts constants before classes, and those before functions, as isort does it.
func casing(name string) string {
	switch {
	case strings.ToUpper(name) == name && len(name) > 1:
		return "0"
	case name[:1] != strings.ToLower(name[:1]):
		return "1"
	}
	return "2"
}

// behindDocstring is where the first statement of a module belongs.
func behindDocstring(src []byte, tokens []token) int32 {
	if len(tokens) > 1 && tokens[0].kind == stringToken && tokens[1].kind >= lineToken {
		return behindLine(src, tokens, tokens[0].end)
	}
	return 0
}

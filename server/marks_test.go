package server_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/txtar"
)

// A mark is an expectation in a comment on the line that it is about:
//
//	Books []Book `rel:"back_populates:Athor"` //@diag("Athor", "back-populates-unknown", "no field Athor")
//
// Several on one line are separated by commas. Arguments are Go strings, or
// identifiers. The first argument of most marks is a text on the line. A | in it
// is the place of the cursor and no part of the text; two of them are the ends of
// what is meant, and what stands around it only tells which one it is. Without
// any the cursor is at the start of the text, for complete and accept at its end.
//
// Where a comment cannot stand (behind a tag that is not closed, say), the
// expectation goes into the part "want", one to a line:
//
//	models/models.go:5: diag("Athor", "back-populates-unknown", "no field Athor")
//
// What a file said before somebody edited it is the part "was/" with its path.
type mark struct {
	name string
	args []string
	at   location
}

// location is a stretch of one line of a file of the case.
type location struct {
	file       string // path in the case, with slashes
	line       int    // 1-based
	start, end int    // bytes from the start of the line
}

func (l location) String() string { return fmt.Sprintf("%s:%d:%d", l.file, l.line, l.start+1) }

// scenario is a case: a txtar file.
type scenario struct {
	archive *txtar.Archive
	sources map[string]string // by path
	former  map[string]string // what some of them were before, by path
	golden  map[string]string // "@name/path" -> text
	marks   []mark
	labels  map[string]location
}

const (
	wantPart   = "want"
	formerPart = "was/"
)

// grammar is the least and the greatest number of arguments of every mark, -1 for
// no limit.
var grammar = map[string][2]int{
	"diag":     {3, -1}, // diag(text, rule, part of the message, rows...): exactly one problem at the text; rows: see coverage_test.go
	"loc":      {2, 2},  // loc(label, text): names the text for def and refs
	"def":      {1, -1}, // def(text, labels...): the definition is exactly there
	"refs":     {1, -1}, // refs(text, labels...): the references, without declaration, are exactly there
	"same":     {1, -1}, // same(text, labels...): what is highlighted in the document is exactly there
	"symbols":  {1, -1}, // symbols(text, names...): the document's symbols are these, in order
	"rename":   {3, 3},  // rename(text, new name, name): renaming makes the parts @name/...
	"norename": {1, 3},  // norename(text, part of the message, new name): cannot be renamed, at all or to that; no part: nothing is said
	"lens":     {1, -1}, // lens(text, titles...): the lenses on the text; none: there is no lens on it
	"hint":     {1, -1}, // hint(text, labels...): the inlay hints behind the text; none: there is none
	"tokens":   {1, -1}, // tokens(text, tokens...): the semantic tokens on the line are these, each "text type" or "text type modifier"
	"complete": {1, -1}, // complete(text, names...): the list begins with the names; no names: it is empty
	"lacks":    {2, -1}, // lacks(text, names...): the list does not hold the names
	"create":   {3, 3},  // create(text, name, part): as complete, choosing the item makes the parts @part/...
	"accept":   {3, 3},  // accept(text, name, result): the line holds the result when the item is chosen
	"hover":    {1, -1}, // hover(text, parts...): the hover holds the parts; no parts: there is none
	"inverse":  {1, 2},  // inverse(text, Model.Field): the hover says so; no field: there is none
	"fix":      {3, 3},  // fix(text, title, name): the quick fix makes the parts @name/...
	"nofix":    {1, 1},  // nofix(text): there is no quick fix
	"prefers":  {1, 2},  // prefers(text, title): the one preferred quick fix; no title: none is
	"fixall":   {2, 2},  // fixall(text, name): fixing all problems of the file makes the parts @name/...
	"nofixall": {1, 1},  // nofixall(text): the file has no problem that can be fixed so
	"action":   {3, 3},  // action(text, title, name): the refactoring makes the parts @name/...
	"noaction": {1, 1},  // noaction(text): there is no refactoring
	"source":   {3, 3},  // source(text, title, golden): an action for the whole document makes the golden parts
}

func parseScenario(archive *txtar.Archive) (*scenario, error) {
	s := &scenario{archive: archive, sources: map[string]string{}, former: map[string]string{}, golden: map[string]string{}, labels: map[string]location{}}
	for _, f := range archive.Files {
		switch {
		case f.Name == wantPart:
		case strings.HasPrefix(f.Name, formerPart):
			s.former[strings.TrimPrefix(f.Name, formerPart)] = string(f.Data)
		case strings.HasPrefix(f.Name, "@"):
			s.golden[f.Name] = string(f.Data)
		default:
			s.sources[f.Name] = string(f.Data)
		}
	}
	for name := range s.former {
		if _, ok := s.sources[name]; !ok {
			return nil, fmt.Errorf("%s was something, and is nothing", name)
		}
	}
	for _, f := range archive.Files {
		if err := s.parseFile(f); err != nil {
			return nil, err
		}
	}
	if !slices.ContainsFunc(s.marks, func(m mark) bool { return m.name != "loc" }) {
		return nil, fmt.Errorf("the case expects nothing")
	}
	return s, nil
}

func (s *scenario) parseFile(f txtar.File) error {
	for i, line := range strings.Split(string(f.Data), "\n") {
		file, number, text := f.Name, i+1, ""
		switch {
		case strings.HasPrefix(f.Name, "@"), strings.HasPrefix(f.Name, formerPart):
			continue
		case f.Name == wantPart:
			if strings.TrimSpace(line) == "" {
				continue
			}
			var ok bool
			if file, number, text, ok = parseWant(line); !ok {
				return fmt.Errorf("%s:%d: want path:line: marks", f.Name, i+1)
			}
		default:
			_, after, found := cutMarks(line)
			if !found {
				continue
			}
			text = after
		}
		if err := s.parseMarks(file, number, text); err != nil {
			return fmt.Errorf("%s:%d: %w", f.Name, i+1, err)
		}
	}
	return nil
}

// cutMarks cuts a line before its marks, which stand in a comment of its language.
func cutMarks(line string) (source, marks string, found bool) {
	if source, marks, found = strings.Cut(line, "//@"); found {
		return source, marks, true
	}
	return strings.Cut(line, "#@")
}

func parseWant(line string) (file string, number int, text string, ok bool) {
	fields := strings.SplitN(line, ":", 3)
	if len(fields) != 3 {
		return "", 0, "", false
	}
	number, err := strconv.Atoi(fields[1])
	return fields[0], number, fields[2], err == nil
}

// parseMarks reads the marks of one line.
func (s *scenario) parseMarks(file string, line int, text string) error {
	expr, err := parser.ParseExpr("marks(" + text + ")")
	if err != nil {
		return err
	}
	for _, arg := range expr.(*ast.CallExpr).Args {
		call, ok := arg.(*ast.CallExpr)
		if !ok {
			return fmt.Errorf("a mark is name(arguments)")
		}
		name, ok := call.Fun.(*ast.Ident)
		if !ok {
			return fmt.Errorf("a mark has a plain name")
		}
		limits, known := grammar[name.Name]
		if !known {
			return fmt.Errorf("unknown mark %s", name.Name)
		}
		if len(call.Args) < limits[0] || limits[1] >= 0 && len(call.Args) > limits[1] {
			return fmt.Errorf("wrong number of arguments of %s", name.Name)
		}
		m := mark{name: name.Name, at: location{file: file, line: line}}
		for _, a := range call.Args {
			value, err := argument(a)
			if err != nil {
				return err
			}
			m.args = append(m.args, value)
		}
		if err := s.add(m); err != nil {
			return err
		}
	}
	return nil
}

func argument(e ast.Expr) (string, error) {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name, nil
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			return strconv.Unquote(e.Value)
		}
	}
	return "", fmt.Errorf("an argument is a string or a name")
}

// add takes a mark in, with its place.
func (s *scenario) add(m mark) error {
	text := m.args[0]
	if m.name == "loc" {
		text = m.args[1]
	}
	at, err := s.find(m.at.file, m.at.line, text)
	if err != nil {
		return err
	}
	m.at = at
	if m.name == "loc" {
		if _, taken := s.labels[m.args[0]]; taken {
			return fmt.Errorf("two places are called %s", m.args[0])
		}
		s.labels[m.args[0]] = at
	}
	s.marks = append(s.marks, m)
	return nil
}

// find is the place of a text in a line, up to the marks; of what stands between
// its bars, where it has any.
func (s *scenario) find(file string, line int, text string) (location, error) {
	lines := strings.Split(s.sources[file], "\n")
	if line < 1 || line > len(lines) {
		return location{}, fmt.Errorf("%s has no line %d", file, line)
	}
	source, _, _ := cutMarks(lines[line-1])
	parts := strings.Split(text, "|")
	start := strings.Index(source, strings.Join(parts, ""))
	if start < 0 {
		return location{}, fmt.Errorf("%q is not in %s:%d", strings.Join(parts, ""), file, line)
	}
	at := location{file: file, line: line, start: start, end: start + len(text)}
	switch len(parts) {
	case 1:
	case 2:
		at.start += len(parts[0])
		at.end = at.start
	case 3:
		at.start += len(parts[0])
		at.end = at.start + len(parts[1])
	default:
		return location{}, fmt.Errorf("more than two bars in %q", text)
	}
	return at, nil
}

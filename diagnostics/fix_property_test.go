package diagnostics

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"

	"github.com/rells-dev/rells/index"
)

// ways are other ways to write the same source.
var ways = map[string]func(string) string{
	"plain":    func(text string) string { return text },
	"CRLF":     func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") },
	"comments": func(text string) string { return formatted(endOfTag.ReplaceAllString(text, "$1 // a reason")) },
	"one line": func(text string) string { return formatted(structBody.ReplaceAllStringFunc(text, onOneLine)) },
}

var (
	endOfTag   = regexp.MustCompile("(?m)(`)$")
	structBody = regexp.MustCompile(`struct \{\n[^{}/]*\n\}`)
)

func onOneLine(body string) string {
	body = strings.TrimSuffix(strings.TrimPrefix(body, "struct {\n"), "\n}")
	lines := strings.FieldsFunc(body, func(r rune) bool { return r == '\n' })
	return "struct { " + strings.Join(lines, "; ") + " }"
}

// formatted is what gofmt makes of a source, which stays as it is where that fails.
func formatted(text string) string {
	if out, err := format.Source([]byte(text)); err == nil {
		return string(out)
	}
	return text
}

// TestFixesChangeOnlyWhatTheyMust applies every fix of every case, however its
// source is written: what could be parsed still can be, what gofmt left alone it
// still does, no line changes but those of types and imports, line breaks stay what
// they were, the problem is gone, and there are no more of its kind than before.
// Comments that silence rules may stand anywhere, and may leave an empty line.
func TestFixesChangeOnlyWhatTheyMust(t *testing.T) {
	for way, write := range ways {
		applied := 0
		for _, path := range cases(t) {
			w := load(t, path)
			for _, f := range w.sources() {
				if strings.HasSuffix(f.Name, ".go") {
					w.edit(f.Name, write(string(f.Data)))
				}
			}
			problems := w.problems(Rules())
			for _, p := range problems {
				for _, fix := range Fixes(w.index.Snapshot(), p.Data) {
					applied++
					about := way + ": " + filepath.Base(path) + ": " + fix.Title
					w.expectCareful(t, about, fix, p.Rule == ignoreUnusedName)
					w.expectBetter(t, about, p, fix, problems)
				}
			}
		}
		if applied < 20 {
			t.Errorf("%s: only %d fixes", way, applied)
		}
	}
}

// expectCareful compares the files that a fix changes with what they were.
func (w *workspace) expectCareful(t *testing.T, about string, fix Fix, comment bool) {
	t.Helper()
	for name, after := range w.apply(t, fix) {
		file, _ := w.index.Snapshot().File(filepath.Join(w.root, filepath.FromSlash(name)))
		before := string(file.Source)
		files := token.NewFileSet()
		parsed, err := parser.ParseFile(files, name, before, parser.ParseComments)
		if err != nil {
			continue
		}
		if _, err := parser.ParseFile(token.NewFileSet(), name, after, 0); err != nil {
			t.Errorf("%s: %v in\n%s", about, err, after)
		}
		if !comment && formatted(unified(before)) == unified(before) && formatted(unified(after)) != unified(after) {
			t.Errorf("%s: gofmt would change\n%s", about, after)
		}
		if strings.Contains(before, "\r\n") && strings.Count(after, "\r\n") != strings.Count(after, "\n") {
			t.Errorf("%s: mixed line breaks in\n%q", about, after)
		}
		for _, e := range udiff.Lines(before, after) {
			if !comment && !mayChange(files, parsed, before, e) {
				t.Errorf("%s: changes %q into %q", about, before[e.Start:e.End], e.New)
			}
		}
	}
}

// unified is a text with the line breaks that gofmt writes.
func unified(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// mayChange reports whether a changed stretch of whole lines is part of a
// declaration of types or imports, or adds imports behind the package clause.
func mayChange(files *token.FileSet, parsed *ast.File, before string, e udiff.Edit) bool {
	offset := func(p token.Pos) int { return files.Position(p).Offset }
	if len(parsed.Imports) == 0 && e.Start == e.End && strings.Contains(e.New, "import") {
		return e.Start >= offset(parsed.Name.End())
	}
	ok := false
	ast.Inspect(parsed, func(n ast.Node) bool {
		if d, is := n.(*ast.GenDecl); is && (d.Tok == token.TYPE || d.Tok == token.IMPORT) {
			start := strings.LastIndexByte(before[:offset(d.Pos())], '\n') + 1
			end := offset(d.End()) + strings.IndexByte(before[offset(d.End()):]+"\n", '\n') + 1
			ok = ok || start <= e.Start && e.End <= end
		}
		return true
	})
	return ok
}

// expectBetter applies a fix for a moment.
func (w *workspace) expectBetter(t *testing.T, about string, p Problem, fix Fix, before []Problem) {
	t.Helper()
	texts, old := w.apply(t, fix), map[string]string{}
	for name, text := range texts {
		file, _ := w.index.Snapshot().File(filepath.Join(w.root, filepath.FromSlash(name)))
		old[name] = string(file.Source)
		w.edit(name, text)
	}
	after := w.problems(Rules())
	if slices.ContainsFunc(after, func(q Problem) bool { return q.Data == p.Data }) {
		t.Errorf("%s leaves %s", about, p.Message)
	}
	if slices.Compare(bySeverity(after), bySeverity(before)) > 0 {
		t.Errorf("%s makes more problems than it solves:\n%s", about, w.print(after))
	}
	for name, text := range old {
		w.index.Update(index.Change{Path: filepath.Join(w.root, filepath.FromSlash(name)), Kind: index.Edited, Text: []byte(text)})
	}
}

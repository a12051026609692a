package diagnostics

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect/all"
	"github.com/rells-dev/rells/index/facts"
)

// A case under testdata is a workspace and what is wrong with it:
//
//	-- go.mod --, -- models/models.go --, ...
//	-- problems --
//	models/models.go:5:38: error: Author.Books: back_populates names ... [back-populates-unknown]
//		fix: Change to Author (preferred)
//		see: models/models.go:9:2: ...
//	-- fix/Change to Author/models/models.go --
//	the file as the fix leaves it
//
// Where there is a folder app with a module, that alone is the workspace. Lines are
// 1-based, columns 1-based bytes. The problems must match one to one,
// and so must the files that a fix changes, where any is given.
const (
	problemsPart = "problems"
	fixPart      = "fix/"
)

// workspace is a case, loaded.
type workspace struct {
	root    string
	archive *txtar.Archive
	index   *index.Index
}

// load writes the files of a case to a folder of its own and indexes it.
func load(t *testing.T, path string) *workspace {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return loadArchive(t, archive)
}

func loadArchive(t *testing.T, archive *txtar.Archive) *workspace {
	t.Helper()
	w := &workspace{root: t.TempDir(), archive: archive}
	for _, f := range w.sources() {
		write(t, filepath.Join(w.root, f.Name), f.Data)
	}
	roots := []string{w.root}
	if _, ok := w.part("app/go.mod"); ok {
		roots[0] = filepath.Join(w.root, "app")
	}
	w.index = index.New(index.Options{
		Roots:    roots,
		Dialects: all.Dialects,
		Warn:     func(path string, err error) { t.Logf("%s: %v", path, err) },
	})
	if err := w.index.Load(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return w
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// sources are the files of the workspace, without what is expected of it.
func (w *workspace) sources() []txtar.File {
	return slices.DeleteFunc(slices.Clone(w.archive.Files), func(f txtar.File) bool {
		return f.Name == problemsPart || strings.HasPrefix(f.Name, fixPart)
	})
}

// part is the text of a part of the case.
func (w *workspace) part(name string) (string, bool) {
	for _, f := range w.archive.Files {
		if f.Name == name {
			return string(f.Data), true
		}
	}
	return "", false
}

// problems checks the workspace with the given rules.
func (w *workspace) problems(rules []*Rule) []Problem {
	checker := NewChecker(rules)
	checker.Update(w.index.Snapshot())
	return checker.All()
}

// print writes problems in the way of the problems part.
func (w *workspace) print(problems []Problem) string {
	var b strings.Builder
	s := w.index.Snapshot()
	for _, p := range problems {
		fmt.Fprintf(&b, "%s: %s: %s [%s]\n", w.position(p.Place.File, p.Place.Span.Start), p.Severity, p.Message, p.Rule)
		for _, fix := range Fixes(s, p.Data) {
			preferred := ""
			if fix.Preferred {
				preferred = " (preferred)"
			}
			fmt.Fprintf(&b, "\tfix: %s%s\n", fix.Title, preferred)
		}
		for _, r := range p.Related {
			fmt.Fprintf(&b, "\tsee: %s: %s\n", w.position(r.Place.File, r.Place.Span.Start), r.Text)
		}
	}
	return b.String()
}

func (w *workspace) position(path string, offset int32) string {
	file, ok := w.index.Snapshot().File(path)
	if !ok {
		return path
	}
	before := file.Source[:offset]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	rel, err := filepath.Rel(w.root, path)
	if err != nil {
		return path
	}
	return fmt.Sprintf("%s:%d:%d", filepath.ToSlash(rel), line, column)
}

// apply makes the edits of a fix and returns the files that they change, by their
// path in the case.
func (w *workspace) apply(t *testing.T, fix Fix) map[string]string {
	t.Helper()
	edits := slices.Clone(fix.Edits)
	slices.SortFunc(edits, func(a, b Edit) int {
		return strings.Compare(a.Path, b.Path)*2 + compareSpans(b.Span, a.Span)
	})
	texts := map[string]string{}
	for _, e := range edits {
		rel, err := filepath.Rel(w.root, e.Path)
		if err != nil {
			t.Fatal(err)
		}
		rel = filepath.ToSlash(rel)
		text, ok := texts[rel]
		if !ok {
			file, _ := w.index.Snapshot().File(e.Path)
			text = string(file.Source)
		}
		texts[rel] = text[:e.Span.Start] + e.NewText + text[e.Span.End:]
	}
	return texts
}

func compareSpans(a, b facts.Span) int {
	switch {
	case a.Start < b.Start:
		return -1
	case a.Start > b.Start:
		return 1
	}
	return 0
}

package diagnostics

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect/all"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/golang"
	"github.com/rells-dev/rells/index/relation"
)

// FuzzFixes makes one of the changes that are offered for two files, whatever they
// hold: a fix, all of them merged, a refactoring, a new name for a join table. Its
// edits are in order, apart from each other and inside the file; they change nothing
// outside of types and imports; what could be read still can be; the change is not
// offered again; and the edits that undo it give back the bytes and the problems.
func FuzzFixes(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	which := uint16(0)
	for _, path := range paths {
		one, other := sourcesOf(f, path)
		for way, write := range ways {
			which += 7
			f.Add(write(one), write(other), which)
			if way == "plain" {
				f.Add("\xef\xbb\xbf"+one, other, which)
				f.Add(one, strings.Replace(other, "`", "", 1), which)
				f.Add(one+"// \xff\n", other, which)
			}
		}
	}
	root := f.TempDir()
	if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte(gormModule), 0o644); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, one, other string, which uint16) { changeSomething(t, root, one, other, int(which)) })
}

// TestFixesOfAnything is FuzzFixes for what it starts with, so that each change that
// is offered there is made at least once.
func TestFixesOfAnything(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "go.mod"), []byte(gormModule))
	made := 0
	for _, path := range cases(t) {
		one, other := sourcesOf(t, path)
		for which := 0; changeSomething(t, root, one, other, which) > which; which++ {
			made++
		}
	}
	if made < 50 {
		t.Errorf("only %d changes were made", made)
	}
}

// sourcesOf are the first two Go files of a case; one of them may be empty.
func sourcesOf(t testing.TB, path string) (one, other string) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".go") && !strings.HasPrefix(f.Name, fixPart) {
			texts = append(texts, string(f.Data))
		}
	}
	texts = append(texts, "", "")
	return texts[0], texts[1]
}

// offer is a change that somebody may choose.
type offer struct {
	title string
	edits []Edit
	// again reports whether the same change is offered for another snapshot.
	again func(s *index.Snapshot) bool
	// comments is whether the change is one of comments.
	comments bool
}

// changeSomething makes one of the changes that are offered for a package of two
// files and takes it back. It returns how many there are to choose from.
func changeSomething(t *testing.T, root, one, other string, which int) int {
	t.Helper()
	x := index.New(index.Options{Roots: []string{root}, Dialects: all.Dialects})
	if err := x.Load(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	w := &workspace{root: root, index: x}
	w.edit("models/one.go", one)
	w.edit("models/other.go", other)
	before := x.Snapshot()
	problems := w.problems(Rules())
	offers := offersFor(before, problems)
	if len(offers) == 0 {
		return 0
	}
	o := offers[which%len(offers)]
	texts := map[string][]byte{}
	for path, edits := range editsOf(t, o) {
		file, _ := before.File(path)
		texts[path] = expectUndone(t, o, file, edits)
		w.edit(filepath.Join("models", filepath.Base(path)), string(texts[path]))
	}
	if o.again(x.Snapshot()) {
		t.Errorf("%s is offered again after it is made of\n%s\n--\n%s", o.title, one, other)
	}
	w.edit("models/one.go", one)
	w.edit("models/other.go", other)
	if got, want := w.print(w.problems(Rules())), w.print(problems); got != want {
		t.Errorf("%s, made and undone, leaves other problems:\n%s\nwant\n%s", o.title, got, want)
	}
	return len(offers)
}

// offersFor lists everything that can be changed.
func offersFor(s *index.Snapshot, problems []Problem) []offer {
	var offers []offer
	has := func(fixes []Fix, title string) bool {
		return slices.ContainsFunc(fixes, func(f Fix) bool { return f.Title == title })
	}
	for _, p := range problems {
		for _, fix := range Fixes(s, p.Data) {
			again := func(s *index.Snapshot) bool { return has(Fixes(s, p.Data), fix.Title) }
			offers = append(offers, offer{fix.Title, fix.Edits, again, p.Rule == ignoreUnusedName})
		}
	}
	if all := FixAll(s, problems, func(Fix) bool { return true }); len(all.Edits) > 0 {
		comments := slices.ContainsFunc(all.Problems, func(p Problem) bool { return p.Rule == ignoreUnusedName })
		again := func(s *index.Snapshot) bool {
			return slices.ContainsFunc(all.Problems, func(p Problem) bool { return len(Fixes(s, p.Data)) > 0 })
		}
		offers = append(offers, offer{all.Title, all.Edits, again, comments})
	}
	for n := range s.Nodes() {
		for _, m := range n.Models {
			for i := range m.Relations {
				offers = append(offers, offersOf(s, &m.Relations[i])...)
			}
		}
	}
	return offers
}

// offersOf lists what can be changed about a relation.
func offersOf(s *index.Snapshot, r *relation.Relation) []offer {
	var offers []offer
	for _, fix := range Refactorings(s, r) {
		again := func(s *index.Snapshot) bool {
			now := s.Relation(r.ID, r.Dialect)
			return now != nil && slices.ContainsFunc(Refactorings(s, now), func(f Fix) bool { return f.Title == fix.Title })
		}
		offers = append(offers, offer{fix.Title, fix.Edits, again, false})
	}
	names := s.TableReferences(r.JoinTable)
	if len(names) == 0 {
		return offers
	}
	if edits, err := s.RenameTable(names[0], "renamed_table"); err == nil {
		again := func(s *index.Snapshot) bool { return len(s.TableReferences(r.JoinTable)) > 0 }
		offers = append(offers, offer{"Rename " + r.JoinTable, edits, again, false})
	}
	return offers
}

// editsOf sorts the edits of a change by file. They come in order.
func editsOf(t *testing.T, o offer) map[string][]Edit {
	t.Helper()
	files := map[string][]Edit{}
	for i, e := range o.edits {
		if i > 0 && (e.Path < o.edits[i-1].Path || e.Path == o.edits[i-1].Path && e.Span.Start < o.edits[i-1].Span.End) {
			t.Errorf("%s: %v follows %v", o.title, e, o.edits[i-1])
		}
		files[e.Path] = append(files[e.Path], e)
	}
	return files
}

// expectUndone makes the edits of one file and takes them back.
func expectUndone(t *testing.T, o offer, file *index.File, edits []Edit) (after []byte) {
	t.Helper()
	before := file.Source
	var there, back []golang.Edit
	moved := int32(0)
	for _, e := range edits {
		if !within(e.Span, before) || splitsCharacter(before, e.Span.Start) || splitsCharacter(before, e.Span.End) {
			t.Fatalf("%s: the edit %v has no place in\n%q", o.title, e, before)
		}
		if !o.comments && !mayEdit(file.Facts, before, e) {
			t.Errorf("%s: %v changes something else than types and imports in\n%s", o.title, e, before)
		}
		there = append(there, golang.Edit{Span: e.Span, New: e.NewText})
		start := e.Span.Start + moved
		end := start + int32(len(e.NewText))
		back = append(back, golang.Edit{Span: facts.Span{Start: start, End: end}, New: string(before[e.Span.Start:e.Span.End])})
		moved = end - e.Span.End
	}
	after = golang.Apply(before, there)
	if bytes.Equal(before, after) {
		t.Errorf("%s changes nothing in\n%s", o.title, before)
	}
	if undone := golang.Apply(after, back); !bytes.Equal(undone, before) {
		t.Errorf("%s, made and undone, leaves\n%q\nof\n%q", o.title, undone, before)
	}
	if undone := golang.Apply(after, golang.Difference(after, before)); !bytes.Equal(undone, before) {
		t.Errorf("%s: the difference makes\n%q\nof\n%q", o.title, undone, before)
	}
	expectAsReadable(t, o, file, after)
	return after
}

// splitsCharacter reports whether an offset lies within a character or a line break.
func splitsCharacter(text []byte, at int32) bool {
	if at == 0 || int(at) == len(text) {
		return false
	}
	return !utf8.RuneStart(text[at]) || text[at-1] == '\r' && text[at] == '\n'
}

// mayEdit reports whether an edit stays on the lines of a type, of the imports, where
// imports would stand, or in what a method returns, or adds a method behind another.
func mayEdit(f *facts.File, text []byte, e Edit) bool {
	lines := func(s facts.Span) bool {
		start := bytes.LastIndexByte(text[:s.Start], '\n') + 1
		end := int(s.End) + bytes.IndexByte(append(bytes.Clone(text[s.End:]), '\n'), '\n') + 1
		return start <= int(e.Span.Start) && int(e.Span.End) <= end
	}
	imports := f.Package.Span
	for _, im := range f.Imports {
		imports.End = max(imports.End, im.Path.Span.End)
	}
	return lines(imports) ||
		slices.ContainsFunc(f.Decls, func(d facts.Decl) bool { return lines(d.Span) }) ||
		slices.ContainsFunc(f.Methods, func(m facts.Method) bool {
			returned := !m.Literal.IsZero() && lines(m.Literal.Span) || m.Returns != nil && m.Returns.Value.Kind != facts.UnknownValue && lines(m.Returns.Value.Span)
			return returned || e.Span.Len() == 0 && e.Span.Start >= m.Span.End && lines(m.Span) // another method
		})
}

// expectAsReadable compares a file with what an edit made of it.
func expectAsReadable(t *testing.T, o offer, file *index.File, after []byte) {
	t.Helper()
	f := golang.Extract(file.Facts.Path, after, golang.Wanted{})
	switch {
	case len(f.Defects) > len(file.Facts.Defects):
		t.Errorf("%s leaves %v in\n%s", o.title, f.Defects, after)
	case len(f.Decls) != len(file.Facts.Decls):
		t.Errorf("%s makes %d types of %d in\n%s", o.title, len(f.Decls), len(file.Facts.Decls), after)
	case !f.ValidUTF8:
		t.Errorf("%s breaks characters in\n%q", o.title, after)
	}
	breaks := func(text []byte) bool { return bytes.Count(text, []byte("\n")) == bytes.Count(text, []byte("\r\n")) }
	if bytes.Contains(file.Source, []byte("\n")) && breaks(file.Source) && !breaks(after) {
		t.Errorf("%s mixes line breaks in\n%q", o.title, after)
	}
}

package diagnostics

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect/all"
)

// ruleCases are the workspaces of the cases of the rules that are played through a
// server: without what is expected of them, and with the module that they stand for.
func ruleCases(t *testing.T) []*txtar.Archive {
	t.Helper()
	paths, err := filepath.Glob("../testdata/rules/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var archives []*txtar.Archive
	for _, path := range append(paths, cases(t)...) {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		archive.Comment = []byte(filepath.Base(path))
		archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool {
			return f.Name == "want" || strings.HasPrefix(f.Name, "@")
		})
		if !slices.ContainsFunc(archive.Files, func(f txtar.File) bool { return strings.HasSuffix(f.Name, "go.mod") }) {
			archive.Files = append(archive.Files, txtar.File{Name: "go.mod", Data: []byte("module example.com/m\n\ngo 1.26\n\nrequire gorm.io/gorm v1.31.2\n")})
		}
		archives = append(archives, archive)
	}
	return archives
}

// TestIgnore silences every problem of every case, however its source is written, and
// once more in what that leaves: of the rule nothing is reported any more in the lines
// that the comment is about, and nothing else changes. The comment is read back as
// such, gofmt has nothing to add, and line breaks stay what they were.
func TestIgnore(t *testing.T) {
	for way, write := range ways {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			silenced := 0
			for _, archive := range ruleCases(t) {
				w := loadArchive(t, archive)
				for _, f := range w.sources() {
					if strings.HasSuffix(f.Name, ".go") {
						w.edit(f.Name, write(string(f.Data)))
					}
				}
				silenced += w.silenceAll(t, string(archive.Comment))
			}
			if silenced < 80 {
				t.Errorf("only %d problems were silenced", silenced)
			}
		})
	}
}

// silenceAll silences one problem after the other, and tells how many there were.
func (w *workspace) silenceAll(t *testing.T, about string) (silenced int) {
	t.Helper()
	for {
		before := w.problems(turnedOn())
		i := slices.IndexFunc(before, func(p Problem) bool { return len(Ignore(w.index.Snapshot(), p.Data)) > 0 })
		if i < 0 || !w.silence(t, about+": "+before[i].Message, before, before[i]) {
			break
		}
		silenced++
	}
	for _, p := range w.problems(turnedOn()) {
		if p.Rule != ignoreUnusedName {
			t.Errorf("%s: cannot be silenced: %s", about, p.Message)
		}
	}
	return silenced
}

// silence applies the comment on a problem and compares what is reported then.
func (w *workspace) silence(t *testing.T, about string, before []Problem, problem Problem) bool {
	t.Helper()
	snapshot := w.index.Snapshot()
	fixes := Ignore(snapshot, problem.Data)
	if len(fixes) != 1 || fixes[0].Preferred {
		t.Errorf("%s: offered are %+v", about, fixes)
		return false
	}
	w.expectCareful(t, about, fixes[0], true)
	for name, text := range w.apply(t, fixes[0]) {
		file, _ := snapshot.File(filepath.Join(w.root, filepath.FromSlash(name)))
		if was := unified(string(file.Source)); formatted(was) == was && formatted(unified(text)) != unified(text) {
			t.Errorf("%s: gofmt would change\n%s", about, text)
		}
		w.edit(name, text)
	}
	line, _ := snapshot.CommentedLine(problem.Place)
	whole := strings.HasPrefix(fixes[0].Title, "Ignore "+problem.Rule+" in all of ")
	want := tell(slices.DeleteFunc(slices.Clone(before), func(p Problem) bool {
		at, _ := snapshot.CommentedLine(p.Place)
		return p.Rule == problem.Rule && p.Place.File == problem.Place.File && (at == line || whole && p.Model == problem.Model)
	}))
	if got := tell(w.problems(turnedOn())); !slices.Equal(got, want) {
		t.Errorf("%s: %s leaves\n%s\nwant\n%s", about, fixes[0].Title, strings.Join(got, "\n"), strings.Join(want, "\n"))
		return false
	}
	return true
}

// tell writes problems down without their places, which comments move.
func tell(problems []Problem) []string {
	var list []string
	for _, p := range problems {
		list = append(list, p.Message+" ["+p.Rule+"]")
	}
	slices.Sort(list)
	return list
}

// TestIgnoreWhereNothingMayBeWritten has a problem in a file that is not UTF-8.
func TestIgnoreWhereNothingMayBeWritten(t *testing.T) {
	for text, want := range map[string]int{"": 1, "\xff": 0} {
		w := &workspace{root: t.TempDir(), index: index.New(index.Options{Dialects: all.Dialects})}
		w.edit("models.go", "package models // "+text+"\n\ntype Author struct {\n\tID int64\n\tAuthorID int64\n\tBooks []Author `rel:\"has-many,back_populates:Nobody\"`\n}\n")
		problems := w.problems(Rules())
		if len(problems) != 1 {
			t.Fatalf("the problems are %q", tell(problems))
		}
		if got := len(Ignore(w.index.Snapshot(), problems[0].Data)); got != want {
			t.Errorf("%q: %d comments are offered, want %d", text, got, want)
		}
	}
}

package report

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// base is the checked folder of the tests, in the notation of this system.
var base, _ = filepath.Abs(filepath.FromSlash("testdata/shop"))

// sources are the files that the problems below stand in.
var sources = map[string]string{
	"models/author.go": "package models\n\ntype Author struct {\n\tID    int64\n\tBooks []Book `rel:\"back_populates:Athor\"`\n}\n",
	"models/book.go":   "package models\n\n// Book は本です。\ntype Book struct {\n\tID       int64\n\tAuthorID int64\n\tAuthor   *Author `label:\"著者\" rel:\"back_populates:Books\"`\n\tEscape   *Author `gorm:\"foreignKey:\x1b[2J\"`\n}\n",
}

// files serves the sources as a snapshot would.
func files(path string) (*index.File, bool) {
	rel, err := filepath.Rel(base, path)
	if err != nil {
		return nil, false
	}
	source, ok := sources[filepath.ToSlash(rel)]
	if !ok {
		return nil, false
	}
	lines := []int32{0}
	for i, c := range source {
		if c == '\n' {
			lines = append(lines, int32(i+1))
		}
	}
	return &index.File{Facts: &facts.File{Lines: lines}, Source: []byte(source)}, true
}

// place finds the first text in a source.
func place(t *testing.T, file, text string) relation.Place {
	t.Helper()
	at := strings.Index(sources[file], text)
	if at < 0 {
		t.Fatalf("%s does not hold %q", file, text)
	}
	return relation.Place{
		File: filepath.Join(base, filepath.FromSlash(file)),
		Span: facts.Span{Start: int32(at), End: int32(at + len(text))},
	}
}

// problems are one of each severity: with a related place in another file, with
// wide runes before it, and with what a terminal would obey.
func problems(t *testing.T) []diagnostics.Problem {
	model := func(name string) facts.Ref { return facts.Ref{Package: "example.com/shop/models", Name: name} }
	return []diagnostics.Problem{
		{
			Rule: "back-populates-unknown", Severity: diagnostics.Error,
			Message: "Author.Books: back_populates names Book.Athor, but Book has no such field (did you mean Author?)",
			Place:   place(t, "models/author.go", "Athor"), Model: model("Author"), Field: "Books", Fixable: true,
			Related: []diagnostics.Related{{Place: place(t, "models/book.go", "Book struct"), Text: "Book is declared here"}},
		},
		{
			Rule: "back-populates-one-sided", Severity: diagnostics.Warning,
			Message: "Book.Author: back_populates names Author.Books, which says nothing back",
			Place:   place(t, "models/book.go", "Books"), Model: model("Book"), Field: "Author", Fixable: true,
		},
		{
			Rule: "inverse-ambiguous", Severity: diagnostics.Hint,
			Message: "Book.Escape: \x1b[2J",
			Place:   place(t, "models/book.go", "\x1b[2J"), Model: model("Book"), Field: "Escape",
		},
	}
}

// fixes are the fixes of problems, by rule: one that its title tells, and one
// that adds to another file and removes from this one.
func fixes(t *testing.T) map[string]diagnostics.Fix {
	name := place(t, "models/author.go", "Athor")
	author := place(t, "models/author.go", "}\n")
	escape := place(t, "models/book.go", "\tEscape   *Author `gorm:\"foreignKey:\x1b[2J\"`\n")
	return map[string]diagnostics.Fix{
		"back-populates-unknown": {
			Title: "change Athor to Author",
			Edits: []diagnostics.Edit{{Path: name.File, Span: name.Span, NewText: "Author"}},
		},
		"back-populates-one-sided": {
			Title: "say it on both sides",
			Edits: []diagnostics.Edit{
				{Path: author.File, Span: facts.Span{Start: author.Span.Start, End: author.Span.Start}, NewText: "\tMore  []Book `rel:\"back_populates:Author\"`\n"},
				{Path: escape.File, Span: escape.Span},
			},
		},
	}
}

func TestText(t *testing.T) {
	for _, test := range []struct {
		golden string
		color  bool
		width  int
	}{
		{"plain.txt", false, 0},
		{"color.txt", true, 0},
		{"narrow.txt", false, 44},
	} {
		t.Run(test.golden, func(t *testing.T) {
			var out bytes.Buffer
			text := Text{
				Out: &out, Files: files, Base: filepath.Dir(base), Color: test.color, Width: test.width,
				Fix: func(p diagnostics.Problem) (diagnostics.Fix, bool) {
					fix, ok := fixes(t)[p.Rule]
					return fix, ok
				},
			}
			for _, p := range problems(t) {
				if err := text.Problem(p); err != nil {
					t.Fatal(err)
				}
			}
			golden(t, test.golden, out.Bytes())
		})
	}
}

func TestCheckJSON(t *testing.T) {
	out, err := json.MarshalIndent(NewCheck(problems(t), nil, files, base), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "check.json", append(out, '\n'))
}

func TestAFileThatIsGoneHasNoSnippet(t *testing.T) {
	var out bytes.Buffer
	text := Text{Out: &out, Files: files, Base: base}
	gone := filepath.Join(base, "gone.go")
	err := text.Problem(diagnostics.Problem{
		Rule: "tag-syntax", Severity: diagnostics.Error, Message: "X.Y: unreadable", Place: relation.Place{File: gone},
	})
	if want := "gone.go:1:1: error: X.Y: unreadable [tag-syntax]\n\n"; err != nil || out.String() != want {
		t.Errorf("got %q, %v, want %q", &out, err, want)
	}
}

func TestSummary(t *testing.T) {
	found := problems(t)
	for _, test := range []struct {
		problems []diagnostics.Problem
		models   int
		certain  int // that many of the fixable ones are
		want     string
	}{
		{nil, 3, 0, "no problems in 3 models with 1 relation"},
		{found[:1], 1, 1, "1 error in 1 model with 1 relation; 1 can be fixed with --fix"},
		{append(found, found[1]), 2, 2, "1 error, 2 warnings, 1 hint in 2 models with 1 relation; 2 can be fixed with --fix, 1 more from an editor"},
		{found[:1], 1, 0, "1 error in 1 model with 1 relation; 1 can be fixed from an editor"},
		{append(found, found[1]), 2, 0, "1 error, 2 warnings, 1 hint in 2 models with 1 relation; 3 can be fixed from an editor"},
	} {
		left := test.certain
		certain := func(diagnostics.Problem) bool { left--; return left >= 0 }
		if got := summary(test.problems, test.models, 1, certain); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

// golden compares the output with a file of testdata, or writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

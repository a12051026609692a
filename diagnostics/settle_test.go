package diagnostics

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect/all"
)

// pairs are relations between two models that all name their inverse, as
// statements: field of a model -> the inverse that it names.
type pairs struct {
	fields [2][]string // of the models Left and Right
	names  map[string]string
}

func newPairs(n int) *pairs {
	p := &pairs{names: map[string]string{}}
	for i := range n {
		left, right := fmt.Sprintf("Many%d", i), fmt.Sprintf("One%d", i)
		p.fields[0] = append(p.fields[0], left)
		p.fields[1] = append(p.fields[1], right)
		p.names[left], p.names[right] = right, left
	}
	return p
}

// source is a Go file of the two models.
func (p *pairs) source() string {
	var b strings.Builder
	for side, model := range []string{"Left", "Right"} {
		fmt.Fprintf(&b, "type %s struct {\n\tID int\n", model)
		for i, f := range p.fields[side] {
			kind := "[]Right `rel:\"has-many,foreign_key:Key%d%s\"`"
			if side == 1 {
				kind = "*Left `rel:\"belongs-to,foreign_key:Key%d%s\"`"
				fmt.Fprintf(&b, "\tKey%d int\n", i)
			}
			back := ""
			if p.names[f] != "" {
				back = ",back_populates:" + p.names[f]
			}
			fmt.Fprintf(&b, "\t%s "+kind+"\n", f, i, back)
		}
		b.WriteString("}\n")
	}
	return "package models\n\n" + b.String()
}

// spoil changes n statements, each of another pair: misspelt, left out, or naming
// the inverse of another. It returns where the last one is to be told: where it is
// wrong, or, where it is left out, on the other side.
func (p *pairs) spoil(random *rand.Rand, n int) (blamed string) {
	for _, i := range random.Perm(len(p.fields[0]))[:n] {
		side := random.IntN(2)
		f := p.fields[side][i]
		others := p.fields[1-side]
		p.names[f] = []string{"", "Nothing", others[random.IntN(len(others))]}[random.IntN(3)]
		if p.names[f] == others[i] {
			p.names[f] = ""
		}
		blamed = f
		if p.names[f] == "" {
			blamed = others[i]
		}
	}
	return blamed
}

func TestOneWrongStatementIsOneProblem(t *testing.T) {
	w := newPairsWorkspace(t)
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		p := newPairs(2 + random.IntN(4))
		blamed := p.spoil(random, 1)
		if problems := w.problems(p.source()); len(problems) != 1 || problems[0].Field != blamed {
			t.Fatalf("want one problem, at %s, got %d:\n%s\n%s", blamed, len(problems), messages(problems), p.source())
		}
	}
}

func TestOnlyStatementsThatAgreeAreInOrder(t *testing.T) {
	w := newPairsWorkspace(t)
	random := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		n := 2 + random.IntN(4)
		p := newPairs(n)
		wrong := random.IntN(n + 1)
		p.spoil(random, wrong)
		problems := w.problems(p.source())
		if (len(problems) == 0) != (wrong == 0) || len(problems) > wrong {
			t.Fatalf("%d wrong statements, but %d problems:\n%s\n%s", wrong, len(problems), messages(problems), p.source())
		}
	}
}

// pairsWorkspace is an empty package whose one file the editor has open.
type pairsWorkspace struct {
	index *index.Index
	path  string
}

func newPairsWorkspace(t *testing.T) pairsWorkspace {
	t.Helper()
	root := t.TempDir()
	write(t, filepath.Join(root, "go.mod"), []byte("module example.com/pairs\n\ngo 1.26\n"))
	return pairsWorkspace{
		index: index.New(index.Options{Roots: []string{root}, Dialects: all.Dialects}),
		path:  filepath.Join(root, "models.go"),
	}
}

func (w pairsWorkspace) problems(source string) []Problem {
	checker := NewChecker(Rules())
	checker.Update(w.index.Update(index.Change{Path: w.path, Kind: index.Edited, Text: []byte(source)}))
	return checker.All()
}

func messages(problems []Problem) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(p.Message + "\n")
	}
	return b.String()
}

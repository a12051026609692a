package oracle

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/gopg/generate"
)

// rells is the command that is held against go-pg.
var rells ask.Rells

func TestMain(m *testing.M) { os.Exit(ask.Main(m, &rells)) }

// The sizes of a run, in relation fields: a fresh sample, and what RELLS_ORACLE=full
// asks for.
const (
	sampleFields = 300
	fullFields   = 10000
)

// worldsPerBatch is how many worlds are compiled into one program: linking takes most of
// the time of a full run.
func worldsPerBatch(fields int) int {
	if fields >= fullFields {
		return 400
	}
	return 35
}

// rarestTimes is how often a full run generates each feature at least.
const rarestTimes = 5

// TestOracle grows models at random and holds rells against the real go-pg on each of
// their relation fields.
func TestOracle(t *testing.T) {
	fields := ask.Fields(sampleFields, fullFields)
	g := generate.New(ask.Seed())
	var tally tally
	for tally.compared < fields {
		var names []string
		sources := map[string][]byte{}
		for range worldsPerBatch(fields) {
			name := fmt.Sprintf("w%d", len(names))
			w := g.World()
			src, err := w.Render(name)
			if err != nil {
				t.Fatal(err)
			}
			names, sources[name] = append(names, name), src
			tally.spoilt += len(slices.DeleteFunc(w.Models(), func(s *generate.Struct) bool { return !s.Mistake }))
		}
		tally.add(compare(t, names, sources), sources)
	}
	g.Features.Print(os.Stdout)
	tally.print()
	if len(tally.differences) > 0 {
		t.Errorf("rells and go-pg differ")
	}
	if name, times := g.Features.Rarest(); fields >= fullFields && times < rarestTimes {
		t.Errorf("%s was generated %d times, want %d", name, times, rarestTimes)
	}
}

// TestWorlds holds rells against go-pg on hand-written models.
func TestWorlds(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no worlds: %v", err)
	}
	var names []string
	sources := map[string][]byte{}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			name := strings.TrimSuffix(f.Name, ".go")
			names, sources[name] = append(names, name), f.Data
		}
	}
	c := compare(t, names, sources)
	for _, d := range c.differences {
		t.Errorf("%s: %s\n%s", d.Kind, d.Model, d.Text)
	}
	fmt.Printf("%d relation fields of hand-written models\n", c.compared)
}

func compare(t *testing.T, names []string, sources map[string][]byte) *comparison {
	t.Helper()
	s, err := newScratch(t.TempDir(), names, sources)
	if err != nil {
		t.Fatal(err)
	}
	c := &comparison{}
	if c.rules, err = ask.Rules(ask.Root, dialect); err != nil {
		t.Fatal(err)
	}
	if c.truth, err = s.askGoPG(); err != nil {
		t.Fatal(err)
	}
	if c.index, err = rells.Index(s.Dir); err != nil {
		t.Fatal(err)
	}
	if c.check, err = rells.Check(s.Dir); err != nil {
		t.Fatal(err)
	}
	c.run()
	return c
}

// tally sums up what came of the batches.
type tally struct {
	models, spoilt, refused, spread, compared int

	differences map[string]int
	shown       []string
}

// maxShown is how many differences of one kind are printed with their source.
const maxShown = 3

func (s *tally) add(c *comparison, sources map[string][]byte) {
	s.compared += c.compared
	for _, m := range c.truth {
		s.models++
		if m.Spread {
			s.spread++
		} else if m.Error != "" {
			s.refused++
		}
	}
	if s.differences == nil {
		s.differences = map[string]int{}
	}
	for _, d := range c.differences {
		s.differences[d.Kind]++
		if s.differences[d.Kind] <= maxShown {
			world, _, _ := strings.Cut(strings.TrimPrefix(d.Model, ask.ModulePath+"/"), ".")
			s.shown = append(s.shown, fmt.Sprintf("=== %s: %s\n%s\n%s", d.Kind, d.Model, d.Text, sources[world]))
		}
	}
}

func (s *tally) print() {
	fmt.Printf("%d models, %d with a mistake; go-pg refuses %d, and %d for the sake of others\n", s.models, s.spoilt, s.refused, s.spread)
	for _, text := range s.shown {
		fmt.Println(text)
	}
	for kind, n := range s.differences {
		fmt.Printf("%-22s %6d\n", kind, n)
	}
	fmt.Printf("%d kinds of differences over %d relation fields\n", len(s.differences), s.compared)
}

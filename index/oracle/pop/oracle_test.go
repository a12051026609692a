package oracle

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/pop/generate"
)

// rells is the command that is held against pop.
var rells ask.Rells

func TestMain(m *testing.M) { os.Exit(ask.Main(m, &rells)) }

// The sizes of a run, in association fields: a fresh sample, and what RELLS_ORACLE=full
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
const rarestTimes = 20

// TestOracle grows models at random and holds rells against the real pop on each of their
// association fields.
func TestOracle(t *testing.T) {
	fields := ask.Fields(sampleFields, fullFields)
	g := generate.New(ask.Seed())
	var tally tally
	for tally.compared < fields {
		sources := map[string][]byte{}
		for i := range worldsPerBatch(fields) {
			name := fmt.Sprint("w", i)
			w := g.World()
			src, err := w.Render(name)
			if err != nil {
				t.Fatal(err)
			}
			sources[name] = src
			for _, s := range w.Models() {
				tally.models++
				if s.Mistake {
					tally.spoilt++
				}
			}
		}
		tally.add(compare(t, sources), sources)
	}
	g.Features.Print(os.Stdout)
	tally.print()
	if len(tally.differences) > 0 {
		t.Errorf("rells and pop differ")
	}
	if name, times := g.Features.Rarest(); fields >= fullFields && times < rarestTimes {
		t.Errorf("%s was generated %d times, want %d", name, times, rarestTimes)
	}
}

// TestWorlds holds rells against pop on hand-written models.
func TestWorlds(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no worlds: %v", err)
	}
	sources := map[string][]byte{}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			sources[strings.TrimSuffix(f.Name, ".go")] = f.Data
		}
	}
	c := compare(t, sources)
	for _, d := range c.differences {
		t.Errorf("%s: %s\n%s", d.Kind, d.Model, d.Text)
	}
	fmt.Printf("%d association fields of hand-written models\n", c.compared)
}

// tally sums up what came of the batches.
type tally struct {
	models, spoilt, refused, compared int

	differences map[string]int
	shown       []string
}

// maxShown is how many differences of one kind are printed with their source.
const maxShown = 3

func (s *tally) add(c *comparison, sources map[string][]byte) {
	s.compared += c.compared
	s.refused += c.refused
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
	fmt.Printf("%d models, %d with a mistake; pop refuses %d of them or of their associations\n", s.models, s.spoilt, s.refused)
	for _, text := range s.shown {
		fmt.Println(text)
	}
	for kind, n := range s.differences {
		fmt.Printf("%-22s %6d\n", kind, n)
	}
	fmt.Printf("%d kinds of differences over %d association fields\n", len(s.differences), s.compared)
}

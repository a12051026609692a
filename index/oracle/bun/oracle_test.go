package oracle

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/index/oracle/bun/generate"
)

// rells is the command that is held against Bun.
var rells Rells

// TestMain builds rells once for all tests.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "rells-oracle-")
	if err == nil {
		rells, err = BuildRells(filepath.Join("..", "..", ".."), dir)
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
}

// The sizes of a run, in relation fields: a fresh sample, and what RELLS_ORACLE=full
// asks for.
const (
	sampleFields = 300
	fullFields   = 10000
)

func wantedFields() int {
	if os.Getenv("RELLS_ORACLE") == "full" {
		return int(envInt("RELLS_ORACLE_FIELDS", fullFields))
	}
	return int(envInt("RELLS_ORACLE_FIELDS", sampleFields))
}

func envInt(name string, otherwise uint64) uint64 {
	if n, err := strconv.ParseUint(os.Getenv(name), 10, 64); err == nil {
		return n
	}
	return otherwise
}

// worldsPerBatch is how many worlds are compiled into one program: linking takes most of
// the time of a full run.
func worldsPerBatch() int {
	if wantedFields() >= fullFields {
		return 400
	}
	return 35
}

// rarestTimes is how often a full run generates each feature at least.
const rarestTimes = 5

// TestOracle grows models at random and holds rells against the real Bun on each of
// their relation fields.
func TestOracle(t *testing.T) {
	seed := envInt("RELLS_ORACLE_SEED", rand.Uint64N(1<<32))
	fmt.Printf("seed %d (RELLS_ORACLE_SEED repeats it)\n", seed)
	g := generate.New(seed)
	var tally tally
	for tally.compared < wantedFields() {
		var names []string
		sources := map[string][]byte{}
		for range worldsPerBatch() {
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
	generate.Print(os.Stdout, g.Features)
	tally.print()
	if len(tally.differences) > 0 {
		t.Errorf("rells and Bun differ")
	}
	if name, times := generate.Rarest(g.Features); tally.compared >= fullFields && times < rarestTimes {
		t.Errorf("%s was generated %d times, want %d", name, times, rarestTimes)
	}
}

// TestWorlds holds rells against Bun on hand-written models.
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
	if c.truth, err = s.askBun(); err != nil {
		t.Fatal(err)
	}
	if c.index, err = rells.Index(s.dir); err != nil {
		t.Fatal(err)
	}
	if c.check, err = rells.Check(s.dir); err != nil {
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
			world, _, _ := strings.Cut(strings.TrimPrefix(d.Model, scratchModule+"/"), ".")
			s.shown = append(s.shown, fmt.Sprintf("=== %s: %s\n%s\n%s", d.Kind, d.Model, d.Text, sources[world]))
		}
	}
}

func (s *tally) print() {
	fmt.Printf("%d models, %d with a mistake; Bun refuses %d, and %d for the sake of others\n", s.models, s.spoilt, s.refused, s.spread)
	for _, text := range s.shown {
		fmt.Println(text)
	}
	for kind, n := range s.differences {
		fmt.Printf("%-22s %6d\n", kind, n)
	}
	fmt.Printf("%d kinds of differences over %d relation fields\n", len(s.differences), s.compared)
}

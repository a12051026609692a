package oracle

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/beego/beego/v2/client/orm/oracle/generate"
	"github.com/rells-dev/rells/index/oracle/ask"
)

// rells is the command that is held against Beego.
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
		return 200
	}
	return 30
}

// rarestTimes is how often a full run generates each feature at least.
const rarestTimes = 5

// TestOracle grows models at random and holds rells against the real Beego on each of
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
			w := g.World(ask.ModulePath + "/" + name)
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
		t.Errorf("rells and Beego differ")
	}
	if name, times := g.Features.Rarest(); fields >= fullFields && times < rarestTimes {
		t.Errorf("%s was generated %d times, want %d", name, times, rarestTimes)
	}
}

// TestWorlds holds rells against Beego on hand-written models.
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
		t.Errorf("%s: %s\n%s", d.kind, d.where, d.text)
	}
	fmt.Printf("%d relation fields of hand-written models\n", c.compared)
}

func compare(t *testing.T, names []string, sources map[string][]byte) *comparison {
	t.Helper()
	files := map[string][]byte{"ask/main.go": program(names)}
	for name, src := range sources {
		files[name+"/models.go"] = src
	}
	s, err := ask.NewModule(t.TempDir(), files)
	if err != nil {
		t.Fatal(err)
	}
	c := &comparison{}
	if c.rules, err = ask.Rules(ask.Root, "beego"); err != nil {
		t.Fatal(err)
	}
	if err := s.Run("ask", &c.truth); err != nil {
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

// program is the main package that asks Beego about the worlds.
func program(names []string) []byte {
	var imports, worlds strings.Builder
	for _, name := range names {
		fmt.Fprintf(&imports, "\t%q\n", ask.ModulePath+"/"+name)
		fmt.Fprintf(&worlds, "\t\ttruth.NewWorld(%q, %s.Handed()),\n", ask.ModulePath+"/"+name, name)
	}
	return fmt.Appendf(nil, `package main

import (
	"log"

	"github.com/beego/beego/v2/client/orm/oracle/truth"
%s)

func main() {
	if err := truth.Main(
%s	); err != nil {
		log.Fatal(err)
	}
}
`, imports.String(), worlds.String())
}

// tally sums up what came of the batches.
type tally struct {
	models, spoilt, refused, faults, spread, untold, compared int

	differences map[string]int
	shown       []string
}

// maxShown is how many differences of one kind are printed with their source.
const maxShown = 3

func (s *tally) add(c *comparison, sources map[string][]byte) {
	s.compared += c.compared
	s.untold += c.untold
	for _, m := range c.truth.Models {
		s.models++
		if m.Refused != nil {
			s.refused++
		}
	}
	for _, f := range c.truth.Faults {
		if f.Spread {
			s.spread++
		} else {
			s.faults++
		}
	}
	if s.differences == nil {
		s.differences = map[string]int{}
	}
	for _, d := range c.differences {
		s.differences[d.kind]++
		if s.differences[d.kind] <= maxShown {
			world, _, _ := strings.Cut(strings.TrimPrefix(d.where, ask.ModulePath+"/"), ".")
			s.shown = append(s.shown, fmt.Sprintf("=== %s: %s\n%s\n%s", d.kind, d.where, d.text, sources[world]))
		}
	}
}

func (s *tally) print() {
	fmt.Printf("%d models, %d with a mistake; Beego refuses %d, stumbles over %d relations, and over %d for the sake of others\n",
		s.models, s.spoilt, s.refused, s.faults, s.spread)
	fmt.Printf("%d errors of rells stand beside models that Beego refuses, and cannot be asked for\n", s.untold)
	for _, text := range s.shown {
		fmt.Println(text)
	}
	for kind, n := range s.differences {
		fmt.Printf("%-22s %6d\n", kind, n)
	}
	fmt.Printf("%d kinds of differences over %d relation fields\n", len(s.differences), s.compared)
}

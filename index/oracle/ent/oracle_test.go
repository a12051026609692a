package oracle

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/entc/load"
	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ent/truth"
)

// The sizes of a run, in edges: a fresh sample, and what RELLS_ORACLE=full asks for.
const (
	sampleEdges = 300
	fullEdges   = 10000
)

// worldsPerPackage is how many worlds the go command compiles at once.
const worldsPerPackage = 120

// rarestTimes is how often a full run generates each feature at least.
const rarestTimes = 5

// TestOracle grows schemas at random and holds rells against the real ent on each edge.
func TestOracle(t *testing.T) {
	seed, edges := ask.Seed(), ask.Fields(sampleEdges, fullEdges)
	root, err := filepath.Abs(ask.Root)
	if err != nil {
		t.Fatal(err)
	}
	rells, err := ask.Build(root, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	rules, err := ask.Rules(root, "ent")
	if err != nil {
		t.Fatal(err)
	}
	c := &comparison{rules: rules, rows: ask.Features{}}
	g := &grower{Rand: rand.New(rand.NewPCG(seed, 0)), features: ask.Features{}}
	for batch := 0; c.edges < edges && !t.Failed(); batch++ {
		t.Run(fmt.Sprintf("batch%d", batch), func(t *testing.T) {
			c.batch(t, g, rells, min(worldsPerPackage, 5+(edges-c.edges)/6))
		})
	}
	g.features.Print(os.Stdout)
	c.rows.Print(os.Stdout)
	fmt.Printf("%d worlds, %d with a mistake made on purpose, %d refused; %d edges compared, %d differences\n",
		c.worlds, c.spoilt, c.refused, c.edges, c.differences)
	if name, times := g.features.Rarest(); edges >= fullEdges && times < rarestTimes {
		t.Errorf("%s was generated %d times, want %d", name, times, rarestTimes)
	}
}

// comparison sums up how the two agree.
type comparison struct {
	rules map[string][]string // row -> rules that report it
	rows  ask.Features        // of errors that ent was seen to report

	worlds, spoilt, refused, edges, differences int
}

// batch compares a package of worlds.
func (c *comparison) batch(t *testing.T, g *grower, rells ask.Rells, worlds int) {
	t.Helper()
	g.worlds = 0
	module, err := ask.NewModule(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var grown []*world
	sources := map[*world]string{}
	for range worlds {
		w := g.world()
		grown = append(grown, w)
		schema, names := w.source(g.Rand)
		sources[w] = schema + "\n" + names
		for folder, text := range map[string]string{"schema": schema, "names": names} {
			if err := module.Write(folder+"/"+strings.ToLower(w.prefix)+".go", []byte(text)); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Chdir(module.Dir) // for entc/load, which asks the go command in the working directory
	spec, err := (&load.Config{Path: "./schema"}).Load()
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	said, err := read(rells, module.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range grown {
		schemas := slices.DeleteFunc(slices.Clone(spec.Schemas), func(s *load.Schema) bool { return !w.of(s.Name) })
		for _, difference := range c.world(w, truth.On(schemas), said) {
			c.differences++
			if c.differences <= 12 {
				t.Errorf("%s\n%s", difference, sources[w])
			} else {
				t.Error(difference)
			}
		}
	}
}

// world lists how rells differs from ent about one world.
func (c *comparison) world(w *world, v truth.Verdict, said *reported) []string {
	c.worlds++
	if w.spoilt != "" {
		c.spoilt++
	}
	var problems []ask.Problem
	for _, p := range said.problems {
		if w.of(p.Model) {
			problems = append(problems, p)
		}
	}
	if v.Err != nil {
		return c.refusal(w, v, problems)
	}
	var differences []string
	for _, p := range problems {
		differences = append(differences, fmt.Sprintf("false alarm (%s): %s [%s]", w.spoilt, p.Message, p.Rule))
	}
	for id, want := range v.Relations {
		c.edges++
		if got, ok := said.relations[id]; !ok {
			differences = append(differences, "missing: "+id)
		} else if got != want {
			differences = append(differences, fmt.Sprintf("%s:\nent   %+v\nrells %+v", id, want, got))
		}
	}
	for id := range said.relations {
		if _, ok := v.Relations[id]; w.of(id) && !ok {
			differences = append(differences, "extra: "+id)
		}
	}
	for model, want := range v.Tables {
		if got := said.tables[model]; got != want {
			differences = append(differences, fmt.Sprintf("%s: the table is %s, not %s", model, want, got))
		}
	}
	return differences
}

// refusal holds what rells reports against the error at which ent gave up.
func (c *comparison) refusal(w *world, v truth.Verdict, problems []ask.Problem) []string {
	c.refused++
	c.rows[v.Row]++
	for _, s := range w.schemas {
		c.edges += len(s.edges)
	}
	if v.Row == "" {
		return []string{fmt.Sprintf("an error that is in no row (%s): %v", w.spoilt, v.Err)}
	}
	accepted := c.rules[v.Row]
	if v.Row == "ent33" {
		// Where an edge that holds no key names a field, ent looks for that on the
		// other side, or first at the edge: as the types are called.
		accepted = append(slices.Clone(accepted), c.rules["ent31"]...)
	}
	if !slices.ContainsFunc(problems, func(p ask.Problem) bool {
		return p.Severity == "error" && slices.Contains(accepted, p.Rule)
	}) {
		return []string{fmt.Sprintf("not reported (%s): %s: %v\nrells: %v", w.spoilt, v.Row, v.Err, problems)}
	}
	return nil
}

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

	"entgo.io/ent/entc/load"
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

func envInt(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// TestOracle grows schemas at random and holds rells against the real ent on each edge.
func TestOracle(t *testing.T) {
	seed := uint64(envInt("RELLS_ORACLE_SEED", 0))
	if seed == 0 {
		seed = rand.Uint64N(1 << 32)
	}
	fmt.Printf("seed %d (RELLS_ORACLE_SEED repeats it)\n", seed)
	edges := sampleEdges
	if os.Getenv("RELLS_ORACLE") == "full" {
		edges = fullEdges
	}
	root, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	rells, err := buildRells(root, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	rules, err := rulesOf(root)
	if err != nil {
		t.Fatal(err)
	}
	c := &comparison{home: filepath.Join(root, "index", "oracle", "ent"), rules: rules, rows: features{}}
	g := &grower{Rand: rand.New(rand.NewPCG(seed, 0)), features: features{}}
	for c.edges < edges {
		c.batch(t, g, rells, min(worldsPerPackage, 5+(edges-c.edges)/6))
	}
	g.features.print(os.Stdout)
	c.rows.print(os.Stdout)
	fmt.Printf("%d worlds, %d with a mistake made on purpose, %d refused; %d edges compared, %d differences\n",
		c.worlds, c.spoilt, c.refused, c.edges, c.differences)
	if name, times := g.features.rarest(); edges >= fullEdges && times < rarestTimes {
		t.Errorf("%s was generated %d times, want %d", name, times, rarestTimes)
	}
}

// comparison sums up how the two agree.
type comparison struct {
	home  string              // this folder
	rules map[string][]string // row -> rules that report it
	rows  features            // of errors that ent was seen to report

	worlds, spoilt, refused, edges, differences int
}

// batch compares a package of worlds.
func (c *comparison) batch(t *testing.T, g *grower, rells rellsCommand, worlds int) {
	t.Helper()
	g.worlds = 0
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(c.home, name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), strings.Replace(string(data), "module github.com/rells-dev/rells/index/oracle/ent", "module example.com/grown", 1))
	}
	var grown []*world
	sources := map[*world]string{}
	for range worlds {
		w := g.world()
		grown = append(grown, w)
		sources[w] = w.source(g.Rand)
		write(t, filepath.Join(dir, "schema", strings.ToLower(w.prefix)+".go"), sources[w])
	}
	t.Chdir(dir)
	spec, err := (&load.Config{Path: "./schema"}).Load()
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	said, err := rells.read(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range grown {
		schemas := slices.DeleteFunc(slices.Clone(spec.Schemas), func(s *load.Schema) bool { return !w.of(s.Name) })
		for _, difference := range c.world(w, ask(schemas), said) {
			c.differences++
			if c.differences <= 12 {
				t.Errorf("%s\n%s", difference, sources[w])
			} else {
				t.Error(difference)
			}
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// world lists how rells differs from ent about one world.
func (c *comparison) world(w *world, v verdict, said *reported) []string {
	c.worlds++
	if w.spoilt != "" {
		c.spoilt++
	}
	var problems []problem
	for _, p := range said.problems {
		if w.of(p.model) {
			problems = append(problems, p)
		}
	}
	if v.err != nil {
		return c.refusal(w, v, problems)
	}
	var differences []string
	for _, p := range problems {
		differences = append(differences, fmt.Sprintf("false alarm (%s): %s [%s]", w.spoilt, p.message, p.rule))
	}
	for id, want := range v.relations {
		c.edges++
		if got, ok := said.relations[id]; !ok {
			differences = append(differences, "missing: "+id)
		} else if got != want {
			differences = append(differences, fmt.Sprintf("%s:\nent   %+v\nrells %+v", id, want, got))
		}
	}
	for id := range said.relations {
		if _, ok := v.relations[id]; w.of(id) && !ok {
			differences = append(differences, "extra: "+id)
		}
	}
	for model, want := range v.tables {
		if got := said.tables[model]; got != want {
			differences = append(differences, fmt.Sprintf("%s: the table is %s, not %s", model, want, got))
		}
	}
	return differences
}

// refusal holds what rells reports against the error at which ent gave up.
func (c *comparison) refusal(w *world, v verdict, problems []problem) []string {
	c.refused++
	c.rows.add(v.row)
	for _, s := range w.schemas {
		c.edges += len(s.edges)
	}
	if v.row == "" {
		return []string{fmt.Sprintf("an error that is in no row (%s): %v", w.spoilt, v.err)}
	}
	accepted := c.rules[v.row]
	if v.row == "ent33" {
		// Where an edge that holds no key names a field, ent looks for that on the
		// other side, or first at the edge: as the types are called.
		accepted = append(slices.Clone(accepted), c.rules["ent31"]...)
	}
	if !slices.ContainsFunc(problems, func(p problem) bool {
		return p.severity == "error" && slices.Contains(accepted, p.rule)
	}) {
		return []string{fmt.Sprintf("not reported (%s): %s: %v\nrells: %v", w.spoilt, v.row, v.err, problems)}
	}
	return nil
}

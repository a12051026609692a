package oracle

import (
	"os"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ask/trial"
	"github.com/rells-dev/rells/index/oracle/bun/generate"
	"github.com/rells-dev/rells/index/oracle/bun/truth"
)

// rells is the command that is held against Bun.
var rells ask.Rells

func TestMain(m *testing.M) { os.Exit(ask.Main(m, &rells)) }

// TestOracle grows models at random and holds rells against the real Bun on each of
// their relation fields.
func TestOracle(t *testing.T) {
	g, count := generate.New(ask.Seed()), trial.Count{ORM: "Bun"}
	trial.Trial{
		ORM:      count.ORM,
		Sample:   trial.Size{Fields: 300, Worlds: 35},
		Full:     trial.Size{Fields: 10000, Worlds: 400},
		Rarest:   5,
		Features: g.Features,
		World: func(name string) ([]byte, error) {
			w := g.World()
			for _, m := range w.Models() {
				count.Grown(m.Mistake)
			}
			return w.Render(name)
		},
		Compare: func(sources map[string][]byte) *trial.Findings {
			c := compare(t, sources)
			for _, m := range c.truth {
				count.Judged(m.Error, m.Spread)
			}
			return &c.Findings
		},
		Summary: count.String,
	}.Run(t)
}

// TestWorlds holds rells against Bun on hand-written models.
func TestWorlds(t *testing.T) {
	trial.Written(t, func(sources map[string][]byte) *trial.Findings { return &compare(t, sources).Findings })
}

// program asks Bun.
var program = ask.Program{
	Truth:  "github.com/rells-dev/rells/index/oracle/bun/truth",
	Gather: "worlds []truth.World",
	World:  "worlds = append(worlds, truth.World{Models: %[1]s.Models(), Registered: %[1]s.Joins()})",
	Print:  "truth.Print(os.Stdout, worlds...)",
}

// compare asks Bun and rells about worlds, whose source is given by name.
func compare(t *testing.T, sources map[string][]byte) *comparison {
	t.Helper()
	c := &comparison{truth: map[string]truth.Model{}}
	var models []truth.Model
	c.index, c.check = trial.Ask(t, sources, program, &models, rells)
	for _, m := range models {
		c.truth[m.ID] = m
	}
	c.run()
	return c
}

package oracle

import (
	"os"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ask/trial"
	"github.com/rells-dev/rells/index/oracle/gorel/generate"
	"github.com/rells-dev/rells/index/oracle/gorel/truth"
)

// rells is the command that is held against go-rel.
var rells ask.Rells

func TestMain(m *testing.M) { os.Exit(ask.Main(m, &rells)) }

// TestOracle grows models at random and holds rells against the real go-rel on each of
// their relation fields.
func TestOracle(t *testing.T) {
	g, count := generate.New(ask.Seed()), trial.Count{ORM: "go-rel"}
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

// TestWorlds holds rells against go-rel on hand-written models.
func TestWorlds(t *testing.T) {
	trial.Written(t, func(sources map[string][]byte) *trial.Findings { return &compare(t, sources).Findings })
}

// program asks go-rel.
var program = ask.Program{
	Truth:  "github.com/rells-dev/rells/index/oracle/gorel/truth",
	Gather: "models, parts []any",
	World:  "models, parts = append(models, %[1]s.Models()...), append(parts, %[1]s.Parts()...)",
	Print:  "truth.Print(os.Stdout, models, parts)",
}

// compare asks go-rel and rells about worlds, whose source is given by name.
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

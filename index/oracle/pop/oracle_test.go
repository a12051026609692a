package oracle

import (
	"fmt"
	"os"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ask/trial"
	"github.com/rells-dev/rells/index/oracle/pop/generate"
)

// rells is the command that is held against pop.
var rells ask.Rells

func TestMain(m *testing.M) { os.Exit(ask.Main(m, &rells)) }

// TestOracle grows models at random and holds rells against the real pop on each of their
// association fields.
func TestOracle(t *testing.T) {
	g := generate.New(ask.Seed())
	models, spoilt, refused := 0, 0, 0
	trial.Trial{
		ORM:      "pop",
		Sample:   trial.Size{Fields: 300, Worlds: 35},
		Full:     trial.Size{Fields: 10000, Worlds: 400},
		Rarest:   20,
		Features: g.Features,
		World: func(name string) ([]byte, error) {
			w := g.World()
			for _, s := range w.Models() {
				models++
				if s.Mistake {
					spoilt++
				}
			}
			return w.Render(name)
		},
		Compare: func(sources map[string][]byte) *trial.Findings {
			c := compare(t, sources)
			refused += c.refused
			return &c.Findings
		},
		Summary: func() string {
			return fmt.Sprintf("%d models, %d with a mistake; pop refuses %d of them or of their associations", models, spoilt, refused)
		},
	}.Run(t)
}

// TestWorlds holds rells against pop on hand-written models.
func TestWorlds(t *testing.T) {
	trial.Written(t, func(sources map[string][]byte) *trial.Findings { return &compare(t, sources).Findings })
}

// program asks pop.
var program = ask.Program{
	Truth:  "github.com/rells-dev/rells/index/oracle/pop/truth",
	Gather: "models []any",
	World:  "models = append(models, %[1]s.Models()...)",
	Print:  "truth.Print(os.Stdout, models...)",
	// rells shall tell of creations, too, which is a hint by itself
	More: map[string][]byte{"rells.toml": []byte("[severity]\ncreation-unfit = \"warning\"\n")},
}

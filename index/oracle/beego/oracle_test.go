package oracle

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/beego/beego/v2/client/orm/oracle/generate"
	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ask/trial"
)

// rells is the command that is held against Beego.
var rells ask.Rells

func TestMain(m *testing.M) { os.Exit(ask.Main(m, &rells)) }

// TestOracle grows models at random and holds rells against the real Beego on each of
// their relation fields.
func TestOracle(t *testing.T) {
	g := generate.New(ask.Seed())
	var sum summary
	trial.Trial{
		ORM:      "Beego",
		Sample:   trial.Size{Fields: 300, Worlds: 30},
		Full:     trial.Size{Fields: 10000, Worlds: 200},
		Rarest:   5,
		Features: g.Features,
		World: func(name string) ([]byte, error) {
			w := g.World(ask.ModulePath + "/" + name)
			sum.spoilt += len(slices.DeleteFunc(w.Models(), func(s *generate.Struct) bool { return !s.Mistake }))
			return w.Render(name)
		},
		Compare: func(sources map[string][]byte) *trial.Findings {
			c := compare(t, sources)
			sum.add(c)
			return &c.Findings
		},
		Summary: sum.String,
	}.Run(t)
}

// summary is what was grown, and what Beego refuses of it.
type summary struct {
	models, spoilt, refused, faults, spread, untold int
}

func (s *summary) add(c *comparison) {
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
}

func (s *summary) String() string {
	return fmt.Sprintf("%d models, %d with a mistake; Beego refuses %d, stumbles over %d relations, and over %d for the sake of others\n"+
		"%d errors of rells stand beside models that Beego refuses, and cannot be asked for",
		s.models, s.spoilt, s.refused, s.faults, s.spread, s.untold)
}

// TestWorlds holds rells against Beego on hand-written models.
func TestWorlds(t *testing.T) {
	trial.Written(t, func(sources map[string][]byte) *trial.Findings { return &compare(t, sources).Findings })
}

// program asks Beego.
var program = ask.Program{
	Truth:  "github.com/beego/beego/v2/client/orm/oracle/truth",
	Gather: "worlds []truth.World",
	World:  `worlds = append(worlds, truth.NewWorld("` + ask.ModulePath + `/%[1]s", %[1]s.Handed()))`,
	Print:  "truth.Print(os.Stdout, worlds...)",
}

// compare asks Beego and rells about worlds, whose source is given by name.
func compare(t *testing.T, sources map[string][]byte) *comparison {
	t.Helper()
	c := &comparison{}
	c.index, c.check = trial.Ask(t, sources, program, &c.truth, rells)
	var err error
	if c.rules, err = ask.Rules(ask.Root, "beego"); err != nil {
		t.Fatal(err)
	}
	c.run()
	return c
}

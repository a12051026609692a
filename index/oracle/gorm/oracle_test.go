package oracle

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/gorm/generate"
	"github.com/rells-dev/rells/index/oracle/gorm/truth"
)

// The sizes of a run, in relation fields: a fresh sample, and what RELLS_ORACLE=full asks for.
const (
	sampleFields = 600
	fullFields   = 20000
)

// rarestTimes is how often a full run generates each case at least.
const rarestTimes = 50

// modelsPerBatch is how many models are compiled into one program.
const modelsPerBatch = 400

// TestOracle grows models at random and holds rells against the real GORM on
// each of their relation fields.
func TestOracle(t *testing.T) {
	seed, fields := ask.Seed(), ask.Fields(sampleFields, fullFields)
	cases, err := generate.Cases("testdata/rules")
	if err != nil {
		t.Fatal(err)
	}
	g := generate.New(seed, cases)
	tally := &tally{}
	for batch := 0; tally.relations < fields; batch++ {
		b := growBatch(t, g)
		verdicts, err := b.askGORM()
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range b.worlds {
			for _, inst := range w.grown.Sealed {
				for _, d := range contradictions(inst, w.packages, verdicts) {
					t.Errorf("%s: %s\n%s", inst.Case, d, w.source())
				}
			}
			tally.countWorld(w, verdicts)
		}
		tally.countComparison(b.compare(t, verdicts), b)
	}
	g.Features.Print(os.Stdout, cases)
	tally.print(os.Stdout)
	if len(tally.differences) > 0 {
		t.Errorf("rells and GORM differ")
	}
	name, times := g.Features.Rarest(cases)
	fmt.Printf("rarest: %s, generated %d times\n", name, times)
	if fields >= fullFields && times < rarestTimes {
		t.Errorf("%s was generated %d times, want %d", name, times, rarestTimes)
	}
}

// batch is the worlds that share one program.
type batch struct {
	*scratch
	worlds []renderedWorld
}

type renderedWorld struct {
	grown    generate.Grown
	packages []generate.Package
}

// compare asks rells about the batch and holds its answer against GORM's.
func (b *batch) compare(t *testing.T, verdicts map[string]truth.Model) *comparison {
	t.Helper()
	c := &comparison{verdicts: verdicts, bases: map[string]bool{}}
	for _, w := range b.worlds {
		for _, typ := range w.grown.Types {
			if typ.Role == generate.Base {
				c.bases[w.home(typ.Name)+"."+typ.Name] = true
			}
		}
	}
	var err error
	if c.index, err = rells.Index(b.Dir); err != nil {
		t.Fatal(err)
	}
	if c.check, err = rells.Check(b.Dir); err != nil {
		t.Fatal(err)
	}
	c.run()
	return c
}

// mustAgree asks GORM and rells about the batch as it stands now.
func (b *batch) mustAgree(t *testing.T) {
	t.Helper()
	verdicts, err := b.askGORM()
	if err != nil {
		t.Fatal(err)
	}
	c := b.compare(t, verdicts)
	if c.compared == 0 {
		t.Error("nothing was compared")
	}
	for i, d := range c.differences {
		if i < maxShown {
			t.Errorf("%s: %s: %s\n%s", d.Kind, d.ID, d.Text, b.sourceOf(d.Model))
		}
	}
	if n := len(c.differences); n > 0 {
		t.Errorf("%d differences", n)
	}
}

// home is the import path of the package that a type of the world lives in.
func (w renderedWorld) home(name string) string {
	for _, p := range w.packages {
		if slices.Contains(p.Types, name) {
			return p.Path
		}
	}
	return ""
}

// sourceOf is the text of the world that a model belongs to.
func (b *batch) sourceOf(model string) string {
	for _, w := range b.worlds {
		for _, p := range w.packages {
			if strings.HasPrefix(model, p.Path+".") {
				return w.source()
			}
		}
	}
	return ""
}

// source is the text of all the files of a world.
func (w renderedWorld) source() string {
	var b strings.Builder
	for _, p := range w.packages {
		for name, src := range p.Files {
			if name != "registry.go" {
				fmt.Fprintf(&b, "-- %s/%s --\n%s", p.Dir, name, src)
			}
		}
	}
	return b.String()
}

func growBatch(t *testing.T, g *generate.Generator) *batch {
	t.Helper()
	b := &batch{}
	var packages []generate.Package
	for models := 0; models < modelsPerBatch; {
		grown := g.World()
		rendered, err := grown.Render(generate.Layout{
			Module: ask.ModulePath, Dir: fmt.Sprintf("w%03d", len(b.worlds)), Rand: g.Rand,
		})
		if err != nil {
			t.Fatal(err)
		}
		b.worlds = append(b.worlds, renderedWorld{grown, rendered})
		packages = append(packages, rendered...)
		models += len(grown.Models())
	}
	var err error
	if b.scratch, err = newScratch(t.TempDir(), packages); err != nil {
		t.Fatal(err)
	}
	return b
}

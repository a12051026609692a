package oracle

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// The sizes of a run, in relationships of each form: a fresh sample, and what
// RELLS_ORACLE=full asks for.
const (
	sampleRelations = 150
	fullRelations   = 10000
)

// rarestTimes is how often a full run generates each feature at least.
const rarestTimes = 10

// rells is the command, once it is built.
var rells ask.Rells

func TestMain(m *testing.M) { os.Exit(ask.Main(m, &rells)) }

// python finds an interpreter that has SQLAlchemy, and its version.
func python(t *testing.T) (path, version string) {
	for _, name := range []string{os.Getenv("RELLS_PYTHON"), "/usr/bin/python3", "python3"} {
		if name == "" {
			continue
		}
		if out, err := exec.Command(name, "-c", "import sqlalchemy; print(sqlalchemy.__version__)").Output(); err == nil {
			return name, strings.TrimSpace(string(out))
		}
	}
	missing(t, "Python with SQLAlchemy")
	return "", ""
}

// missing skips a test for want of something, unless nothing may be left out.
func missing(t *testing.T, what string) {
	if os.Getenv("RELLS_REQUIRE_ALL") != "" {
		t.Fatalf("no %s was found", what)
	}
	t.Skipf("no %s was found", what)
}

func rowRules(t *testing.T) map[string][]string {
	root, err := filepath.Abs(ask.Root)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := ask.Rules(root, "sqlalchemy")
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// TestOracle grows models at random, in each form that the version of SQLAlchemy has, and
// holds rells against it on each relationship.
func TestOracle(t *testing.T) {
	python, version := python(t)
	seed := ask.Seed()
	for _, f := range forms {
		if !f.among(version) {
			continue
		}
		t.Run(f.name, func(t *testing.T) {
			if f.needs != "" && exec.Command(python, "-c", "import "+f.needs).Run() != nil {
				missing(t, f.needs)
			}
			g := &grower{Rand: rand.New(rand.NewPCG(seed, 0)), features: ask.Features{}, form: f, modern: !strings.HasPrefix(version, "1.")}
			r := &run{T: t, python: python, rells: rells, rules: rowRules(t), grower: g, rows: ask.Features{}}
			size := ask.Fields(sampleRelations, fullRelations)
			for r.compared < size && r.differ < 5 {
				r.batch(min(100, 20+size/5))
			}
			g.features.Print(os.Stdout)
			r.rows.Print(os.Stdout)
			fmt.Printf("SQLAlchemy %s, %s: %d worlds, %d refused, %d taken apart; %d relationships compared, %d worlds differ\n",
				version, f.name, r.worlds, r.refused, r.apart, r.compared, r.differ)
			if name, times := g.features.Rarest(); size >= fullRelations && times < rarestTimes {
				t.Errorf("%s was generated %d times, want %d", name, times, rarestTimes)
			}
		})
	}
}

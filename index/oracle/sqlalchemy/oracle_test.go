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

// The sizes of a run, in relationships: a fresh sample, and what RELLS_ORACLE=full asks for.
const (
	sampleRelations = 800
	fullRelations   = 12000
)

// worldsPerBatch is how many worlds are read at once.
const worldsPerBatch = 100

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
	if os.Getenv("RELLS_REQUIRE_ALL") != "" {
		t.Fatal("no Python with SQLAlchemy was found")
	}
	t.Skip("no Python with SQLAlchemy was found")
	return "", ""
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

// TestOracle grows models at random and holds rells against the real SQLAlchemy on each
// relationship.
func TestOracle(t *testing.T) {
	python, version := python(t)
	rules := rowRules(t)
	seed, size := ask.Seed(), ask.Fields(sampleRelations, fullRelations)
	g := &grower{Rand: rand.New(rand.NewPCG(seed, 0)), features: ask.Features{}, modern: !strings.HasPrefix(version, "1.")}
	rows := ask.Features{}
	worlds, refused, compared, differ := 0, 0, 0, 0
	for compared < size && differ < 5 {
		dir := t.TempDir()
		batch := map[string]*world{}
		var names []string
		for range worldsPerBatch {
			w := g.world()
			if g.chance(25) {
				g.spoil()
			}
			batch[w.name], names = w, append(names, w.name)
			if err := w.write(dir); err != nil {
				t.Fatal(err)
			}
		}
		truths, err := askSQLAlchemy(python, dir, names)
		if err != nil {
			t.Fatal(err)
		}
		said, err := askRells(rells, dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, truth := range truths {
			worlds++
			compared += len(truth.Relations)
			if truth.Error != "" {
				refused++
				rows[rowName(truth.Error)]++
			}
			for _, w := range truth.Warnings {
				rows[rowName(w)]++
			}
			if list := differences(&truth, said[truth.Package], rules); len(list) > 0 {
				differ++
				w := batch[truth.Package]
				t.Errorf("%s (%s):\n%s", w.name, w.spoilt, w.source())
				for _, d := range list {
					t.Error(d)
				}
			}
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	g.features.Print(os.Stdout)
	rows.Print(os.Stdout)
	fmt.Printf("SQLAlchemy %s: %d worlds, %d refused; %d relationships compared, %d worlds differ\n", version, worlds, refused, compared, differ)
	if name, times := g.features.Rarest(); size >= fullRelations && times < rarestTimes {
		t.Errorf("%s was generated %d times, want %d", name, times, rarestTimes)
	}
}

// rowName is the row of a message, for people.
func rowName(message string) string {
	switch row := rowOf(message); {
	case row != "":
		return "row " + row
	case copies.MatchString(message):
		return "row sa46"
	default:
		return "no row: " + message[:min(len(message), 60)]
	}
}

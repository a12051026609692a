package oracle

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// The sizes of a run, in relationships: a fresh sample, and what RELLS_ORACLE=full asks for.
const (
	sampleRelations = 600
	fullRelations   = 10000
)

// worldsPerBatch is how many worlds are read at once.
const worldsPerBatch = 100

// rarestTimes is how often a full run generates each feature at least.
const rarestTimes = 5

// python finds an interpreter that has SQLAlchemy.
func python(t *testing.T) string {
	for _, name := range []string{os.Getenv("RELLS_PYTHON"), "/usr/bin/python3", "python3"} {
		if name != "" && exec.Command(name, "-c", "import sqlalchemy").Run() == nil {
			return name
		}
	}
	if os.Getenv("RELLS_REQUIRE_ALL") != "" {
		t.Fatal("no Python with SQLAlchemy was found")
	}
	t.Skip("no Python with SQLAlchemy was found")
	return ""
}

// TestOracle grows models at random and holds rells against the real SQLAlchemy on each
// relationship.
func TestOracle(t *testing.T) {
	python := python(t)
	seed, size := ask.Seed(), ask.Fields(sampleRelations, fullRelations)
	root, err := filepath.Abs(ask.Root)
	if err != nil {
		t.Fatal(err)
	}
	rells, err := ask.Build(root, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	rules, err := ask.Rules(root, "sqlalchemy")
	if err != nil {
		t.Fatal(err)
	}
	g := &grower{Rand: rand.New(rand.NewPCG(seed, 0)), features: ask.Features{}}
	rows := ask.Features{}
	worlds, refused, compared, differ, version := 0, 0, 0, 0, ""
	for compared < size && differ < 5 {
		dir := t.TempDir()
		batch := map[string]*world{}
		var names []string
		for range worldsPerBatch {
			w := g.world()
			if g.chance(25) {
				g.spoil(w)
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
			version = truth.Version
			compared += len(truth.Relations)
			if truth.Error != "" {
				refused++
				row := rowOf(truth.Error)
				if row == "" {
					row = "not told yet"
				}
				rows[row]++
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
	}
	g.features.Print(os.Stdout)
	rows.Print(os.Stdout)
	fmt.Printf("SQLAlchemy %s: %d worlds, %d refused; %d relationships compared, %d worlds differ\n", version, worlds, refused, compared, differ)
	if name, times := g.features.Rarest(); size >= fullRelations && times < rarestTimes {
		t.Errorf("%s was generated %d times, want %d", name, times, rarestTimes)
	}
}

// write writes the world's package.
func (w *world) write(dir string) error {
	folder := filepath.Join(dir, w.name)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	for name, text := range map[string]string{
		"__init__.py": "",
		"base.py":     "from sqlalchemy.orm import declarative_base\n\nBase = declarative_base()\n",
		"models.py":   w.source(),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

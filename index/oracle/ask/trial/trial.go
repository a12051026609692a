// Package trial holds rells against an ORM over worlds of models: packages of source that
// are grown at random, or written by hand, and that both are asked about.
package trial

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// Trial is a run over worlds that are grown at random.
type Trial struct {
	ORM          string // what it is called: "Bun"
	Sample, Full Size   // of a fresh sample, and of what RELLS_ORACLE=full asks for
	Rarest       int    // how often a full run makes use of each feature at least
	Features     ask.Features

	World   func(name string) (source []byte, err error) // grows one, in a package of the name
	Compare Comparer
	Summary func() string // what was grown, and what the ORM refuses of it
}

// Size is how large a run is.
type Size struct {
	Fields int // relation fields that are compared at least
	Worlds int // that are compiled into one program: linking takes most of the time of a full run
}

// Comparer compares what rells and the ORM make of worlds, which are given as source by the
// names of their packages.
type Comparer func(sources map[string][]byte) *Findings

// Run grows worlds until enough is compared, prints what came of it, and fails where rells
// and the ORM differ.
func (tr Trial) Run(t *testing.T) {
	size := Size{Fields: ask.Fields(tr.Sample.Fields, tr.Full.Fields), Worlds: tr.Sample.Worlds}
	full := size.Fields >= tr.Full.Fields
	if full {
		size.Worlds = tr.Full.Worlds
	}
	var all tally
	for all.compared < size.Fields {
		sources := map[string][]byte{}
		for i := range size.Worlds {
			name := fmt.Sprintf("w%d", i)
			source, err := tr.World(name)
			if err != nil {
				t.Fatal(err)
			}
			sources[name] = source
		}
		all.add(tr.Compare(sources), sources)
	}
	tr.Features.Print(os.Stdout)
	fmt.Println(tr.Summary())
	all.print(os.Stdout)
	if len(all.kinds) > 0 {
		t.Errorf("rells and %s differ", tr.ORM)
	}
	if name, times := tr.Features.Rarest(); full && times < tr.Rarest {
		t.Errorf("%s was generated %d times, want %d", name, times, tr.Rarest)
	}
}

// Ask asks the ORM, by a program, and rells about worlds, which are given as source by the
// names of their packages. What the ORM says is decoded into truth.
func Ask(t *testing.T, sources map[string][]byte, program ask.Program, truth any, rells ask.Rells) (ask.Index, ask.Check) {
	t.Helper()
	module, err := ask.NewWorlds(t.TempDir(), sources, program)
	if err != nil {
		t.Fatal(err)
	}
	if err := module.Run("ask", truth); err != nil {
		t.Fatal(err)
	}
	index, err := rells.Index(module.Dir)
	if err != nil {
		t.Fatal(err)
	}
	check, err := rells.Check(module.Dir)
	if err != nil {
		t.Fatal(err)
	}
	return index, check
}

// Written compares the worlds that are written by hand: those of the archives in testdata,
// each in a file by the name of its package.
func Written(t *testing.T, compare Comparer) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no worlds: %v", err)
	}
	sources := map[string][]byte{}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			sources[strings.TrimSuffix(f.Name, ".go")] = f.Data
		}
	}
	found := compare(sources)
	for _, d := range found.Differences {
		t.Errorf("%s: %s\n%s", d.Kind, d.Where, d.Text)
	}
	fmt.Printf("%d relation fields of hand-written models\n", found.Compared)
}

// Package inject breaks the relations of a real code base, one at a time, and holds what
// rells then reports against what the real ORM then refuses. An oracle makes a command of
// it by telling what is special about its ORM.
//
//	go run ./inject -repo DIR [-n 50] [-seed S]
//
// DIR is a module with models; it is copied and not touched. The copy requires the ORM
// that the oracle knows, whatever DIR requires. The command runs in the folder of the
// oracle's module. Exit status 1: a refusal that rells does not report, or an error that
// the ORM knows nothing of.
//
// What an ORM reads from the tags of structs is asked by a program that is compiled beside
// copies of packages, each with a mistake in it: see Structs. An ORM whose relations stand
// in code brings Models of its own.
package inject

import (
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// ORM is what is special about an ORM.
type ORM struct {
	Name string // "GORM"
	// Refusals are rules whose warnings tell of what the ORM refuses, too.
	Refusals []string
	Models   Models
}

// Models are those of the module that is broken.
type Models interface {
	// Draw makes up to n different mistakes.
	Draw(m *Module, n int, rnd *rand.Rand) ([]*Mistake, error)
	// Ask tells what the ORM makes of the models with each of the mistakes, by the ids of the
	// verdicts; nil stands for the module without one. A mistake that does not compile has
	// no verdicts.
	Ask(m *Module, mistakes []*Mistake) (map[*Mistake]map[string]ask.Verdict, error)
}

// Main is the command.
func Main(orm *ORM) {
	log.SetFlags(0)
	repo := flag.String("repo", "", "the module to break")
	n := flag.Int("n", 50, "how many mistakes to inject")
	seed := flag.Uint64("seed", 0, "seed of the mistakes; 0 draws one")
	command := flag.String("rells", "", "the rells command; built from this repository where empty; none asks the ORM alone")
	verbose := flag.Bool("v", false, "list every mistake with the ORM's words")
	keep := flag.Bool("keep", false, "keep the working copies")
	flag.Parse()
	if *repo == "" {
		flag.Usage()
		os.Exit(2)
	}
	if *seed == 0 {
		*seed = rand.Uint64N(1 << 32)
	}
	fmt.Printf("%s, seed %d\n", *repo, *seed)

	work, err := os.MkdirTemp("", "rells-inject-")
	if err != nil {
		log.Fatal(err)
	}
	outcomes, err := orm.run(*repo, work, *command, *n, rand.New(rand.NewPCG(*seed, 0)))
	if *verbose {
		printMistakes(os.Stdout, outcomes)
	}
	if *keep {
		fmt.Println("kept:", work)
	} else {
		os.RemoveAll(work)
	}
	if err != nil {
		log.Print(err)
		os.Exit(2)
	}
	if orm.printOutcomes(os.Stdout, outcomes) > 0 {
		os.Exit(1)
	}
}

// run injects n mistakes into copies of repo under work.
func (orm *ORM) run(repo, work, command string, n int, rnd *rand.Rand) ([]outcome, error) {
	judge := judge{}
	if command != "none" {
		var err error
		if judge, err = newJudge(orm, repo, work, command); err != nil {
			return nil, err
		}
	}
	asked, err := copyModule(repo, filepath.Join(work, "asked"))
	if err != nil {
		return nil, err
	}
	mistakes, err := orm.Models.Draw(asked, n, rnd)
	if err != nil {
		return nil, err
	}
	verdicts, err := orm.Models.Ask(asked, append(mistakes, nil))
	if err != nil {
		return nil, err
	}
	return judge.all(mistakes, verdicts)
}

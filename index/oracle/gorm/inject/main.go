// Command inject breaks the relations of a real code base, one at a time, and
// holds what rells then reports against what the real GORM then refuses.
//
//	go run ./inject -repo DIR [-n 50] [-seed S]
//
// DIR is a module with GORM models; it is copied and not touched. The copy
// requires the newest GORM that the oracle knows, whatever DIR requires. The
// command runs in the folder of the oracle's module. Exit status 1: a refusal
// that rells does not report, or an error that GORM knows nothing of.
package main

import (
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	repo := flag.String("repo", "", "the module to break")
	n := flag.Int("n", 50, "how many mistakes to inject")
	seed := flag.Uint64("seed", 0, "seed of the mistakes; 0 draws one")
	command := flag.String("rells", "", "the rells command; built from this repository where empty; none asks GORM alone")
	verbose := flag.Bool("v", false, "list every mistake with GORM's words")
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
	outcomes, err := run(*repo, work, *command, *n, rand.New(rand.NewPCG(*seed, 0)))
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
	if printOutcomes(os.Stdout, outcomes) > 0 {
		os.Exit(1)
	}
}

// run injects n mistakes into copies of repo under work.
func run(repo, work, command string, n int, rnd *rand.Rand) ([]outcome, error) {
	judge := judge{}
	if command != "none" {
		var err error
		if judge, err = newJudge(repo, work, command); err != nil {
			return nil, err
		}
	}
	asked, err := copyModule(repo, filepath.Join(work, "gorm"))
	if err != nil {
		return nil, err
	}
	packages, err := asked.modelPackages()
	if err != nil {
		return nil, err
	}
	base, err := asked.askAll(packages, []*mistake{nil})
	if err != nil {
		return nil, err
	}
	mistakes := draw(packages, base[nil], n, rnd)
	verdicts, err := asked.askAll(packages, append(mistakes, nil))
	if err != nil {
		return nil, err
	}
	return judge.all(mistakes, verdicts)
}

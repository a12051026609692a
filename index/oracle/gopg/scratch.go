package oracle

import (
	"fmt"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/gopg/truth"
)

// settings have rells tell of guesses, too, which is a hint by itself.
const settings = "[severity]\nrelation-guessed = \"warning\"\n"

// scratch is a module of packages on disk, one for each world, with a program that
// asks go-pg about their models.
type scratch struct{ *ask.Module }

// newScratch writes a module with the packages, whose source is given by name, into an
// empty folder.
func newScratch(dir string, names []string, sources map[string][]byte) (scratch, error) {
	files := map[string][]byte{"ask/main.go": program(names), "rells.toml": []byte(settings)}
	for name, src := range sources {
		files[name+"/models.go"] = src
	}
	module, err := ask.NewModule(dir, files)
	return scratch{module}, err
}

// program is the main package that asks go-pg about the worlds.
func program(names []string) []byte {
	var imports, worlds strings.Builder
	for _, name := range names {
		fmt.Fprintf(&imports, "\t%q\n", ask.ModulePath+"/"+name)
		fmt.Fprintf(&worlds, "\t\ttruth.World{Models: %s.Models(), Registered: %s.Joins()},\n", name, name)
	}
	return fmt.Appendf(nil, `package main

import (
	"log"
	"os"

	"github.com/rells-dev/rells/index/oracle/gopg/truth"
%s)

func main() {
	if err := truth.Print(os.Stdout,
%s	); err != nil {
		log.Fatal(err)
	}
}
`, imports.String(), worlds.String())
}

// askGoPG compiles and runs the program and returns what go-pg makes of each model, by
// its id.
func (s scratch) askGoPG() (map[string]truth.Model, error) {
	var models []truth.Model
	if err := s.Run("ask", &models); err != nil {
		return nil, err
	}
	byID := map[string]truth.Model{}
	for _, m := range models {
		byID[m.ID] = m
	}
	return byID, nil
}

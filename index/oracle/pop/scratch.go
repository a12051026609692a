package oracle

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/pop/truth"
)

// askPop compiles and runs a program that hands the models of the packages, whose source
// is given by name, to pop, and returns what that makes of each, and the module.
func askPop(dir string, sources map[string][]byte) (*ask.Module, []truth.Model, error) {
	files := map[string][]byte{
		"ask/main.go": program(slices.Sorted(maps.Keys(sources))),
		"rells.toml":  []byte("[severity]\ncreation-unfit = \"warning\"\n"), // hints are not told of
	}
	for name, src := range sources {
		files[name+"/models.go"] = src
	}
	m, err := ask.NewModule(dir, files)
	if err != nil {
		return nil, nil, err
	}
	var models []truth.Model
	return m, models, m.Run("ask", &models)
}

// program is the main package that asks pop.
func program(worlds []string) []byte {
	var imports, models strings.Builder
	for _, name := range worlds {
		fmt.Fprintf(&imports, "\t%q\n", ask.ModulePath+"/"+name)
		fmt.Fprintf(&models, "\tmodels = append(models, %s.Models()...)\n", name)
	}
	return fmt.Appendf(nil, `package main

import (
	"log"
	"os"

	"github.com/rells-dev/rells/index/oracle/pop/truth"
%s)

func main() {
	var models []any
%s	if err := truth.Print(os.Stdout, models...); err != nil {
		log.Fatal(err)
	}
}
`, imports.String(), models.String())
}

package oracle

import (
	"fmt"
	"os/exec"
	"path"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/gorm/generate"
	"github.com/rells-dev/rells/index/oracle/gorm/truth"
)

// scratch is a module of generated packages on disk, with a program that asks GORM about
// their models.
type scratch struct {
	*ask.Module
	naming string // of GORM, see truth.NamingVariable; "" for the default
}

// newScratch writes packages as a module into dir, an empty folder.
func newScratch(dir string, packages []generate.Package) (*scratch, error) {
	files := map[string][]byte{"ask/main.go": program(packages)}
	for _, p := range packages {
		for name, src := range p.Files {
			files[path.Join(p.Dir, name)] = src
		}
	}
	module, err := ask.NewModule(dir, files)
	return &scratch{Module: module}, err
}

// useGORM builds the module with another version of GORM.
func (s *scratch) useGORM(version string) error {
	edit := exec.Command("go", "mod", "edit", "-replace=gorm.io/gorm=gorm.io/gorm@"+version)
	edit.Dir = s.Dir
	if out, err := edit.CombinedOutput(); err != nil {
		return fmt.Errorf("use GORM %s: %v\n%s", version, err, out)
	}
	return nil
}

// program is the main package that asks GORM.
func program(packages []generate.Package) []byte {
	var imports, models strings.Builder
	for i, p := range packages {
		if p.Registry == "" {
			continue
		}
		fmt.Fprintf(&imports, "\tp%d %q\n", i, p.Path)
		fmt.Fprintf(&models, "\tmodels = append(models, p%d.%s()...)\n", i, p.Registry)
	}
	return fmt.Appendf(nil, `package main

import (
	"log"
	"os"

	"github.com/rells-dev/rells/index/oracle/gorm/truth"
%s)

func main() {
	var models []any
%s	if err := truth.Print(os.Stdout, models...); err != nil {
		log.Fatal(err)
	}
}
`, imports.String(), models.String())
}

// askGORM compiles and runs the module's program and returns GORM's verdict on each model
// by its id.
func (s *scratch) askGORM() (map[string]truth.Model, error) {
	var verdicts []truth.Model
	if err := s.Run("ask", &verdicts, truth.NamingVariable+"="+s.naming); err != nil {
		return nil, err
	}
	byID := map[string]truth.Model{}
	for _, v := range verdicts {
		byID[v.ID] = v
	}
	return byID, nil
}

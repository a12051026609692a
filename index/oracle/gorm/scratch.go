package oracle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/rells-dev/rells/index/oracle/gorm/generate"
	"github.com/rells-dev/rells/index/oracle/gorm/truth"
)

// scratchModule is the module path of the generated programs.
const scratchModule = "scratch.test/models"

// scratch is a module of generated packages on disk, with a program that asks
// GORM about their models.
type scratch struct {
	dir      string
	packages []generate.Package
	naming   string // of GORM, see truth.NamingVariable; "" for the default
}

// newScratch writes packages as a module into dir, an empty folder. The
// module requires what the oracle's own requires, and the oracle for truth.
func newScratch(dir string, packages []generate.Package) (*scratch, error) {
	oracle, err := os.Getwd() // go test runs in the folder of the package
	if err != nil {
		return nil, err
	}
	s := &scratch{dir: dir, packages: packages}
	sums, err := os.ReadFile(filepath.Join(oracle, "go.sum"))
	if err != nil {
		return nil, err
	}
	mod, err := os.ReadFile(filepath.Join(oracle, "go.mod"))
	if err != nil {
		return nil, err
	}
	own := "github.com/rells-dev/rells/index/oracle/gorm"
	text := strings.Replace(string(mod), "module "+own, "module "+scratchModule, 1) +
		fmt.Sprintf("\nrequire %s v0.0.0\n\nreplace %s => %s\n", own, own, oracle)
	s.write("go.mod", []byte(text))
	s.write("go.sum", sums)
	s.write("ask/main.go", s.program())
	for _, p := range packages {
		for name, src := range p.Files {
			s.write(filepath.Join(filepath.FromSlash(p.Dir), name), src)
		}
	}
	return s, nil
}

// useGORM builds the module with another version of GORM.
func (s *scratch) useGORM(version string) error {
	edit := exec.Command("go", "mod", "edit", "-replace=gorm.io/gorm=gorm.io/gorm@"+version)
	edit.Dir = s.dir
	if out, err := edit.CombinedOutput(); err != nil {
		return fmt.Errorf("use GORM %s: %v\n%s", version, err, out)
	}
	return nil
}

func (s *scratch) write(name string, data []byte) {
	file := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		panic(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		panic(err)
	}
}

// program is the main package that asks GORM.
func (s *scratch) program() []byte {
	var imports, models strings.Builder
	for i, p := range s.packages {
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

// askGORM compiles and runs the module's program and returns GORM's verdict on
// each model by its id.
func (s *scratch) askGORM() (map[string]truth.Model, error) {
	binary := filepath.Join(s.dir, "ask", "ask.bin")
	build := exec.Command("go", "build", "-mod=mod", "-trimpath", "-ldflags=-s -w", "-o", binary, "./ask")
	build.Dir = s.dir
	build.Env = append(os.Environ(), "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("compile the generated models: %v\n%s", err, out)
	}
	var stderr bytes.Buffer
	run := exec.Command(binary)
	run.Stderr = &stderr
	run.Env = append(os.Environ(), truth.NamingVariable+"="+s.naming)
	out, err := run.Output()
	if err != nil {
		return nil, fmt.Errorf("ask GORM: %v\n%s", err, stderr.Bytes())
	}
	var verdicts []truth.Model
	if err := json.Unmarshal(out, &verdicts); err != nil {
		return nil, fmt.Errorf("read GORM's verdicts: %v", err)
	}
	byID := map[string]truth.Model{}
	for _, v := range verdicts {
		byID[v.ID] = v
	}
	return byID, nil
}

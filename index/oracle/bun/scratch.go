package oracle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/rells-dev/rells/index/oracle/bun/truth"
)

// scratchModule is the module path of the generated programs.
const scratchModule = "scratch.test/models"

// own is the module path of this oracle.
const own = "github.com/rells-dev/rells/index/oracle/bun"

// scratch is a module of packages on disk, one for each world, with a program that
// asks Bun about their models.
type scratch struct {
	dir    string
	worlds []string // names of the packages
}

// newScratch writes a module with the packages, whose source is given by name, into an
// empty folder. It requires what the oracle requires, and the oracle for truth.
func newScratch(dir string, names []string, sources map[string][]byte) (*scratch, error) {
	oracle, err := os.Getwd() // go test runs in the folder of the package
	if err != nil {
		return nil, err
	}
	sums, err := os.ReadFile(filepath.Join(oracle, "go.sum"))
	if err != nil {
		return nil, err
	}
	mod, err := os.ReadFile(filepath.Join(oracle, "go.mod"))
	if err != nil {
		return nil, err
	}
	s := &scratch{dir: dir, worlds: names}
	files := map[string][]byte{
		"go.mod": fmt.Appendf(nil, "%s\nrequire %s v0.0.0\n\nreplace %s => %s\n",
			strings.Replace(string(mod), "module "+own, "module "+scratchModule, 1), own, own, oracle),
		"go.sum":      sums,
		"ask/main.go": s.program(),
	}
	for name, src := range sources {
		files[name+"/models.go"] = src
	}
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, data, 0o666); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// program is the main package that asks Bun.
func (s *scratch) program() []byte {
	var imports, worlds strings.Builder
	for _, name := range s.worlds {
		fmt.Fprintf(&imports, "\t%q\n", scratchModule+"/"+name)
		fmt.Fprintf(&worlds, "\t\ttruth.World{Models: %s.Models(), Registered: %s.Joins()},\n", name, name)
	}
	return fmt.Appendf(nil, `package main

import (
	"log"
	"os"

	%q
%s)

func main() {
	if err := truth.Print(os.Stdout,
%s	); err != nil {
		log.Fatal(err)
	}
}
`, own+"/truth", imports.String(), worlds.String())
}

// askBun compiles and runs the program and returns what Bun makes of each model, by
// its id.
func (s *scratch) askBun() (map[string]truth.Model, error) {
	binary := filepath.Join(s.dir, "ask", "ask.bin")
	build := exec.Command("go", "build", "-mod=mod", "-ldflags=-s -w", "-o", binary, "./ask")
	build.Dir = s.dir
	build.Env = append(os.Environ(), "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("compile the models: %v\n%s", err, out)
	}
	var stderr bytes.Buffer
	run := exec.Command(binary)
	run.Stderr = &stderr
	out, err := run.Output()
	if err != nil {
		return nil, fmt.Errorf("ask Bun: %v\n%s", err, stderr.Bytes())
	}
	var models []truth.Model
	if err := json.Unmarshal(out, &models); err != nil {
		return nil, fmt.Errorf("read what Bun says: %v", err)
	}
	byID := map[string]truth.Model{}
	for _, m := range models {
		byID[m.ID] = m
	}
	return byID, nil
}

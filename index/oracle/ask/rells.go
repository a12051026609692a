package ask

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Root is the root of rells' repository, seen from the folder of an oracle.
var Root = filepath.Join("..", "..", "..")

// Rells is a built rells command, by its path.
type Rells string

// Build builds rells from the repository root into a folder.
func Build(root, dir string) (Rells, error) {
	binary := filepath.Join(dir, "rells")
	build := exec.Command("go", "build", "-o", binary, "./cmd/rells")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build rells: %v\n%s", err, out)
	}
	return Rells(binary), nil
}

// Main is the body of an oracle's TestMain: it builds rells once, unless the flag
// -rells names a built one, runs the tests and returns their exit status.
func Main(m interface{ Run() int }, rells *Rells) int {
	flag.StringVar((*string)(rells), "rells", "", "the rells command, built; where empty it is built from this repository")
	flag.Parse()
	if *rells != "" {
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "rells-oracle-")
	if err == nil {
		defer os.RemoveAll(dir)
		*rells, err = Build(Root, dir)
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return m.Run()
}

// Index returns what `rells index` reads in a folder.
func (r Rells) Index(dir string) (Index, error) {
	var index Index
	return index, r.run(&index, "index", "--format", "json", dir)
}

// Check returns what `rells check` finds in a folder.
func (r Rells) Check(dir string) (Check, error) {
	var check Check
	return check, r.run(&check, "check", "--format", "json", dir)
}

// run decodes the output of a command into a value. Status 1 only says that there are
// problems.
func (r Rells) run(into any, args ...string) error {
	var stderr bytes.Buffer
	cmd := exec.Command(string(r), args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return fmt.Errorf("rells %v: %v\n%s", args, err, stderr.Bytes())
	}
	if err := json.Unmarshal(out, into); err != nil {
		return fmt.Errorf("rells %v: %v\n%s", args, err, stderr.Bytes())
	}
	return nil
}

package oracle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
)

// Rells is a built rells command, by its path.
type Rells string

// BuildRells builds rells from the repository root into a folder.
func BuildRells(root, dir string) (Rells, error) {
	binary := filepath.Join(dir, "rells")
	build := exec.Command("go", "build", "-o", binary, "./cmd/rells")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build rells: %v\n%s", err, out)
	}
	return Rells(binary), nil
}

// Index is the output of `rells index --format json DIR`, as far as it is compared.
type Index struct {
	Models []struct {
		ID       string
		Table    string
		Dialects []string
	}
	Relations []struct {
		ID, Model, Target, Kind, Dialect, JoinTable string
		Keys                                        []struct{ ForeignKey, References string }
		JoinKeys                                    []struct{ Column, References string }
		Polymorphic                                 *struct{ Type, Value string }
	}
}

// Check is the output of `rells check --format json DIR`, as far as it is compared.
type Check struct {
	Problems []Problem
}

// Problem is one finding.
type Problem struct{ Rule, Severity, Message, Model, Field string }

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

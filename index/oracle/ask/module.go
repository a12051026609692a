package ask

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// ModulePath is the path of every module that NewModule writes.
const ModulePath = "scratch.test/models"

// Module is a module on disk that a real ORM is asked by: source of models, and a
// program that hands them to the ORM.
type Module struct{ Dir string }

// NewModule writes files, by their slash-separated names, into a folder as a module. It
// requires what the oracle in the working directory requires, and the oracle itself:
// programs import the package of the oracle that asks the ORM.
func NewModule(dir string, files map[string][]byte) (*Module, error) {
	oracle, err := os.Getwd() // go test runs in the folder of the package
	if err != nil {
		return nil, err
	}
	mod, err := os.ReadFile(filepath.Join(oracle, "go.mod"))
	if err != nil {
		return nil, err
	}
	sums, err := os.ReadFile(filepath.Join(oracle, "go.sum"))
	if err != nil {
		return nil, err
	}
	text, err := scratchMod(string(mod), oracle)
	if err != nil {
		return nil, err
	}
	m := &Module{Dir: dir}
	if err := errors.Join(m.Write("go.mod", []byte(text)), m.Write("go.sum", sums)); err != nil {
		return nil, err
	}
	for name, data := range files {
		if err := m.Write(name, data); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// replaced finds what a go.mod replaces a module with, where that is a relative folder.
var replaced = regexp.MustCompile(`(?m)=> (\.\.?/\S*)$`)

// scratchMod makes the go.mod of an oracle in a folder into that of a module elsewhere
// that requires the oracle.
func scratchMod(mod, oracle string) (string, error) {
	first, rest, _ := strings.Cut(mod, "\n")
	own, ok := strings.CutPrefix(first, "module ")
	if !ok {
		return "", fmt.Errorf("%s: does not begin with its module path", filepath.Join(oracle, "go.mod"))
	}
	rest = replaced.ReplaceAllStringFunc(rest, func(s string) string {
		return "=> " + filepath.Join(oracle, filepath.FromSlash(strings.TrimPrefix(s, "=> ")))
	})
	return fmt.Sprintf("module %s\n%s\nrequire %s v0.0.0\n\nreplace %s => %s\n", ModulePath, rest, own, own, oracle), nil
}

// Write writes a file, by its slash-separated name.
func (m *Module) Write(name string, data []byte) error {
	file := filepath.Join(m.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o666)
}

// Run compiles a package main of the module, by its slash-separated folder, runs it with
// more of an environment and decodes the JSON that it prints into a value.
func (m *Module) Run(folder string, into any, env ...string) error {
	binary := filepath.Join(m.Dir, filepath.FromSlash(folder), "program.bin")
	build := exec.Command("go", "build", "-mod=mod", "-trimpath", "-ldflags=-s -w", "-o", binary, "./"+folder)
	build.Dir = m.Dir
	build.Env = append(os.Environ(), "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("compile the models: %v\n%s", err, out)
	}
	var stderr bytes.Buffer
	program := exec.Command(binary)
	program.Dir = m.Dir
	program.Stderr = &stderr
	program.Env = append(os.Environ(), env...)
	out, err := program.Output()
	if err != nil {
		return fmt.Errorf("ask the ORM: %v\n%s", err, stderr.Bytes())
	}
	if err := json.Unmarshal(out, into); err != nil {
		return fmt.Errorf("read what the ORM says: %v", err)
	}
	return nil
}

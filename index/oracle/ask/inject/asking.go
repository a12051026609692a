package inject

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// askFolder is where the program that asks the ORM lies in a working copy.
const askFolder = "rells_ask"

// askAll compiles, for each mistake, a copy of the package it is in, with the
// mistake, and asks the ORM about the models of all copies in one program. It
// returns the verdicts by the models' ids in the unbroken packages; the mistake
// nil stands for all packages without one. A mistake that does not compile has
// no verdicts.
func (m *asked) askAll(mistakes []*Mistake) (map[*Mistake]map[string]ask.Verdict, error) {
	if err := m.prepare(); err != nil {
		return nil, err
	}
	var clones []*clone
	for i, mistake := range mistakes {
		of := m.packages
		if mistake != nil {
			of = []*modelPackage{m.in(mistake.Folder())}
		}
		for _, p := range of {
			c := &clone{pkg: p, mistake: mistake, dir: path.Join(p.dir, fmt.Sprintf("rells_copy%03d", i))}
			if err := m.writeClone(c); err != nil {
				return nil, err
			}
			clones = append(clones, c)
		}
	}
	clones, err := m.dropBroken(clones)
	if err != nil {
		return nil, err
	}
	return m.ask(clones)
}

// sharedFiles are what the packages that ask ORMs import of this module.
var sharedFiles = []string{"ask/report.go", "ask/resolved.go", "ask/field.go", "ask/verdict.go"}

// clone is a copy of a package, without its functions, with a mistake in it.
type clone struct {
	pkg     *modelPackage
	mistake *Mistake
	dir     string // relative to the module
}

// prepare brings the asking code into the module and the ORM to its version.
func (m *asked) prepare() error {
	if _, err := os.Stat(filepath.Join(m.Dir, askFolder)); err == nil {
		return nil
	}
	const own = "github.com/rells-dev/rells/index/oracle/"
	for _, name := range slices.Concat(m.orm.Files, sharedFiles) {
		src, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(name))) // the command runs in the oracle's folder
		if err != nil {
			return err
		}
		src = bytes.ReplaceAll(src, []byte(own), []byte(path.Join(m.Path, askFolder)+"/"))
		if err := m.write(path.Join(askFolder, name), src); err != nil {
			return err
		}
	}
	return m.Require(m.orm.Modules...)
}

// dropBroken returns the clones that compile.
func (m *asked) dropBroken(clones []*clone) ([]*clone, error) {
	args := []string{"build"}
	for _, c := range clones {
		args = append(args, "./"+c.dir)
	}
	_, err := m.Go(args...)
	if err == nil {
		return clones, nil
	}
	broken := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?m)^# (\S+)`).FindAllStringSubmatch(err.Error(), -1) {
		broken[match[1]] = true
	}
	ok := slices.DeleteFunc(slices.Clone(clones), func(c *clone) bool { return broken[path.Join(m.Path, c.dir)] })
	if len(ok) == len(clones) { // something that they import is not there
		ok = slices.DeleteFunc(ok, func(c *clone) bool {
			_, err := m.Go("build", "./"+c.dir)
			return err != nil
		})
	}
	if len(ok) == len(clones) || len(ok) == 0 {
		return nil, err
	}
	fmt.Printf("%d of %d copies of packages do not compile and are left out:\n%v\n", len(clones)-len(ok), len(clones), err)
	return ok, nil
}

func (m *asked) ask(clones []*clone) (map[*Mistake]map[string]ask.Verdict, error) {
	var imports, models strings.Builder
	for i, c := range clones {
		fmt.Fprintf(&imports, "\tp%d %q\n", i, path.Join(m.Path, c.dir))
		fmt.Fprintf(&models, "\tmodels = append(models, p%d.%s()...)\n", i, registryFunc)
	}
	program := fmt.Sprintf(`package main

import (
	"log"
	"os"

	%q
%s)

func main() {
	var models []any
%s	out, err := os.Create(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := truth.Verdicts(out, models...); err != nil {
		log.Fatal(err)
	}
	if err := out.Close(); err != nil {
		log.Fatal(err)
	}
}
`, path.Join(m.Path, askFolder, path.Dir(m.orm.Files[0])), imports.String(), models.String())
	if err := m.write(path.Join(askFolder, "main.go"), []byte(program)); err != nil {
		return nil, err
	}
	binary, answer := filepath.Join(m.Dir, askFolder, "ask.bin"), filepath.Join(m.Dir, askFolder, "answer.json")
	if _, err := m.Go("build", "-ldflags=-s -w", "-o", binary, "./"+askFolder); err != nil {
		return nil, err
	}
	if out, err := exec.Command(binary, answer).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("ask the ORM: %v\n%s", err, out)
	}
	data, err := os.ReadFile(answer)
	if err != nil {
		return nil, err
	}
	var verdicts []ask.Verdict
	if err := json.Unmarshal(data, &verdicts); err != nil {
		return nil, err
	}
	return m.assign(clones, verdicts), nil
}

// assign sorts verdicts by the mistake of the clone that they are about.
func (m *asked) assign(clones []*clone, verdicts []ask.Verdict) map[*Mistake]map[string]ask.Verdict {
	byMistake := map[*Mistake]map[string]ask.Verdict{}
	for _, c := range clones {
		if byMistake[c.mistake] == nil {
			byMistake[c.mistake] = map[string]ask.Verdict{}
		}
		copied := path.Join(m.Path, c.dir) + "."
		for _, v := range verdicts {
			if name, ok := strings.CutPrefix(v.ID, copied); ok {
				data, _ := json.Marshal(v)
				var original ask.Verdict
				_ = json.Unmarshal(bytes.ReplaceAll(data, []byte(copied), []byte(c.pkg.path+".")), &original)
				byMistake[c.mistake][c.pkg.path+"."+name] = original
			}
		}
	}
	return byMistake
}

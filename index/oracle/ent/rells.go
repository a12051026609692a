package oracle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// rellsCommand is a built rells command, by its path.
type rellsCommand string

// buildRells builds rells from the repository root into a folder.
func buildRells(root, dir string) (rellsCommand, error) {
	binary := filepath.Join(dir, "rells")
	build := exec.Command("go", "build", "-o", binary, "./cmd/rells")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build rells: %v\n%s", err, out)
	}
	return rellsCommand(binary), nil
}

// reported is what rells says of a package, in names without their package.
type reported struct {
	relations map[string]relation
	tables    map[string]string
	problems  []problem
}

// problem is one error that rells reports.
type problem struct{ rule, severity, model, message string }

// The JSON that rells prints, declared here a second time on purpose.
type (
	indexJSON struct {
		Models []struct {
			Name, Table string
		}
		Relations []struct {
			Model, Field, Target, Kind, JoinTable, Inverse string
			Keys                                           []struct{ ForeignKey, References string }
			JoinKeys                                       []struct{ Column, References string }
		}
	}
	checkJSON struct {
		Problems []struct{ Rule, Severity, Message, Model string }
	}
)

// read asks rells about a folder.
func (r rellsCommand) read(dir string) (*reported, error) {
	var index indexJSON
	var check checkJSON
	if err := errors.Join(r.run(&index, "index", "--format", "json", dir), r.run(&check, "check", "--format", "json", dir)); err != nil {
		return nil, err
	}
	out := &reported{relations: map[string]relation{}, tables: map[string]string{}}
	for _, m := range index.Models {
		out.tables[m.Name] = m.Table
	}
	for _, j := range index.Relations {
		rel := relation{kind: j.Kind, target: bare(j.Target), joinTable: j.JoinTable, inverse: bare(j.Inverse)}
		for _, k := range j.Keys {
			rel.key = bare(k.ForeignKey) + " -> " + bare(k.References)
		}
		var columns []string
		for _, k := range j.JoinKeys {
			columns = append(columns, k.Column+" -> "+bare(k.References))
		}
		rel.joinKeys = strings.Join(columns, ", ")
		out.relations[bare(j.Model)+"."+j.Field] = rel
	}
	for _, p := range check.Problems {
		out.problems = append(out.problems, problem{p.Rule, p.Severity, bare(p.Model), p.Message})
	}
	return out, nil
}

// bare is an id without its package.
func bare(id string) string {
	_, name, _ := strings.Cut(id[strings.LastIndexByte(id, '/')+1:], ".")
	return name
}

// run decodes the output of a command into a value. Status 1 only says that there are
// problems.
func (r rellsCommand) run(into any, args ...string) error {
	var stderr bytes.Buffer
	cmd := exec.Command(string(r), args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return fmt.Errorf("rells %v: %v\n%s", args, err, stderr.Bytes())
	}
	return json.Unmarshal(out, into)
}

// rulesOf are the rules that report each row, as the repository's own list says.
func rulesOf(root string) (map[string][]string, error) {
	data, err := os.ReadFile(filepath.Join(root, "testdata", "rows", "ent.txt"))
	if err != nil {
		return nil, err
	}
	rules := map[string][]string{}
	for line := range strings.Lines(string(data)) {
		if cells := strings.Split(strings.TrimSpace(line), " | "); len(cells) > 2 {
			rules[cells[0]] = strings.Fields(cells[1])
		}
	}
	return rules, nil
}

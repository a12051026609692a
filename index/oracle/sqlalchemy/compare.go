package oracle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// truth is what SQLAlchemy says of one package.
type truth struct {
	Package, Version, Error string
	Relations               []related
}

// related is one relationship.
type related struct {
	ID, Kind, Target, JoinTable string
	JoinKeys, Keys, Inverses    []string
	Made                        bool
}

// askSQLAlchemy runs truth.py in a folder of packages.
func askSQLAlchemy(python, dir string, packages []string) ([]truth, error) {
	script, err := filepath.Abs("truth.py")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(python, append([]string{script}, packages...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PYTHONPATH="+dir, "PYTHONDONTWRITEBYTECODE=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%v\n%s", err, stderr.Bytes())
	}
	var all []truth
	for line := range bytes.Lines(out) {
		var t truth
		if err := json.Unmarshal(line, &t); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

// rowOfMessage are the rows of testdata/rows by words of their messages, in both versions.
var rowOfMessage = []struct{ words, row string }{
	{"mutually exclusive", "sa5"},
	{"that is not a relationship", "sa19"},
	{"which does not reference mapper", "sa20"},
	{"both of the same direction", "sa21"},
	{"must be a Table object or other FROM clause", "sa22"},
	{"Error creating backref", "sa29"},
	{"secondary join condition but no secondary", "sa33"},
	{"no foreign keys linking these tables via secondary", "sa34"},
	{"no foreign keys linking these tables.", "sa35"},
	{"multiple foreign key paths linking the tables via secondary", "sa36"},
	{"multiple foreign key paths linking the tables.", "sa37"},
	{"Multiple classes found for path", "sa47"},
	{"failed to locate a name", "sa49"},
	{"has no property", "sa50"},
}

// rowOf is the row that a message stands for, "" for one that rells does not tell yet.
func rowOf(message string) string {
	for _, m := range rowOfMessage {
		if strings.Contains(message, m.words) {
			return m.row
		}
	}
	return ""
}

// relation is a relation as both write it.
type relation struct{ kind, target, keys, join, inverse, made string }

// said is what rells says of one package.
type said struct {
	relations map[string]relation
	errors    []ask.Problem
}

// askRells reads a folder of packages.
func askRells(rells ask.Rells, dir string) (map[string]*said, error) {
	index, err := rells.Index(dir)
	if err != nil {
		return nil, err
	}
	check, err := rells.Check(dir)
	if err != nil {
		return nil, err
	}
	all := map[string]*said{}
	of := func(id string) *said {
		name, _, _ := strings.Cut(id, ".")
		if all[name] == nil {
			all[name] = &said{relations: map[string]relation{}}
		}
		return all[name]
	}
	for _, r := range index.Relations {
		var keys, join []string
		for _, k := range r.Keys {
			keys = append(keys, k.ForeignKey+" -> "+k.References)
		}
		for _, k := range r.JoinKeys {
			join = append(join, k.Column+" -> "+k.References)
		}
		inverse := r.Inverse
		if r.Pairing == "inferred" {
			inverse = "" // SQLAlchemy knows of none that nobody names
		}
		slices.Sort(keys)
		of(r.ID).relations[r.ID] = relation{r.Kind, r.Target, strings.Join(keys, ", "), r.JoinTable + ": " + strings.Join(join, ", "), inverse, fmt.Sprint(r.Pairing == "backref")}
	}
	for _, p := range check.Problems {
		if p.Severity == "error" {
			of(p.Model).errors = append(of(p.Model).errors, p)
		}
	}
	return all, nil
}

// relations are those of a package as SQLAlchemy has them.
func (t *truth) relations() map[string]relation {
	all := map[string]relation{}
	for _, r := range t.Relations {
		all[r.ID] = relation{r.Kind, r.Target, strings.Join(r.Keys, ", "), r.JoinTable + ": " + strings.Join(r.JoinKeys, ", "),
			strings.Join(r.Inverses, ", "), fmt.Sprint(r.Made)}
	}
	return all
}

// differences compares what both say of a package.
func differences(t *truth, s *said, rules map[string][]string) []string {
	if s == nil {
		s = &said{}
	}
	var list []string
	note := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	if t.Error != "" {
		row := rowOf(t.Error)
		if row == "" {
			return nil
		}
		if !slices.ContainsFunc(s.errors, func(p ask.Problem) bool { return slices.Contains(rules[row], p.Rule) }) {
			note("no problem of %s (%v) for %s; rells has %v", row, rules[row], t.Error, messages(s.errors))
		}
		return list
	}
	if len(s.errors) > 0 {
		note("rells reports what SQLAlchemy takes: %v", messages(s.errors))
	}
	theirs := t.relations()
	for id, want := range theirs {
		if got, ok := s.relations[id]; !ok {
			note("missing %s %+v", id, want)
		} else if got != want && !t.among(id, got, want) {
			note("%s is\n\t%+v, want\n\t%+v", id, got, want)
		}
	}
	for id := range s.relations {
		if _, ok := theirs[id]; !ok {
			note("extra %s", id)
		}
	}
	return list
}

// among reports whether the two differ but in that SQLAlchemy knows of several inverses,
// of which rells has one.
func (t *truth) among(id string, got, want relation) bool {
	inverse := got.inverse
	got.inverse = want.inverse
	return got == want && slices.ContainsFunc(t.Relations, func(r related) bool { return r.ID == id && slices.Contains(r.Inverses, inverse) })
}

func messages(problems []ask.Problem) []string {
	var list []string
	for _, p := range problems {
		list = append(list, p.Message+" ["+p.Rule+"]")
	}
	return list
}

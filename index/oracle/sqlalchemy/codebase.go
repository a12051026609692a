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

// codebase is a tree of code that is imported as it is, and not by packages that go by
// themselves.
type codebase struct {
	dir     string
	modules []string // patterns of the files to import, below dir
}

// codebaseTruth is what SQLAlchemy makes of a code base.
type codebaseTruth struct {
	Version       string
	Imported      int
	Failed        map[string]string // why files cannot be imported
	Models        []string          // names of the classes that are mapped
	Errors        []string          // why registries are refused
	Warnings      []string
	Relations     []configured
	Relationships map[string]map[string]any
}

// askSQLAlchemy runs codebase.py.
func (c codebase) askSQLAlchemy(python string) (*codebaseTruth, error) {
	script, err := filepath.Abs("codebase.py")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(python, append([]string{script, c.dir}, c.modules...)...)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%v\n%s", err, tail(stderr.String()))
	}
	var t codebaseTruth
	return &t, json.Unmarshal(out, &t)
}

// askRells reads the code base. Of what rells says that is kept which is about the models
// that have been imported, by the names that they have in Python.
func (c codebase) askRells(rells ask.Rells, models []string) (*said, error) {
	index, err := rells.Index(c.dir)
	if err != nil {
		return nil, err
	}
	check, err := rells.Check(c.dir)
	if err != nil {
		return nil, err
	}
	s := &said{relations: map[string]relation{}}
	for _, r := range index.Relations {
		made := r.Pairing == "backref"
		if r.Model = imported(r.Model); !slices.Contains(models, r.Model) || made && !slices.Contains(models, imported(r.Target)) {
			continue
		}
		r.ID, r.Target, r.Inverse = r.Model+"."+r.Field, imported(r.Target), imported(r.Inverse)
		for i := range r.Keys {
			r.Keys[i].ForeignKey, r.Keys[i].References = imported(r.Keys[i].ForeignKey), imported(r.Keys[i].References)
		}
		for i := range r.JoinKeys {
			r.JoinKeys[i].References = imported(r.JoinKeys[i].References)
		}
		s.relations[r.ID] = relationOf(r)
	}
	for _, p := range check.Problems {
		if p.Model = imported(p.Model); slices.Contains(models, p.Model) {
			s.problems = append(s.problems, p)
		}
	}
	return s, nil
}

// imported is an id without the path of the project, which Python knows nothing of.
func imported(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

// differences compares what both say of a code base. Where a registry is refused, nothing
// is said of its relations.
func (t *codebaseTruth) differences(s *said, rules map[string][]string) []string {
	all := &truth{Version: t.Version, Warnings: t.Warnings, Relations: t.Relations}
	if len(t.Errors) == 0 {
		return differences(all, s, rules)
	}
	var list notes
	for _, e := range t.Errors {
		list.refused(e, s, rules)
	}
	list.relations(all, s)
	return list
}

// largestFile is the size in bytes up to which files are copied.
const largestFile = 1 << 20

// copyTo copies the code, and what its modules may read when they are imported.
func (c codebase) copyTo(dir string) (codebase, error) {
	err := filepath.WalkDir(c.dir, func(path string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".git":
			return filepath.SkipDir
		case !entry.Type().IsRegular():
			return nil
		}
		if info, err := entry.Info(); err != nil || info.Size() > largestFile {
			return err
		}
		rel, err := filepath.Rel(c.dir, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, rel)
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return err
		}
		return os.WriteFile(to, text, 0o666)
	})
	return codebase{dir, c.modules}, err
}

// tail is the end of a long text.
func tail(text string) string { return text[max(0, len(text)-2000):] }

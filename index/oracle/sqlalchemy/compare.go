package oracle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// truth is what SQLAlchemy says of one package.
type truth struct {
	Package, Version, Error string
	Warnings                []string
	Relations               []configured
}

// configured is one relationship.
type configured struct {
	ID, Kind, Target, JoinTable     string
	JoinKeys, Keys, Inverses, Apart []string
	Made, OneSided, Strayed         bool
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

// relation is a relation as both write it.
type relation struct{ kind, target, keys, join, inverse, made string }

// said is what rells says of one package.
type said struct {
	relations map[string]relation
	problems  []ask.Problem
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
		of(r.ID).relations[r.ID] = relationOf(r)
	}
	for _, p := range check.Problems {
		s := of(p.Model)
		s.problems = append(s.problems, p)
	}
	return all, nil
}

// relationOf is a relation of rells' in the form of both.
func relationOf(r ask.Relation) relation {
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
	return relation{r.Kind, r.Target, strings.Join(keys, ", "), r.JoinTable + ": " + strings.Join(join, ", "), inverse, fmt.Sprint(r.Pairing == "backref")}
}

// errors are the problems that are errors.
func (s *said) errors() []ask.Problem {
	return slices.DeleteFunc(slices.Clone(s.problems), func(p ask.Problem) bool { return p.Severity != "error" })
}

// of are the relations of a package of which there is a problem of a rule.
func (s *said) of(rule string) []string {
	var ids []string
	for _, p := range s.problems {
		if p.Rule == rule {
			ids = append(ids, p.Model+"."+p.Field)
		}
	}
	return ids
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

// notes collects differences.
type notes []string

func (n *notes) add(format string, args ...any) { *n = append(*n, fmt.Sprintf(format, args...)) }

// differences compares what both say of a package.
func differences(t *truth, s *said, rules map[string][]string) []string {
	if s == nil {
		s = &said{}
	}
	var list notes
	if t.Error != "" {
		list.refused(t.Error, s, rules)
		return list
	}
	if errors := s.errors(); len(errors) > 0 {
		list.add("rells reports what SQLAlchemy takes: %v", messages(errors))
	}
	list.relations(t, s)
	list.warnings(t, s, rules)
	list.pairs(t, s)
	return list
}

// relations expects the same relations of both.
func (n *notes) relations(t *truth, s *said) {
	theirs := t.relations()
	for id, want := range theirs {
		if got, ok := s.relations[id]; !ok {
			n.add("missing %s %+v", id, want)
		} else if got != want && !t.among(id, got, want) {
			n.add("%s is\n\t%+v, want\n\t%+v", id, got, want)
		}
	}
	for id := range s.relations {
		if _, ok := theirs[id]; !ok {
			n.add("extra %s", id)
		}
	}
}

// refused expects a problem of the row for which the message stands, and no others than of
// what the message is about.
func (n *notes) refused(message string, s *said, rules map[string][]string) {
	row, wanted := rowOf(message), rulesOf(message, rules)
	if wanted == nil {
		return // it is not about relationships
	}
	if s == nil {
		s = &said{}
	}
	if m := ofRelationship.FindStringSubmatch(message); m != nil && slices.ContainsFunc(s.of("tag-value-invalid"), func(id string) bool { return strings.HasSuffix(id, "."+m[1]) }) {
		return // with a value that 2.0 refuses at once, and 1.4 when all else is right
	}
	if !slices.ContainsFunc(s.problems, func(p ask.Problem) bool { return slices.Contains(wanted, p.Rule) }) {
		n.add("no problem of %s (%v) for %s; rells has %v", row, wanted, message, messages(s.problems))
	}
}

// among reports whether the two differ but in that SQLAlchemy knows of several inverses,
// of which rells has one.
func (t *truth) among(id string, got, want relation) bool {
	inverse := got.inverse
	got.inverse = want.inverse
	return got == want && slices.ContainsFunc(t.Relations, func(r configured) bool { return r.ID == id && slices.Contains(r.Inverses, inverse) })
}

var (
	ofRelationship = regexp.MustCompile(`on relationship (\w+\.\w+)`)

	copies    = regexp.MustCompile(`^relationship '(\w+\.\w+)' will copy column`)
	conflicts = regexp.MustCompile(`'(\w+\.\w+)' \(copies `)
)

// warnings expects a problem for each warning of SQLAlchemy's, and none without. Of two
// relationships that write one column, rells tells of one.
func (n *notes) warnings(t *truth, s *said, rules map[string][]string) {
	short := func(ids []string) []string {
		for i, id := range ids {
			parts := strings.Split(id, ".")
			ids[i] = strings.Join(parts[len(parts)-2:], ".")
		}
		return ids
	}
	told, met := short(s.of("writes-conflict")), map[string]bool{}
	others := map[string]int{}
	for _, w := range t.Warnings {
		if m := copies.FindStringSubmatch(w); m != nil {
			for _, c := range conflicts.FindAllStringSubmatch(w, -1) {
				met[m[1]], met[c[1]] = true, true
				if !slices.Contains(told, m[1]) && !slices.Contains(told, c[1]) {
					n.add("rells says nothing of %s and %s: %s", m[1], c[1], w)
				}
			}
			continue
		}
		for _, rule := range rulesOf(w, rules) {
			others[rule]++
		}
	}
	for _, id := range told {
		if !met[id] {
			n.add("SQLAlchemy does not warn of what %s writes", id)
		}
	}
	s.problems = slices.DeleteFunc(s.problems, func(p ask.Problem) bool {
		return strings.Contains(p.Message, "which SQLAlchemy 1.4 refuses") // and 2.0 passes over
	})
	for _, rule := range []string{"tag-option-idle", "tag-value-unknown"} {
		if got, want := len(s.of(rule)), others[rule]; (got > 0) != (want > 0) {
			n.add("%d problems of %s, want %d for %q; rells has %v", got, rule, want, t.Warnings, messages(s.problems))
		}
	}
}

// pairs expects a problem where only one side names the other, and one where both are kept
// in different places.
func (n *notes) pairs(t *truth, s *said) {
	oneSided, apart := s.of("back-populates-one-sided"), s.of("foreign-key-mismatch")
	apart = append(append(apart, s.of("join-key-mismatch")...), s.of("join-table-mismatch")...)
	for _, r := range t.Relations {
		if got := slices.Contains(oneSided, r.ID); got != r.OneSided {
			n.add("%s is one-sided: %t; rells says %t", r.ID, r.OneSided, got)
		}
		told := slices.Contains(apart, r.ID)
		for _, other := range r.Apart {
			if !told && !slices.Contains(apart, other) {
				n.add("%s and %s are kept in different places, and rells says nothing", r.ID, other)
			}
		}
		if told && !r.Strayed {
			n.add("%s is kept where its inverse is, and rells says it is not", r.ID)
		}
	}
}

func messages(problems []ask.Problem) []string {
	var list []string
	for _, p := range problems {
		list = append(list, p.Message+" ["+p.Rule+"]")
	}
	return list
}

package oracle

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
)

// TestByHand holds rells against SQLAlchemy on models that are written for each row.
func TestByHand(t *testing.T) {
	python, version := python(t)
	rules, dir := rowRules(t), t.TempDir()
	var packages []string
	for i, c := range byHand {
		name := fmt.Sprintf("h%d", i)
		if c.from > version {
			continue
		}
		packages = append(packages, name)
		if err := writePackage(filepath.Join(dir, name), handWritten(c.a, c.b, c.rest)); err != nil {
			t.Fatal(err)
		}
	}
	truths, err := askSQLAlchemy(python, dir, packages)
	if err != nil {
		t.Fatal(err)
	}
	said, err := askRells(rells, dir)
	if err != nil {
		t.Fatal(err)
	}
	covered := map[string]bool{}
	for _, truth := range truths {
		var i int
		if _, err := fmt.Sscanf(truth.Package, "h%d", &i); err != nil {
			t.Fatal(err)
		}
		c := byHand[i]
		covered[c.row] = true
		if !slices.ContainsFunc(append(slices.Clone(truth.Warnings), truth.Error), func(m string) bool {
			return rowOf(m) == c.row || c.row == "sa46" && copies.MatchString(m)
		}) {
			t.Errorf("%s is not what SQLAlchemy says of\n%s%s%s\n%s %q", c.row, c.a, c.b, c.rest, truth.Error, truth.Warnings)
		}
		s := said[truth.Package]
		if s == nil || !slices.ContainsFunc(rules[c.row], func(rule string) bool { return len(s.of(rule)) > 0 }) {
			t.Errorf("no problem of %s (%v) in\n%s%s%s", c.row, rules[c.row], c.a, c.b, c.rest)
			continue
		}
		if len(s.problems) > 1 {
			t.Errorf("more than one problem of %s in\n%s%s%s\n%q", c.row, c.a, c.b, c.rest, messages(s.problems))
		}
	}
	for row := range rules {
		if !covered[row] && !slices.ContainsFunc(byHand, func(c handWrittenCase) bool { return c.row == row && c.from > version }) {
			t.Errorf("no case of %s", row)
		}
	}
	fmt.Printf("SQLAlchemy %s: %d cases, %d rows\n", version, len(truths), len(covered))
}

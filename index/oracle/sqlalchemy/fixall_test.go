package oracle

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// fixed is what `rells check --fix --format json` says of a problem that is gone.
type fixed struct {
	ask.Problem
	Title string `json:"fix"`
}

// TestFixAll has rells fix whatever it is certain of, in all worlds at once: of each world
// that changes SQLAlchemy must say no more than before, and nothing that rells does not say
// of what is left.
func TestFixAll(t *testing.T) {
	python, version := python(t)
	rules := rowRules(t)
	dir := t.TempDir()
	worlds := growSpoilt(t, version, dir, 2*ask.Fields(sampleFixed, fullFixed))
	black(t, dir)
	names := slices.Sorted(maps.Keys(worlds))
	before := truthsOf(t, python, dir, names)
	was := sourcesIn(t, dir, names)
	made := ask.Features{}
	touched := map[string][]fixed{}
	for _, f := range fixAll(t, dir) {
		world, _, _ := strings.Cut(f.Model, ".")
		v := variant{rule: f.Rule, title: f.Title}
		made[v.kind()]++
		touched[world] = append(touched[world], f)
	}
	after := truthsOf(t, python, dir, names)
	left, err := askRells(rells, dir)
	if err != nil {
		t.Fatal(err)
	}
	now := sourcesIn(t, dir, names)
	differ := 0
	for _, name := range names {
		if was[name] != now[name] && len(touched[name]) == 0 {
			t.Errorf("%s is changed, and nothing is said of it", name)
		}
		if list := worse(before[name], after[name], left[name], touched[name], rules); len(list) > 0 {
			if differ++; differ <= 5 {
				t.Errorf("%s (%s), %v:\n%s\n%s", name, worlds[name].spoilt, touched[name], strings.Join(list, "\n"), now[name])
			}
		}
	}
	for path := range blackens(t, dir) {
		differ++
		text, _ := os.ReadFile(filepath.Join(dir, path))
		t.Errorf("%s is not laid out as before:\n%s", path, text)
	}
	expectOften(t, made, len(worlds), certainFixes)
	fmt.Printf("SQLAlchemy %s: %d worlds, %d changed, %d differ\n", version, len(worlds), len(touched), differ)
}

// worse lists what SQLAlchemy says of a world that was fixed, and neither said before nor
// rells says of what is left.
func worse(before, after *truth, left *said, touched []fixed, rules map[string][]string) []string {
	var list notes
	is := rulesOf(after.Error, rules)
	switch {
	case after.Error == "":
	case before.Error == "":
		list.add("it is refused, and was not: %s", after.Error)
	case len(touched) > 0 && !left.reports(is):
		list.add("it is refused, and rells does not say so: %s\nbefore it was: %s", after.Error, before.Error)
	}
	if before.Error != "" || after.Error != "" {
		return list
	}
	if len(after.Warnings) > len(before.Warnings) {
		list.add("new warnings: %q, before %q", after.Warnings, before.Warnings)
	}
	now := after.relations()
	for id, was := range before.relations() {
		got := now[id]
		if got.target != was.target || got.join != was.join {
			list.add("%s is\n\t%+v, was\n\t%+v", id, got, was)
		}
	}
	return list
}

// truthsOf asks SQLAlchemy about packages, some at a time.
func truthsOf(t *testing.T, python, dir string, names []string) map[string]*truth {
	t.Helper()
	all := map[string]*truth{}
	for batch := range slices.Chunk(names, 200) {
		truths, err := askSQLAlchemy(python, dir, batch)
		if err != nil {
			t.Fatal(err)
		}
		for i := range truths {
			all[truths[i].Package] = &truths[i]
		}
	}
	return all
}

// sourcesIn are the modules with models, by package.
func sourcesIn(t *testing.T, dir string, names []string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range names {
		for _, module := range moduleNames {
			text, err := os.ReadFile(filepath.Join(dir, name, module+".py"))
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			all[name] += string(text)
		}
	}
	return all
}

// fixAll has rells write its certain fixes to a folder, and returns what is gone.
func fixAll(t *testing.T, dir string) []fixed {
	t.Helper()
	out, err := exec.Command(string(rells), "check", "--fix", "--format", "json", dir).Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatal(err)
	}
	var check struct{ Fixed []fixed }
	if err := json.Unmarshal(out, &check); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return check.Fixed
}

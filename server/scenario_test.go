package server_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/server"
)

var update = flag.Bool("update", false, "rewrite the golden parts of the cases")

// casesFolder holds the cases of all behaviours, one to a file.
const casesFolder = "../testdata"

// cases lists the files of the cases.
func cases(t *testing.T) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(casesFolder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".txtar" {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	return paths
}

func readScenario(t *testing.T, path string) *scenario {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := parseScenario(archive)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestScenarios plays every case against a real server: first with every file on
// disk, then with every file open.
func TestScenarios(t *testing.T) {
	for _, path := range cases(t) {
		t.Run(caseName(path), func(t *testing.T) {
			t.Parallel()
			play(t, path)
		})
	}
}

func caseName(path string) string {
	rel, _ := filepath.Rel(casesFolder, path)
	return strings.TrimSuffix(filepath.ToSlash(rel), ".txtar")
}

func play(t *testing.T, path string) {
	c := readScenario(t, path)
	p := &player{t: t, scenario: c, session: start(t, c.sources, capable, server.Options{}), made: map[string]string{}}
	if t.Failed() {
		return
	}
	p.expectProblems("on disk")
	for _, name := range c.names() {
		p.set(name, c.sources[name])
	}
	p.settle()
	p.expectProblems("open")
	for _, m := range c.marks {
		if expect := expectations[m.name]; expect != nil {
			expect(p, m)
		}
	}
	p.compareGolden(path)
}

// names lists the source files of a case that a client opens.
func (s *scenario) names() []string {
	var names []string
	for name := range s.sources {
		if strings.HasSuffix(name, ".go") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// player plays one case.
type player struct {
	*session
	*scenario
	t    *testing.T
	made map[string]string // golden parts as the server would have them
}

// expectProblems matches the problems that the client shows with the diag marks,
// one to one.
func (p *player) expectProblems(when string) {
	p.t.Helper()
	for _, complaint := range p.mismatches() {
		p.t.Errorf("%s: %s", when, complaint)
	}
}

func (p *player) mismatches() []string {
	p.t.Helper()
	var complaints []string
	problems := p.problems()
	for _, m := range p.marks {
		if m.name != "diag" {
			continue
		}
		i := slices.IndexFunc(problems, func(f found) bool {
			return f.at == m.at && f.rule == m.args[1] && strings.Contains(f.message, m.args[2])
		})
		if i < 0 {
			complaints = append(complaints, m.at.String()+": no problem ["+m.args[1]+"] at "+m.args[0]+" with "+m.args[2])
			continue
		}
		problems = slices.Delete(problems, i, i+1)
	}
	for _, f := range problems {
		complaints = append(complaints, "unexpected: "+f.String())
	}
	return complaints
}

// compareGolden compares what fixes made with the golden parts, or rewrites them.
func (p *player) compareGolden(path string) {
	p.t.Helper()
	if *update && !p.t.Failed() {
		p.rewrite(path)
		return
	}
	for name, text := range p.made {
		want, ok := p.golden[name]
		switch {
		case !ok:
			p.t.Errorf("no part %s, which would be\n%s", name, text)
		case want != text:
			p.t.Errorf("%s is\n%s\nwant\n%s", name, text, want)
		}
	}
	for name := range p.golden {
		if _, ok := p.made[name]; !ok {
			p.t.Errorf("nothing makes the part %s", name)
		}
	}
}

func (p *player) rewrite(path string) {
	archive := &txtar.Archive{Comment: p.archive.Comment}
	for _, f := range p.archive.Files {
		if !strings.HasPrefix(f.Name, "@") {
			archive.Files = append(archive.Files, f)
		}
	}
	names := make([]string, 0, len(p.made))
	for name := range p.made {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(p.made[name])})
	}
	if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

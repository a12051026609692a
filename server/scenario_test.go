package server_test

import (
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
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

func readScenario(t *testing.T, path string) *scenario { return plain.read(t, path) }

// variant is another way to write every case, in which the same must hold.
type variant struct {
	name     string
	encoding protocol.PositionEncodingKind
	write    func(string) string // changes a source; nil: leaves it
	unwrite  func(string) string // takes that back; nil: golden parts are not compared
}

var plain = variant{name: "plain", encoding: protocol.PositionEncodingKindUTF16}

var variants = []variant{
	plain,
	{
		name:     "with \\r\\n",
		encoding: protocol.PositionEncodingKindUTF8,
		write:    func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") },
		unwrite:  func(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") },
	},
	{name: "wide in utf-8", encoding: protocol.PositionEncodingKindUTF8, write: widen},
	{name: "wide in utf-16", encoding: protocol.PositionEncodingKindUTF16, write: widen},
	{name: "wide in utf-32", encoding: protocol.PositionEncodingKindUTF32, write: widen},
}

// widen puts characters of several widths before everything that is indented by a tab, and
// before the attributes of classes.
func widen(text string) string {
	text = strings.ReplaceAll(text, "\n\t", "\n\t/*é€😀*/")
	return attribute.ReplaceAllString(text, "\n    'é€😀'; $1")
}

// attribute is the start of a line that declares an attribute of a class in Python.
var attribute = regexp.MustCompile(`\n    ([a-z]\w*(?:: [^=\n]+)? = (?:\w+\.)?(?:[Rr]elationship|Column|mapped_column|Field)\()`)

func (v variant) read(t *testing.T, path string) *scenario {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range archive.Files {
		if v.write != nil && isSource(f.Name) && !strings.HasPrefix(f.Name, "@") {
			archive.Files[i].Data = []byte(v.write(string(f.Data)))
		}
	}
	s, err := parseScenario(archive)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestScenarios plays every case against a real server: first with every file on
// disk, then with every file open; and all that in every variant.
func TestScenarios(t *testing.T) {
	for _, v := range variants {
		for _, path := range cases(t) {
			t.Run(v.name+"/"+caseName(path), func(t *testing.T) {
				t.Parallel()
				v.play(t, path)
			})
		}
	}
}

func caseName(path string) string {
	rel, _ := filepath.Rel(casesFolder, path)
	return strings.TrimSuffix(filepath.ToSlash(rel), ".txtar")
}

func (v variant) play(t *testing.T, path string) {
	c := v.read(t, path)
	p := c.start(t, capableIn(v.encoding), server.Options{})
	p.encoding = v.encoding
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
	switch {
	case v.write == nil && *update && !t.Failed():
		p.rewrite(path)
	case v.write == nil || v.unwrite != nil:
		p.compareGolden(v)
	}
}

// start starts a server on the files of a case: first as they were, then as they are.
func (s *scenario) start(t *testing.T, capabilities string, options server.Options) *player {
	t.Helper()
	files := maps.Clone(s.sources)
	maps.Copy(files, s.former)
	p := &player{t: t, scenario: s, session: start(t, files, capabilities, options), made: map[string]string{}}
	for name := range s.former {
		p.texts[name] = s.sources[name]
		write(t, filepath.Join(p.root, name), p.texts[name])
		p.changed(name)
	}
	if len(s.former) > 0 {
		p.settle()
	}
	return p
}

// isSource reports whether a part of a case is source in some language.
func isSource(name string) bool { return filepath.Ext(name) == ".go" || filepath.Ext(name) == ".py" }

// names lists the source files of a case that a client opens.
func (s *scenario) names() []string {
	var names []string
	for name := range s.sources {
		if isSource(name) {
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

// compareGolden compares what fixes made with the golden parts.
func (p *player) compareGolden(v variant) {
	p.t.Helper()
	for name, text := range p.made {
		if v.unwrite != nil {
			if again := v.write(v.unwrite(text)); again != text {
				p.t.Errorf("%s is not written as its source is:\n%q", name, text)
			}
			text = v.unwrite(text)
		}
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

// rewrite makes the golden parts of a case what the server makes of them.
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

package oracle

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// The code base that is looked at, in place of the one in testdata:
//
//	go test -run TestCodebase -codebase ~/src/shop -modules 'shop/**/*.py'
//
// What it imports and is not installed is made up; PYTHONPATH has what is to be real.
var (
	codebaseDir     = flag.String("codebase", filepath.Join("testdata", "codebase"), "the folder of a code base")
	codebaseModules = flag.String("modules", "**/*.py", "patterns of the files to import, separated by commas")
)

func theCodebase(t *testing.T) codebase {
	dir, err := filepath.Abs(*codebaseDir)
	if err != nil {
		t.Fatal(err)
	}
	return codebase{dir, strings.Split(*codebaseModules, ",")}
}

// ask asks SQLAlchemy, and expects it to have found something.
func (c codebase) ask(t *testing.T, python string) *codebaseTruth {
	t.Helper()
	truth, err := c.askSQLAlchemy(python)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(truth.Failed)) {
		t.Logf("%s cannot be imported: %s", path, truth.Failed[path])
	}
	if len(truth.Relations) == 0 {
		t.Fatalf("no relationships were found in %s; of %d files, %d cannot be imported; %q",
			c.dir, truth.Imported+len(truth.Failed), len(truth.Failed), truth.Errors)
	}
	return truth
}

// TestCodebase holds rells against SQLAlchemy on a code base.
func TestCodebase(t *testing.T) {
	python, _ := python(t)
	c := theCodebase(t)
	truth := c.ask(t, python)
	said, err := c.askRells(rells, truth.Models)
	if err != nil {
		t.Fatal(err)
	}
	list := truth.differences(said, rowRules(t))
	slices.Sort(list)
	for _, d := range list {
		t.Error(d)
	}
	fmt.Printf("SQLAlchemy %s: %d files imported, %d not; %d models with %d relationships, %d differences\n",
		truth.Version, truth.Imported, len(truth.Failed), len(truth.Models), len(truth.Relations), len(list))
}

var fixedBackref = regexp.MustCompile(`(?m)^.*: fixed .*\[backref-legacy\]$`)

// TestCodebaseRewrite has rells declare all that backrefs make in a copy of a code base, and
// expects SQLAlchemy to configure the same relationships as before, and the code to be laid
// out no worse.
func TestCodebaseRewrite(t *testing.T) {
	python, _ := python(t)
	was := theCodebase(t)
	now, err := was.copyTo(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	before := now.ask(t, python)
	out, err := exec.Command(string(rells), "check", "--fix", "--only", "backref-legacy", now.dir).CombinedOutput()
	fixed := len(fixedBackref.FindAll(out, -1))
	if fixed == 0 {
		t.Fatalf("no backref is declared: %v\n%s", err, tail(string(out)))
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, ": hint: ") {
			t.Logf("left: %s", strings.TrimSpace(line))
		}
	}
	list := changed(before.rewritten(), now.ask(t, python).rewritten())
	for _, d := range list {
		t.Error(d)
	}
	expectLayout(t, was, now)
	fmt.Printf("SQLAlchemy %s: %d backrefs declared, %d left; %d relationships, %d differ\n",
		before.Version, fixed, strings.Count(string(out), ": hint: "), len(before.Relationships), len(list))
}

// rewritten is what must stay the same.
func (t *codebaseTruth) rewritten() legacyTruth {
	return legacyTruth{Error: strings.Join(t.Errors, "\n"), Warnings: len(t.Warnings), Relationships: t.Relationships}
}

// expectLayout expects that no file has been laid out worse than it was: as black sees it,
// and flake8, where that is installed.
func expectLayout(t *testing.T, was, now codebase) {
	t.Helper()
	paths, width := was.rewrittenIn(t, now)
	if len(paths) == 0 {
		t.Fatal("no file is another one")
	}
	black := blackens(t, was.dir, paths...)
	for path := range blackens(t, now.dir, paths...) {
		if !black[path] {
			t.Errorf("%s is not laid out as before", path)
		}
	}
	flaws := was.flaws(t, paths, width)
	for flaw, n := range now.flaws(t, paths, width) {
		if n > flaws[flaw] {
			t.Errorf("%s: %d, before %d", flaw, n, flaws[flaw])
		}
	}
}

// rewrittenIn are the paths of the files that are other ones in a copy, and the length of
// the longest line that they had.
func (c codebase) rewrittenIn(t *testing.T, rewritten codebase) (paths []string, width int) {
	t.Helper()
	err := filepath.WalkDir(rewritten.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".py" {
			return err
		}
		rel, err := filepath.Rel(rewritten.dir, path)
		if err != nil {
			return err
		}
		was, err := os.ReadFile(filepath.Join(c.dir, rel))
		if err != nil {
			return err
		}
		if now, err := os.ReadFile(path); err != nil || bytes.Equal(was, now) {
			return err
		}
		paths = append(paths, rel)
		for line := range strings.Lines(string(was)) {
			width = max(width, utf8.RuneCountInString(strings.TrimRight(line, "\r\n")))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths, width
}

var flaw = regexp.MustCompile(`^(.*?):\d+:\d+: (\w+)`)

// flaws counts what flake8 finds in files, by file and kind.
func (c codebase) flaws(t *testing.T, paths []string, width int) map[string]int {
	t.Helper()
	flake8, err := exec.LookPath("flake8")
	if err != nil {
		t.Logf("flake8 is not asked: %v", err)
		return nil
	}
	cmd := exec.Command(flake8, append([]string{"--isolated", fmt.Sprintf("--max-line-length=%d", width)}, paths...)...)
	cmd.Dir = c.dir
	out, err := cmd.Output()
	if err != nil && len(out) == 0 {
		t.Fatal(err)
	}
	found := map[string]int{}
	for line := range strings.Lines(string(out)) {
		if m := flaw.FindStringSubmatch(line); m != nil {
			found[m[1]+" "+m[2]]++
		}
	}
	return found
}

package oracle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// legacyTruth is all that SQLAlchemy makes of one package.
type legacyTruth struct {
	Package, Version, Error string
	Warnings                int
	Relationships           map[string]map[string]any
}

// askConfigured runs configured.py in a folder of packages.
func askConfigured(t *testing.T, python, dir string, packages []string) map[string]legacyTruth {
	t.Helper()
	script, err := filepath.Abs("configured.py")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, append([]string{script}, packages...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PYTHONPATH="+dir, "PYTHONDONTWRITEBYTECODE=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.Bytes())
	}
	all := map[string]legacyTruth{}
	for line := range bytes.Lines(out) {
		var c legacyTruth
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		all[c.Package] = c
	}
	return all
}

// TestRewrite has rells declare what backrefs make, and expects SQLAlchemy to configure the
// same relationships as before, with no more warnings, of code that is laid out as black
// does it where it was before.
func TestRewrite(t *testing.T) {
	python, version := python(t)
	styles := []bool{false}
	if strings.HasPrefix(version, "2") {
		styles = append(styles, true)
	}
	for _, annotated := range styles {
		g := &legacy{&grower{Rand: rand.New(rand.NewPCG(ask.Seed(), 1)), features: ask.Features{}}, annotated}
		t.Run(fmt.Sprintf("annotated=%t", annotated), func(t *testing.T) { rewrite(t, g, rells, python) })
	}
}

func rewrite(t *testing.T, g *legacy, rells ask.Rells, python string) {
	dir := t.TempDir()
	worlds := map[string]*legacyWorld{}
	for i := range ask.Fields(100, 1500) {
		w := g.world(fmt.Sprintf("legacy%d", i))
		worlds[w.name] = w
		if err := w.write(dir, g.annotated); err != nil {
			t.Fatal(err)
		}
	}
	names := slices.Sorted(maps.Keys(worlds))
	before := askConfigured(t, python, dir, names)
	was := sourcesOf(t, dir)
	black := blackens(t, dir)
	var out bytes.Buffer
	check := exec.Command(string(rells), "check", "--fix", "--only", "backref-legacy", dir)
	check.Stdout, check.Stderr = &out, &out
	if err := check.Run(); err != nil {
		t.Errorf("something is left: %v\n%s", err, tail(out.String()))
	}
	after := askConfigured(t, python, dir, names)
	now := sourcesOf(t, dir)
	relationships, differ := 0, 0
	for _, name := range names {
		relationships += len(before[name].Relationships)
		if before[name].Error != "" {
			t.Errorf("%s is refused as it was grown: %s", name, before[name].Error)
		}
		if list := changed(before[name], after[name]); len(list) > 0 {
			if differ++; differ < 5 {
				t.Errorf("%s:\n%s\n%s", name, strings.Join(list, "\n"), now[name])
			}
		}
		if strings.Contains(now[name], "backref=") {
			t.Errorf("%s still has a backref:\n%s", name, now[name])
		}
	}
	for path := range blackens(t, dir) {
		if !black[path] {
			t.Errorf("%s is not laid out as before:\n%s\nwas\n%s", path, now[filepath.Dir(path)], was[filepath.Dir(path)])
		}
	}
	g.features.Print(os.Stdout)
	fmt.Printf("SQLAlchemy %s: %d packages with %d relationships, %d differ without their backrefs\n",
		before[names[0]].Version, len(names), relationships, differ)
}

// changed lists what SQLAlchemy makes another thing of.
func changed(before, after legacyTruth) []string {
	var list []string
	if after.Error != "" {
		list = append(list, after.Error)
	}
	if after.Warnings > before.Warnings {
		list = append(list, fmt.Sprintf("%d warnings, before %d", after.Warnings, before.Warnings))
	}
	for id, was := range before.Relationships {
		if now := after.Relationships[id]; !reflect.DeepEqual(was, now) {
			list = append(list, fmt.Sprintf("%s is\n\t%v, was\n\t%v", id, now, was))
		}
	}
	for id := range after.Relationships {
		if before.Relationships[id] == nil {
			list = append(list, id+" is new")
		}
	}
	slices.Sort(list)
	return list
}

// sourcesOf are the modules with models, by package.
func sourcesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, module := range legacyModules {
		paths, err := filepath.Glob(filepath.Join(dir, "*", module+".py"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			all[filepath.Base(filepath.Dir(path))] += string(text)
		}
	}
	return all
}

// blackens are the files, by path in the folder, that black would lay out otherwise: those
// of the paths, or all.
func blackens(t *testing.T, dir string, paths ...string) map[string]bool {
	t.Helper()
	black, err := exec.LookPath("black")
	if err != nil {
		if os.Getenv("RELLS_REQUIRE_ALL") != "" {
			t.Fatal(err)
		}
		t.Logf("the layout is not looked at: %v", err)
		return nil
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	cmd := exec.Command(black, append([]string{"--check"}, paths...)...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !asExit(err, &exit) {
		t.Fatalf("%v\n%s", err, out)
	}
	files := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		if path, ok := strings.CutPrefix(strings.TrimSpace(line), "would reformat "); ok {
			if rel, err := filepath.Rel(dir, path); err == nil {
				path = rel
			}
			files[path] = true
		}
	}
	return files
}

// asExit reports whether black says that there is something to do.
func asExit(err error, exit **exec.ExitError) bool {
	e, ok := err.(*exec.ExitError)
	*exit = e
	return ok && e.ExitCode() == 1
}

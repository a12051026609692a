package oracle

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/golang"
)

// real are modules whose models, or tests full of models, the module proxy has.
// The first is enough for a sample.
var real = []string{
	"gorm.io/gorm@v1.31.2",
	"github.com/jinzhu/gorm@v1.9.16",
	"github.com/gobuffalo/pop/v6@v6.4.1",
	"github.com/go-pg/pg/v10@v10.11.0",
	"github.com/uptrace/bun@v1.3.0",
}

func full() bool { return os.Getenv("RELLS_ORACLE") == "full" }

// TestFieldsLeadWhereTheCompilerSays compares every field and every method.
func TestFieldsLeadWhereTheCompilerSays(t *testing.T) {
	sum := newTally()
	hold := func(name, dir string, env ...string) {
		t.Run(name, func(t *testing.T) {
			c, err := holdAgainst(dir, env)
			if err != nil {
				t.Fatal(err)
			}
			if len(c.errors) > 0 && strings.HasPrefix(name, "testdata") {
				t.Errorf("the workspace does not compile: %s", c.errors)
			}
			if c.targets == 0 {
				t.Error("the compiler finds no field that leads to a struct")
			}
			c.print(os.Stdout, name)
			sum.add(c)
			for i, wrong := range c.wrong {
				if i == 20 {
					t.Errorf("and %d more", len(c.wrong)-i)
					break
				}
				t.Error(wrong)
			}
		})
	}
	for _, name := range []string{"replace", "vendor", "work"} {
		dir := filepath.Join("testdata", name)
		hold(dir, copyOf(t, dir), "GOFLAGS=", "GOPROXY=off")
	}
	modules := real[:1]
	if full() {
		modules = real
	}
	for _, module := range modules {
		hold(module, copyOf(t, download(t, module)), "GOFLAGS=-mod=mod", "GOWORK=off")
	}
	if dirs := os.Getenv("RELLS_GOTYPES"); dirs != "" {
		for _, dir := range strings.Split(dirs, ",") {
			hold(dir, copyOf(t, dir), "GOFLAGS=")
		}
	}
	sum.print(os.Stdout, "all")
	if sum.targets < 300 || sum.crossPackage < 50 {
		t.Errorf("%d targets, %d in another package: too few to say anything", sum.targets, sum.crossPackage)
	}
}

// holdAgainst compares one module.
func holdAgainst(dir string, env []string) (*tally, error) {
	truth, err := compile(dir, append(os.Environ(), env...))
	if err != nil {
		return nil, err
	}
	view, err := read(dir, truth.files, golang.ReadEnvironment())
	if err != nil {
		return nil, err
	}
	c := newTally()
	c.compare(truth, view)
	return c, nil
}

// download gets a module from the proxy and returns its folder in the module cache.
func download(t *testing.T, module string) string {
	t.Helper()
	cmd := exec.Command("go", "mod", "download", "-json", module)
	cmd.Dir = t.TempDir()
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	var got struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &got); err != nil || jsonErr != nil {
		t.Fatal(err, jsonErr, got.Error)
	}
	return got.Dir
}

// copyOf copies a module to a folder of its own, since the module cache is
// read-only and its modules are nobody's workspace.
func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if entry.Name() == ".git" || entry.Name() == "node_modules" {
				return filepath.SkipDir
			}
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), content, 0o644)
	})
	if err != nil {
		t.Fatal(fmt.Errorf("copy %s: %w", dir, err))
	}
	return to
}

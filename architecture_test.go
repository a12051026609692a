package rells_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/rells-dev/rells"

// layers says, for every folder with packages, which folders of the module they
// may import besides their own; "/..." stands for all below. The row with the
// longest matching folder counts.
var layers = []struct {
	folder string
	may    []string
}{
	{"index/facts", nil},
	{"index/relation", []string{"index/facts"}},
	{"index/golang", []string{"index/facts"}},
	{"index/python", []string{"index/facts"}},
	{"index/dialect", []string{"index/facts", "index/relation"}},
	{"index/dialect/*", []string{"index/facts", "index/relation", "index/dialect"}},
	{"index/dialect/all", []string{"index/dialect/..."}},
	{"index/dialect/dialecttest", []string{"index/facts", "index/relation", "index/dialect", "index/golang"}},
	{"index", []string{"index/facts", "index/relation", "index/golang/...", "index/python", "index/dialect"}},
	{"diagnostics", []string{"index", "index/facts", "index/relation", "index/dialect"}},
	{"diagnostics/settings", []string{"diagnostics", "index", "index/facts", "index/relation", "index/dialect", "index/dialect/all"}},
	{"diagram", []string{"diagnostics", "index", "index/facts", "index/relation"}},
	{"server", []string{"diagram", "diagnostics/...", "index", "index/facts", "index/relation", "index/dialect/...", "server/..."}},
	{"server/wire", nil},
	{"cmd/rells", []string{"..."}},
}

// outside says which foreign modules belong to few folders alone, most often to one.
var outside = []struct{ imported, folders string }{
	{"go.lsp.dev/", "server"},
	{"github.com/alecthomas/kong", "cmd/rells"},
	{"github.com/pelletier/go-toml", "diagnostics/settings index/python"},
	{"gorm.io/", ""},
	{"github.com/jinzhu/gorm", ""},
}

func TestImportsFollowTheLayers(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range packages(t) {
		for _, imported := range p.imports {
			if complaint := judge(p.folder, imported); complaint != "" {
				t.Error(complaint)
			}
		}
		seen[p.folder] = true
	}
	for _, folder := range []string{"index/facts", "index/dialect", "index", "cmd/rells/internal/report"} {
		if !seen[folder] {
			t.Errorf("no package was found in %s: the test does not see the module", folder)
		}
	}
}

func TestJudgeKnowsForbiddenImports(t *testing.T) {
	for _, test := range []struct {
		folder, imported string
		legal            bool
	}{
		{"index/relation", module + "/index/facts", true},
		{"index/facts", module + "/index/relation", false},
		{"index/facts", "fmt", true},
		{"index/dialect/gorm", module + "/index/dialect", true},
		{"index/dialect/gorm", module + "/index/dialect/native", false},
		{"index/dialect/gorm/naming", module + "/index/dialect/gorm", true},
		{"index/dialect/gorm", module + "/index/golang", false},
		{"index/dialect/all", module + "/index/dialect/gorm", true},
		{"index", module + "/index/dialect/gorm", false},
		{"diagnostics", module + "/server", false},
		{"diagnostics", "go.lsp.dev/protocol", false},
		{"server/wire", "go.lsp.dev/protocol", true},
		{"server/wire", module + "/index", false},
		{"cmd/rells/internal/report", module + "/server", true},
		{"index/dialect/gorm", "gorm.io/gorm/schema", false},
		{"newcomer", "fmt", false},
	} {
		if complaint := judge(test.folder, test.imported); (complaint == "") != test.legal {
			t.Errorf("judge(%s, %s) = %q", test.folder, test.imported, complaint)
		}
	}
}

func TestPackageNamesSaySomething(t *testing.T) {
	for _, p := range packages(t) {
		if slices.Contains([]string{"util", "utils", "common", "helper", "helpers", "misc", "shared"}, p.name) {
			t.Errorf("%s: a package called %s says nothing about what it holds", p.folder, p.name)
		}
	}
}

// judge says what is wrong with a package of the folder importing the path.
func judge(folder, imported string) string {
	for _, o := range outside {
		if strings.HasPrefix(imported, o.imported) && !slices.ContainsFunc(strings.Fields(o.folders), func(f string) bool { return within(folder, f) }) {
			return fmt.Sprintf("%s must not import %s", folder, imported)
		}
	}
	row, ok := rowOf(folder)
	if !ok {
		return fmt.Sprintf("%s has no row in the table of layers", folder)
	}
	target, ours := strings.CutPrefix(imported, module+"/")
	if !ours {
		return ""
	}
	if beside, ok := rowOf(target); ok && beside == row && within(target, row.own(folder)) {
		return ""
	}
	for _, allowed := range layers[row.index].may {
		tree, deep := strings.CutSuffix(allowed, "...")
		if target == allowed || deep && within(target, strings.TrimSuffix(tree, "/")) {
			return ""
		}
	}
	return fmt.Sprintf("%s must not import %s", folder, target)
}

// row is a line of the table and how many folders deep its own folder lies.
type row struct{ index, depth int }

// own is the part of the folder that the row is about: index/dialect/gorm of
// index/dialect/gorm/naming for the row index/dialect/*.
func (r row) own(folder string) string {
	return strings.Join(strings.Split(folder, "/")[:r.depth], "/")
}

func rowOf(folder string) (row, bool) {
	best, found := row{}, false
	parts := strings.Split(folder, "/")
	for i, l := range layers {
		depth := strings.Count(l.folder, "/") + 1
		if depth > len(parts) || found && depth < best.depth {
			continue
		}
		if ok, _ := path.Match(l.folder, strings.Join(parts[:depth], "/")); ok {
			best, found = row{i, depth}, true
		}
	}
	return best, found
}

// within reports whether the folder is tree or lies below it; all lies below "".
func within(folder, tree string) bool {
	return tree == "" || folder == tree || strings.HasPrefix(folder, tree+"/")
}

// goPackage is a package of the module as its files without tests show it.
type goPackage struct {
	folder  string // relative to the root, with slashes
	name    string
	imports []string
}

// packages reads the packages of the module; nested modules are not its own.
func packages(t *testing.T) []goPackage {
	t.Helper()
	found := map[string]*goPackage{}
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skipFolder(file, entry.Name())
		}
		folder := filepath.ToSlash(filepath.Dir(file))
		if folder == "." || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		p := found[folder]
		if p == nil {
			p = &goPackage{folder: folder, name: parsed.Name.Name}
			found[folder] = p
		}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			p.imports = append(p.imports, imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var list []goPackage
	for _, p := range found {
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b goPackage) int { return strings.Compare(a.folder, b.folder) })
	return list
}

// skipFolder leaves out what the go command leaves out too: node_modules is one that
// go.mod tells it to ignore.
func skipFolder(folder, name string) error {
	if folder == "." {
		return nil
	}
	if name == "testdata" || name == "node_modules" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
		return filepath.SkipDir
	}
	if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
		return filepath.SkipDir
	}
	return nil
}

package golang

import (
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/facts"
)

func TestParseEnvironment(t *testing.T) {
	tests := []struct {
		name string
		vars map[string]string
		file string
		want Environment
	}{
		{"nothing but GOPATH", map[string]string{"GOPATH": "/go"}, "",
			Environment{ModCache: "/go/pkg/mod", GoPath: []string{"/go"}}},
		{"two in GOPATH, one relative", map[string]string{"GOPATH": "/a:b:/c/"}, "",
			Environment{ModCache: "/a/pkg/mod", GoPath: []string{"/a", "/c"}}},
		{"variables go before the file", map[string]string{"GOPATH": "/go", "GOMODCACHE": "/mine"}, "GOMODCACHE=/other\nGOWORK=off\n",
			Environment{ModCache: "/mine", GoPath: []string{"/go"}, Work: "off"}},
		{"-mod among other flags", map[string]string{"GOPATH": "/go", "GOFLAGS": "-race -mod=vendor"}, "",
			Environment{ModCache: "/go/pkg/mod", GoPath: []string{"/go"}, Mod: "vendor"}},
		{"--mod in the file", map[string]string{"GOPATH": "/go"}, "# mine\nGOFLAGS=--mod=mod\n",
			Environment{ModCache: "/go/pkg/mod", GoPath: []string{"/go"}, Mod: "mod"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := parseEnvironment(func(key string) string { return test.vars[key] }, []byte(test.file))
			if got.ModCache != test.want.ModCache || !slices.Equal(got.GoPath, test.want.GoPath) ||
				got.Work != test.want.Work || got.Mod != test.want.Mod {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestGuessName(t *testing.T) {
	for path, want := range map[string]string{
		"time": "time", "encoding/json": "json", "math/rand/v2": "rand",
		"example.com/shop/v2": "shop", "gopkg.in/yaml.v3": "yaml", "github.com/mattn/go-sqlite3": "sqlite3",
		"github.com/satori/go.uuid": "go.uuid", "github.com/nats-io/nats.go": "nats", "example.com/version": "version", "v2": "v2", "": "",
	} {
		if got := guessName(path); got != want {
			t.Errorf("guessName(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestRequires(t *testing.T) {
	m := memory{
		"/w/go.work": []byte("go 1.26\nuse ./a\nreplace example.com/worked => ./worked\n"),
		"/w/a/go.mod": []byte("module example.com/a\ngo 1.26\nrequire (\n example.com/plain v1.2.3\n example.com/indirect v0.1.0 // indirect\n" +
			" example.com/local v1.0.0\n example.com/forked v1.0.0\n example.com/worked v1.0.0\n example.com/other v1.0.0\n" +
			" example.com/raised v1.5.0\n example.com/shared v1.8.0\n)\n" +
			"replace (\n example.com/local => ./local\n example.com/forked v1.0.0 => example.com/fork v1.5.0\n example.com/other v2.0.0 => ./local\n" +
			" example.com/raised => example.com/raised v1.6.0\n)\n"),
		"/w/a/a.go":     []byte("package a\n"),
		"/w/b/b.go":     []byte("package b\n"),
		"/w/c/c.go":     []byte("package c\n"),
		"/w/c/go.mod":   []byte("module example.com/c\ngo 1.26\nrequire example.com/shared v1.9.0\n"),
		"/w/old/o.go":   []byte("package old\n"),
		"/w/old/go.mod": []byte("module example.com/old\ngo 1.16\nrequire example.com/direct v1.0.0\n"),
		"/w/b/go.mod":   []byte("module example.com/b\nnonsense (\n 1\n)\nreplace example.com/local v1.0.0 => ../local\nrequire example.com/local v1.0.0\nrequire example.com/half v1\n"),
	}
	p := m.program()
	p.Load("/w/a", "/w/b", "/w/c", "/w/old")
	s := p.Session()
	tests := []struct {
		file, module, version string
		ok                    bool
	}{
		{"/w/a/a.go", "example.com/plain", "v1.2.3", true},
		{"/w/a/a.go", "example.com/indirect", "v0.1.0", true},
		{"/w/a/a.go", "example.com/local", "", true},
		{"/w/a/a.go", "example.com/forked", "", true},
		{"/w/a/a.go", "example.com/raised", "v1.6.0", true},
		{"/w/a/a.go", "example.com/shared", "v1.9.0", true}, // c may be built with a in it
		{"/w/c/c.go", "example.com/shared", "v1.9.0", true},
		{"/w/old/o.go", "example.com/direct", "", true}, // something else may require more
		{"/w/a/a.go", "example.com/worked", "", true},
		{"/w/a/a.go", "example.com/other", "v1.0.0", true},
		{"/w/a/a.go", "example.com/absent", "", false},
		{"/w/b/b.go", "example.com/plain", "", false},
		{"/w/b/b.go", "example.com/local", "", true}, // in spite of the mistakes around it
	}
	for _, test := range tests {
		if version, ok := s.Requires(p.File(test.file), test.module); version != test.version || ok != test.ok {
			t.Errorf("%s requires %s: %q %v, want %q %v", test.file, test.module, version, ok, test.version, test.ok)
		}
	}
}

func TestReaches(t *testing.T) {
	m := memory{"/w/go.mod": []byte("module example.com/w\n")}
	for dir, imports := range map[string]string{"a": "b", "b": "c", "c": "", "d": "a", "loop": "back", "back": "loop"} {
		source := "package " + dir + "\n"
		if imports != "" {
			source += `import "example.com/w/` + imports + "\"\n"
		}
		m["/w/"+dir+"/x.go"] = []byte(source)
	}
	m["/w/c/c_test.go"] = []byte("package c\nimport \"example.com/w/d\"\n") // tests close no cycle
	s := m.program().Session()
	tests := []struct {
		from, to string
		want     bool
	}{
		{"b", "a", false}, // a imports b
		{"c", "a", false}, // by way of b
		{"a", "c", true},
		{"a", "a", true},
		{"c_test", "a", false},
		{"a", "away", true},
		{"d", "c", true},
		{"a", "loop", true},
		{"back", "loop", false},
	}
	for _, test := range tests {
		if got := s.Reaches("example.com/w/"+test.from, "example.com/w/"+test.to); got != test.want {
			t.Errorf("%s reaches %s: %v, want %v", test.from, test.to, got, test.want)
		}
	}
}

func TestImports(t *testing.T) {
	m := memory{
		"/w/go.mod":    []byte("module example.com/w\n"),
		"/w/x.go":      []byte("package w\n"),
		"/w/y.go":      []byte("package w\nimport _ \"gorm.io/gorm\"\n"),
		"/w/y_test.go": []byte("package w\nimport \"testing\"\n"),
	}
	p := m.program()
	p.Load("/w")
	s := p.Session()
	tests := []struct {
		file, path string
		want       bool
	}{
		{"/w/x.go", "gorm.io/gorm", true},
		{"/w/y_test.go", "gorm.io/gorm", true},
		{"/w/y_test.go", "testing", true},
		{"/w/x.go", "testing", false},
	}
	for _, test := range tests {
		if got := s.Imports(p.File(test.file), test.path); got != test.want {
			t.Errorf("%s imports %s: %v, want %v", test.file, test.path, got, test.want)
		}
	}
}

// TestModulesChanged gives a workspace another go.mod.
func TestModulesChanged(t *testing.T) {
	m := memory{
		"/w/go.mod":    []byte("module example.com/old\n"),
		"/w/x.go":      []byte("package x\nimport \"example.com/away/sub\"\ntype X struct{ S sub.S }\n"),
		"/away/sub.go": []byte("not read"),
	}
	p := m.program()
	if got := p.PackagePath("/w/x.go"); got != "example.com/old" {
		t.Fatalf("the package is %s", got)
	}
	m["/w/go.mod"] = []byte("module example.com/new\nrequire example.com/away v1.0.0\nreplace example.com/away => ../away\n")
	m["/away/sub/sub.go"] = []byte("package sub\ntype S struct{}\n")
	p.ModulesChanged(m.moduleFiles())
	if got := p.PackagePath("/w/x.go"); got != "example.com/new" {
		t.Errorf("the package is still %s", got)
	}
	if got := p.Outside(); !slices.Contains(got, "/away") {
		t.Errorf("Outside lists %v", got)
	}
	x, ok := p.Session().Type(facts.Ref{Package: "example.com/new", Name: "X"})
	if !ok {
		t.Fatal("there is no X any more")
	}
	if got := chain(x.Fields()[0].Type); !strings.HasSuffix(got, " struct") {
		t.Errorf("X.S is %s", got)
	}
}

// TestOrderOfFilesDoesNotMatter puts the files of the archives in different orders.
func TestOrderOfFilesDoesNotMatter(t *testing.T) {
	for _, archive := range archives(t) {
		m := parseMemory(archive)
		files := m.goFiles()
		want := describe(m.program(), files)
		backwards := slices.Clone(files)
		slices.Reverse(backwards)
		for _, order := range [][]string{files, backwards} {
			p := m.program()
			for _, file := range order {
				p.PackagePath(file)
				p.Put(file, Extract(file, m[file], Wanted{}))
			}
			if got := describe(p, files); got != want {
				t.Errorf("%sin the order %v:\n%s\nwant:\n%s", archive.Comment, order, got, want)
			}
		}
	}
}

// TestOutsideStaysNear has a workspace and what it leads to try to reach further
// folders.
func TestOutsideStaysNear(t *testing.T) {
	m := memory{
		"/w/go.mod":        []byte("module example.com/w\nreplace example.com/near => /near\n"),
		"/w/x.go":          []byte("package w\n"),
		"/near/go.mod":     []byte("module example.com/near\nreplace example.com/far => /far\n"),
		"/near/near.go":    []byte("package near\nimport \"example.com/far\"\ntype T struct{ far.Far }\n"),
		"/far/go.mod":      []byte("module example.com/far\n"),
		"/far/far.go":      []byte("package far\ntype Far struct{}\n"),
		"/secret/s.go":     []byte("package secret\n"),
		"/other/p/go.mod":  []byte("module example.com/p\nreplace example.com/s => /secret\n"),
		"/other/p/p.go":    []byte("package p\n"),
		"/vendor/far/x.go": []byte("package far\n"),
	}
	p := m.program()
	p.Load("/w")
	s := p.Session()
	from := p.File("/w/x.go")
	for _, path := range []string{"../other/p", "/other/p", "example.com/w/../other/p", "example.com/near/../other/p", "./x", ".", "", "example.com//near"} {
		if pk := s.importPackage(s.p.packageOf(from), path); pk != nil && pk.folder != nil {
			t.Errorf("%q leads to %s", path, pk.folder.dir)
		}
	}
	if pk := s.importPackage(s.p.packageOf(from), "example.com/near"); pk == nil {
		t.Error("what go.mod replaces is not found")
	}
	if got := strings.Join(p.Outside(), " "); strings.Contains(got, "/far") || strings.Contains(got, "/other") || strings.Contains(got, "/secret") || !strings.Contains(got, "/near") {
		t.Errorf("Outside lists %s", got)
	}
}

func TestForeignVolumes(t *testing.T) {
	for _, test := range []struct {
		volume, own string
		want        bool
	}{
		{"", "", false},
		{"C:", "D:", false},
		{"//host/share", "C:", true},
		{"//host/share", "//HOST/share", false},
		{"//host/other", "//host/share", true},
		{"//./pipe", "C:", true},
	} {
		if got := isForeign(test.volume, test.own); got != test.want {
			t.Errorf("from %q, %q is foreign: %v", test.own, test.volume, got)
		}
	}
}

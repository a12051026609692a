// Package dialecttest lets the tests of dialects read small workspaces: it stands
// in for the index, with the real front end below it, and writes down what a
// dialect made of each struct.
package dialecttest

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/golang"
)

const root = "/w"

// Workspace is the Go files of an archive, and one dialect that reads them.
type Workspace struct {
	dialect  *dialect.Dialect
	settings map[string]string
	session  *golang.Session
	schemas  map[facts.Ref]any
	called   map[string]bool
	obscure  map[string]bool
	uses     map[facts.Ref][]facts.Use
	asking   bool

	Files   map[string]string // by path, "models/post.go"
	Structs []facts.Type      // the structs that the files declare, in their order
}

// Open makes a workspace of an archive's Go files and go.mod, vendor included. A
// file settings has one key=value on each line.
func Open(t *testing.T, d *dialect.Dialect, archive *txtar.Archive) *Workspace {
	t.Helper()
	w := &Workspace{
		dialect: d, settings: map[string]string{}, schemas: map[facts.Ref]any{}, called: map[string]bool{}, obscure: map[string]bool{},
		Files: map[string]string{}, uses: map[facts.Ref][]facts.Use{},
	}
	disk := memory{}
	for _, f := range archive.Files {
		switch {
		case f.Name == "settings":
			for line := range strings.FieldsSeq(string(f.Data)) {
				key, value, _ := strings.Cut(line, "=")
				w.settings[key] = value
			}
		case strings.HasSuffix(f.Name, ".go"), path.Base(f.Name) == "go.mod", path.Base(f.Name) == "modules.txt":
			disk[path.Join(root, f.Name)] = f.Data
			w.Files[path.Join(root, f.Name)] = string(f.Data)
		}
	}
	program := golang.NewProgram(disk, []string{root}, golang.Wanted{Calls: d.Calls, Methods: d.Methods, Sources: d.Sources}, golang.Environment{})
	w.session = program.Session()
	for _, file := range slices.Sorted(maps.Keys(disk)) {
		if !strings.HasSuffix(file, ".go") || strings.Contains(file, "/vendor/") {
			continue
		}
		program.Load(path.Dir(file))
		w.take(program.File(file))
	}
	return w
}

// take notes what a file declares and hands to the ORM.
func (w *Workspace) take(f *facts.File) {
	for _, t := range w.session.Declared(f) {
		if t.Shape() == facts.Struct {
			w.Structs = append(w.Structs, t)
		}
	}
	for _, call := range f.Calls {
		w.called[call] = true
	}
	for _, name := range f.Obscure {
		w.obscure[name] = true
	}
	for _, use := range f.Uses {
		if t, _ := dialect.Element(w.session.Expr(f, use.Within, use.Arg)); t != nil && t.Shape() == facts.Struct {
			w.uses[t.Ref()] = append(w.uses[t.Ref()], use)
		}
	}
}

// Type finds a struct by its name, nil for none.
func (w *Workspace) Type(name string) facts.Type {
	for _, t := range w.Structs {
		if t.Ref().Name == name {
			return t
		}
	}
	return nil
}

// Schema is the dialect's schema of a type, made once.
func (w *Workspace) Schema(t facts.Type) any {
	ref := t.Ref()
	if ref.IsZero() {
		return w.dialect.Schema(w, t)
	}
	if _, ok := w.schemas[ref]; !ok {
		w.schemas[ref] = w.dialect.Schema(w, t)
	}
	return w.schemas[ref]
}

// Definition finds a constant or function by the name that a file would use.
func (w *Workspace) Definition(from *facts.File, qualifier, name string) (*facts.File, facts.Definition, bool) {
	return w.session.Definition(from, qualifier, name)
}

// Lookup finds a type by the name that a file would use.
func (w *Workspace) Lookup(from *facts.File, name string) (facts.Type, bool) {
	return w.session.Lookup(from, "", name)
}

// Declared finds a type by its identity.
func (w *Workspace) Declared(ref facts.Ref) (facts.Type, bool) { return w.session.Type(ref) }

// Types lists the types of the file's package.
func (w *Workspace) Types(from *facts.File) []facts.Type { return w.session.Types(from) }

// Whole is nothing: dialects of Go read model by model.
func (w *Workspace) Whole() any { return nil }

// Naming never changes.
func (w *Workspace) Naming(facts.Language) uint64 { return 0 }

// Marked lists no files: dialects of Go read model by model.
func (w *Workspace) Marked(facts.Language) []*facts.File { return nil }

// Requires looks into the go.mod of the file's module.
func (w *Workspace) Requires(from *facts.File, module string) (string, bool) {
	return w.session.Requires(from, module)
}

// Reaches reports whether an import makes no cycle.
func (w *Workspace) Reaches(from, to string) bool { return w.session.Reaches(from, to) }

// Imports reports whether the file's package imports the path.
func (w *Workspace) Imports(from *facts.File, path string) bool {
	return w.session.Imports(from, path)
}

// Called reports whether any file calls a function of this name.
func (w *Workspace) Called(_ *facts.File, name string) bool { return w.called[name] }

// Uses lists the calls that hand the type over.
func (w *Workspace) Uses(t facts.Type) []facts.Use { return w.uses[t.Ref()] }

// Tabled finds the structs with a table of the name.
func (w *Workspace) Tabled(table string) []facts.Type {
	if w.asking {
		return nil // a struct is asked for its table, which depends on no other's
	}
	w.asking = true
	defer func() { w.asking = false }()
	var found []facts.Type
	for _, t := range w.Structs {
		if m := w.dialect.Read(w, t); m != nil && m.Table == table {
			found = append(found, t)
		}
	}
	return found
}

// Tables lists the tables of all structs.
func (w *Workspace) Tables() []string { return nil }

// Obscure reports whether any file hands a function something unknown.
func (w *Workspace) Obscure(name string) bool { return w.obscure[name] }

// Setting is what the archive's settings say.
func (w *Workspace) Setting(_ *facts.File, name string) string { return w.settings[name] }

// memory is a disk of the archive's files alone.
type memory map[string][]byte

func (m memory) ReadFile(name string) ([]byte, error) {
	if data, ok := m[name]; ok {
		return data, nil
	}
	return nil, fs.ErrNotExist
}

func (m memory) ReadDir(dir string) ([]string, error) {
	entries := map[string]bool{}
	for name := range m {
		if rest, ok := strings.CutPrefix(name, strings.TrimSuffix(dir, "/")+"/"); ok {
			first, _, _ := strings.Cut(rest, "/")
			entries[first] = true
		}
	}
	if len(entries) == 0 {
		return nil, fs.ErrNotExist
	}
	return slices.Sorted(maps.Keys(entries)), nil
}

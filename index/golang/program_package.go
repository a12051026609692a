package golang

import (
	"cmp"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// folder is a folder with its Go files and the packages they make up.
type folder struct {
	dir      string
	path     string  // import path; "" for a workspace folder without go.mod
	owner    *module // whose go.mod says what its imports mean
	foreign  bool    // other people's code: of a module cache or below vendor
	loaded   bool
	held     int64                  // what it adds to Program.Size
	files    map[string]*sourceFile // by base name
	packages []*pkg                 // the one that can be imported first, where there is one
}

func newFolder(dir string, owner *module, path string) *folder {
	foreign := owner.external || strings.Contains(filepath.ToSlash(strings.TrimPrefix(dir, owner.dir))+"/", "/vendor/")
	return &folder{dir: dir, path: path, owner: owner, foreign: foreign, files: map[string]*sourceFile{}}
}

// importable is the package that other packages get when they import the folder,
// nil where there is none.
func (fo *folder) importable() *pkg {
	if len(fo.packages) > 0 && fo.packages[0].importable {
		return fo.packages[0]
	}
	return nil
}

// pkg is one package: the files of a folder that state one name.
type pkg struct {
	path       string // Ref.Package
	name       string
	importable bool
	folder     *folder // nil for a package known without source
	files      []*sourceFile
	types      map[string]*typeSymbol   // by the Name of their Refs
	locals     map[string][]*typeSymbol // local types, by enclosing function and name ("TestX.User")
}

// typeSymbol is a declared type with its methods.
type typeSymbol struct {
	name    string // as in Ref
	decl    *facts.Decl
	file    *sourceFile
	methods []method // sorted by name
	print   uint64   // what it means, without places
	outline uint64   // likewise, but for the fields that a struct does not embed
	pkg     *pkg

	outlineName string // of the symbol that stands for the outline; "" before anybody asked
}

// method is a method of a type, and the file that declares it.
type method struct {
	*facts.Method
	file *facts.File
}

func (ts *typeSymbol) ref() facts.Ref { return facts.Ref{Package: ts.pkg.path, Name: ts.name} }

// method is the method declared on the type, false for none.
func (ts *typeSymbol) method(name string) (method, bool) {
	i, ok := ts.search(name)
	if !ok {
		return method{}, false
	}
	return ts.methods[i], true
}

// search finds the place of a name among the methods.
func (ts *typeSymbol) search(name string) (int, bool) {
	return slices.BinarySearchFunc(ts.methods, name, func(m method, name string) int {
		return strings.Compare(m.Name.Text, name)
	})
}

// group sorts the files of the folder into packages.
func (fo *folder) group() []*pkg {
	if len(fo.files) == 0 {
		return nil
	}
	byName := map[string]*pkg{}
	main := fo.mainName()
	for _, base := range slices.Sorted(maps.Keys(fo.files)) {
		f := fo.files[base]
		name := f.facts.Package.Text
		pk := byName[name]
		if pk == nil {
			pk = &pkg{name: name, folder: fo, path: fo.packagePath(name, main)}
			byName[name] = pk
		}
		pk.files = append(pk.files, f)
		pk.importable = pk.importable || name == main && !f.test
	}
	packages := slices.SortedFunc(maps.Values(byName), func(a, b *pkg) int {
		return cmp.Or(-compareBool(a.importable, b.importable), strings.Compare(a.name, b.name))
	})
	for _, pk := range packages {
		pk.collect()
	}
	return packages
}

// mainName is the name of the package that the folder's import path stands for:
// the one that most of the files say that are built on this host.
func (fo *folder) mainName() string {
	type votes struct{ built, other, test int }
	count := map[string]*votes{}
	for _, f := range fo.files {
		name := f.facts.Package.Text
		if f.test {
			name = strings.TrimSuffix(name, "_test")
		}
		v := count[name]
		if v == nil {
			v = &votes{}
			count[name] = v
		}
		switch {
		case f.test:
			v.test++
		case f.facts.Included:
			v.built++
		default:
			v.other++
		}
	}
	var best string
	for _, name := range slices.Sorted(maps.Keys(count)) {
		a, b := count[name], count[best]
		if b == nil || cmp.Or(cmp.Compare(a.built, b.built), cmp.Compare(a.other, b.other), cmp.Compare(a.test, b.test)) > 0 {
			best = name
		}
	}
	return best
}

// packagePath is the Ref.Package for the package of the given name in the folder.
func (fo *folder) packagePath(name, main string) string {
	path := fo.path
	if path == "" {
		path = main
	}
	switch name {
	case main:
		return path
	case main + "_test":
		return path + "_test"
	}
	return path + ":" + name
}

// collect gathers the types of the package and their methods. Of several
// declarations of one name the one that is built on this host wins, then the one
// that is no test, then the first by file name.
func (pk *pkg) collect() {
	pk.types = map[string]*typeSymbol{}
	for _, f := range pk.files {
		for i := range f.facts.Decls {
			d := &f.facts.Decls[i]
			if d.Name.Text == "_" {
				continue
			}
			ts := &typeSymbol{name: d.Name.Text, decl: d, file: f, pkg: pk}
			if d.Within != "" {
				pk.collectLocal(ts, i)
				continue
			}
			ts.fingerprint(i)
			if old := pk.types[ts.name]; old == nil || f.rank() < old.file.rank() {
				pk.types[ts.name] = ts
			}
		}
	}
	for _, f := range pk.files {
		for i := range f.facts.Methods {
			m := &f.facts.Methods[i]
			ts := pk.types[m.Receiver]
			if ts == nil || !ts.sees(f) {
				continue
			}
			at, twice := ts.search(m.Name.Text)
			if twice {
				continue
			}
			ts.methods = slices.Insert(ts.methods, at, method{m, f.facts})
			ts.print = combine(ts.print, f.prints.methods[i])
			ts.outline = combine(ts.outline, f.prints.methods[i])
		}
	}
}

// fingerprint takes the prints of the type's declaration, by its index in the file.
func (ts *typeSymbol) fingerprint(i int) {
	prints := &ts.file.prints
	ts.print, ts.outline = combine(prints.file, prints.decls[i]), combine(prints.file, prints.outlines[i])
}

// collectLocal adds a type that is local to a function. Blocks of one function
// may declare one name several times, and so may the functions that a package can
// have several of (init, values of _): all but the first get a number. What the
// build leaves out gives way to what it holds.
func (pk *pkg) collectLocal(ts *typeSymbol, decl int) {
	key := ts.decl.Within + "." + ts.decl.Name.Text
	if pk.locals == nil {
		pk.locals = map[string][]*typeSymbol{}
	}
	same := pk.locals[key]
	if len(same) > 0 && same[0].file.rank() != ts.file.rank() {
		if ts.file.rank() > same[0].file.rank() {
			return
		}
		for _, other := range same {
			delete(pk.types, other.name)
		}
		same = nil
	}
	same = append(same, ts)
	pk.locals[key] = same
	ts.name = key + ordinal(len(same))
	ts.fingerprint(decl)
	pk.types[ts.name] = ts
}

// sees reports whether a method declared in f belongs to the type: f is built
// whenever the type is.
func (ts *typeSymbol) sees(f *sourceFile) bool {
	if f.test && !ts.file.test {
		return false
	}
	return f.facts.Included || !ts.file.facts.Included
}

// sourceFile is a file of a package.
type sourceFile struct {
	base   string
	test   bool // visible only to the tests of its folder
	facts  *facts.File
	prints prints
}

func newSourceFile(base string, f *facts.File) *sourceFile {
	return &sourceFile{base: base, test: isTest(base), facts: f, prints: printsOf(base, f)}
}

// rank orders files by whose declaration of a name wins, the lowest first.
func (f *sourceFile) rank() int {
	rank := 0
	if !f.facts.Included {
		rank += 2
	}
	if f.test {
		rank++
	}
	return rank
}

// dirOf is the folder of a file, in the notation by which folders are known.
func dirOf(path string) string { return filepath.Dir(path) }

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

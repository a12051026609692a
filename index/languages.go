package index

import (
	"path/filepath"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/golang"
	"github.com/rells-dev/rells/index/python"
)

// programs is the code of a workspace, by language: each front end answers for its own
// files, and the names of one mean nothing to another.
type programs struct {
	golang *golang.Program
	python *python.Program
	wanted golang.Wanted
}

func newPrograms(files *memory, o Options) *programs {
	p := &programs{}
	var calls []string // in Python
	for _, d := range o.Dialects {
		if d.Language == facts.Python {
			calls = append(calls, d.Calls...)
			continue
		}
		p.wanted.Calls = append(p.wanted.Calls, d.Calls...)
		p.wanted.Methods = append(p.wanted.Methods, d.Methods...)
		p.wanted.Sources = append(p.wanted.Sources, d.Sources...)
	}
	p.golang = golang.NewProgram(files, o.Roots, p.wanted, golang.ReadEnvironment())
	p.python = python.NewProgram(files, o.Roots, calls...)
	return p
}

// languageOf is the language of a file, by its name.
func languageOf(path string) facts.Language {
	if python.Claims(path) {
		return facts.Python
	}
	return facts.Go
}

// isSource reports whether a file holds source in any language.
func isSource(path string) bool { return golang.Claims(path) || python.Claims(path) }

// decidesNames reports whether a file says what names of packages mean.
func decidesNames(path string) bool { return golang.DecidesNames(path) || python.DecidesNames(path) }

// Concerns reports whether an index wants to know of a file of this name.
func Concerns(path string) bool {
	return isSource(path) || decidesNames(path) || filepath.Base(path) == ignoreFile
}

const ignoreFile = ".gitignore"

// FileNames are patterns for the names of the files whose changes matter to an index.
func FileNames() []string {
	return []string{"*.go", "*.py", "go.mod", "go.work", "pyproject.toml", "setup.cfg", ignoreFile}
}

// enters reports whether there may be source of the workspace's own in a folder of that
// name.
func enters(name string) bool { return golang.Enters(name) && python.Enters(name) }

// unitOf is what is read whole together with a file: in Go its folder, which is one
// package, in Python the file alone.
func unitOf(path string) string {
	if languageOf(path) == facts.Python {
		return path
	}
	return filepath.Dir(path)
}

func (p *programs) extract(path string, src []byte) *facts.File {
	if languageOf(path) == facts.Python {
		return p.python.Extract(path, src)
	}
	return golang.Extract(path, src, p.wanted)
}

// describes reports whether facts were read from just these bytes.
func describes(f *facts.File, src []byte) bool {
	if f.Language == facts.Python {
		return python.Describes(f, src)
	}
	return golang.Describes(f, src)
}

// languageSymbol stands, among what has changed, for all that code of a language says. No
// reading looks at it: see readWholes.
func languageSymbol(of facts.Language) facts.Symbol {
	if of == facts.Python {
		return facts.Symbol{Name: "all of Python"}
	}
	return facts.Symbol{Name: "all of Go"}
}

// Put hands new facts to the program of their language and returns what changed by that.
func (p *programs) Put(path string, f *facts.File) []facts.Symbol {
	if languageOf(path) != facts.Python {
		return p.golang.Put(path, f)
	}
	if p.python.Put(path, f) {
		return []facts.Symbol{languageSymbol(facts.Python)}
	}
	return nil
}

// Load reads units whole, of those that are more than one file, and in Python what the
// bases of their classes lead to.
func (p *programs) Load(units ...string) {
	var folders, modules []string
	for _, unit := range units {
		if languageOf(unit) == facts.Go {
			folders = append(folders, unit)
		} else {
			modules = append(modules, unit)
		}
	}
	p.golang.Load(folders...)
	p.python.Follow(modules...)
}

// Holds reports whether anybody looked for the files of a unit.
func (p *programs) Holds(unit string) bool {
	if languageOf(unit) == facts.Python {
		return p.python.Holds(unit)
	}
	return p.golang.Holds(unit)
}

// File returns the facts of a file, nil for none.
func (p *programs) File(path string) *facts.File {
	if languageOf(path) == facts.Python {
		return p.python.File(path)
	}
	return p.golang.File(path)
}

// Files lists the files of a unit.
func (p *programs) Files(unit string) []string {
	if languageOf(unit) != facts.Python {
		return p.golang.Files(unit)
	}
	if p.python.File(unit) == nil {
		return nil
	}
	return []string{unit}
}

// Reads reports whether the file would be read along with its unit.
func (p *programs) Reads(path string) bool {
	return languageOf(path) == facts.Python || p.golang.Reads(path)
}

// PackagePath is the Package that the types of a file have in their Refs.
func (p *programs) PackagePath(path string) string {
	if languageOf(path) == facts.Python {
		return p.python.PackagePath(path)
	}
	return p.golang.PackagePath(path)
}

// ModulesChanged makes all names mean what the files say now that decide about them.
func (p *programs) ModulesChanged(files []string) {
	var modules []string
	for _, path := range files {
		if golang.DecidesNames(path) {
			modules = append(modules, path)
		}
	}
	p.golang.ModulesChanged(modules)
	p.python.ModulesChanged()
}

// Outside lists the folders beyond the workspace that are looked into.
func (p *programs) Outside() []string { return p.golang.Outside() }

// Size is how much source has been read, in bytes.
func (p *programs) Size() int64 { return p.golang.Size() + p.python.Size() }

// Retain forgets the packages that nobody needs any more. What was read of Python stays:
// it is of the workspace.
func (p *programs) Retain(packages, folders map[string]struct{}) {
	p.golang.Retain(packages, folders)
}

// session resolves names in all languages. What is looked at is recorded in one place.
type session struct {
	*golang.Session
	program *programs
	python  *python.Session
}

func (p *programs) Session() *session {
	return &session{Session: p.golang.Session(), program: p, python: p.python.Session()}
}

// Resume brings the session up to the program as it is now; false where too much of the
// Go code has changed. Of Python nothing is remembered.
func (s *session) Resume() bool {
	s.python = s.program.python.Session()
	return s.Session.Resume()
}

// wholeSymbol stands for what a dialect has read as a whole. It never changes by itself:
// see readWholes; but what follows from it is kept for no longer than a batch.
var wholeSymbol = facts.Symbol{Name: "a whole"}

// noteWhole notes that a type of a language is looked at that is read as a whole.
func (s *session) noteWhole(t facts.Type) {
	if file, _ := t.Decl(); file != nil && file.Language == facts.Python {
		s.Note([]facts.Symbol{wholeSymbol})
	}
}

// Type finds a type by its identity.
func (s *session) Type(ref facts.Ref) (facts.Type, bool) {
	if t, ok := s.python.Type(ref); ok {
		return t, true
	}
	return s.Session.Type(ref)
}

// Declared lists the types that a file declares.
func (s *session) Declared(f *facts.File) []facts.Type {
	if f.Language == facts.Python {
		return s.python.Declared(f)
	}
	return s.Session.Declared(f)
}

// Naming is a number that stays the same as long as the names of a language stand for the
// same; it is of languages alone that dialects read as a whole.
func (s *session) Naming(of facts.Language) uint64 {
	if of == facts.Python {
		return s.python.Naming()
	}
	return 0
}

// Types lists the types of the package of a file.
func (s *session) Types(from *facts.File) []facts.Type {
	if from.Language == facts.Python {
		return s.python.Declared(from)
	}
	return s.Session.Types(from)
}

// Lookup finds a type by the name that code of the file would use.
func (s *session) Lookup(from *facts.File, within, name string) (facts.Type, bool) {
	if from.Language == facts.Python {
		return s.python.Lookup(from, name)
	}
	return s.Session.Lookup(from, within, name)
}

// Requires reports whether the module of the file requires another.
func (s *session) Requires(from *facts.File, module string) (version string, ok bool) {
	if from.Language == facts.Python {
		return "", false
	}
	return s.Session.Requires(from, module)
}

// Reaches reports whether an import is possible.
func (s *session) Reaches(from, to string) bool { return s.Session.Reaches(from, to) }

// Imports reports whether the package of the file imports the path.
func (s *session) Imports(from *facts.File, path string) bool {
	if from.Language == facts.Python {
		return s.python.Imports(from, path)
	}
	return s.Session.Imports(from, path)
}

// PackagePath is the Package that the types of the file have in their Refs.
func (s *session) PackagePath(f *facts.File) string { return s.program.PackagePath(f.Path) }

// markersOf are the markers of the dialects of each language.
func markersOf(dialects []*dialect.Dialect, set settings) map[facts.Language]markers {
	byLanguage := map[facts.Language][]*dialect.Dialect{}
	for _, d := range dialects {
		byLanguage[d.Language] = append(byLanguage[d.Language], d)
	}
	found := map[facts.Language]markers{}
	for language, list := range byLanguage {
		found[language] = newMarkers(list, set)
	}
	return found
}

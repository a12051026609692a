package index

import (
	"maps"
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/golang"
)

// scope answers one dialect's questions to one reader.
type scope struct {
	reader  *reader
	dialect *dialect.Dialect
	schemas map[facts.Ref]schema
}

// schema is a memoised dialect.Schema, with what making it looked at: whoever
// uses it depends on the same.
type schema struct {
	value any
	trace golang.Trace
}

func (r *reader) scope(d int) *scope {
	if r.scopes[d] == nil {
		r.scopes[d] = &scope{
			reader:  r,
			dialect: r.batch.dialects[d],
			schemas: map[facts.Ref]schema{},
		}
	}
	return r.scopes[d]
}

// mostSchemas is how many schemas are remembered: enough for what an edit reaches,
// and for the packages around the one that is read while a workspace is loaded.
const mostSchemas = 512

// Schema is the dialect's schema of a type, made again only where it was needed
// long before, or what it follows from has changed since.
func (s *scope) Schema(t facts.Type) any {
	ref := t.Ref()
	if ref.IsZero() {
		return s.dialect.Schema(s, t)
	}
	if known, ok := s.schemas[ref]; ok {
		s.reader.session.Repeat(known.trace)
		return known.value
	}
	if len(s.schemas) == mostSchemas {
		clear(s.schemas)
	}
	s.reader.session.Begin()
	value := s.dialect.Schema(s, t)
	s.schemas[ref] = schema{value, s.reader.session.End()}
	return value
}

// Lookup finds a type by the name that code at package level of the file would use.
func (s *scope) Lookup(from *facts.File, name string) (facts.Type, bool) {
	return s.reader.session.Lookup(from, "", name)
}

// Definition finds a constant or function by the name that code of the file would use.
func (s *scope) Definition(from *facts.File, qualifier, name string) (*facts.File, facts.Definition, bool) {
	return s.reader.session.Definition(from, qualifier, name)
}

// Declared finds a type by its identity.
func (s *scope) Declared(ref facts.Ref) (facts.Type, bool) { return s.reader.session.Type(ref) }

// Types lists the types of the file's package.
func (s *scope) Types(from *facts.File) []facts.Type { return s.reader.session.Types(from) }

// Marked lists the files with markers of a language in the order of their paths.
func (s *scope) Marked(of facts.Language) []*facts.File {
	var paths []string
	for unit, folder := range s.reader.batch.folders {
		if len(folder.seeds) > 0 && languageOf(unit) == of {
			paths = slices.AppendSeq(paths, maps.Keys(folder.seeds))
		}
	}
	slices.Sort(paths)
	files := make([]*facts.File, 0, len(paths))
	for _, path := range paths {
		if f := s.reader.batch.program.File(path); f != nil {
			files = append(files, f)
		}
	}
	return files
}

// Naming tells whether names stand for the same as before.
func (s *scope) Naming(of facts.Language) uint64 { return s.reader.session.Naming(of) }

// Requires looks into the go.mod of the file's module.
func (s *scope) Requires(from *facts.File, module string) (string, bool) {
	return s.reader.session.Requires(from, module)
}

// Reaches reports whether an import is possible without a cycle.
func (s *scope) Reaches(from, to string) bool { return s.reader.session.Reaches(from, to) }

// Imports reports whether a file of the package imports the path.
func (s *scope) Imports(from *facts.File, path string) bool {
	return s.reader.session.Imports(from, path)
}

// Called reports whether any code that was read calls a function of this name.
func (s *scope) Called(_ *facts.File, name string) bool {
	s.reader.session.Note([]facts.Symbol{calledSymbol(name)})
	return len(s.reader.batch.uses.callers[name]) > 0
}

// Uses lists the uses of a type by the dialect's calls.
func (s *scope) Uses(t facts.Type) []facts.Use {
	s.reader.session.Note([]facts.Symbol{usesSymbol(t.Ref())})
	for d := range s.reader.batch.dialects {
		if s.reader.batch.dialects[d] == s.dialect {
			return s.reader.usesFor(d, t.Ref())
		}
	}
	return nil
}

// Tabled lists, in the order of their identities, the structs that are models of the
// table.
func (s *scope) Tabled(name string) []facts.Type {
	s.reader.session.Note([]facts.Symbol{tableSymbol(s.dialect.Name, name)})
	var types []facts.Type
	for d := range s.reader.batch.dialects {
		if s.reader.batch.dialects[d] != s.dialect {
			continue
		}
		for _, ref := range s.reader.batch.tables[table{d, name}].sorted() {
			if t, ok := s.reader.session.Type(ref); ok {
				types = append(types, t)
			}
		}
	}
	return types
}

// Tables lists the tables of all models.
func (s *scope) Tables() []string {
	s.reader.session.Note([]facts.Symbol{tableSymbol(s.dialect.Name, "")})
	var names []string
	for t := range s.reader.batch.tables {
		if s.reader.batch.dialects[t.dialect] == s.dialect {
			names = append(names, t.name)
		}
	}
	slices.Sort(names)
	return names
}

// Obscure reports whether a function of this name is handed something unknown.
func (s *scope) Obscure(name string) bool {
	s.reader.session.Note([]facts.Symbol{obscureSymbol(name)})
	return len(s.reader.batch.uses.obscure[name]) > 0
}

// Setting is a setting of the dialect, as it holds for the file.
func (s *scope) Setting(from *facts.File, name string) string {
	path := ""
	if from != nil {
		path = from.Path
	}
	return s.reader.batch.settings.at(path)[s.dialect.Name][name]
}

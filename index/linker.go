package index

import (
	"maps"
	"path/filepath"
	"slices"
	"sync"

	"github.com/tidwall/btree"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/workspace"
)

// linker is the writer's view of a workspace: its files, and what every struct
// was read as, what that reading looked at, and who leads where.
type linker struct {
	dialects []*dialect.Dialect
	settings settings
	markers  map[facts.Language]markers

	tagOwners map[string]dialectSet

	files    *workspace.Files
	bytes    *memory
	open     map[string]*document
	folders  map[string]*folder
	program  *programs
	loading  bool    // the workspace is read for the first time
	kept     *reader // of the last batch, nil for none
	wholes   []any   // what each dialect has read as a whole; nil where that is none
	retained int64   // size of the program when everything in it was needed
	taken    int     // files taken since then

	declared map[string][]facts.Ref // structs that a file declares
	entries  map[facts.Ref]*entry
	readers  map[facts.Symbol]map[*entry]struct{} // entries whose reading looked at the symbol
	placed   map[string]refSet                    // entries with a place in the file
	tables   map[table]refSet                     // entries that a dialect reads as models of the table
	uses     usage
}

// document is a file that the editor owns.
type document struct {
	text    []byte
	version int32
}

func newLinker(o Options) *linker {
	l := &linker{
		dialects: o.Dialects,
		settings: newSettings(o),

		tagOwners: tagOwners(o.Dialects),

		open:     map[string]*document{},
		folders:  map[string]*folder{},
		declared: map[string][]facts.Ref{},
		entries:  map[facts.Ref]*entry{},
		readers:  map[facts.Symbol]map[*entry]struct{}{},
		placed:   map[string]refSet{},
		tables:   map[table]refSet{},
		uses:     newUsage(),
	}
	l.wholes = make([]any, len(o.Dialects))
	l.markers = markersOf(o.Dialects, l.settings)
	l.files = workspace.New(workspace.Options{
		Roots:    o.Roots,
		Exclude:  o.excludes(),
		Claim:    l.claims,
		Enter:    enters,
		Anywhere: decidesNames,
		Warn:     o.Warn,
	})
	l.bytes = &memory{files: l.files, texts: map[string][]byte{}}
	l.program = newPrograms(l.bytes, o)
	l.files.Allow(l.program.Outside()...)
	return l
}

// claims reports whether a file of the workspace is read at all: source in a language
// that some dialect speaks, and what decides about names.
func (l *linker) claims(path string) bool {
	return isSource(path) && l.markers[languageOf(path)] != nil || decidesNames(path)
}

// marked reports whether a file holds a marker of a dialect of its language.
func (l *linker) marked(path string, src []byte) bool { return l.markers[languageOf(path)].in(src) }

// nameModules tells the program which files of the workspace decide what import
// paths mean, and lets it read what those lead to.
func (l *linker) nameModules(files []string) {
	l.program.ModulesChanged(files)
	l.files.Allow(l.program.Outside()...)
}

func (l *linker) openDocument(path string, d *document) {
	l.open[path] = d
	l.files.Set(path, d.text)
}

func (l *linker) closeDocument(path string) {
	delete(l.open, path)
	l.files.Clear(path)
}

// decides reports whether a file decides what names mean or which files count, so
// that a change to it is a change to everything.
func (l *linker) decides(path string) bool {
	return decidesNames(path) || filepath.Base(path) == ignoreFile
}

// below lists the files that a change on disk stands for: itself, or, for a
// folder, all that were or are below it.
func (l *linker) below(changed string) []string {
	if isSource(changed) {
		return []string{changed}
	}
	var paths []string
	for dir, f := range l.folders {
		if rel, err := filepath.Rel(changed, dir); err == nil && filepath.IsLocal(rel) {
			paths = slices.AppendSeq(paths, maps.Keys(f.files))
		}
	}
	paths = append(paths, l.files.Below(changed)...)
	slices.Sort(paths)
	return slices.Compact(paths)
}

// memory reads files and remembers their bytes until the batch is over, so that
// the snapshot's text is the very text that the facts were read from.
type memory struct {
	files *workspace.Files
	mu    sync.Mutex
	texts map[string][]byte
}

// ReadFile returns the text of a file, the editor's where it has one.
func (m *memory) ReadFile(path string) ([]byte, error) {
	src, err := m.files.ReadFile(path)
	if err == nil {
		m.keep(path, src)
	}
	return src, err
}

// ReadDir returns the names of a folder's entries.
func (m *memory) ReadDir(dir string) ([]string, error) { return m.files.ReadDir(dir) }

func (m *memory) keep(path string, src []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.texts[path] = src
}

// remembers reports whether the text of the file has been read in this batch.
func (m *memory) remembers(path string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.texts[path]
	return ok
}

// forgetOthers forgets all but the seeds: of the many files beside them, few turn
// out to hold anything, and those are read again.
func (m *memory) forgetOthers(seeds []seed) {
	kept := make(map[string][]byte, len(seeds))
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range seeds {
		kept[s.path] = m.texts[s.path]
	}
	m.texts = kept
}

func (m *memory) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.texts)
}

func emptySnapshot() *Snapshot {
	return &Snapshot{
		generation: 1,
		nodes:      newRefMap[*Node](),
		files:      &btree.Map[string, *File]{},
		nodesIn:    &btree.Map[string, []facts.Ref]{},
		leadingTo:  newRefMap[[]facts.Ref](),
		touched:    &touchLog{},
	}
}

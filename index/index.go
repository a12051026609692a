package index

import (
	"context"
	"iter"
	"maps"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/rells-dev/rells/index/dialect"
)

// Options say what an index reads and how.
type Options struct {
	Roots    []string           // absolute folders; a root inside another one is legal
	Exclude  []string           // patterns in gitignore syntax, relative to each root
	Dialects []*dialect.Dialect // in the order in which a node lists its models; the native one last
	// Settings are the dialects' settings: dialect, name, value.
	Settings map[string]map[string]string
	// Local has, by the clean paths of roots, what counts there in place of Exclude
	// and Settings.
	Local map[string]Local
	// Warn is told what could not be read and why; it may be called from any
	// goroutine. Nil is silence.
	Warn func(path string, err error)
}

// Index is the one writer of snapshots.
type Index struct {
	current atomic.Pointer[Snapshot]

	mu      sync.Mutex // held by the writer
	options Options
	linker  *linker
	renames renameMemory
}

// Change is one thing that happened to a file.
type Change struct {
	Path string // absolute
	Kind ChangeKind
	// Text is the whole new text of the document (Edited); the index keeps it and
	// nobody may modify it.
	Text    []byte
	Version int32
}

// ChangeKind says what happened.
type ChangeKind uint8

// The kinds of changes.
const (
	Edited ChangeKind = iota // the editor owns the file and this is its text: opened or changed
	Closed                   // the editor gave the file back: the disk counts again
	OnDisk                   // created, written or deleted on disk; a folder stands for all below it
)

// New makes an index with an empty snapshot of generation 1.
func New(options Options) *Index {
	x := &Index{options: options, linker: newLinker(options)}
	empty := emptySnapshot()
	empty.index = x
	x.current.Store(empty)
	return x
}

// Snapshot is the newest snapshot.
func (x *Index) Snapshot() *Snapshot { return x.current.Load() }

// Load reads the whole workspace. progress, when not nil, is told how many of
// how many files have been read; it may be called from any goroutine. A cancelled
// context leaves the snapshot as it was and returns the context's error; whatever
// else goes wrong goes to Options.Warn.
func (x *Index) Load(ctx context.Context, progress func(done, total int)) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.load(ctx, progress)
}

// SetOptions replaces roots, excludes and settings and reads everything again;
// open documents stay open. Its errors are those of Load.
func (x *Index) SetOptions(ctx context.Context, options Options, progress func(done, total int)) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.options = options
	return x.load(ctx, progress)
}

// load starts over with a new linker; the old one stays until the new one is ready.
func (x *Index) load(ctx context.Context, progress func(done, total int)) error {
	defer saveMemory()()
	l := newLinker(x.options)
	l.loading = true
	for path, d := range x.linker.open {
		l.openDocument(path, d)
	}
	defer l.files.Forget()
	seeds, err := l.findSeeds(ctx, progress)
	if err != nil {
		return err
	}
	b := l.newBatch()
	b.takeSeeds(seeds)
	for path := range l.open {
		b.take(path)
	}
	b.run()
	x.linker = l
	l.loading, l.kept = false, nil // what was read last is not what an edit reaches
	prev := x.Snapshot()
	x.show(b.publishWhole(prev), prev.paths)
	l.tidy()
	return nil
}

// show makes a snapshot the newest. files are those that may differ from the one
// before.
func (x *Index) show(next *Snapshot, files iter.Seq[string]) {
	next.former, next.renamings = x.renames.observe(x.Snapshot(), next, files), &sync.Map{}
	x.current.Store(next)
}

// Update takes changes in and returns the snapshot that holds them. A change to
// what decides about names and folders (go.mod, go.work, .gitignore ...) reads
// the workspace again.
func (x *Index) Update(changes ...Change) *Snapshot {
	x.mu.Lock()
	defer x.mu.Unlock()
	l := x.linker
	var paths []string
	whole := false
	for _, c := range changes {
		path := filepath.Clean(c.Path)
		whole = whole || l.decides(path)
		switch c.Kind {
		case Edited:
			l.openDocument(path, &document{text: c.Text, version: c.Version})
			paths = append(paths, path)
		case Closed:
			l.closeDocument(path)
			paths = append(paths, path)
		case OnDisk:
			paths = append(paths, l.below(path)...)
		}
	}
	if whole && x.load(context.Background(), nil) == nil {
		return x.Snapshot()
	}
	b := l.newBatch()
	for _, path := range paths {
		b.take(path)
	}
	b.run()
	next := b.publish(x.Snapshot())
	x.show(next, maps.Keys(b.refreshed))
	l.tidy()
	makeRoom()
	return next
}

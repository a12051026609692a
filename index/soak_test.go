package index_test

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/index"
)

var (
	soakFolder = flag.String("soak", "", "a code base, of which TestSoak edits a copy")
	soakEdits  = flag.Int("soak-edits", 200_000, "how many random edits TestSoak makes")
	soakEvery  = flag.Int("soak-every", 2_000, "after how many edits TestSoak compares with a fresh load and prints the heap")
)

// TestSoak edits a copy of a real code base at random, for long. Now and then the
// snapshot must equal that of a fresh load; with all files put back it must be what
// it was at first, and the heap must stay flat.
func TestSoak(t *testing.T) {
	if *soakFolder == "" {
		t.Skip("-soak names no code base")
	}
	seed := *editSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	s := newSoak(t, seed)
	x := load(t, s.root, nil)
	fresh := heapInUse()
	t.Logf("-edit-seed %d, %d files, %d of them with models, heap %s", seed, len(s.paths), len(s.modelled(x.Snapshot())), megabytes(fresh))
	untouched := dump(t, x.Snapshot())
	var heaps []uint64
	var updating time.Duration
	start := time.Now()
	for n := range *soakEdits {
		if n%100 == 0 {
			s.near = s.modelled(x.Snapshot())
		}
		change := s.edit()
		began := time.Now()
		x.Update(change)
		updating += time.Since(began)
		if n++; n%*soakEvery != 0 {
			continue
		}
		s.compare(t, x, n)
		open := len(s.open)
		x.Update(s.restore()...)
		if diff := cmp.Diff(untouched, dump(t, x.Snapshot())); diff != "" {
			t.Fatalf("seed %d, edit %d: with everything put back the snapshot is not what it was (-was +is):\n%s", seed, n, diff)
		}
		heaps = append(heaps, heapInUse())
		t.Logf("%d edits, %v each, %d documents open; all put back, heap %s",
			n, (updating / time.Duration(n)).Round(time.Microsecond), open, megabytes(heaps[len(heaps)-1]))
	}
	t.Logf("%d edits in %v", *soakEdits, time.Since(start).Round(time.Second))
	runtime.KeepAlive(x)
	judgeHeap(t, fresh, heaps)
}

// compare compares the index with one that reads everything anew.
func (s *soak) compare(t *testing.T, x *index.Index, n int) {
	t.Helper()
	fresh := load(t, s.root, s.open).Snapshot()
	if diff := cmp.Diff(dump(t, fresh), dump(t, x.Snapshot())); diff != "" {
		t.Fatalf("edit %d: updated snapshot differs from a fresh one (-fresh +updated):\n%s", n, diff)
	}
	expectFacts(t, fmt.Sprintf("edit %d", n), fresh, x.Snapshot())
}

// judgeHeap looks at the lowest heap of each quarter, since what edits lead to and
// nothing needs may live for a while. After the first quarter, in which maps grow to
// what they will need, it may not go up by more than a tenth; and what is left over
// from all edits may be a quarter of what a fresh index holds.
func judgeHeap(t *testing.T, fresh uint64, heaps []uint64) {
	t.Helper()
	quarter := len(heaps) / 4
	if quarter < 5 {
		t.Fatalf("only %d looks at the heap: they tell nothing", len(heaps))
	}
	second, last := slices.Min(heaps[quarter:2*quarter]), slices.Min(heaps[3*quarter:])
	t.Logf("heap %s at first, at least %s in the second quarter, %s in the last", megabytes(fresh), megabytes(second), megabytes(last))
	if last > second+second/10 {
		t.Errorf("the heap grew from %s in the second quarter to %s in the last", megabytes(second), megabytes(last))
	}
	if last > fresh+fresh/4 {
		t.Errorf("a fresh index holds %s, one after many edits %s", megabytes(fresh), megabytes(last))
	}
}

func megabytes(n uint64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

func heapInUse() uint64 {
	runtime.GC()
	runtime.GC() // what finalizers held
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// soak is a copy of a code base, edited file by file.
type soak struct {
	root     string
	rand     *rand.Rand
	original map[string]string
	paths    []string          // of original, sorted
	near     []string          // files with models: half of the edits
	open     map[string]string // documents in the editor
}

func newSoak(t *testing.T, seed uint64) *soak {
	t.Helper()
	s := &soak{root: t.TempDir(), rand: rand.New(rand.NewPCG(seed, 2)), original: map[string]string{}, open: map[string]string{}}
	err := filepath.WalkDir(*soakFolder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "node_modules") {
			return filepath.SkipDir
		}
		name, err := filepath.Rel(*soakFolder, path)
		if err != nil || !entry.Type().IsRegular() || filepath.Ext(path) != ".go" && entry.Name() != "go.mod" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		to := filepath.Join(s.root, name)
		put(t, to, string(text))
		if filepath.Ext(path) == ".go" {
			s.original[to] = string(text)
			s.paths = append(s.paths, to)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *soak) modelled(snapshot *index.Snapshot) []string {
	var paths []string
	for path, f := range snapshot.Files() {
		if !f.Outside {
			paths = append(paths, path)
		}
	}
	return paths
}

func (s *soak) pick(from []string) string { return from[s.rand.IntN(len(from))] }

// edit changes one file, in the editor or on disk. As many edits put back what was
// there at first, so that most of the code stays whole.
func (s *soak) edit() index.Change {
	path := s.pick(s.paths)
	if len(s.near) > 0 && s.rand.IntN(2) == 0 {
		path = s.pick(s.near)
	}
	if s.rand.IntN(3) == 0 && len(s.open) > 0 {
		path = s.pick(slices.Sorted(maps.Keys(s.open)))
	}
	text, isOpen := s.open[path]
	switch n := s.rand.IntN(10); {
	case isOpen && n < 2, isOpen && len(s.open) > 30:
		delete(s.open, path)
		return index.Change{Path: path, Kind: index.Closed}
	case isOpen && n < 5:
		return s.overlay(path, s.original[path])
	case isOpen:
		return s.overlay(path, s.damage(text))
	case n < 4:
		return s.overlay(path, s.original[path])
	case n == 4:
		os.Remove(path)
	case n < 7:
		s.write(path, s.damage(s.original[path]))
	default:
		s.write(path, s.original[path])
	}
	return index.Change{Path: path, Kind: index.OnDisk}
}

// restore closes all documents and puts all files back.
func (s *soak) restore() []index.Change {
	var changes []index.Change
	for path := range s.open {
		changes = append(changes, index.Change{Path: path, Kind: index.Closed})
	}
	clear(s.open)
	for _, path := range s.paths {
		if text, err := os.ReadFile(path); err != nil || string(text) != s.original[path] {
			s.write(path, s.original[path])
			changes = append(changes, index.Change{Path: path, Kind: index.OnDisk})
		}
	}
	return changes
}

func (s *soak) overlay(path, text string) index.Change {
	s.open[path] = text
	return index.Change{Path: path, Kind: index.Edited, Text: []byte(text), Version: 1}
}

func (s *soak) write(path, text string) {
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		panic(err)
	}
}

// damage changes one thing in a text: what somebody types, cuts, pastes or renames.
func (s *soak) damage(text string) string {
	at := s.rand.IntN(len(text) + 1)
	line := strings.LastIndexByte(text[:at], '\n') + 1
	end := len(text)
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		end = at + i + 1
	}
	switch s.rand.IntN(6) {
	case 0:
		return text[:at] + s.pick([]string{"\n", "`", "\"", "{", "}", "x", "*", "[]", "\x80", "\r\n", ";", ":", "gorm:"}) + text[at:]
	case 1:
		return text[:line] + text[end:]
	case 2:
		return text[:end] + text[line:]
	case 3:
		return text[:line] + "\t" + s.pick(randomFields) + "\n" + text[line:]
	case 4:
		words := strings.Fields(text[line:end])
		if len(words) == 0 {
			return text
		}
		return text[:line] + strings.Replace(text[line:end], s.pick(words), s.pick(words), 1) + text[end:]
	}
	return text[:line] + strings.Replace(text[line:], "ID", "Id", 1)
}

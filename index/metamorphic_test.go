package index_test

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/dialect/all"
	"github.com/rells-dev/rells/index/facts"
)

// What must make no difference to a graph. The tests run over every workspace that
// there is: random ones, the cases of all other tests, and with -soak DIR a copy of
// that code base.

// somewhere is a workspace, with the text of each of its Go files by path.
type somewhere struct {
	name, root string
	files      map[string]string
}

// everywhere yields workspaces, each in a folder of its own.
func everywhere(t *testing.T) iter.Seq[somewhere] {
	return func(yield func(somewhere) bool) {
		for seed := range uint64(8) {
			w := newRandomWorkspace(t, seed, randomPackages)
			put(t, filepath.Join(w.root, "plain", "plain.go"), "package plain\n\ntype User struct {\n\tID uint\n\tPosts []Post\n}\n\ntype Post struct {\n\tID, UserID uint\n}\n")
			put(t, filepath.Join(w.root, "a", "plain.go"), "package a\n\ntype Comment struct {\n\tID, UserID uint\n\tUser User\n}\n")
			if !yield(somewhere{fmt.Sprintf("seed %d", seed), w.root, goFiles(t, w.root)}) {
				return
			}
		}
		for _, pattern := range []string{"../testdata/*/*.txtar", "dialect/*/testdata/*.txtar"} {
			cases, err := filepath.Glob(pattern)
			if err != nil || len(cases) == 0 {
				t.Fatalf("no case is %s: %v", pattern, err)
			}
			for _, name := range cases {
				root := layOutCase(t, name)
				if !yield(somewhere{name, root, goFiles(t, root)}) {
					return
				}
			}
		}
		if *soakFolder != "" {
			s := newSoak(t, 0)
			yield(somewhere{*soakFolder, s.root, s.original})
		}
	}
}

// layOutCase writes the sources of a case to a folder.
func layOutCase(t *testing.T, name string) (root string) {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	root = t.TempDir()
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "@") || path.Ext(f.Name) != ".go" && path.Base(f.Name) != "go.mod" {
			continue // what a fix is to make of a file, what is expected
		}
		put(t, filepath.Join(root, filepath.FromSlash(f.Name)), string(f.Data))
	}
	return root
}

func goFiles(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" && filepath.Ext(path) != ".py" {
			return err
		}
		text, err := os.ReadFile(path)
		files[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// enough fails a test that has compared too little.
func enough(t *testing.T, nodes int) {
	t.Helper()
	t.Logf("%d nodes", nodes)
	if nodes < 500 {
		t.Errorf("only %d nodes were compared", nodes)
	}
}

func nodesOf(s *index.Snapshot) (n int) {
	for range s.Nodes() {
		n++
	}
	return n
}

// TestByteTestChangesNothing reads workspaces with dialects that find their marker
// in every file. What the byte test leaves out must be what says nothing.
func TestByteTestChangesNothing(t *testing.T) {
	var unmarked []*dialect.Dialect
	for _, d := range all.Dialects {
		without := *d
		without.Markers = []string{map[facts.Language]string{facts.Go: "package", facts.Python: "import"}[d.Language]}
		unmarked = append(unmarked, &without)
	}
	nodes := 0
	for w := range everywhere(t) {
		want := load(t, w.root, nil).Snapshot()
		x := index.New(index.Options{Roots: []string{w.root}, Dialects: unmarked})
		if err := x.Load(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
		if w.name == *soakFolder {
			expectNoLess(t, want, x.Snapshot())
		} else if diff := cmp.Diff(dump(t, want), dump(t, x.Snapshot())); diff != "" {
			t.Fatalf("%s: without the byte test there is another graph (-with +without):\n%s", w.name, diff)
		}
		nodes += nodesOf(want)
	}
	enough(t, nodes)
}

// expectNoLess compares graphs of a code base that calls its ORM in files without any
// marker, by way of a function or a field of its own: who reads them too is surer of
// some models and meets more that are probable. Nothing else may differ.
func expectNoLess(t *testing.T, with, without *index.Snapshot) {
	t.Helper()
	for n := range with.Nodes() {
		for _, m := range n.Models {
			other := without.Node(n.Ref).Model(m.Dialect)
			if other == nil || other.Evidence.Certainty < m.Evidence.Certainty {
				t.Fatalf("without the byte test %s is no such model any more: %+v", n.Ref, m.Evidence)
			}
			if diff := cmp.Diff(m.Relations, other.Relations); diff != "" {
				t.Errorf("without the byte test %s has other relations (-with +without):\n%s", n.Ref, diff)
			}
		}
	}
	for n := range without.Nodes() {
		if m := n.Models[0]; with.Node(n.Ref) == nil && !strings.Contains(m.Evidence.Reason, "passed to") && !strings.Contains(m.Evidence.Reason, "target of") {
			t.Errorf("without the byte test %s is a model that %s", n.Ref, m.Evidence.Reason)
		}
	}
}

// TestOrderOfFilesDoesNotMatter tells of the files of a workspace one by one, in
// any order, on disk or in the editor: the graph is that of one load.
func TestOrderOfFilesDoesNotMatter(t *testing.T) {
	nodes := 0
	for w := range everywhere(t) {
		whole := load(t, w.root, nil).Snapshot()
		random := rand.New(rand.NewPCG(uint64(nodes), 3))
		for path := range w.files {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
		x := load(t, w.root, nil)
		order := slices.Sorted(maps.Keys(w.files))
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, path := range order {
			if random.IntN(2) == 0 {
				x.Update(index.Change{Path: path, Kind: index.Edited, Text: []byte(w.files[path]), Version: 1})
			}
			put(t, path, w.files[path])
			x.Update(index.Change{Path: path, Kind: index.OnDisk})
		}
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, path := range order {
			x.Update(index.Change{Path: path, Kind: index.Closed})
		}
		if diff := cmp.Diff(dump(t, whole), dump(t, x.Snapshot())); diff != "" {
			t.Fatalf("%s: file by file there is another graph (-whole +by file):\n%s", w.name, diff)
		}
		expectFacts(t, w.name, whole, x.Snapshot())
		nodes += nodesOf(whole)
	}
	enough(t, nodes)
}

// expectFacts compares the facts that an index has kept with those that another one
// has read anew.
func expectFacts(t *testing.T, when string, fresh, kept *index.Snapshot) {
	t.Helper()
	for path, f := range fresh.Files() {
		if have, ok := kept.File(path); !ok || !reflect.DeepEqual(f.Facts, have.Facts) {
			t.Fatalf("%s: of %s other facts are kept than it says", when, path)
		}
	}
}

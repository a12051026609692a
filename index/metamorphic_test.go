package index_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/dialect/all"
)

// TestByteTestChangesNothing reads workspaces with dialects that find their marker
// in every file. What the byte test leaves out must be what says nothing.
func TestByteTestChangesNothing(t *testing.T) {
	var unmarked []*dialect.Dialect
	for _, d := range all.Dialects {
		without := *d
		without.Markers = []string{"package"}
		unmarked = append(unmarked, &without)
	}
	nodes := 0
	for seed := range uint64(8) {
		w := newRandomWorkspace(t, seed)
		put(t, filepath.Join(w.root, "plain", "plain.go"), "package plain\n\ntype User struct {\n\tID uint\n\tPosts []Post\n}\n\ntype Post struct {\n\tID, UserID uint\n}\n")
		put(t, filepath.Join(w.root, "a", "plain.go"), "package a\n\ntype Comment struct {\n\tID, UserID uint\n\tUser User\n}\n")
		want := load(t, w.root, nil).Snapshot()
		x := index.New(index.Options{Roots: []string{w.root}, Dialects: unmarked})
		if err := x.Load(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(dump(t, want), dump(t, x.Snapshot())); diff != "" {
			t.Fatalf("seed %d: without the byte test there is another graph (-with +without):\n%s", seed, diff)
		}
		for range want.Nodes() {
			nodes++
		}
	}
	if nodes < 60 {
		t.Errorf("only %d nodes were compared", nodes)
	}
}

// TestOrderOfFilesDoesNotMatter tells of the files of a workspace one by one, in
// any order, on disk or in the editor: the graph is that of one load.
func TestOrderOfFilesDoesNotMatter(t *testing.T) {
	for seed := range uint64(8) {
		w := newRandomWorkspace(t, seed)
		whole := dump(t, load(t, w.root, nil).Snapshot())
		random := rand.New(rand.NewPCG(seed, 3))
		for range 3 {
			for path := range w.disk {
				if filepath.Base(path) != "go.mod" {
					if err := os.Remove(path); err != nil {
						t.Fatal(err)
					}
				}
			}
			x := load(t, w.root, nil)
			order := slices.Sorted(maps.Keys(w.disk))
			random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			for _, path := range order {
				if random.IntN(2) == 0 {
					x.Update(index.Change{Path: path, Kind: index.Edited, Text: []byte(w.disk[path]), Version: 1})
				}
				put(t, path, w.disk[path])
				x.Update(index.Change{Path: path, Kind: index.OnDisk})
			}
			random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			for _, path := range order {
				x.Update(index.Change{Path: path, Kind: index.Closed})
			}
			if diff := cmp.Diff(whole, dump(t, x.Snapshot())); diff != "" {
				t.Fatalf("seed %d: file by file there is another graph (-whole +by file):\n%s", seed, diff)
			}
		}
	}
}

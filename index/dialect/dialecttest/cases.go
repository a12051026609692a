package dialecttest

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/index/dialect"
)

// Run runs every case of a folder of txtar archives. Each is a workspace, with
// what is wanted of it in parts named after what they describe: models,
// relations, mentions, evidence, inverses.
func Run(t *testing.T, d *dialect.Dialect, folder string) {
	files, err := filepath.Glob(filepath.Join(folder, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in %s: %v", folder, err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			check(t, Open(t, d, archive), archive)
		})
	}
}

// check compares each part that says what is wanted.
func check(t *testing.T, w *Workspace, archive *txtar.Archive) {
	describe := map[string]func() []string{
		"models": w.Models, "relations": w.Relations, "mentions": w.Mentions,
		"evidence": w.Evidence, "inverses": w.Inverses,
	}
	checked := 0
	for _, part := range archive.Files {
		got, ok := describe[part.Name]
		if !ok {
			continue
		}
		checked++
		want := strings.Split(strings.TrimSpace(string(part.Data)), "\n")
		if diff := cmp.Diff(want, got()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", part.Name, diff)
		}
	}
	if checked == 0 {
		t.Error("the case says nothing of what is wanted")
	}
}

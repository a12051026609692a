package golang

import (
	"go/build"
	"hash/fnv"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corpus yields real Go files: a sample of the standard library, the same on
// every run. RELLS_CORPUS, a list of directories, puts every file of those in
// its place.
func corpus(t testing.TB) iter.Seq2[string, []byte] {
	roots, whole := filepath.SplitList(os.Getenv("RELLS_CORPUS")), true
	if len(roots) == 0 {
		roots, whole = []string{filepath.Join(build.Default.GOROOT, "src")}, false
	}
	return func(yield func(string, []byte) bool) {
		for _, root := range roots {
			for path := range goFiles(t, root) {
				if !whole && !sampled(path) {
					continue
				}
				src, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if !yield(path, src) {
					return
				}
			}
		}
	}
}

// goFiles yields the paths of the Go files under root.
func goFiles(t testing.TB, root string) iter.Seq[string] {
	return func(yield func(string) bool) {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && strings.HasSuffix(path, ".go") && !yield(path) {
				return fs.SkipAll
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// sampled picks one path of twenty.
func sampled(path string) bool {
	h := fnv.New32a()
	h.Write([]byte(path))
	return h.Sum32()%20 == 0
}

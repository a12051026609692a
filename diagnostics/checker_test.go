package diagnostics

import (
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/index"
)

// A checker that has seen every step knows what one that sees only the last
// snapshot finds, and has named every file in which that made a difference. What it
// tells early of some files is final.
func TestCheckerFollowsEdits(t *testing.T) {
	const steps = 150
	w := load(t, cases(t)[0])
	texts := goFiles(t)
	files := []string{filepath.Join(w.root, "models", "a.go"), filepath.Join(w.root, "models", "b.go"), filepath.Join(w.root, "models", "models.go")}
	checker := NewChecker(Rules())
	checker.Update(w.index.Snapshot())
	random := rand.New(rand.NewPCG(7, 11))
	problems, told := 0, 0
	for step := range steps {
		text := texts[random.IntN(len(texts))]
		change := index.Change{
			Path: files[random.IntN(len(files))],
			Kind: []index.ChangeKind{index.Edited, index.Edited, index.Edited, index.Closed}[random.IntN(4)],
			Text: []byte(mutate(random, text)),
		}
		before := checker.All()
		early := map[string][]Problem{}
		first := slices.DeleteFunc(slices.Clone(files), func(file string) bool { return file != change.Path && random.IntN(2) == 0 })
		changed := checker.UpdateFirst(w.index.Update(change), first, func(file string) {
			early[file] = checker.Problems(file)
		})
		after := checker.All()
		for file, problems := range early {
			told++
			if diff := cmp.Diff(checker.Problems(file), problems); diff != "" {
				t.Fatalf("step %d: problems of %s in the end (-) and early (+) differ:\n%s", step, file, diff)
			}
		}
		for _, file := range first {
			if _, was := early[file]; was != slices.Contains(changed, file) {
				t.Fatalf("step %d: of %v changed, %v were told of early", step, changed, early)
			}
		}
		fresh := NewChecker(Rules())
		fresh.Update(w.index.Snapshot())
		if diff := cmp.Diff(fresh.All(), after); diff != "" {
			t.Fatalf("step %d: problems from scratch (-) and followed (+) differ:\n%s", step, diff)
		}
		if diff := cmp.Diff(differing(before, after), changed); diff != "" {
			t.Fatalf("step %d: files with other problems (-) and files named (+) differ:\n%s", step, diff)
		}
		problems += len(after)
	}
	if problems < steps || told < steps/10 {
		t.Errorf("only %d problems in %d steps, %d told early: the test sees too little", problems, steps, told)
	}
}

// goFiles are the texts of all Go files of all cases.
func goFiles(t *testing.T) []string {
	t.Helper()
	var texts []string
	for _, path := range cases(t) {
		for _, f := range load(t, path).sources() {
			if strings.HasSuffix(f.Name, ".go") {
				texts = append(texts, string(f.Data))
			}
		}
	}
	return texts
}

// mutate exchanges one word of the text for another of its words, or leaves it.
func mutate(random *rand.Rand, text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\n\"`:,*[]{}", r) })
	from, to := words[random.IntN(len(words))], words[random.IntN(len(words))]
	if random.IntN(3) == 0 {
		return text
	}
	return strings.Replace(text, from, to, 1)
}

// differing lists the files whose problems are not the same, sorted; nil for none.
func differing(before, after []Problem) []string {
	a, b := maps.Collect(byFile(before)), maps.Collect(byFile(after))
	var files []string
	for file := range a {
		if !cmp.Equal(a[file], b[file]) {
			files = append(files, file)
		}
	}
	for file := range b {
		if _, ok := a[file]; !ok {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	return files
}

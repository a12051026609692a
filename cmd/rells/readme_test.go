package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// prompt starts a console block of the README that shows a check.
const prompt = "```console\n$ go run ./cmd/rells check "

// TestReadmeShowsRealOutput runs the checks that the README shows and compares
// what they print, line by line.
func TestReadmeShowsRealOutput(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(root, "README.md")
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	rest, rewritten := string(readme), ""
	for {
		before, block, found := strings.Cut(rest, prompt)
		rewritten += before
		if !found {
			break
		}
		args, block, _ := strings.Cut(block, "\n")
		want, behind, closed := strings.Cut(block, "```\n")
		if !closed {
			t.Fatalf("the block of %q is not closed", args)
		}
		status, got := output(t, root, append([]string{"check"}, strings.Fields(args)...)...)
		if status != exitProblems {
			t.Errorf("check %s: exit status %d, want %d", args, status, exitProblems)
		}
		if want != got && !*update {
			t.Errorf("check %s prints\n%s\nthe README shows\n%s", args, got, want)
		}
		rewritten += prompt + args + "\n" + got + "```\n"
		rest = behind
		shown++
	}
	if shown == 0 {
		t.Error("the README shows no check")
	}
	if *update {
		if err := os.WriteFile(path, []byte(rewritten), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var goBlock = regexp.MustCompile("(?s)```go\n(.*?)```\n")

// TestTagExamplesAreSound checks each example of docs/tags.md as a workspace of
// its own: rells finds its relations, all sides are paired, and nothing is wrong.
func TestTagExamplesAreSound(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "tags.md"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := goBlock.FindAllStringSubmatch(string(page), -1)
	if len(blocks) == 0 {
		t.Error("no example was found")
	}
	for _, block := range blocks {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "go.mod"), "module example.com/tags\n\ngo 1.26\n")
		write(t, filepath.Join(dir, "tags.go"), "package tags\n\n"+block[1])
		if status, out := output(t, dir, "check", "--severity=hint"); status != exitOK {
			t.Errorf("%s\nis not sound:\n%s", block[1], out)
		}
		_, listing := output(t, dir, "index")
		if relations := strings.Count(block[1], `rel:"`); strings.Count(listing, `"pairing":"explicit"`) < relations {
			t.Errorf("%s\nhas sides without an inverse:\n%s", block[1], listing)
		}
	}
}

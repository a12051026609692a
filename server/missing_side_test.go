package server_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/server"
)

// TestMissingSideNeedsApplyEdit completes the name of a field that another document
// lacks: only a client that applies edits on request is offered to add it.
func TestMissingSideNeedsApplyEdit(t *testing.T) {
	files := map[string]string{
		"author.go": strings.ReplaceAll(blog["author.go"], "back_populates:Writer", "has-many,foreign_key:AuthorID,back_populates:"),
		"book.go":   "package blog\n\ntype Book struct {\n\tID       int64\n\tAuthorID int64\n}\n",
	}
	line := strings.Split(files["author.go"], "\n")[4]
	for client, want := range map[string]bool{`{}`: false, `{"workspace": {"applyEdit": true}}`: true} {
		s := start(t, files, client, server.Options{})
		end := strings.LastIndexByte(line, ':') + 1
		m := mark{name: "complete", at: location{file: "author.go", line: 5, start: end, end: end}}
		items := (&player{t: t, session: s}).candidates(m)
		if slices.Contains(labels(items), "Author") != want {
			t.Errorf("%s: the candidates are %q", client, labels(items))
		}
		if !want {
			continue
		}
		command := items[len(items)-1].Command
		if err := s.execute(command); err == nil || !strings.Contains(err.Error(), "names no relation that could be added") {
			t.Errorf("adding a field that no tag names: %v", err)
		}
		s.set("author.go", "package blog\n")
		if err := s.execute(command); err == nil || !strings.Contains(err.Error(), "no relation Author.Books") {
			t.Errorf("adding the inverse of what is gone: %v", err)
		}
	}
}

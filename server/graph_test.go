package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server"
	"github.com/rells-dev/rells/server/wiretest"
)

// drawn is what the tests read of a diagram.
type drawn struct {
	Graph *struct {
		Models []struct {
			Name string            `json:"name"`
			At   protocol.Location `json:"at"`
		} `json:"models"`
		Relations []struct {
			From end `json:"from"`
			To   end `json:"to"`
		} `json:"relations"`
	} `json:"graph"`
	Text string `json:"text"`
}

type end struct {
	Model string `json:"model"`
	Field string `json:"field"`
}

// sound is a workspace without problems.
var sound = map[string]string{"author.go": mended("author.go", "Writer", "Author"), "book.go": blog["book.go"]}

func (s *session) draw(params map[string]any) drawn {
	s.t.Helper()
	var d drawn
	if err := s.Call(context.Background(), "rells/graph", params, &d); err != nil {
		s.t.Fatal(err)
	}
	return d
}

// models are the names of the models of a diagram.
func (d drawn) models() string {
	var names []string
	for _, m := range d.Graph.Models {
		names = append(names, m.Name)
	}
	return strings.Join(names, " ")
}

// TestGraph draws a workspace, and parts of it, for a client.
func TestGraph(t *testing.T) {
	s := start(t, sound, capable, server.Options{})
	d := s.draw(map[string]any{})
	if got := d.models(); got != "Author Book" {
		t.Errorf("the models are %q", got)
	}
	author := d.Graph.Models[0]
	if string(author.At.URI) != s.uri("author.go") || author.At.Range.Start.Line != 2 || author.At.Range.Start.Character != 5 {
		t.Errorf("Author is at %+v", author.At)
	}
	if len(d.Graph.Relations) != 1 || d.Graph.Relations[0].From.Field != "Books" || d.Graph.Relations[0].To.Field != "Author" {
		t.Errorf("the relations are %+v", d.Graph.Relations)
	}
	if got := s.draw(map[string]any{"focus": "Book", "depth": 0}).models(); got != "Book" {
		t.Errorf("around Book: %q", got)
	}
	if got := s.draw(map[string]any{"focus": "Book", "depth": 1}).models(); got != "Author Book" {
		t.Errorf("around Book: %q", got)
	}
	for format, begin := range map[string]string{"mermaid": "erDiagram\n", "dot": "digraph ", "html": "<!doctype html>"} {
		if d := s.draw(map[string]any{"format": format}); !strings.HasPrefix(d.Text, begin) || d.Graph != nil {
			t.Errorf("%s begins with %.40q", format, d.Text)
		}
	}
	for _, bad := range []map[string]any{{"format": "pdf"}, {"focus": "Reader"}} {
		var d drawn
		if err := s.Call(context.Background(), "rells/graph", bad, &d); err == nil {
			t.Errorf("%v is answered", bad)
		}
	}
}

// summaryOf is the summary of a workspace.
func (s *session) summaryOf() string {
	s.t.Helper()
	var raw json.RawMessage
	if err := s.Call(context.Background(), "rells/summary", nil, &raw); err != nil {
		s.t.Fatal(err)
	}
	return string(raw)
}

// changes are the notifications of changes so far.
func (s *session) changes() []string {
	var told []string
	for _, n := range s.Notifications("rells/changed") {
		told = append(told, string(n.Params))
	}
	return told
}

// TestChanged edits a model: who asked for the diagram or the summary hears of it once.
func TestChanged(t *testing.T) {
	s := start(t, sound, capable, server.Options{})
	s.set("author.go", sound["author.go"]+"\n// Nobody has asked yet.\n")
	s.settle()
	if told := s.changes(); told != nil {
		t.Fatalf("a client that never asked is told %q", told)
	}

	s.draw(map[string]any{})
	if got, want := s.summaryOf(), `{"models":2,"relations":2,"errors":0,"warnings":0,"hints":0}`; got != want {
		t.Errorf("the summary is %s, want %s", got, want)
	}
	s.set("author.go", sound["author.go"]+"\n// A comment changes no diagram.\n")
	s.settle()
	if told := s.changes(); told != nil {
		t.Fatalf("a comment is told of: %q", told)
	}

	s.set("author.go", strings.ReplaceAll(sound["author.go"], "Books ", "Works "))
	s.Await("a change", func(n wiretest.Notification) bool {
		return n.Method == "rells/changed" && string(n.Params) == `{"graph":true,"summary":true}`
	})
	s.set("author.go", sound["author.go"])
	s.settle()
	if told := s.changes(); len(told) != 1 {
		t.Errorf("a client that has not asked again is told %q", told)
	}
	if d := s.draw(map[string]any{}); len(d.Graph.Relations) != 1 {
		t.Errorf("the relations are %s", fmt.Sprint(d.Graph.Relations))
	}
}

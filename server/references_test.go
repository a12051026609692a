package server_test

import (
	"testing"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server"
)

// TestReferencesWithDeclaration asks for the declaration too: a tag that names a field
// leads to it, and at the field itself it is for the language's own server to list.
func TestReferencesWithDeclaration(t *testing.T) {
	s := start(t, paired, capable, server.Options{})
	inTag, declared := location{"author.go", 5, 35, 41}, location{"book.go", 6, 1, 7}
	for name, test := range map[string]struct {
		at   location
		want []location
	}{
		"in a tag":   {inTag, []location{inTag, declared}},
		"at a field": {declared, []location{inTag}},
	} {
		var got []protocol.Location
		context := map[string]any{"context": map[string]any{"includeDeclaration": true}}
		s.ask(protocol.MethodTextDocumentReferences, test.at, test.at.start, context, &got)
		if len(got) != len(test.want) {
			t.Errorf("%s: the references are %+v", name, got)
			continue
		}
		for i, l := range got {
			if at := s.location(s.name(string(l.URI)), l.Range); at != test.want[i] {
				t.Errorf("%s: a reference at %+v, want %+v", name, at, test.want[i])
			}
		}
	}
}

package server

import (
	"cmp"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/rells-dev/rells/diagnostics"
)

// editable reports whether the fix touches only text that is certain.
func (w world) editable(fix diagnostics.Fix) bool {
	return !slices.ContainsFunc(fix.Edits, func(e diagnostics.Edit) bool {
		doc, open := w.open[e.Path]
		return open && (doc.lost || doc.mangled)
	})
}

// workspaceEdit is a fix as the client applies it: for the versions it was made
// for, where the client takes them.
func (s *server) workspaceEdit(w world, fix diagnostics.Fix) *protocol.WorkspaceEdit {
	edits := slices.Clone(fix.Edits)
	slices.SortStableFunc(edits, func(a, b diagnostics.Edit) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Span.Start, b.Span.Start))
	})
	result := &protocol.WorkspaceEdit{}
	for len(edits) > 0 {
		path := edits[0].Path
		n := slices.IndexFunc(edits, func(e diagnostics.Edit) bool { return e.Path != path })
		if n < 0 {
			n = len(edits)
		}
		if m, ok := s.textOf(w, path); ok {
			s.addEdits(w, result, path, textEdits(m, edits[:n]))
		}
		edits = edits[n:]
	}
	return result
}

func textEdits(m textMap, edits []diagnostics.Edit) []protocol.TextEdit {
	list := make([]protocol.TextEdit, len(edits))
	for i, e := range edits {
		list[i] = protocol.TextEdit{Range: m.span(e.Span), NewText: e.NewText}
	}
	return list
}

// addEdits adds the edits of one file.
func (s *server) addEdits(w world, to *protocol.WorkspaceEdit, path string, edits []protocol.TextEdit) {
	address := w.open.uri(path)
	if !s.features.versionedEdits {
		if to.Changes == nil {
			to.Changes = map[uri.URI][]protocol.TextEdit{}
		}
		to.Changes[address] = edits
		return
	}
	change := &protocol.TextDocumentEdit{}
	change.TextDocument.URI = address
	if doc, open := w.open[path]; open {
		change.TextDocument.Version = &doc.version
	}
	for i := range edits {
		change.Edits = append(change.Edits, &edits[i])
	}
	to.DocumentChanges = append(to.DocumentChanges, change)
}

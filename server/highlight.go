package server

import (
	"context"

	"go.lsp.dev/protocol"
)

// highlight answers textDocument/documentHighlight inside tags and texts of code: where else in the
// document the thing is named (read), and where it is declared (written).
func (s *server) highlight(_ context.Context, w world, p *protocol.DocumentHighlightParams) ([]protocol.DocumentHighlight, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, p.Position)
	if !ok {
		return nil, nil
	}
	if _, ok := w.CursorAt(at.path, at.offset); !ok {
		return nil, nil
	}
	var highlights []protocol.DocumentHighlight
	for _, place := range w.Occurrences(at.path, at.offset, true) {
		if place.File != at.path {
			continue
		}
		kind := protocol.DocumentHighlightKindWrite
		if w.Names(at.path, int(place.Span.Start)) {
			kind = protocol.DocumentHighlightKindRead
		}
		highlights = append(highlights, protocol.DocumentHighlight{Range: at.text.span(place.Span), Kind: kind})
	}
	return highlights, nil
}

package server

import (
	"context"

	"go.lsp.dev/protocol"
)

// references answers textDocument/references: on a name inside a tag or a text of code, and
// on the name of a field or of a model, where such name it. There the language's own server
// lists the declaration, which must not be listed twice.
func (s *server) references(_ context.Context, w world, p *protocol.ReferenceParams) ([]protocol.Location, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, p.Position)
	if !ok {
		return nil, nil
	}
	_, alone := w.TagCursor(at.path, at.offset) // no other server has an answer
	alone = alone || len(w.TextsAt(at.path, at.offset)) > 0
	var locations []protocol.Location
	for _, place := range w.Occurrences(at.path, at.offset, alone && p.Context.IncludeDeclaration) {
		if location, ok := s.location(w, place); ok {
			locations = append(locations, location)
		}
	}
	return locations, nil
}

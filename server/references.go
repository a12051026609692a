package server

import (
	"context"

	"go.lsp.dev/protocol"
)

// references answers textDocument/references: on a name inside a tag, and on the
// name of a field, where tags name it. There the language's own server lists the
// declaration, which must not be listed twice.
func (s *server) references(_ context.Context, w world, p *protocol.ReferenceParams) ([]protocol.Location, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, p.Position)
	if !ok {
		return nil, nil
	}
	_, inTag := w.TagCursor(at.path, at.offset)
	var locations []protocol.Location
	for _, place := range w.Occurrences(at.path, at.offset, inTag && p.Context.IncludeDeclaration) {
		if location, ok := s.location(w, place); ok {
			locations = append(locations, location)
		}
	}
	return locations, nil
}

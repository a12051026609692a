package server

import (
	"context"

	"go.lsp.dev/protocol"
)

// definition answers textDocument/definition on names inside tags and texts of code.
func (s *server) definition(_ context.Context, w world, p *protocol.DefinitionParams) (protocol.DefinitionResult, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, p.Position)
	if !ok {
		return nil, nil
	}
	origin, destinations := w.Destinations(at.path, at.offset)
	if !s.features.links {
		var locations protocol.LocationSlice
		for _, d := range destinations {
			if location, ok := s.location(w, d.Name); ok {
				locations = append(locations, location)
			}
		}
		return locations, nil
	}
	from := at.text.span(origin)
	var links protocol.DefinitionLinkSlice
	for _, d := range destinations {
		name, ok := s.location(w, d.Name)
		if !ok {
			continue
		}
		whole, _ := s.location(w, d.Whole)
		links = append(links, protocol.DefinitionLink{
			OriginSelectionRange: &from,
			TargetURI:            name.URI,
			TargetRange:          whole.Range,
			TargetSelectionRange: name.Range,
		})
	}
	return links, nil
}

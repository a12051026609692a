package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server/wire"
)

// showCommand leads to the relation that its one argument, a [sideData], names.
const showCommand = "rells.showRelation"

// codeLens answers textDocument/codeLens: one for each inverse of each relation of
// the document. What it says is made when the client shows it.
func (s *server) codeLens(_ context.Context, w world, p *protocol.CodeLensParams) ([]protocol.CodeLens, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, protocol.Position{})
	if !ok {
		return nil, nil
	}
	var lenses []protocol.CodeLens
	for _, pair := range w.PairsIn(at.path) {
		raw, err := json.Marshal(sideOf(pair.Inverse))
		if err != nil {
			return nil, err
		}
		lenses = append(lenses, protocol.CodeLens{Range: at.text.span(pair.Relation.Place.Span), Data: raw})
	}
	return lenses, nil
}

// resolveCodeLens answers codeLens/resolve. The lens leads to the inverse where the
// client can show a place; elsewhere it only names it.
func (s *server) resolveCodeLens(_ context.Context, _ world, p *protocol.CodeLens) (*protocol.CodeLens, error) {
	var side sideData
	if err := json.Unmarshal(p.Data, &side); err != nil {
		return nil, wire.InvalidParams("a code lens without our data: %v", err)
	}
	p.Command = protocol.Command{Title: "inverse " + side.id().Short()}
	if s.features.showsDocuments {
		p.Command.Command = showCommand
		p.Command.Arguments = []protocol.LSPAny{protocol.LSPAny(p.Data)}
	}
	return p, nil
}

// show has the client show the field of a relation.
func (s *server) show(ctx context.Context, w world, side sideData) error {
	r := w.Relation(side.id(), side.Dialect)
	if r == nil {
		return fmt.Errorf("there is no relation %s any more", side.id().Short())
	}
	location, ok := s.location(w, r.Place)
	if !ok || !s.features.showsDocuments {
		return errors.New("the place cannot be shown")
	}
	focus := true
	shown, err := s.client.ShowDocument(ctx, &protocol.ShowDocumentParams{
		URI: location.URI, TakeFocus: &focus, Selection: &location.Range,
	})
	if err == nil && (shown == nil || !shown.Success) {
		err = errors.New("the client did not show the place")
	}
	return err
}

package server

import (
	"context"
	"encoding/json"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/server/wire"
)

// inlayHints answers textDocument/inlayHint: behind each relation in the range
// stands its inverse, which can be followed.
func (s *server) inlayHints(_ context.Context, w world, p *protocol.InlayHintParams) ([]protocol.InlayHint, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, p.Range.Start)
	if !ok {
		return nil, nil
	}
	start, end := at.text.bytes(p.Range)
	var hints []protocol.InlayHint
	for _, pair := range w.PairsIn(at.path) {
		behind := int(w.Declaration(pair.Relation).Whole.Span.End)
		if behind < start || behind > end {
			continue
		}
		hint, err := s.inlayHint(w, pair, at.text.position(behind))
		if err != nil {
			return nil, err
		}
		hints = append(hints, hint)
	}
	return hints, nil
}

func (s *server) inlayHint(w world, pair index.Sides, position protocol.Position) (protocol.InlayHint, error) {
	yes := true
	name := protocol.InlayHintLabelPart{Value: pair.Inverse.ID.Short()}
	if location, ok := s.location(w, pair.Inverse.Place); ok {
		name.Location = location
	}
	hint := protocol.InlayHint{
		Position:    position,
		Label:       protocol.InlayHintLabelPartSlice{{Value: "inverse "}, name},
		PaddingLeft: &yes,
	}
	if !s.features.resolvesHints {
		hint.Tooltip = tooltip(w.Account(pair.Relation))
		return hint, nil
	}
	raw, err := json.Marshal(sideOf(pair.Relation))
	hint.Data = raw
	return hint, err
}

// resolveInlayHint answers inlayHint/resolve with what there is to say of the pair.
func (s *server) resolveInlayHint(_ context.Context, w world, p *protocol.InlayHint) (*protocol.InlayHint, error) {
	var side sideData
	if err := json.Unmarshal(p.Data, &side); err != nil {
		return nil, wire.InvalidParams("an inlay hint without our data: %v", err)
	}
	r := w.Relation(side.id(), side.Dialect)
	if r == nil {
		return nil, wire.ErrContentModified
	}
	p.Tooltip = tooltip(w.Account(r))
	return p, nil
}

// tooltip says how a relation is joined, and why its inverse is the inverse.
func tooltip(a index.Account) protocol.InlayHintTooltip {
	if a.Join == "" {
		return protocol.String(a.Pairing)
	}
	return protocol.String("joined on " + a.Join + "\n" + a.Pairing)
}

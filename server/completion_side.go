package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// addCommand adds the inverse of the relation that its one argument, a [sideData],
// names, under the name that is in its tag by then.
const addCommand = "rells.addSide"

// missingSide is the candidate after back_populates that does not exist yet: choosing
// it adds the field to the target. In this document that is part of the completion;
// in another the client must be able to apply edits on request.
func (s *server) missingSide(w world, at spot, cursor *index.Cursor, rank int) (protocol.CompletionItem, bool) {
	relations := w.RelationsAt(at.path, at.offset)
	if cursor.Role != relation.BackPopulatesRole || len(relations) != 1 {
		return protocol.CompletionItem{}, false
	}
	r := relations[0]
	name, fix, ok := diagnostics.MissingSide(w.Snapshot, r)
	if !ok || !w.editable(fix) {
		return protocol.CompletionItem{}, false
	}
	item := s.completionItem(at, cursor, index.Candidate{
		Name: name, Text: name, Kind: index.RelationCandidate, Detail: "add " + r.Target.Name + "." + name,
	}, rank)
	here, elsewhere := 0, 0
	for _, edit := range fix.Edits {
		span := at.text.span(edit.Span)
		switch line := at.text.position(at.offset).Line; {
		case edit.Path != at.path:
			elsewhere++
		case span.Start.Line <= line && line <= span.End.Line:
			return protocol.CompletionItem{}, false // it would meet what is being typed
		default:
			here++
		}
	}
	if elsewhere == 0 {
		item.AdditionalTextEdits = textEdits(at.text, fix.Edits)
		return item, here > 0
	}
	raw, err := json.Marshal(sideOf(r))
	if err != nil || !s.features.appliesEdits {
		return protocol.CompletionItem{}, false
	}
	item.Command = protocol.Command{Title: fix.Title, Command: addCommand, Arguments: []protocol.LSPAny{raw}}
	return item, true
}

// addSide has the client add the inverse that the tag of a relation names.
func (s *server) addSide(ctx context.Context, w world, side sideData) error {
	r := w.Relation(side.id(), side.Dialect)
	if r == nil {
		return fmt.Errorf("there is no relation %s any more", side.id().Short())
	}
	name, fix, ok := diagnostics.MissingSide(w.Snapshot, r)
	if !ok || !w.editable(fix) || r.Stated == nil || r.Stated.BackPopulates == nil || r.Stated.BackPopulates.Text != name {
		return fmt.Errorf("%s names no relation that could be added", side.id().Short())
	}
	result, err := s.client.ApplyEdit(ctx, &protocol.ApplyWorkspaceEditParams{
		Label: &fix.Title, Edit: *s.workspaceEdit(w, fix),
	})
	if err == nil && (result == nil || !result.Applied) {
		err = errors.New("the client did not apply the edit")
	}
	return err
}

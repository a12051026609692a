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
// names, under the name that its declaration gives it by then.
const addCommand = "rells.addSide"

// missingSide is the candidate after back_populates that does not exist yet: choosing
// it adds the field to the target. In this document that is part of the completion;
// in another the client must be able to apply edits on request.
func (s *server) missingSide(w world, at spot, cursor *index.Cursor, rank int) (protocol.CompletionItem, bool) {
	if cursor.Role != relation.BackPopulatesRole {
		return protocol.CompletionItem{}, false
	}
	r := relationWithout(w, at, cursor)
	if r == nil {
		return protocol.CompletionItem{}, false
	}
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

// relationWithout is the relation whose inverse is named at the cursor, nil for none: in code
// it is none as long as what it names is not there.
func relationWithout(w world, at spot, cursor *index.Cursor) *relation.Relation {
	relations := w.RelationsAt(at.path, at.offset)
	switch {
	case len(relations) == 1:
		return relations[0]
	case len(relations) == 0 && cursor.Mention != nil:
		return diagnostics.Unanswered(w.Snapshot, cursor.Mention.Relation)
	}
	return nil
}

// namedInverse is what the declaration of a relation says that its inverse is called.
func namedInverse(w world, r *relation.Relation) string {
	if r.Stated != nil && r.Stated.BackPopulates != nil {
		return r.Stated.BackPopulates.Text
	}
	for _, m := range w.MentionsIn(r.Place.File) {
		if m.Role == relation.BackPopulatesRole && m.Relation == r.ID {
			return m.Text
		}
	}
	return ""
}

// addSide has the client add the inverse that the tag of a relation names.
func (s *server) addSide(ctx context.Context, w world, side sideData) error {
	r := w.Relation(side.id(), side.Dialect)
	if r == nil {
		r = diagnostics.Unanswered(w.Snapshot, side.id())
	}
	if r == nil {
		return fmt.Errorf("there is no relation %s any more", side.id().Short())
	}
	name, fix, ok := diagnostics.MissingSide(w.Snapshot, r)
	if !ok || !w.editable(fix) || namedInverse(w, r) != name {
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

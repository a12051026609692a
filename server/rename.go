package server

import (
	"context"
	"errors"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// prepareRename answers textDocument/prepareRename: on the name of a join table, of a
// column that a tag names, or of a relation that a text of code declares, with its range,
// elsewhere in a tag with the reason why not, and outside of tags not at all, since that
// is the business of the language's own server.
func (s *server) prepareRename(_ context.Context, w world, p *protocol.PrepareRenameParams) (protocol.PrepareRenameResult, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, p.Position)
	if !ok {
		return nil, nil
	}
	if m, ok := w.ColumnAt(at.path, at.offset); ok {
		return &protocol.PrepareRenamePlaceholder{Range: at.text.span(m.Place.Span), Placeholder: m.Text}, nil
	}
	m, ok, err := w.JoinTableAt(at.path, at.offset)
	if err != nil {
		return nil, err
	}
	if !ok {
		if m, ok = w.RelationNameAt(at.path, at.offset); !ok {
			return nil, nil
		}
	}
	return &protocol.PrepareRenamePlaceholder{Range: at.text.span(m.Place.Span), Placeholder: m.Text}, nil
}

// rename answers textDocument/rename of a join table, a column, or a relation that a text of
// code declares. Some clients ask without having been told that they may, and ask every
// server: elsewhere outside of tags there is no answer, and no error that would stand
// beside the other's.
func (s *server) rename(_ context.Context, w world, p *protocol.RenameParams) (*protocol.WorkspaceEdit, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, p.Position)
	if !ok {
		return nil, errors.New("the document is not one that rells reads")
	}
	m, edits, err := renameAt(w, at, p.NewName)
	if m.Text == "" || err != nil {
		return nil, err
	}
	fix := diagnostics.Fix{Title: "Rename " + m.Text + " to " + p.NewName, Edits: edits}
	if !w.editable(fix) {
		return nil, errors.New("a document that holds the name is not certain")
	}
	return s.workspaceEdit(w, fix), nil
}

// renameAt renames what is named at a spot; the mention is zero where that is nothing
// that rells renames.
func renameAt(w world, at spot, name string) (m relation.Mention, edits []index.Edit, err error) {
	if m, ok := w.ColumnAt(at.path, at.offset); ok {
		edits, err = w.RenameColumn(at.path, at.offset, name)
		return m, edits, err
	}
	m, ok, err := w.JoinTableAt(at.path, at.offset)
	switch {
	case err != nil:
		return m, nil, err
	case ok:
		edits, err = w.RenameTable(m, name)
		return m, edits, err
	}
	if m, ok = w.RelationNameAt(at.path, at.offset); !ok {
		return relation.Mention{}, nil, nil
	}
	edits, err = w.RenameRelation(at.path, at.offset, name)
	return m, edits, err
}

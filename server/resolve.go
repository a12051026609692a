package server

import (
	"context"
	"encoding/json"
	"slices"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/server/wire"
)

// actionData is what a code action carries until it is chosen: what it is about,
// and its title, which tells the actions of one thing apart.
type actionData struct {
	Problem *diagnostics.Data `json:"problem,omitempty"`
	Side    *sideData         `json:"side,omitempty"`
	Model   *facts.Ref        `json:"model,omitempty"`
	File    string            `json:"file,omitempty"` // absolute path, of fixing all
	// Backrefs is the absolute path of declaring all that backrefs make.
	Backrefs string `json:"backrefs,omitempty"`
	Renamed  string `json:"renamed,omitempty"` // absolute path, that declares what has been renamed
	Title    string `json:"title"`
}

// resolveCodeAction answers codeAction/resolve with the edit, made anew for the
// text as it is now. What is not offered any more is refused: the document has
// changed since the list was made.
func (s *server) resolveCodeAction(_ context.Context, w world, p *protocol.CodeAction) (*protocol.CodeAction, error) {
	var data actionData
	if err := json.Unmarshal(p.Data, &data); err != nil {
		return nil, wire.InvalidParams("a code action without our data: %v", err)
	}
	var fixes []diagnostics.Fix
	switch {
	case data.Problem != nil:
		fixes = slices.Concat(diagnostics.Fixes(w.Snapshot, *data.Problem), diagnostics.Ignore(w.Snapshot, *data.Problem))
	case data.Side != nil:
		fixes = refactorings(w, *data.Side)
	case data.Model != nil:
		if n := w.Node(*data.Model); n != nil {
			fixes = diagnostics.WriteBackrefsOf(w.Snapshot, n)
		}
	case data.Backrefs != "":
		fixes = diagnostics.WriteBackrefsIn(w.Snapshot, data.Backrefs)
	case data.File != "":
		fixes = []diagnostics.Fix{s.fixAll(w, data.File)}
	case data.Renamed != "":
		fixes = updates(w, data.Renamed)
	}
	for _, fix := range fixes {
		if fix.Title == data.Title && len(fix.Edits) > 0 && w.editable(fix) {
			p.Edit = s.workspaceEdit(w, fix)
			return p, nil
		}
	}
	return nil, wire.ErrContentModified
}

// refactorings lists what can be done with a relation that is not wrong.
func refactorings(w world, side sideData) []diagnostics.Fix {
	r := w.Relation(side.id(), side.Dialect)
	if r == nil {
		return nil
	}
	return diagnostics.Refactorings(w.Snapshot, r)
}

package server

import (
	"slices"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/diagnostics"
)

// withUpdates puts before other actions the update of the tags that name what is at a
// spot by a former name: a field is renamed by the language's own server, or by typing,
// and the one who did that is still there. What is offered already is left out.
func (s *server) withUpdates(w world, at spot, others []protocol.CommandOrCodeAction) []protocol.CommandOrCodeAction {
	var actions []protocol.CommandOrCodeAction
	for _, renamed := range w.RenamedAt(at.path, at.offset) {
		for _, fix := range diagnostics.UpdateRenamed(w.Snapshot, renamed) {
			offered := slices.ContainsFunc(others, func(a protocol.CommandOrCodeAction) bool {
				other, ok := a.(*protocol.CodeAction)
				return ok && other.Title == fix.Title
			})
			action := s.action(w, fix, protocol.CodeActionKindQuickFix, actionData{Renamed: renamed.File})
			if action != nil && !offered {
				actions = append(actions, action)
			}
		}
	}
	return append(actions, others...)
}

// updates are the updates for all that a file declares and tags name by a former name.
func updates(w world, path string) []diagnostics.Fix {
	var fixes []diagnostics.Fix
	for _, r := range w.RenamedIn(path) {
		fixes = append(fixes, diagnostics.UpdateRenamed(w.Snapshot, r)...)
	}
	return fixes
}

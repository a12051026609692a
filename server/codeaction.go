package server

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/server/wire"
)

// fixAllKind is the kind of the action that fixes a whole document: that of the
// protocol, in our name, so that a client can ask for ours alone.
const fixAllKind = protocol.CodeActionKindSourceFixAll + ".rells"

// backPopulatesKind is the kind of the action that declares what all backrefs of a document
// make.
const backPopulatesKind = protocol.CodeActionKindSource + ".backPopulates.rells"

// codeAction answers textDocument/codeAction: fixes for those of our diagnostics
// that the client brings along, and comments that silence them; at the start of the
// range, the update of tags for what has been renamed there, and refactorings of the
// relation or the model; and, for a client that asks for them by name, what can be done for
// the whole document at once.
func (s *server) codeAction(_ context.Context, w world, p *wire.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, p.Range.Start)
	if !ok || !s.features.actionLiterals {
		return nil, nil
	}
	var actions []protocol.CommandOrCodeAction
	if wanted(p.Context.Only, protocol.CodeActionKindQuickFix) {
		actions = s.withUpdates(w, at, s.quickFixes(w, p.Context.Diagnostics))
	}
	if wanted(p.Context.Only, protocol.CodeActionKindRefactorRewrite) {
		for _, r := range w.RelationsAt(at.path, at.offset) {
			side := sideOf(r)
			for _, fix := range refactorings(w, side) {
				if action := s.action(w, fix, protocol.CodeActionKindRefactorRewrite, actionData{Side: &side}); action != nil {
					actions = append(actions, action)
				}
			}
		}
		actions = s.withModel(w, at, actions)
	}
	if len(p.Context.Only) > 0 && wanted(p.Context.Only, backPopulatesKind) {
		for _, fix := range diagnostics.WriteBackrefsIn(w.Snapshot, at.path) {
			if action := s.action(w, fix, backPopulatesKind, actionData{Backrefs: at.path}); action != nil {
				actions = append(actions, action)
			}
		}
	}
	if len(p.Context.Only) > 0 && wanted(p.Context.Only, fixAllKind) {
		if action := s.action(w, s.fixAll(w, at.path), fixAllKind, actionData{File: at.path}); action != nil {
			actions = append(actions, action)
		}
	}
	return actions, nil
}

// withModel adds the refactorings of the model whose name stands at a spot.
func (s *server) withModel(w world, at spot, actions []protocol.CommandOrCodeAction) []protocol.CommandOrCodeAction {
	for _, n := range w.NodesIn(at.path) {
		name := n.Models[0].Place
		if name.File != at.path || int(name.Span.Start) > at.offset || at.offset > int(name.Span.End) {
			continue
		}
		for _, fix := range diagnostics.WriteBackrefsOf(w.Snapshot, n) {
			if action := s.action(w, fix, protocol.CodeActionKindRefactorRewrite, actionData{Model: &n.Ref}); action != nil {
				actions = append(actions, action)
			}
		}
	}
	return actions
}

// quickFixes are the fixes of the diagnostics, followed by what would silence each. What
// does one and the same for several of them is offered once.
func (s *server) quickFixes(w world, list []protocol.Diagnostic) []protocol.CommandOrCodeAction {
	var actions []*protocol.CodeAction
	var offered []diagnostics.Fix // what each of actions does
	for _, remedies := range []func(*index.Snapshot, diagnostics.Data) []diagnostics.Fix{diagnostics.Fixes, diagnostics.Ignore} {
		for _, d := range list {
			var data diagnostics.Data
			if json.Unmarshal(d.Data, &data) != nil {
				continue
			}
			for _, fix := range remedies(w.Snapshot, data) {
				if i := slices.IndexFunc(offered, fix.Same); i >= 0 {
					actions[i].Diagnostics = append(actions[i].Diagnostics, d)
				} else if action := s.action(w, fix, protocol.CodeActionKindQuickFix, actionData{Problem: &data}); action != nil {
					action.Diagnostics = []protocol.Diagnostic{d}
					actions, offered = append(actions, action), append(offered, fix)
				}
			}
		}
	}
	var choices []protocol.CommandOrCodeAction
	for _, action := range actions {
		choices = append(choices, action)
	}
	return choices
}

// fixAll does what the preferred fixes of the problems in a document do, as far as
// they go together. A fix that only shows once others are made is offered then: what
// they lead to would take an index of its own to find out.
func (s *server) fixAll(w world, path string) diagnostics.Fix {
	return diagnostics.FixAll(w.Snapshot, diagnostics.ProblemsIn(w.Snapshot, path, w.configuration.rules), w.editable).Fix
}

// wanted reports whether a client that asks for some kinds only asks for this
// one: "refactor" stands for "refactor.rewrite" too.
func wanted(only []protocol.CodeActionKind, kind protocol.CodeActionKind) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(k protocol.CodeActionKind) bool {
		return k == kind || k == "" || strings.HasPrefix(string(kind), string(k)+".")
	})
}

// action is a fix as the client shows it, with its edit, or, where the client can
// ask for that later, with what is needed to make it. It returns nil for a fix
// that must not be offered.
func (s *server) action(w world, fix diagnostics.Fix, kind protocol.CodeActionKind, data actionData) *protocol.CodeAction {
	if len(fix.Edits) == 0 || !w.editable(fix) {
		return nil
	}
	action := &protocol.CodeAction{Title: fix.Title, Kind: &kind}
	if kind == protocol.CodeActionKindQuickFix {
		action.IsPreferred = &fix.Preferred
	}
	if !s.features.resolvesEdits {
		action.Edit = s.workspaceEdit(w, fix)
		return action
	}
	data.Title = fix.Title
	raw, err := json.Marshal(data)
	if err != nil {
		return nil
	}
	action.Data = raw
	return action
}

package server_test

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"
)

// expectRename renames what stands there: the client is told its range and name
// first, the edit makes its golden parts, and no problem.
func (p *player) expectRename(m mark) {
	var prepared *protocol.PrepareRenamePlaceholder
	p.ask(protocol.MethodTextDocumentPrepareRename, m.at, m.at.start, nil, &prepared)
	if prepared == nil {
		p.t.Errorf("%s: %q cannot be renamed", m.at, m.args[0])
		return
	}
	if at := p.location(m.at.file, prepared.Range); at != m.at || prepared.Placeholder != strings.ReplaceAll(m.args[0], "|", "") {
		p.t.Errorf("%s: what is renamed is %q at %s, want %q", m.at, prepared.Placeholder, at, m.args[0])
	}
	var edit protocol.WorkspaceEdit
	p.ask(protocol.MethodTextDocumentRename, m.at, m.at.start, map[string]any{"newName": m.args[1]}, &edit)
	p.edit(m, &edit, func(before, after []string) {
		if len(before) != len(after) {
			p.t.Errorf("%s: renaming makes the problems %q of %q", m.at, after, before)
		}
	})
}

// expectNoRename is refused, with the reason: at once or, with a new name, for that
// name.
func (p *player) expectNoRename(m mark) {
	method := protocol.MethodTextDocumentPrepareRename
	params := map[string]any{
		"textDocument": map[string]any{"uri": p.uri(m.at.file)},
		"position":     p.position(m.at, m.at.start),
	}
	if len(m.args) == 3 {
		method = protocol.MethodTextDocumentRename
		params["newName"] = m.args[2]
	}
	var result map[string]any
	err := p.Call(context.Background(), method, params, &result)
	switch {
	case len(result) > 0:
		p.t.Errorf("%s: %q can be renamed: %v", m.at, m.args[0], result)
	case len(m.args) == 1 && err != nil:
		p.t.Errorf("%s: %s of %q says %v, want nothing", m.at, method, m.args[0], err)
	case len(m.args) > 1 && (err == nil || !strings.Contains(err.Error(), m.args[1])):
		p.t.Errorf("%s: %s of %q says %v, want %q", m.at, method, m.args[0], err, m.args[1])
	}
}

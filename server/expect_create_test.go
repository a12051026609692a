package server_test

import (
	"context"
	"slices"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// expectCreated chooses a completion item that adds what it names: in the document
// itself with the text, in another by a command that has the client apply an edit.
// No problem is left of those that the document had.
func (p *player) expectCreated(m mark) {
	items := p.candidates(m)
	i := slices.IndexFunc(items, func(item protocol.CompletionItem) bool { return item.Label == m.args[1] })
	if i < 0 {
		p.t.Errorf("%s: completion at %q: %q, want %q", m.at, m.args[0], labels(items), m.args[1])
		return
	}
	before, texts := p.shown(), map[string]string{m.at.file: p.texts[m.at.file]}
	edit, _ := items[i].TextEdit.(*protocol.TextEdit)
	p.set(m.at.file, p.edited(p.texts[m.at.file], append(items[i].AdditionalTextEdits, *edit)))
	if command := items[i].Command; command.Command != "" {
		p.On(protocol.MethodWorkspaceApplyEdit, func(_ context.Context, raw jsonrpc2.RawMessage) (any, error) {
			var asked protocol.ApplyWorkspaceEditParams
			err := protocol.Unmarshal(raw, &asked)
			for _, change := range asked.Edit.DocumentChanges {
				p.applyChange(change.(*protocol.TextDocumentEdit), texts)
			}
			return &protocol.ApplyWorkspaceEditResult{Applied: true}, err
		})
		if err := p.execute(command); err != nil {
			p.t.Errorf("%s: %s: %v", m.at, command.Title, err)
		}
	}
	p.settle()
	if after := p.shown(); len(after) >= len(before) {
		p.t.Errorf("%s: the problems are %q, before they were %q", m.at, after, before)
	}
	for name, text := range texts {
		p.made["@"+m.args[2]+"/"+name] = withoutMarks(p.texts[name])
		p.set(name, text)
	}
	p.settle()
}

// applyChange edits one document, whose text before goes to texts.
func (p *player) applyChange(edit *protocol.TextDocumentEdit, texts map[string]string) {
	name := p.name(string(edit.TextDocument.URI))
	if _, known := texts[name]; !known {
		texts[name] = p.texts[name]
	}
	var edits []protocol.TextEdit
	for _, e := range edit.Edits {
		edits = append(edits, *e.(*protocol.TextEdit))
	}
	p.set(name, p.edited(p.texts[name], edits))
}

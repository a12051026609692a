package server_test

import (
	"context"
	"slices"

	"go.lsp.dev/protocol"
)

// expectLenses compares what the lenses on a text say, and follows each.
func (p *player) expectLenses(m mark) {
	var lenses []protocol.CodeLens
	params := map[string]any{"textDocument": map[string]any{"uri": p.uri(m.at.file)}}
	if err := p.Call(context.Background(), protocol.MethodTextDocumentCodeLens, params, &lenses); err != nil {
		p.t.Fatalf("%s: code lenses: %v", m.at, err)
	}
	var got []string
	for _, lens := range lenses {
		if p.location(m.at.file, lens.Range) != m.at {
			continue
		}
		var resolved protocol.CodeLens
		if err := p.Call(context.Background(), protocol.MethodCodeLensResolve, &lens, &resolved); err != nil {
			p.t.Fatalf("%s: a code lens cannot be resolved: %v", m.at, err)
		}
		got = append(got, resolved.Command.Title)
	}
	if !slices.Equal(got, m.args[1:]) {
		p.t.Errorf("%s: the lenses are %q, want %q", m.at, got, m.args[1:])
	}
}

// expectHints compares the inlay hints that stand directly behind a text.
func (p *player) expectHints(m mark) {
	var hints []protocol.InlayHint
	line := p.span(location{m.at.file, m.at.line, 0, m.at.end})
	params := map[string]any{"textDocument": map[string]any{"uri": p.uri(m.at.file)}, "range": line}
	if err := p.Call(context.Background(), protocol.MethodTextDocumentInlayHint, params, &hints); err != nil {
		p.t.Fatalf("%s: inlay hints: %v", m.at, err)
	}
	var got []string
	for _, hint := range hints {
		if hint.Position != line.End {
			p.t.Errorf("%s: a hint at %v, want %v", m.at, hint.Position, line.End)
		}
		text := ""
		for _, part := range hint.Label.(protocol.InlayHintLabelPartSlice) {
			text += part.Value
		}
		got = append(got, text)
	}
	if !slices.Equal(got, m.args[1:]) {
		p.t.Errorf("%s: the hints are %q, want %q", m.at, got, m.args[1:])
	}
}

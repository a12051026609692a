package server_test

import (
	"context"
	"slices"

	"go.lsp.dev/protocol"
)

func (p *player) expectHighlights(m mark) {
	var highlights []protocol.DocumentHighlight
	p.ask(protocol.MethodTextDocumentDocumentHighlight, m.at, m.at.start, nil, &highlights)
	var got []string
	for _, h := range highlights {
		got = append(got, p.place(p.uri(m.at.file), h.Range))
	}
	p.expectPlaces(m, got)
}

// expectSymbols compares the symbols of the document, whose names must stand where
// they say.
func (p *player) expectSymbols(m mark) {
	var symbols []protocol.DocumentSymbol
	params := map[string]any{"textDocument": map[string]any{"uri": p.uri(m.at.file)}}
	if err := p.Call(context.Background(), protocol.MethodTextDocumentDocumentSymbol, params, &symbols); err != nil {
		p.t.Fatalf("%s: symbols: %v", m.at, err)
	}
	var names []string
	for _, symbol := range symbols {
		names = append(names, symbol.Name+" "+*symbol.Detail)
		at, whole := p.location(m.at.file, symbol.SelectionRange), p.location(m.at.file, symbol.Range)
		if at.line != whole.line || at.start < whole.start || at.end > whole.end {
			p.t.Errorf("%s: the symbol %s at %s does not hold its name at %s", m.at, symbol.Name, whole, at)
		}
	}
	if !slices.Equal(names, m.args[1:]) {
		p.t.Errorf("%s: the symbols are %q, want %q", m.at, names, m.args[1:])
	}
}

package server_test

import (
	"context"
	"slices"

	"go.lsp.dev/protocol"
)

// legend is what numbers in semantic tokens stand for, as it was offered.
type legend struct{ types, modifiers []string }

// colour is a semantic token as a client shows it.
type colour struct {
	at   location
	text string // "Author property", "preload keyword deprecated"
}

// tokens reads semantic tokens, and complains of what the protocol does not allow.
func (s *session) tokens(name string, l legend, data []uint32) []colour {
	s.t.Helper()
	var list []colour
	var at protocol.Position
	for i := 0; i+5 <= len(data); i += 5 {
		if data[i] > 0 {
			at.Character = 0
		} else if i > 0 && data[i+1] < data[i-3] {
			s.t.Errorf("%s: the token %d overlaps the one before", name, i/5)
		}
		at.Line, at.Character = at.Line+data[i], at.Character+data[i+1]
		end := at
		end.Character += data[i+2]
		t := colour{at: s.location(name, protocol.Range{Start: at, End: end})}
		line := s.offset(s.texts[name], protocol.Position{Line: at.Line})
		t.text = s.texts[name][line+t.at.start:line+t.at.end] + " " + l.types[data[i+3]]
		for bit, modifier := range l.modifiers {
			if data[i+4]&(1<<bit) != 0 {
				t.text += " " + modifier
			}
		}
		list = append(list, t)
	}
	return list
}

// askTokens asks for the tokens of a document, or, with a range, of that alone; nil
// for the answer null.
func (s *session) askTokens(name string, within *protocol.Range) *protocol.SemanticTokens {
	s.t.Helper()
	params := map[string]any{"textDocument": map[string]any{"uri": s.uri(name)}}
	method := protocol.MethodTextDocumentSemanticTokensFull
	if within != nil {
		params["range"], method = within, protocol.MethodTextDocumentSemanticTokensRange
	}
	var result *protocol.SemanticTokens
	if err := s.Call(context.Background(), method, params, &result); err != nil {
		s.t.Fatalf("%s: %s: %v", name, method, err)
	}
	return result
}

// offered is the legend of a server that offers semantic tokens from the start.
func (s *session) offered() legend {
	s.t.Helper()
	options, ok := s.offers.SemanticTokensProvider.(*protocol.SemanticTokensOptions)
	if !ok {
		s.t.Fatalf("the tokens offered are %#v", s.offers.SemanticTokensProvider)
	}
	return legend{options.Legend.TokenTypes, options.Legend.TokenModifiers}
}

// expectTokens compares the tokens on a line, asked for with those of the whole
// document, and alone.
func (p *player) expectTokens(m mark) {
	p.t.Helper()
	l := p.offered()
	line := p.span(location{m.at.file, m.at.line, 0, m.at.end})
	line.End = protocol.Position{Line: line.Start.Line + 1}
	for _, within := range []*protocol.Range{nil, &line} {
		var got []string
		if result := p.askTokens(m.at.file, within); result != nil {
			for _, t := range p.tokens(m.at.file, l, result.Data) {
				if t.at.line == m.at.line {
					got = append(got, t.text)
				} else if within != nil {
					p.t.Errorf("%s: %q is outside of the range", t.at, t.text)
				}
			}
		}
		if !slices.Equal(got, m.args[1:]) {
			p.t.Errorf("%s: the tokens are %q, want %q", m.at, got, m.args[1:])
		}
	}
}

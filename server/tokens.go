package server

import (
	"context"
	"slices"
	"strconv"
	"sync"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/facts"
)

// tokens keeps what clients have of semantic tokens, and whether they are offered
// any (see tokens_offer.go).
type tokens struct {
	server *server

	mu     sync.Mutex
	last   map[string]tokenList // by path; what was last answered about an open document
	ids    uint64               // of results, so far
	wanted bool                 // the settings ask for them, for some file

	turn       sync.Mutex // held while the client is told
	registered bool       // the client has been told
}

// tokenList is the result of one request for the tokens of a whole document.
type tokenList struct {
	id   string
	data []uint32 // five numbers for each token (LSP 3.17, "Semantic Tokens")
}

func newTokens(s *server) *tokens { return &tokens{server: s, last: map[string]tokenList{}} }

// tokensFull answers textDocument/semanticTokens/full. Where there is none of our
// tags the answer is null and no empty list: a client that asks several servers takes
// the first list.
func (s *server) tokensFull(_ context.Context, w world, p *protocol.SemanticTokensParams) (*protocol.SemanticTokens, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, protocol.Position{})
	if !ok {
		return nil, nil
	}
	before, now := s.tokens.renew(w, at.path, s.encode(at.text, s.tokensIn(w, at.path, whole(at.file))))
	if len(now.data) == 0 && len(before.data) == 0 {
		return nil, nil
	}
	return now.full(), nil
}

// tokensDelta answers textDocument/semanticTokens/full/delta.
func (s *server) tokensDelta(_ context.Context, w world, p *protocol.SemanticTokensDeltaParams) (protocol.SemanticTokensDeltaResult, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, protocol.Position{})
	if !ok {
		return nil, nil
	}
	before, now := s.tokens.renew(w, at.path, s.encode(at.text, s.tokensIn(w, at.path, whole(at.file))))
	if before.id == "" || before.id != p.PreviousResultID {
		return now.full(), nil
	}
	return &protocol.SemanticTokensDelta{ResultID: &now.id, Edits: difference(before.data, now.data)}, nil
}

// tokensRange answers textDocument/semanticTokens/range.
func (s *server) tokensRange(_ context.Context, w world, p *protocol.SemanticTokensRangeParams) (*protocol.SemanticTokens, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, p.Range.Start)
	if !ok {
		return nil, nil
	}
	start, end := at.text.bytes(p.Range)
	within := facts.Span{Start: int32(start), End: int32(end)}
	found := slices.DeleteFunc(s.tokensIn(w, at.path, within), func(t index.Token) bool {
		return t.Span.End <= within.Start || within.End <= t.Span.Start
	})
	if len(found) == 0 {
		return nil, nil
	}
	return &protocol.SemanticTokens{Data: s.encode(at.text, found)}, nil
}

// tokensIn lists the tokens of the tags that touch a span of a file, none where the
// settings do not ask for them.
func (s *server) tokensIn(w world, path string, within facts.Span) []index.Token {
	if !s.features.legend.any() || w.configuration == nil || !w.configuration.of(path).tokens {
		return nil
	}
	return w.Tokens(path, within)
}

func whole(file *index.File) facts.Span { return facts.Span{End: int32(len(file.Source))} }

// renew keeps the tokens of a document until they are asked for again, and returns
// those that were kept before. Equal tokens keep their id.
func (t *tokens) renew(w world, path string, data []uint32) (before, now tokenList) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for kept := range t.last {
		if w.open[kept] == nil {
			delete(t.last, kept)
		}
	}
	before = t.last[path]
	if now = before; now.id == "" || !slices.Equal(before.data, data) {
		t.ids++
		now = tokenList{strconv.FormatUint(t.ids, 10), data}
	}
	if w.open[path] != nil {
		t.last[path] = now
	}
	return before, now
}

func (l tokenList) full() *protocol.SemanticTokens {
	return &protocol.SemanticTokens{ResultID: &l.id, Data: l.data}
}

// difference is the edit that makes one list of tokens of another: what is the same
// at the start and at the end stays.
func difference(before, after []uint32) []protocol.SemanticTokensEdit {
	start, end := 0, 0
	for shorter := min(len(before), len(after)); start < shorter && before[start] == after[start]; {
		start++
	}
	start -= start % tokenSize
	for shorter := min(len(before), len(after)) - start; end < shorter && before[len(before)-1-end] == after[len(after)-1-end]; {
		end++
	}
	end -= end % tokenSize
	if start == len(before) && start == len(after) {
		return nil
	}
	return []protocol.SemanticTokensEdit{{
		Start: uint32(start), DeleteCount: uint32(len(before) - end - start), Data: after[start : len(after)-end],
	}}
}

// tokenSize is how many numbers stand for a token.
const tokenSize = 5

// encode writes tokens as the protocol has them, each relative to the one before it.
// A name in a tag of several lines that goes over the end of one, which few clients
// could show, becomes one token for each line.
func (s *server) encode(m textMap, list []index.Token) []uint32 {
	e := tokenEncoder{data: make([]uint32, 0, tokenSize*len(list))}
	for _, t := range list {
		kind, modifiers, ok := s.features.legend.of(t)
		if !ok {
			continue
		}
		start, end := m.position(int(t.Span.Start)), m.position(int(t.Span.End))
		for start.Line < end.Line {
			_, last := m.line(int(start.Line))
			e.add(start, m.position(last).Character, kind, modifiers)
			start = protocol.Position{Line: start.Line + 1}
		}
		e.add(start, end.Character, kind, modifiers)
	}
	return e.data
}

// tokenEncoder writes one token behind the other.
type tokenEncoder struct {
	data []uint32
	last protocol.Position // start of the token before
}

func (e *tokenEncoder) add(start protocol.Position, end, kind, modifiers uint32) {
	if end <= start.Character {
		return
	}
	right := start.Character
	if start.Line == e.last.Line {
		right -= e.last.Character
	}
	e.data = append(e.data, start.Line-e.last.Line, right, end-start.Character, kind, modifiers)
	e.last = start
}

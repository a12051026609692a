package server

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect"
)

var candidateKinds = map[index.CandidateKind]protocol.CompletionItemKind{
	index.TagKeyCandidate:   protocol.CompletionItemKindKeyword,
	index.OptionCandidate:   protocol.CompletionItemKindProperty,
	index.ValueCandidate:    protocol.CompletionItemKindEnumMember,
	index.FieldCandidate:    protocol.CompletionItemKindField,
	index.RelationCandidate: protocol.CompletionItemKindReference,
	index.TableCandidate:    protocol.CompletionItemKindStruct,
	index.ModelCandidate:    protocol.CompletionItemKindClass,
}

// completion answers textDocument/completion inside tags, and inside texts of code
// that name something of a relation. The list is complete:
// the client narrows it down by what has been typed.
func (s *server) completion(_ context.Context, w world, p *protocol.CompletionParams) (protocol.CompletionResult, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, p.Position)
	if !ok {
		return nil, nil
	}
	cursor, ok := w.CursorAt(at.path, at.offset)
	if !ok {
		return nil, nil
	}
	list := &protocol.CompletionList{}
	for i, candidate := range w.Candidates(cursor) {
		list.Items = append(list.Items, s.completionItem(at, cursor, candidate, i))
	}
	if item, ok := s.missingSide(w, at, cursor, len(list.Items)); ok {
		list.Items = append(list.Items, item)
	}
	return list, nil
}

// completionItem is a candidate as the client takes it; rank keeps the order.
func (s *server) completionItem(at spot, cursor *index.Cursor, c index.Candidate, rank int) protocol.CompletionItem {
	item := protocol.CompletionItem{
		Label:            c.Name,
		Kind:             candidateKinds[c.Kind],
		SortText:         protocol.NewOptional(fmt.Sprintf("%04d", rank)),
		FilterText:       protocol.NewOptional(c.Name),
		InsertTextFormat: protocol.InsertTextFormatPlainText,
	}
	if c.Detail != "" {
		item.Detail = protocol.NewOptional(c.Detail)
	}
	switch {
	case c.Doc == "":
	case s.features.resolvesDocs && cursor.Dialect != nil:
		item.Data, _ = json.Marshal(optionData{Dialect: cursor.Dialect.Name, Option: c.Name})
	default:
		item.Documentation = s.documentation(c.Doc)
	}
	if c.Deprecated {
		//lint:ignore SA1019 clients without tagSupport know no other member
		item.Deprecated = protocol.NewOptional(true)
	}
	word := at.text.span(cursor.Word.Span)
	if s.features.insertReplace {
		insert := word
		insert.End = at.text.position(at.offset)
		item.TextEdit = &protocol.InsertReplaceEdit{NewText: c.Text, Insert: insert, Replace: word}
	} else {
		item.TextEdit = &protocol.TextEdit{NewText: c.Text, Range: word}
	}
	return item
}

// optionData names an option in what a client keeps with a completion item.
type optionData struct {
	Dialect string `json:"dialect"`
	Option  string `json:"option"`
}

// resolveCompletion answers completionItem/resolve with what the option means. An
// item without our data needs nothing more.
func (s *server) resolveCompletion(_ context.Context, w world, p *protocol.CompletionItem) (*protocol.CompletionItem, error) {
	var data optionData
	if json.Unmarshal(p.Data, &data) != nil {
		return p, nil
	}
	if d := w.Dialect(data.Dialect); d != nil {
		i := slices.IndexFunc(d.Options, func(o dialect.Option) bool { return o.Name == data.Option })
		if i >= 0 {
			p.Documentation = s.documentation(d.Options[i].Doc)
		}
	}
	return p, nil
}

func (s *server) documentation(text string) protocol.InlayHintTooltip {
	if s.features.markdownDocs {
		return &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: text}
	}
	return protocol.String(text)
}

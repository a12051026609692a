package server

import (
	"context"

	"github.com/sahilm/fuzzy"
	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/index/relation"
)

// mostSymbols is how many symbols of a workspace are listed at most. Nobody reads
// further; a longer query finds the rest.
const mostSymbols = 200

// documentSymbols answers textDocument/documentSymbol with the relations of a
// document. Its types and their fields are listed by the language's own server.
func (s *server) documentSymbols(_ context.Context, w world, p *protocol.DocumentSymbolParams) (protocol.DocumentSymbolResult, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, protocol.Position{})
	if !ok {
		return nil, nil
	}
	relations := w.RelationsIn(at.path)
	if !s.features.symbolTrees {
		var flat protocol.SymbolInformationSlice
		for _, r := range relations {
			location := protocol.Location{URI: w.open.uri(at.path), Range: at.text.span(w.Declaration(r).Whole.Span)}
			flat = append(flat, protocol.SymbolInformation{BaseSymbolInformation: symbolOf(r), Location: location})
		}
		return flat, nil
	}
	var symbols protocol.DocumentSymbolSlice
	for _, r := range relations {
		declaration := w.Declaration(r)
		detail := r.Kind.String() + " " + r.Target.Name
		symbols = append(symbols, protocol.DocumentSymbol{
			Name:           r.ID.Short(),
			Detail:         &detail,
			Kind:           symbolOf(r).Kind,
			Range:          at.text.span(declaration.Whole.Span),
			SelectionRange: at.text.span(declaration.Name.Span),
		})
	}
	return symbols, nil
}

// symbolOf is a relation as a symbol: "User.Posts", in the package of User.
func symbolOf(r *relation.Relation) protocol.BaseSymbolInformation {
	return protocol.BaseSymbolInformation{
		Name:          r.ID.Short(),
		Kind:          protocol.SymbolKindField,
		ContainerName: &r.ID.Model.Package,
	}
}

// workspaceSymbols answers workspace/symbol with the relations whose name holds the
// letters of the query in their order, the best first.
func (s *server) workspaceSymbols(_ context.Context, w world, p *protocol.WorkspaceSymbolParams) (protocol.WorkspaceSymbolResult, error) {
	relations := w.Relations()
	if p.Query != "" {
		relations = matching(relations, p.Query)
	}
	var symbols protocol.SymbolInformationSlice
	for _, r := range relations {
		location, ok := s.location(w, r.Place)
		if file, _ := w.File(r.Place.File); !ok || file.Outside {
			continue
		}
		symbols = append(symbols, protocol.SymbolInformation{BaseSymbolInformation: symbolOf(r), Location: location})
		if len(symbols) == mostSymbols {
			break
		}
	}
	return symbols, nil
}

func matching(relations []*relation.Relation, query string) []*relation.Relation {
	var found []*relation.Relation
	for _, match := range fuzzy.FindFrom(query, byName(relations)) {
		found = append(found, relations[match.Index])
	}
	return found
}

// byName are relations as the library for comparing names takes them.
type byName []*relation.Relation

func (l byName) String(i int) string { return l[i].ID.Short() }
func (l byName) Len() int            { return len(l) }

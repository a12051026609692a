package server

import (
	"encoding/json"
	"iter"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index/relation"
	"github.com/rells-dev/rells/server/wire"
)

var severities = map[diagnostics.Severity]protocol.DiagnosticSeverity{
	diagnostics.Error:   protocol.DiagnosticSeverityError,
	diagnostics.Warning: protocol.DiagnosticSeverityWarning,
	diagnostics.Hint:    protocol.DiagnosticSeverityHint,
}

// diagnostics are the problems of one file, in order, as the client shows them.
// What several models find at one place, because they embed the struct that
// stands there, is shown once.
func (s *server) diagnostics(w world, path string, problems []diagnostics.Problem) []protocol.Diagnostic {
	m, ok := s.textOf(w, path)
	if !ok || len(problems) == 0 {
		return nil
	}
	list := make([]protocol.Diagnostic, 0, len(problems))
	for same := range byPlaceAndRule(problems) {
		first := &same[0]
		d := protocol.Diagnostic{
			Range:    m.span(first.Place.Span),
			Severity: severities[first.Severity],
			Code:     protocol.String(first.Rule),
			Source:   protocol.NewOptional(wire.Source),
			Message:  protocol.String(message(same)),
		}
		if data, err := json.Marshal(first.Data); err == nil {
			d.Data = data // comes back with a request for code actions
		}
		if rule := diagnostics.RuleNamed(first.Rule); rule != nil && s.features.codeLinks {
			d.CodeDescription = protocol.CodeDescription{Href: uri.URI(rule.URL())}
		}
		if s.features.relatedPlaces {
			for _, related := range first.Related {
				if location, ok := s.location(w, related.Place); ok {
					d.RelatedInformation = append(d.RelatedInformation,
						protocol.DiagnosticRelatedInformation{Location: location, Message: related.Text})
				}
			}
		}
		list = append(list, d)
	}
	return list
}

// byPlaceAndRule yields the problems of one rule at one place together, a fixable one
// first. The problems are in order, so that these follow each other; what is yielded is
// the caller's.
func byPlaceAndRule(problems []diagnostics.Problem) iter.Seq[[]diagnostics.Problem] {
	return func(yield func([]diagnostics.Problem) bool) {
		for len(problems) > 0 {
			first, n := &problems[0], 1
			for n < len(problems) && problems[n].Place == first.Place && problems[n].Rule == first.Rule {
				n++
			}
			same := problems[:n:n]
			problems = problems[n:]
			if i := slices.IndexFunc(same, func(p diagnostics.Problem) bool { return p.Fixable }); i > 0 {
				same = slices.Concat(same[i:i+1], same[:i], same[i+1:])
			}
			if !yield(same) {
				return
			}
		}
	}
}

// message is the message of the first problem, followed by the other fields that
// have it too.
func message(same []diagnostics.Problem) string {
	var others []string
	for _, p := range same[1:] {
		field := relation.FieldID{Model: p.Model, Field: p.Field}.Short()
		if p.Message != same[0].Message {
			others = append(others, field)
		}
	}
	if others == nil {
		return same[0].Message
	}
	return same[0].Message + " (and so does " + strings.Join(others, ", ") + ")"
}

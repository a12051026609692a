package server

import (
	"bytes"
	"context"
	"io"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/diagram"
	"github.com/rells-dev/rells/index/relation"
	"github.com/rells-dev/rells/server/wire"
)

// The requests about the workspace as a whole, and the notification that follows them:
// docs/protocol.md says what they mean.
const (
	methodGraph   = "rells/graph"
	methodSummary = "rells/summary"
	methodChanged = "rells/changed"
)

// graphParams choose what a diagram shows, and its notation.
type graphParams struct {
	Format  string `json:"format"` // "json", which "" means, "mermaid", "dot" or "html"
	Focus   string `json:"focus"`  // a model as a person names it: "User", "models.User"
	Depth   int    `json:"depth"`
	Package string `json:"package"`
}

// graphResult is a diagram: exactly one of the two is set.
type graphResult struct {
	Graph *diagram.Graph `json:"graph,omitempty"` // its places are LSP locations
	Text  string         `json:"text,omitempty"`
}

// graph answers rells/graph.
func (s *server) graph(_ context.Context, w world, p *graphParams) (*graphResult, error) {
	write := map[string]func(io.Writer, *diagram.Graph) error{
		"mermaid": diagram.Mermaid, "dot": diagram.DOT, "html": diagram.Page,
	}[p.Format]
	if write == nil && p.Format != "" && p.Format != "json" {
		return nil, wire.InvalidParams("no format %q", p.Format)
	}
	g, err := s.draw(w, p)
	if err != nil {
		return nil, err
	}
	s.watcher.drawn(*p, g)
	if write == nil {
		return &graphResult{Graph: g}, nil
	}
	var text bytes.Buffer
	if err := write(&text, g); err != nil {
		return nil, err
	}
	return &graphResult{Text: text.String()}, nil
}

// draw makes the graph that the parameters ask for.
func (s *server) draw(w world, p *graphParams) (*diagram.Graph, error) {
	o := diagram.Options{Depth: max(p.Depth, 0), Package: p.Package, Locate: func(place relation.Place) any {
		if location, ok := s.location(w, place); ok {
			return location
		}
		return nil
	}}
	if p.Focus != "" {
		found := w.FindModels(p.Focus)
		if len(found) == 0 {
			return nil, wire.InvalidParams("no model is called %s", p.Focus)
		}
		o.Focus = found[0].Ref.String()
	}
	return diagram.New(w.Snapshot, s.publish.all(w), o), nil
}

// summaryResult counts what is in the workspace.
type summaryResult struct {
	Models    int `json:"models"`
	Relations int `json:"relations"` // both sides of a pair count
	Errors    int `json:"errors"`
	Warnings  int `json:"warnings"`
	Hints     int `json:"hints"`
}

// summary answers rells/summary.
func (s *server) summary(_ context.Context, w world, _ *struct{}) (*summaryResult, error) {
	counts := s.count(w)
	s.watcher.counted(counts)
	return &counts, nil
}

func (s *server) count(w world) summaryResult {
	counts := summaryResult{Relations: len(w.Relations())}
	for node := range w.Nodes() {
		if len(node.Models) > 0 && !node.Models[0].Misused() {
			counts.Models++
		}
	}
	for _, p := range s.publish.all(w) {
		switch p.Severity {
		case diagnostics.Error:
			counts.Errors++
		case diagnostics.Warning:
			counts.Warnings++
		default:
			counts.Hints++
		}
	}
	return counts
}

// all lists the problems of the workspace. Where the world has been left behind they are
// those of the newer one, about which the client hears next.
func (p *publisher) all(w world) []diagnostics.Problem {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.take(w)
	return p.checker.All()
}

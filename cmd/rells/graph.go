package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/rells-dev/rells/cmd/rells/internal/report"
	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/diagnostics/settings"
	"github.com/rells-dev/rells/diagram"
	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/facts"
)

type graphCommand struct {
	Dir     string `arg:"" optional:"" default:"." help:"Folder of the workspace."`
	Format  string `default:"mermaid" enum:"mermaid,dot,html,json" help:"Format of the output: ${enum}."`
	Focus   string `placeholder:"MODEL" help:"Only this model and those near it: User, or models.User where there are several."`
	Depth   int    `default:"1" help:"How many relations away from --focus a model may be."`
	Package string `placeholder:"PATH" help:"Only models of this package: an import path or its last parts, with /... for those below, too."`
	settingsFlag
}

// Help is shown below the usage.
func (graphCommand) Help() string {
	return "Ends of lines are drawn in crow's-foot notation; a dashed line is a relation of which the other model knows nothing. " +
		"What has problems is coloured. The page that --format html prints needs nothing besides: rells graph --format html >models.html"
}

// Run prints a diagram of the workspace.
func (c *graphCommand) Run(p *process) error {
	if c.Depth < 0 {
		return errors.New("--depth cannot be negative")
	}
	root, err := p.absolute(c.Dir)
	if err != nil {
		return err
	}
	x, set, err := c.load(p, root)
	if err != nil {
		return err
	}
	s := x.Snapshot()
	o := diagram.Options{Depth: c.Depth, Package: c.Package, Locate: report.Locate(s.File, root)}
	if c.Focus != "" {
		ref, err := findModel(s, c.Focus)
		if err != nil {
			return err
		}
		o.Focus = ref.String()
	}
	g := diagram.New(s, allProblems(s, set), o)
	if c.Package != "" && len(g.Models) == 0 {
		return fmt.Errorf("no model to draw is in a package %s", c.Package)
	}
	return c.write(p.stdout, g)
}

func (c *graphCommand) write(w io.Writer, g *diagram.Graph) error {
	switch c.Format {
	case "dot":
		return diagram.DOT(w, g)
	case "html":
		return diagram.Page(w, g)
	case "json":
		return writeJSON(w, g)
	}
	return diagram.Mermaid(w, g)
}

// findModel is the one model that a name means.
func findModel(s *index.Snapshot, name string) (facts.Ref, error) {
	found := s.FindModels(name)
	switch len(found) {
	case 1:
		return found[0].Ref, nil
	case 0:
		return facts.Ref{}, noModel(name+".", s)
	}
	ids := make([]string, len(found))
	for i, n := range found {
		ids[i] = n.Ref.String()
	}
	return facts.Ref{}, fmt.Errorf("%s is ambiguous: it could be %s", name, strings.Join(ids, " or "))
}

// allProblems are the problems of a workspace, hints included.
func allProblems(s *index.Snapshot, set settings.Settings) []diagnostics.Problem {
	checker := diagnostics.NewChecker(set.Rules(diagnostics.Rules()))
	checker.Update(s)
	return checker.All()
}

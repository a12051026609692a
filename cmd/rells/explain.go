package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rells-dev/rells/cmd/rells/internal/report"
	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/diagnostics/settings"
	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

type explainCommand struct {
	Field  string `arg:"" name:"Model.Field" help:"Field of a model: User.Posts, or models.User.Posts where there are several."`
	Dir    string `arg:"" optional:"" default:"." help:"Folder of the workspace."`
	Format string `default:"text" enum:"text,json" help:"Format of the output: ${enum}."`
	settingsFlag
}

// Run says why a relation is what it is.
func (c *explainCommand) Run(p *process) error {
	root, err := p.absolute(c.Dir)
	if err != nil {
		return err
	}
	x, set, err := c.load(p, root)
	if err != nil {
		return err
	}
	s := x.Snapshot()
	id, err := c.find(s)
	if err != nil {
		return err
	}
	explanation := report.Explain(s, root, id, problemsOf(s, set, id))
	if c.Format == "json" {
		return writeJSON(p.stdout, explanation)
	}
	return explanation.Print(p.stdout)
}

// find is the one field that the argument means.
func (c *explainCommand) find(s *index.Snapshot) (relation.FieldID, error) {
	fields, nodes := s.FindFields(c.Field)
	switch {
	case len(fields) == 1:
		return fields[0], nil
	case len(fields) > 1:
		ids := make([]string, len(fields))
		for i, id := range fields {
			ids[i] = id.String()
		}
		return relation.FieldID{}, fmt.Errorf("%s is ambiguous: it could be %s", c.Field, strings.Join(ids, " or "))
	case !strings.Contains(c.Field, "."):
		return relation.FieldID{}, fmt.Errorf("%s is no Model.Field", c.Field)
	case len(nodes) > 0:
		return relation.FieldID{}, noField(c.Field, nodes[0])
	}
	return relation.FieldID{}, noModel(c.Field, s)
}

// noField says that a model has no such field, and what may be meant.
func noField(name string, n *index.Node) error {
	var fields []string
	for _, m := range n.Models {
		for i := range m.Fields {
			fields = append(fields, m.Fields[i].Selector)
		}
	}
	field := name[strings.LastIndexByte(name, '.')+1:]
	return fmt.Errorf("%s has no field %s%s", n.Ref.Name, field, didYouMean(field, fields))
}

// noModel says that there is no such model, and which one may be meant.
func noModel(name string, s *index.Snapshot) error {
	var models []string
	for n := range s.Nodes() {
		models = append(models, n.Ref.Name)
	}
	model := name[strings.LastIndexByte(name, '/')+1 : strings.LastIndexByte(name, '.')]
	model = model[strings.LastIndexByte(model, '.')+1:]
	return fmt.Errorf("no model is called %s%s", model, didYouMean(model, models))
}

func didYouMean(name string, candidates []string) string {
	if near, ok := dialect.Nearest(name, candidates); ok {
		return " (did you mean " + near + "?)"
	}
	return ""
}

// problemsOf are the problems of a field.
func problemsOf(s *index.Snapshot, set settings.Settings, id relation.FieldID) []diagnostics.Problem {
	return slices.DeleteFunc(allProblems(s, set), func(p diagnostics.Problem) bool {
		return p.Model != id.Model || p.Field != id.Field
	})
}

package main

import (
	"encoding/json"
	"io"

	"github.com/rells-dev/rells/cmd/rells/internal/report"
)

type indexCommand struct {
	Dir    string `arg:"" optional:"" default:"." help:"Folder of the workspace."`
	Format string `default:"json" enum:"json" help:"Format of the output: ${enum}."`
	settingsFlag
}

// Run prints the models and relations of the workspace.
func (c *indexCommand) Run(p *process) error {
	root, err := p.absolute(c.Dir)
	if err != nil {
		return err
	}
	x, _, err := c.load(p, root)
	if err != nil {
		return err
	}
	return writeJSON(p.stdout, report.NewListing(x.Snapshot(), root))
}

// writeJSON writes one value on one line, with < and & as they are.
func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

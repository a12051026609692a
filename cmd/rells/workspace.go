package main

import (
	"fmt"
	"os"

	"github.com/rells-dev/rells/cmd/rells/internal/terminal"
	"github.com/rells-dev/rells/diagnostics/settings"
	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect/all"
)

// load reads the workspace below root, an absolute path, and shows how far it is
// when that takes long. What cannot be read is named on stderr and left out.
func (p *process) load(root string, set settings.Settings) (*index.Index, error) {
	info, err := os.Stat(root)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a directory", root)
	}
	var warnings warnings
	x := index.New(index.Options{
		Roots:    []string{root},
		Dialects: all.Dialects,
		Exclude:  set.Exclude,
		Settings: set.Dialects,
		Warn:     warnings.add,
	})
	progress := terminal.NewProgress(p.stderr, "reading files")
	err = x.Load(p, progress.Report)
	progress.End()
	warnings.print(p.stderr)
	if err != nil {
		return nil, err
	}
	return x, nil
}

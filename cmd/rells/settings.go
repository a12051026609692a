package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/rells-dev/rells/diagnostics/settings"
	"github.com/rells-dev/rells/index"
)

// settingsFlag is for commands that read a workspace.
type settingsFlag struct {
	Config string `placeholder:"FILE" help:"Read the settings from this file (default: rells.toml in the folder of the workspace)."`
}

// read reads the settings of the workspace below root. A setting that cannot count
// is an error: in a build pipeline nobody would notice that it does nothing.
func (f settingsFlag) read(p *process, root string) (settings.Settings, error) {
	if f.Config == "" {
		return p.checked(settings.ReadRoot(root))
	}
	path, err := p.absolute(f.Config)
	if err != nil {
		return settings.Settings{}, err
	}
	return p.checked(settings.ReadFile(path))
}

// load reads the workspace below root by its settings.
func (f settingsFlag) load(p *process, root string) (*index.Index, settings.Settings, error) {
	set, err := f.read(p, root)
	if err != nil {
		return nil, set, err
	}
	x, err := p.load(root, set)
	return x, set, err
}

// checked are the settings of a file, unless something is wrong with it.
func (p *process) checked(file settings.File) (settings.Settings, error) {
	if errors.Is(file.Err, settings.ErrLink) {
		return settings.Settings{}, fmt.Errorf("%w; name the file with --config to read it", file.Err)
	}
	if file.Err != nil {
		return settings.Settings{}, fmt.Errorf("the settings cannot be read: %w", file.Err)
	}
	name := file.Path
	if base, err := p.absolute("."); err == nil {
		if rel, err := filepath.Rel(base, name); err == nil && filepath.IsLocal(rel) {
			name = filepath.ToSlash(rel)
		}
	}
	var wrong []error
	for _, problem := range file.Problems {
		wrong = append(wrong, fmt.Errorf("%s:%d:%d: %w", name, problem.Line, problem.Column, problem))
	}
	return file.Settings, errors.Join(wrong...)
}

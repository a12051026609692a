package main

import (
	"context"
	"io"
	"path/filepath"
)

// process is what commands use of the process that runs them.
type process struct {
	context.Context // ends when the process is asked to stop

	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	getwd          func() (string, error)
}

// absolute is the path seen from the working directory.
func (p *process) absolute(path string) (string, error) {
	if filepath.IsAbs(path) {
		return filepath.Clean(path), nil
	}
	dir, err := p.getwd()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, path), nil
}

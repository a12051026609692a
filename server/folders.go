package server

import (
	"context"
	"slices"

	"github.com/rells-dev/rells/server/wire"
)

// roots are the local folders of the workspace. A client that opened a single
// file has none.
func (s *server) roots() []string {
	var roots []string
	for _, f := range s.folders {
		if f.Path != "" {
			roots = append(roots, f.Path)
		}
	}
	return roots
}

// didChangeWorkspaceFolders adds and removes folders.
func (s *server) didChangeWorkspaceFolders(_ context.Context, p *wire.DidChangeWorkspaceFoldersParams) error {
	folders := slices.Clone(s.folders)
	for _, gone := range p.Removed {
		folders = slices.DeleteFunc(folders, func(f wire.Folder) bool { return f.URI.Key == gone.URI.Key })
	}
	for _, added := range p.Added {
		if !slices.ContainsFunc(folders, func(f wire.Folder) bool { return f.URI.Key == added.URI.Key }) {
			folders = append(folders, added)
		}
	}
	s.folders = folders
	s.disk.watch(s.roots())
	roots := s.roots()
	s.configurator.wish(func(w *wishes) { w.roots = roots })
	s.feed.configure()
	if s.features.configuration {
		s.asker.ask() // folders may have settings of their own
	}
	return nil
}

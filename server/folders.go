package server

import (
	"context"
	"path/filepath"
	"slices"

	"go.uber.org/zap"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/server/wire"
)

// root is a folder that is read.
type root struct {
	path  string // absolute
	alone bool   // without the folders below it
}

// roots are the local folders of the workspace, save those that nobody can mean. A
// client that opened a single file has none.
func (s *server) roots() []string {
	var roots []string
	for _, f := range s.folders {
		switch {
		case f.Path == "":
		case index.HoldsHome(f.Path):
			s.log.Warn("a workspace folder holds the user's home and is not read", zap.String("path", f.Path))
		default:
			roots = append(roots, f.Path)
		}
	}
	return roots
}

// readAround has what is around a file read that was opened while there is no
// workspace. It stays when the file is closed: others of its module may be open.
func (s *server) readAround(path string) {
	dir, news := filepath.Dir(path), false
	s.configurator.wish(func(w *wishes) {
		news = len(w.roots) == 0 && !slices.Contains(w.around, dir)
		if news {
			w.around = append(w.around, dir)
		}
	})
	if news {
		s.feed.configure()
	}
}

// rootsAround are the roots of files that were opened while there was no workspace.
func (w *wishes) rootsAround() []root {
	var roots []root
	for _, dir := range w.around {
		path, alone := index.RootOf(dir)
		if r := (root{path, alone}); path != "" && !slices.Contains(roots, r) && !slices.Contains(w.roots, path) {
			roots = append(roots, r)
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
	roots := s.roots()
	s.configurator.wish(func(w *wishes) { w.roots = roots })
	s.feed.configure()
	if s.features.configuration {
		s.asker.ask() // folders may have settings of their own
	}
	return nil
}

package server

import (
	"context"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"github.com/rells-dev/rells/diagnostics/settings"
	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/server/wire"
)

// watched are the files whose changes on disk matter.
var watched = func() []protocol.Pattern {
	var patterns []protocol.Pattern
	for _, name := range append(index.FileNames(), settings.FileName) {
		patterns = append(patterns, protocol.Pattern("**/"+name))
	}
	return patterns
}()

// watch asks the client to tell of changes on disk.
func (s *server) watch(ctx context.Context) {
	options := protocol.DidChangeWatchedFilesRegistrationOptions{}
	for _, pattern := range watched {
		options.Watchers = append(options.Watchers, protocol.FileSystemWatcher{GlobPattern: pattern})
	}
	raw, err := protocol.Marshal(&options)
	if err == nil {
		err = s.client.RegisterCapability(ctx, &protocol.RegistrationParams{Registrations: []protocol.Registration{{
			ID: "rells-files", Method: protocol.MethodWorkspaceDidChangeWatchedFiles, RegisterOptions: raw,
		}}})
	}
	if err != nil && ctx.Err() == nil {
		s.log.Warn("files on disk are not watched", zap.Error(err))
	}
}

// didChangeWatchedFiles is told of files and folders that were created, written
// or deleted on disk.
func (s *server) didChangeWatchedFiles(_ context.Context, p *protocol.DidChangeWatchedFilesParams) error {
	for _, event := range p.Changes {
		if path, ok := wire.Path(event.URI); ok {
			s.feed.change(index.Change{Path: path, Kind: index.OnDisk}, s.open)
		}
	}
	return nil
}

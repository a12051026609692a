package server

import (
	"context"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect/all"
	"github.com/rells-dev/rells/server/wire"
)

// initialize settles what both ends can do and starts reading the workspace.
func (s *server) initialize(_ context.Context, p *wire.InitializeParams) (*protocol.InitializeResult, error) {
	s.features = featuresOf(p.ClientInfo, p.Capabilities)
	s.encoding = protocol.PositionEncodingKindUTF16
	if general := p.Capabilities.General; general != nil {
		s.encoding = pickEncoding(general.PositionEncodings, countsAlike(p.ClientInfo))
	}
	s.folders = p.Folders

	s.publish = newPublisher(s)
	s.refresh = newRefresher(s)
	s.watcher = newWatcher(s)
	s.asker = newAsker(s)
	s.configurator = newConfigurator(s)
	initial := readEditor(p.InitializationOptions)
	s.configurator.wish(func(w *wishes) { w.roots, w.initial = s.roots(), initial })
	s.tokens = newTokens(s)
	s.feed = newFeed(index.New(s.complete(index.Options{})), s.options.Settle, s.settled, s.configurator.update)
	s.collector = newCollector()
	s.feed.busy = s.collector.busy
	s.disk = newDiskWatcher(s.feed, s.log)
	return &protocol.InitializeResult{
		Capabilities: s.capabilities(),
		ServerInfo:   protocol.ServerInfo{Name: "rells", Version: protocol.NewOptional(s.options.Version)},
	}, nil
}

// complete adds to options of the index what nobody can set.
func (s *server) complete(o index.Options) index.Options {
	o.Dialects = all.Dialects
	o.Warn = func(path string, err error) {
		s.log.Warn("not read", zap.String("path", path), zap.Error(err))
	}
	return o
}

// initialized is the client's word that it is ready.
func (s *server) initialized(context.Context, *protocol.InitializedParams) error {
	s.begin()
	return nil
}

// begin starts what may ask the client: reading the workspace, with progress, and
// watching its files. Anything that a client sends after the answer to initialize
// shows that it is ready, and some never say so.
func (s *server) begin() {
	if s.begun {
		return
	}
	s.begun = true
	s.client.Go(s.feed.run)
	s.client.Go(s.publish.run)
	s.client.Go(s.refresh.run)
	s.client.Go(s.watcher.run)
	if s.features.configuration {
		s.client.Go(s.asker.run)
		s.asker.ask()
	}
	s.feed.configure()
	if s.features.tellsOfSettings {
		s.client.Go(s.hearOfSettings)
	}
	if s.features.watch {
		s.client.Go(s.watch)
	}
	s.client.Go(s.disk.run)
	s.client.Go(s.collector.run)
}

// settled takes what has come of changes to those who tell the client.
func (s *server) settled(w world) {
	s.publish.offer(w)
	s.refresh.offer(w)
	s.watcher.offer(w)
}

// read reads the whole workspace.
func (s *server) read(ctx context.Context, options index.Options) {
	s.indexing(ctx, func(ctx context.Context, progress func(done, total int)) error {
		return s.feed.index.SetOptions(ctx, s.complete(options), progress)
	})
}

package server

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"

	"github.com/rells-dev/rells/diagnostics"
)

// publisher pushes problems to the client: of open files and of closed ones,
// each file when its list is a new one, and an open one also when its version
// is. It runs on a goroutine of its own, because looking for problems must hold
// up neither the read loop nor the feed.
type publisher struct {
	server        *server
	latest        chan world // has room for one: the newest world that was offered
	checker       *diagnostics.Checker
	configuration *configuration  // that the checker has been configured with
	sent          map[string]sent // by path; only files that the client shows something for, and open ones
}

// sent is what the client was last told of a file.
type sent struct {
	uri     uri.URI
	open    bool
	version int32
	list    []protocol.Diagnostic
}

func newPublisher(s *server) *publisher {
	return &publisher{
		server:  s,
		latest:  make(chan world, 1),
		checker: diagnostics.NewChecker(s.options.Rules),
		sent:    map[string]sent{},
	}
}

// offer replaces the world whose problems are to be published. Only one
// goroutine may call it.
func (p *publisher) offer(w world) {
	select {
	case <-p.latest:
	default:
	}
	p.latest <- w
}

// run publishes what is offered until ctx ends.
func (p *publisher) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case w := <-p.latest:
			p.publish(ctx, w)
		}
	}
}

// publish brings the client up to date. Files whose version alone is new come
// last: when the client hears of a version, it has heard of all that the edit
// meant for other files.
func (p *publisher) publish(ctx context.Context, w world) {
	files := map[string]bool{}
	if w.configuration != p.configuration {
		p.configuration = w.configuration
		p.checker.Configure(w.configuration.rules)
		for path := range w.configuration.files {
			files[path] = true
		}
	}
	for _, path := range p.checker.Update(w.Snapshot) {
		files[path] = true
	}
	for path := range p.sent {
		files[path] = true // opened, closed, or moved by edits
	}
	for path := range w.open {
		files[path] = true
	}
	var again []string
	for _, path := range slices.Sorted(maps.Keys(files)) {
		if !p.update(ctx, w, path) {
			again = append(again, path)
		}
	}
	for _, path := range again {
		p.send(ctx, path, p.sent[path])
	}
}

// update sends the list of a file if it is a new one. It returns false if the
// same list must be sent again for another version.
func (p *publisher) update(ctx context.Context, w world, path string) bool {
	before, known := p.sent[path]
	now := sent{uri: w.open.uri(path)}
	if doc, open := w.open[path]; open {
		now.open, now.version = true, doc.version
	}
	if known && before.uri != now.uri {
		p.send(ctx, path, sent{uri: before.uri})
		known = false
	}
	if doc := w.open[path]; isSettings(path) {
		now.list = p.server.settingsDiagnostics(w, path)
	} else if doc == nil || !doc.lost {
		now.list = p.server.diagnostics(w, path, p.checker.Problems(path))
	}
	if len(now.list) == 0 && !now.open {
		delete(p.sent, path)
		if known && len(before.list) > 0 {
			p.send(ctx, path, now)
		}
		return true
	}
	p.sent[path] = now
	switch {
	case !known || before.open != now.open || !reflect.DeepEqual(before.list, now.list):
		p.send(ctx, path, now)
	case before.version != now.version:
		return false
	}
	return true
}

func (p *publisher) send(ctx context.Context, path string, list sent) {
	params := &protocol.PublishDiagnosticsParams{URI: list.uri, Diagnostics: list.list}
	if list.open {
		params.Version = protocol.NewOptional(list.version)
	}
	if err := p.server.client.PublishDiagnostics(ctx, params); err != nil && ctx.Err() == nil {
		p.server.log.Warn("diagnostics not sent", zap.String("path", path), zap.Error(err))
	}
}

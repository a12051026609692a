package server

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// publisher keeps the problems of the workspace for the client: of open files and
// of closed ones. It pushes the list of a file when it is a new one, and that of an
// open file also when its version is; a client that pulls (see pull.go) gets what it
// asks for, and nothing is pushed of what it can pull.
//
// It runs on a goroutine of its own, because looking for problems must hold up
// neither the read loop nor the feed; requests that pull come on theirs.
type publisher struct {
	server *server
	latest chan world // has room for one: the newest world that was offered

	mu      sync.Mutex
	checker *diagnostics.Checker
	world   world           // that the checker has taken in, with its configuration
	changed map[string]bool // files whose problems have changed since the last publish
	sent    map[string]sent // by path; only files that the client shows something for, and open ones
	pulls   pulls           // what the client is known to pull
	told    map[string]told // by path; what a client that pulls was last answered
}

// sent is what the client was last told of a file.
type sent struct {
	uri     uri.URI
	open    bool
	version int32
	list    []protocol.Diagnostic
	texts   []*index.File // that the places in the list are in, each once
}

func newPublisher(s *server) *publisher {
	return &publisher{
		server:  s,
		latest:  make(chan world, 1),
		checker: diagnostics.NewChecker(s.options.Rules),
		changed: map[string]bool{},
		sent:    map[string]sent{},
		told:    map[string]told{},
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

// take brings the problems up to the world, unless they are beyond it already: two
// requests that pull may overtake each other. p.mu is held.
func (p *publisher) take(w world) { p.takeFirst(w, nil, nil) }

// takeFirst is take that tells early of each of the given files that has other
// problems now. p.mu is held.
func (p *publisher) takeFirst(w world, files []string, settled func(changed string)) {
	if p.world.Snapshot != nil && w.Generation() < p.world.Generation() {
		return
	}
	if w.configuration != p.world.configuration {
		p.checker.Configure(w.configuration.rules)
		for path := range w.configuration.files {
			p.changed[path] = true
		}
	}
	p.world = w
	for _, path := range p.checker.UpdateFirst(w.Snapshot, files, settled) {
		p.changed[path] = true
	}
}

// publish brings the client up to date. Open files, which somebody looks at, come
// first: their problems are sent before those of the others are looked for. Files
// whose version alone is new come last: when the client hears of such a version, it
// has heard of all that the edit meant for other files.
func (p *publisher) publish(ctx context.Context, w world) {
	defer p.server.collector.busy()()
	p.mu.Lock()
	defer p.mu.Unlock()
	done := map[string]bool{}
	if p.server.features.pulls {
		p.take(w)
	} else {
		p.takeFirst(w, slices.Sorted(maps.Keys(w.open)), func(path string) {
			if p.update(ctx, p.world, path) {
				done[path] = true
			}
		})
	}
	w = p.world
	files := p.changed
	p.changed = map[string]bool{}
	for path, before := range p.sent {
		if !p.holds(w, path, before) {
			files[path] = true // opened, closed, or moved by edits
		}
	}
	for path := range w.open {
		files[path] = true
	}
	for path := range done {
		delete(files, path)
	}
	if p.server.features.pulls {
		p.refresh(w, files)
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

// holds reports whether the client knows all there is to know of a file whose problems are
// the same as before: it was closed and is, and no text that a place in the list is in has
// another version. Such a list would be made for nothing after each edit of any file.
func (p *publisher) holds(w world, path string, before sent) bool {
	if p.server.features.pulls || isSettings(path) || before.open || w.open[path] != nil {
		return false
	}
	return !slices.ContainsFunc(before.texts, func(text *index.File) bool {
		if text == nil {
			return true
		}
		now, ok := w.File(text.Facts.Path)
		return !ok || now != text
	})
}

// textsOf lists the files that places of the problems are in; nil stands for one that the
// snapshot does not hold.
func textsOf(w world, problems []diagnostics.Problem) []*index.File {
	var texts []*index.File
	note := func(place relation.Place) {
		if file, _ := w.File(place.File); !slices.Contains(texts, file) {
			texts = append(texts, file)
		}
	}
	for i := range problems {
		note(problems[i].Place)
		for _, related := range problems[i].Related {
			note(related.Place)
		}
	}
	return texts
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
	if p.pushes(now.open) {
		now.list, now.texts = p.list(w, path)
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
	case now.open && !p.pushes(true):
		if len(before.list) > 0 {
			p.send(ctx, path, now) // from here on the client pulls
		}
	case !known || before.open != now.open || !reflect.DeepEqual(before.list, now.list):
		p.send(ctx, path, now)
	case before.version != now.version:
		return false
	}
	return true
}

// list are the problems of a file as the client shows them, and the texts that their
// places are in; of a document whose text is not certain nothing is shown.
func (p *publisher) list(w world, path string) ([]protocol.Diagnostic, []*index.File) {
	if isSettings(path) {
		return p.server.settingsDiagnostics(w, path), nil
	}
	if doc := w.open[path]; doc != nil && doc.lost {
		return nil, nil
	}
	problems := p.checker.Problems(path)
	return p.server.diagnostics(w, path, problems), textsOf(w, problems)
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

package server

import (
	"context"
	"slices"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"github.com/rells-dev/rells/index/relation"
)

// refresher asks the client to ask anew for what it shows beside the text of open
// documents (code lenses, inlay hints), when an edit elsewhere has changed that: a
// client asks by itself only for the document that was edited.
type refresher struct {
	server *server
	latest chan world // has room for one: the newest world that was offered
	before map[string]beside
}

// beside is what is shown beside the text of one version of a document.
type beside struct {
	version int32
	sides   []relation.FieldID // each relation, followed by its inverse
}

func newRefresher(s *server) *refresher {
	return &refresher{server: s, latest: make(chan world, 1), before: map[string]beside{}}
}

// offer replaces the world that the client should be shown. Only one goroutine may
// call it.
func (r *refresher) offer(w world) {
	select {
	case <-r.latest:
	default:
	}
	r.latest <- w
}

// run refreshes until ctx ends.
func (r *refresher) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case w := <-r.latest:
			if r.update(w) {
				r.refresh(ctx)
			}
		}
	}
}

// update reports whether anything is shown of which the client cannot know that it
// has changed.
func (r *refresher) update(w world) (stale bool) {
	after := map[string]beside{}
	for path, doc := range w.open {
		now := beside{version: doc.version}
		for _, pair := range w.PairsIn(path) {
			now.sides = append(now.sides, pair.Relation.ID, pair.Inverse.ID)
		}
		before, known := r.before[path]
		stale = stale || known && before.version == now.version && !slices.Equal(before.sides, now.sides)
		after[path] = now
	}
	r.before = after
	return stale
}

func (r *refresher) refresh(ctx context.Context) {
	s := r.server
	if s.features.refreshesLenses {
		s.refreshed(ctx, protocol.MethodWorkspaceCodeLensRefresh, s.client.CodeLensRefresh(ctx))
	}
	if s.features.refreshesHints {
		s.refreshed(ctx, protocol.MethodWorkspaceInlayHintRefresh, s.client.InlayHintRefresh(ctx))
	}
}

// refreshed notes that a client did not refresh.
func (s *server) refreshed(ctx context.Context, method string, err error) {
	if err != nil && ctx.Err() == nil {
		s.log.Warn("not refreshed", zap.String("method", method), zap.Error(err))
	}
}

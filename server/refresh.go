package server

import (
	"context"
	"slices"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// refresher asks the client to ask anew for what it shows beside and in the text of
// open documents (code lenses, inlay hints, semantic tokens), when an edit elsewhere
// or a setting has changed that: a client asks by itself only for the document that
// was edited.
type refresher struct {
	server *server
	latest chan world // has room for one: the newest world that was offered
	before map[string]beside
}

// beside is what is shown beside the text of one version of a document.
type beside struct {
	version int32
	sides   []relation.FieldID // each relation, followed by its inverse
	tokens  []index.Token      // none for a client that cannot be told
}

// stale is what is shown of which the client cannot know that it has changed.
type stale struct{ sides, tokens bool }

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
			r.refresh(ctx, r.update(w))
		}
	}
}

// update tells what the client does not know to have changed.
func (r *refresher) update(w world) (old stale) {
	after := map[string]beside{}
	for path, doc := range w.open {
		now := r.look(w, path, doc)
		if before, known := r.before[path]; known && before.version == now.version {
			old.sides = old.sides || !slices.Equal(before.sides, now.sides)
			old.tokens = old.tokens || !slices.Equal(before.tokens, now.tokens)
		}
		after[path] = now
	}
	r.before = after
	return old
}

func (r *refresher) look(w world, path string, doc *document) beside {
	now := beside{version: doc.version}
	for _, pair := range w.PairsIn(path) {
		now.sides = append(now.sides, pair.Relation.ID, pair.Inverse.ID)
	}
	if file, ok := w.File(path); ok && r.server.features.refreshesTokens {
		now.tokens = r.server.tokensIn(w, path, whole(file))
	}
	return now
}

func (r *refresher) refresh(ctx context.Context, old stale) {
	s := r.server
	if old.sides && s.features.refreshesLenses {
		s.refreshed(ctx, protocol.MethodWorkspaceCodeLensRefresh, s.client.CodeLensRefresh(ctx))
	}
	if old.sides && s.features.refreshesHints {
		s.refreshed(ctx, protocol.MethodWorkspaceInlayHintRefresh, s.client.InlayHintRefresh(ctx))
	}
	if old.tokens {
		s.refreshed(ctx, protocol.MethodWorkspaceSemanticTokensRefresh, s.client.SemanticTokensRefresh(ctx))
	}
}

// refreshed notes that a client did not refresh.
func (s *server) refreshed(ctx context.Context, method string, err error) {
	if err != nil && ctx.Err() == nil {
		s.log.Warn("not refreshed", zap.String("method", method), zap.Error(err))
	}
}

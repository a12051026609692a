package server

import (
	"context"
	"time"

	"go.lsp.dev/protocol"
)

// refresh has the client ask again for lists that are not what it was answered. Of
// documents that it has opened or edited since, it is expected to ask by itself; it is
// told only if it does not: Neovim 0.12 asks for those that are in a window, and a fix
// may have edited another one. p.mu is held.
func (p *publisher) refresh(w world, files map[string]bool) {
	stale, expected := false, map[string]told{}
	for path := range files {
		doc, open := w.open[path]
		if !open && p.pulls != pullsWorkspace {
			delete(p.told, path)
			continue
		}
		before, known := p.told[path]
		if !known {
			before.resultID = resultID(nil)
		}
		list, _ := p.list(w, path)
		now := told{p.version(path), resultID(list), open && before.alone}
		if now.resultID != before.resultID && open && (!known || doc.version != before.version) {
			expected[path] = now
			continue
		}
		stale = stale || now.resultID != before.resultID
		p.told[path] = now
	}
	if stale {
		p.server.client.Go(p.askAgain)
	}
	if len(expected) > 0 {
		p.server.client.Go(func(ctx context.Context) { p.expect(ctx, expected) })
	}
}

// expect waits for the client to ask for lists, and has it ask for those that are
// still news to it then: once for each version of a document.
func (p *publisher) expect(ctx context.Context, lists map[string]told) {
	select {
	case <-ctx.Done():
		return
	case <-time.After(p.server.options.Asking):
	}
	p.mu.Lock()
	overdue := false
	for path, list := range lists {
		doc, open := p.world.open[path]
		last, known := p.told[path]
		if open && doc.version == list.version && (!known || last.version != list.version) {
			p.told[path] = list
			overdue = true
		}
	}
	p.mu.Unlock()
	if overdue {
		p.askAgain(ctx)
	}
}

// askAgain tells the client to ask for everything again.
func (p *publisher) askAgain(ctx context.Context) {
	s := p.server
	s.refreshed(ctx, protocol.MethodWorkspaceDiagnosticRefresh, s.client.DiagnosticRefresh(ctx))
}

package server

import (
	"context"
	"fmt"
	"sync"

	"go.uber.org/zap"

	"github.com/rells-dev/rells/server/wire"
)

// indexing runs long work on the index while the client shows how far it is,
// with a button that ends it. The work starts at once: a client that is slow to
// show it holds nothing up.
func (s *server) indexing(ctx context.Context, work func(ctx context.Context, progress func(done, total int)) error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	m := &meter{}
	s.client.Go(func(session context.Context) {
		button, progress := s.client.Begin(session, "rells: reading models")
		context.AfterFunc(button, cancel)
		m.show(progress)
	})
	err := work(ctx, m.report)
	switch {
	case ctx.Err() != nil:
		s.log.Info("reading the workspace was cancelled")
		m.end("cancelled")
	case err != nil:
		s.log.Error("the workspace cannot be read", zap.Error(err))
		m.end("failed")
	default:
		m.end(fmt.Sprintf("%d files read", m.total))
	}
}

// meter hands how far work is on to the client, once there is something to show
// it in, and only when it shows. Its methods may be called from any goroutine.
type meter struct {
	mu       sync.Mutex
	progress *wire.Progress
	total    int
	percent  int
	outcome  string // "" while the work goes on
}

// show starts showing. The work may have ended already.
func (m *meter) show(p *wire.Progress) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.progress = p
	if m.outcome != "" {
		p.End(m.outcome)
	}
}

// report says that done of total files are behind us.
func (m *meter) report(done, total int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.total = total
	if total == 0 || 100*done/total <= m.percent {
		return
	}
	m.percent = 100 * done / total
	m.progress.Report(fmt.Sprintf("%d of %d files", done, total), done, total)
}

// end says how the work ended. It comes last.
func (m *meter) end(outcome string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.outcome = outcome
	m.progress.End(outcome)
}

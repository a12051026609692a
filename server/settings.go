package server

import (
	"context"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"

	"github.com/rells-dev/rells/diagnostics/settings"
	"github.com/rells-dev/rells/server/wire"
)

// answerTime is how long the first reading of the workspace waits for a client to
// tell its settings, so that the workspace need not be read twice.
const answerTime = time.Second

// didChangeConfiguration brings new settings, or the news that there are some, from
// a client that can be asked for them.
func (s *server) didChangeConfiguration(_ context.Context, p *wire.DidChangeConfigurationParams) error {
	if s.features.configuration {
		s.asker.ask()
		return nil
	}
	sent := readEditor(p.Settings)
	s.configurator.wish(func(w *wishes) { w.editor = map[string]editorSettings{"": sent} })
	s.feed.configure()
	return nil
}

// asker asks the client for settings, once at a time.
type asker struct {
	server *server
	again  chan struct{} // has room for one: somebody wants to know
	first  chan struct{} // closed when the client has answered, or failed to, once
}

func newAsker(s *server) *asker {
	return &asker{server: s, again: make(chan struct{}, 1), first: make(chan struct{})}
}

// ask wants the settings as they are from now on.
func (a *asker) ask() {
	select {
	case a.again <- struct{}{}:
	default:
	}
}

// run asks whenever somebody wants to know, until ctx ends.
func (a *asker) run(ctx context.Context) {
	for first := true; ; first = false {
		select {
		case <-ctx.Done():
			return
		case <-a.again:
		}
		editor, err := a.server.pull(ctx)
		if err != nil && ctx.Err() == nil {
			a.server.log.Warn("the client does not tell its settings", zap.Error(err))
		}
		if err == nil {
			a.server.configurator.wish(func(w *wishes) { w.editor = editor })
		}
		if first {
			close(a.first)
		}
		a.server.feed.configure()
	}
}

// wait waits for the first answer, but not for ever.
func (a *asker) wait(ctx context.Context) {
	select {
	case <-a.first:
	case <-ctx.Done():
	case <-time.After(answerTime):
	}
}

// pull asks for the settings of every root, and for those of files of none.
func (s *server) pull(ctx context.Context) (map[string]editorSettings, error) {
	section := settings.Section
	roots := []string{""}
	items := []protocol.ConfigurationItem{{Section: &section}}
	s.configurator.wish(func(w *wishes) {
		for _, root := range w.roots {
			address := uri.File(root)
			roots = append(roots, root)
			items = append(items, protocol.ConfigurationItem{ScopeURI: &address, Section: &section})
		}
	})
	answers, err := s.client.Configuration(ctx, &protocol.ConfigurationParams{Items: items})
	if err != nil {
		return nil, err
	}
	editor := map[string]editorSettings{}
	for i, root := range roots {
		if i < len(answers) {
			editor[root] = readEditor(answers[i])
		}
	}
	return editor, nil
}

// hearOfSettings asks the client to tell when its settings change.
func (s *server) hearOfSettings(ctx context.Context) {
	raw, err := protocol.Marshal(&protocol.DidChangeConfigurationRegistrationOptions{Section: protocol.String(settings.Section)})
	if err == nil {
		err = s.client.RegisterCapability(ctx, &protocol.RegistrationParams{Registrations: []protocol.Registration{{
			ID: "rells-settings", Method: protocol.MethodWorkspaceDidChangeConfiguration, RegisterOptions: raw,
		}}})
	}
	if err != nil && ctx.Err() == nil {
		s.log.Warn("changes of settings are not heard of", zap.Error(err))
	}
}

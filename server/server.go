package server

import (
	"context"
	"io"
	"time"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/server/wire"
)

// Options are what a server can be told by its caller. The zero value is good
// for production, except that it logs nothing.
type Options struct {
	Logger  *zap.Logger         // where to log; never standard output
	Version string              // of rells, for the client to show
	Settle  time.Duration       // how long an edit may wait for the next before problems are looked for, default 150 ms
	Asking  time.Duration       // how long a client that asks for problems may take to ask about an edit, before it is told to; default 1 s
	Rules   []*diagnostics.Rule // that problems are looked for with, default all
}

// Serve speaks LSP over rw until the session ends, and returns the exit code
// that the protocol asks for. The caller is expected to leave the process with
// it; see [wire.Serve].
func Serve(ctx context.Context, rw io.ReadWriter, options Options) (code int, err error) {
	if options.Logger == nil {
		options.Logger = zap.NewNop()
	}
	if options.Settle <= 0 {
		options.Settle = 150 * time.Millisecond
	}
	if options.Asking <= 0 {
		options.Asking = time.Second
	}
	if options.Rules == nil {
		options.Rules = diagnostics.Rules()
	}
	return wire.Serve(ctx, rw, wire.Options{Logger: options.Logger}, func(client *wire.Client) *wire.Router[*pin] {
		return newServer(client, options).routes()
	})
}

// server is one session. What is not said to be shared belongs to the read loop.
type server struct {
	client  *wire.Client
	log     *zap.Logger
	options Options

	// Set by initialize, the first message, and only read from then on.
	features     features
	encoding     protocol.PositionEncodingKind
	feed         *feed
	publish      *publisher
	asker        *asker // runs only for a client that can be asked for settings
	configurator *configurator
	refresh      *refresher
	watcher      *watcher
	tokens       *tokens
	disk         *diskWatcher
	collector    *collector

	begun   bool
	folders []wire.Folder
	open    documents
}

func newServer(client *wire.Client, options Options) *server {
	return &server{client: client, log: options.Logger, options: options}
}

// routes lists what the server answers.
func (s *server) routes() *wire.Router[*pin] {
	r := wire.NewRouter(s.pin)
	r.OnInitialize(s.initialize)
	r.OnLost(s.lost)

	wire.Notify(r, protocol.MethodInitialized, s.initialized)
	wire.Notify(r, protocol.MethodTextDocumentDidOpen, s.didOpen)
	wire.Notify(r, protocol.MethodTextDocumentDidChange, s.didChange)
	wire.Notify(r, protocol.MethodTextDocumentDidSave, s.didSave)
	wire.Notify(r, protocol.MethodTextDocumentDidClose, s.didClose)
	wire.Notify(r, protocol.MethodWorkspaceDidChangeWatchedFiles, s.didChangeWatchedFiles)
	wire.Notify(r, protocol.MethodWorkspaceDidChangeWorkspaceFolders, s.didChangeWorkspaceFolders)
	wire.Notify(r, protocol.MethodWorkspaceDidChangeConfiguration, s.didChangeConfiguration)

	answer(r, protocol.MethodTextDocumentCompletion, s.completion)
	answer(r, protocol.MethodCompletionItemResolve, s.resolveCompletion)
	answer(r, protocol.MethodTextDocumentDefinition, s.definition)
	answer(r, protocol.MethodTextDocumentReferences, s.references)
	answer(r, protocol.MethodTextDocumentDocumentHighlight, s.highlight)
	answer(r, protocol.MethodTextDocumentDocumentSymbol, s.documentSymbols)
	answer(r, protocol.MethodWorkspaceSymbol, s.workspaceSymbols)
	answer(r, protocol.MethodTextDocumentHover, s.hover)
	answer(r, protocol.MethodTextDocumentDiagnostic, s.pullDocument)
	answer(r, protocol.MethodWorkspaceDiagnostic, s.pullWorkspace)
	answer(r, protocol.MethodTextDocumentCodeLens, s.codeLens)
	answer(r, protocol.MethodCodeLensResolve, s.resolveCodeLens)
	answer(r, protocol.MethodWorkspaceExecuteCommand, s.executeCommand)
	answer(r, protocol.MethodTextDocumentInlayHint, s.inlayHints)
	answer(r, protocol.MethodInlayHintResolve, s.resolveInlayHint)
	answer(r, protocol.MethodTextDocumentSemanticTokensFull, s.tokensFull)
	answer(r, protocol.MethodTextDocumentSemanticTokensFullDelta, s.tokensDelta)
	answer(r, protocol.MethodTextDocumentSemanticTokensRange, s.tokensRange)
	answer(r, protocol.MethodTextDocumentCodeAction, s.codeAction)
	answer(r, protocol.MethodCodeActionResolve, s.resolveCodeAction)
	answer(r, protocol.MethodTextDocumentPrepareRename, s.prepareRename)
	answer(r, protocol.MethodTextDocumentRename, s.rename)
	answer(r, methodGraph, s.graph)
	answer(r, methodSummary, s.summary)
	return r
}

// pin promises a request the world as it is now.
func (s *server) pin() *pin {
	s.begin()
	return s.feed.pin(s.open)
}

// answer registers the handler of a request, which sees the world as it was
// when the request came.
func answer[P, R any](r *wire.Router[*pin], method string, fn func(context.Context, world, *P) (R, error)) {
	wire.Call(r, method, func(ctx context.Context, pinned *pin, params *P) (R, error) {
		w, err := pinned.wait(ctx)
		if err != nil {
			var none R
			return none, err
		}
		defer pinned.busy()()
		return fn(ctx, w, params)
	})
}

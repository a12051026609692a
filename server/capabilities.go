package server

import "go.lsp.dev/protocol"

// capabilities are what the server offers to this client.
func (s *server) capabilities() protocol.ServerCapabilities {
	yes := true
	c := protocol.ServerCapabilities{
		PositionEncoding: s.encoding,
		Workspace: &protocol.WorkspaceOptions{
			WorkspaceFolders: &protocol.WorkspaceFoldersServerCapabilities{
				Supported:           &yes,
				ChangeNotifications: protocol.Boolean(true),
			},
		},
	}
	s.offerText(&c)
	s.offerNavigation(&c)
	s.offerBeside(&c)
	s.offerEdits(&c)
	return c
}

// offerText offers to follow the documents and to help with typing in them.
func (s *server) offerText(c *protocol.ServerCapabilities) {
	yes, incremental := true, protocol.TextDocumentSyncKindIncremental
	c.TextDocumentSync = &protocol.TextDocumentSyncOptions{
		OpenClose: &yes,
		Change:    &incremental,
		Save:      &protocol.SaveOptions{IncludeText: &yes},
	}
	c.CompletionProvider = &protocol.CompletionOptions{
		TriggerCharacters: []string{"`", `"`, "'", ":", ",", ";", "+", "(", "[", "."},
		ResolveProvider:   &s.features.resolvesDocs,
	}
	c.HoverProvider = protocol.Boolean(true)
	if s.features.pulls {
		c.DiagnosticProvider = &protocol.DiagnosticOptions{InterFileDependencies: true, WorkspaceDiagnostics: s.features.pullsWorkspace}
	}
}

// offerNavigation offers to lead from one place to others.
func (s *server) offerNavigation(c *protocol.ServerCapabilities) {
	c.DefinitionProvider = protocol.Boolean(true)
	c.ReferencesProvider = protocol.Boolean(true)
	c.DocumentHighlightProvider = protocol.Boolean(true)
	c.DocumentSymbolProvider = protocol.Boolean(true)
	c.WorkspaceSymbolProvider = protocol.Boolean(true)
}

// offerBeside offers to name inverses beside the text.
func (s *server) offerBeside(c *protocol.ServerCapabilities) {
	yes := true
	c.CodeLensProvider = &protocol.CodeLensOptions{ResolveProvider: &yes}
	c.InlayHintProvider = &protocol.InlayHintOptions{ResolveProvider: &s.features.resolvesHints}
	if s.tokens.atOnce() {
		c.SemanticTokensProvider = s.tokens.options()
	}
	if commands := s.commands(); commands != nil {
		c.ExecuteCommandProvider = protocol.ExecuteCommandOptions{Commands: commands}
	}
}

// offerEdits offers to propose changes of the source.
func (s *server) offerEdits(c *protocol.ServerCapabilities) {
	if s.features.actionLiterals {
		c.CodeActionProvider = &protocol.CodeActionOptions{
			CodeActionKinds: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix, protocol.CodeActionKindRefactorRewrite, fixAllKind, backPopulatesKind},
			ResolveProvider: &s.features.resolvesEdits,
		}
	}
	c.RenameProvider = protocol.Boolean(true)
	if s.features.preparesRename {
		yes := true
		c.RenameProvider = &protocol.RenameOptions{PrepareProvider: &yes}
	}
}

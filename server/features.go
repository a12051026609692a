package server

import (
	"slices"
	"strings"

	"go.lsp.dev/protocol"
)

// features are what the client can do, as far as it matters to what it is sent.
type features struct {
	watch           bool // registers file watchers on request
	configuration   bool // can be asked for settings
	tellsOfSettings bool // tells when settings change, on request
	versionedEdits  bool // takes documentChanges, which name the version they are for
	links           bool // takes a definition with the span it was asked from
	markdownHover   bool
	markdownDocs    bool // in completion
	resolvesDocs    bool // asks for the documentation of a completion item when it is shown
	insertReplace   bool // lets its user choose whether to replace the rest of a word
	actionLiterals  bool // takes code actions that are not commands
	resolvesEdits   bool // asks for the edit of a code action when it is chosen, and keeps its data
	preparesRename  bool // asks whether something can be renamed before it asks for the name
	pulls           bool // asks for problems, and asks again when it is told to
	pullsWorkspace  bool // may be offered those of the whole workspace too
	relatedPlaces   bool // shows other places with a diagnostic
	symbolTrees     bool // takes document symbols with details
	appliesEdits    bool // applies an edit on request
	showsDocuments  bool // shows a place on request
	resolvesHints   bool // asks for the tooltip of an inlay hint when it is shown
	// What the client asks for anew when it is told to.
	refreshesLenses, refreshesHints, refreshesTokens bool
	codeLinks                                        bool // leads from the code of a diagnostic to the page about it
	legend                                           legend
	registersTokens                                  bool // can be offered semantic tokens later, and be told that there are none any more
}

// featuresOf reads the capabilities of a client. What it does not state it
// cannot do.
func featuresOf(client protocol.ClientInfo, c protocol.ClientCapabilities) features {
	var f features
	if w := c.Workspace; w != nil {
		f.readWorkspace(w)
	}
	if d := c.TextDocument; d != nil {
		f.readDocument(d)
		f.pulls = d.Diagnostic != nil && c.Workspace != nil && c.Workspace.Diagnostics != nil &&
			is(c.Workspace.Diagnostics.RefreshSupport)
		f.pullsWorkspace = f.pulls && !forgetsDocuments(client)
	}
	f.resolvesEdits = f.resolvesEdits && !resolvesAnywhere(client)
	if w := c.Window; w != nil && w.ShowDocument != nil {
		f.showsDocuments = w.ShowDocument.Support
	}
	return f
}

func (f *features) readWorkspace(w *protocol.WorkspaceClientCapabilities) {
	if watched := w.DidChangeWatchedFiles; watched != nil {
		f.watch = is(watched.DynamicRegistration)
	}
	f.configuration = is(w.Configuration)
	if change := w.DidChangeConfiguration; change != nil {
		f.tellsOfSettings = is(change.DynamicRegistration)
	}
	f.appliesEdits = is(w.ApplyEdit)
	if edit := w.WorkspaceEdit; edit != nil {
		f.versionedEdits = is(edit.DocumentChanges)
	}
	f.refreshesLenses = w.CodeLens != nil && is(w.CodeLens.RefreshSupport)
	f.refreshesHints = w.InlayHint != nil && is(w.InlayHint.RefreshSupport)
	f.refreshesTokens = w.SemanticTokens != nil && is(w.SemanticTokens.RefreshSupport)
}

func (f *features) readDocument(d *protocol.TextDocumentClientCapabilities) {
	if d.Definition != nil {
		f.links = is(d.Definition.LinkSupport)
	}
	if d.Hover != nil {
		f.markdownHover = slices.Contains(d.Hover.ContentFormat, protocol.MarkupKindMarkdown)
	}
	if d.Completion != nil && d.Completion.CompletionItem != nil {
		item := d.Completion.CompletionItem
		f.markdownDocs = slices.Contains(item.DocumentationFormat, protocol.MarkupKindMarkdown)
		f.resolvesDocs = slices.Contains(item.ResolveSupport.Properties, "documentation")
		f.insertReplace = is(item.InsertReplaceSupport)
	}
	if a := d.CodeAction; a != nil {
		f.actionLiterals = a.CodeActionLiteralSupport.CodeActionKind.ValueSet != nil
		f.resolvesEdits = is(a.DataSupport) && slices.Contains(a.ResolveSupport.Properties, "edit")
	}
	if d.Rename != nil {
		f.preparesRename = is(d.Rename.PrepareSupport)
	}
	if d.DocumentSymbol != nil {
		f.symbolTrees = is(d.DocumentSymbol.HierarchicalDocumentSymbolSupport)
	}
	if d.InlayHint != nil {
		f.resolvesHints = slices.Contains(d.InlayHint.ResolveSupport.Properties, "tooltip")
	}
	f.legend = newLegend(&d.SemanticTokens)
	f.registersTokens = is(d.SemanticTokens.DynamicRegistration)
	if p := d.PublishDiagnostics; p != nil {
		f.relatedPlaces = is(p.RelatedInformation)
		f.codeLinks = is(p.CodeDescriptionSupport)
	}
	if p := d.Diagnostic; p != nil && is(p.RelatedInformation) {
		f.relatedPlaces = true
	}
}

// forgetsDocuments reports whether a client that is told to ask for problems again asks
// for those of the workspace only, if it can, and passes over the documents that are
// open in it: no capability says so. Neovim 0.12 does (neovim/neovim#40623).
func forgetsDocuments(client protocol.ClientInfo) bool {
	version, _ := client.Version.Get()
	return client.Name == "Neovim" && strings.HasPrefix(version, "0.12.")
}

// countsAlike reports whether a client needs all servers of a document to count
// characters in one unit: Neovim warns of two, and takes the one for the other.
func countsAlike(client protocol.ClientInfo) bool { return client.Name == "Neovim" }

// resolvesAnywhere reports whether a client asks every server of a document to complete
// the action of one of them, and chokes on several answers: lsp-mode does.
func resolvesAnywhere(client protocol.ClientInfo) bool { return client.Name == "emacs" }

// is reads a capability, which counts as missing when it is not stated.
func is(capability *bool) bool { return capability != nil && *capability }

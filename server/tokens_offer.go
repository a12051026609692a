package server

import (
	"context"
	"slices"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"github.com/rells-dev/rells/diagnostics/settings"
	"github.com/rells-dev/rells/index"
)

// tokenTypes are what tokens are in the words of the protocol, which every theme
// has colours for.
var tokenTypes = [index.TokenKinds]protocol.SemanticTokenTypes{
	index.FieldToken:  protocol.SemanticTokenTypesProperty,
	index.ModelToken:  protocol.SemanticTokenTypesType,
	index.TableToken:  protocol.SemanticTokenTypesStruct,
	index.ColumnToken: protocol.SemanticTokenTypesVariable,
	index.TagKeyToken: protocol.SemanticTokenTypesDecorator,
	index.OptionToken: protocol.SemanticTokenTypesKeyword,
	index.ValueToken:  protocol.SemanticTokenTypesEnumMember,
	index.NumberToken: protocol.SemanticTokenTypesNumber,
}

// legend is what of our tokens a client can show. The zero value is nothing.
type legend struct {
	types     []string
	modifiers []string
	numbers   [index.TokenKinds]int // behind which each kind stands in types, from 1; 0 for one that it does not know
}

func newLegend(c *protocol.SemanticTokensClientCapabilities) legend {
	var l legend
	if !slices.Contains(c.Formats, protocol.TokenFormatRelative) {
		return l
	}
	for kind, name := range tokenTypes {
		if slices.Contains(c.TokenTypes, string(name)) {
			l.types = append(l.types, string(name))
			l.numbers[kind] = len(l.types)
		}
	}
	l.modifiers = []string{}
	if deprecated := string(protocol.SemanticTokenModifiersDeprecated); slices.Contains(c.TokenModifiers, deprecated) {
		l.modifiers = append(l.modifiers, deprecated)
	}
	return l
}

// any reports whether there is anything to be shown at all.
func (l *legend) any() bool { return len(l.types) > 0 }

// of is how a token is written; false for one that the client cannot show.
func (l *legend) of(t index.Token) (kind, modifiers uint32, ok bool) {
	if t.Deprecated && len(l.modifiers) > 0 {
		modifiers = 1
	}
	number := l.numbers[t.Kind]
	return uint32(number - 1), modifiers, number > 0
}

// options are what clients may ask for.
func (t *tokens) options() *protocol.SemanticTokensOptions {
	yes, l := true, t.server.features.legend
	return &protocol.SemanticTokensOptions{
		Legend: protocol.SemanticTokensLegend{TokenTypes: l.types, TokenModifiers: l.modifiers},
		Range:  protocol.Boolean(true),
		Full:   &protocol.SemanticTokensFullDelta{Delta: &yes},
	}
}

// atOnce reports whether tokens are offered with the answer to initialize: to a
// client that cannot be offered them later, if the settings ask for them by then.
// They are not offered to be on the safe side, because some clients ask one server
// alone, and that is the language's own as long as nobody wants it otherwise.
func (t *tokens) atOnce() bool {
	s := t.server
	if s.features.registersTokens || !s.features.legend.any() {
		return false
	}
	at := func(root string) settings.Settings {
		var editor settings.Settings
		s.configurator.wish(func(w *wishes) { editor = w.of(root) })
		return editor
	}
	for _, root := range s.roots() {
		if asksForTokens(at(root).Over(settings.ReadRoot(root).Settings)) {
			return true
		}
	}
	return asksForTokens(at(""))
}

func asksForTokens(s settings.Settings) bool { return s.SemanticTokens != nil && *s.SemanticTokens }

// offer takes in new settings: a client that can be told is told at once that there
// are tokens now, or none any more.
func (t *tokens) offer(c *configuration) {
	if f := &t.server.features; !f.registersTokens || !f.legend.any() {
		return
	}
	wanted := c.anywhere.tokens
	for _, local := range c.local {
		wanted = wanted || local.tokens
	}
	t.mu.Lock()
	changed := wanted != t.wanted
	t.wanted = wanted
	t.mu.Unlock()
	if changed {
		t.server.client.Go(t.register)
	}
}

// register tells the client what is wanted by now.
func (t *tokens) register(ctx context.Context) {
	t.turn.Lock()
	defer t.turn.Unlock()
	t.mu.Lock()
	wanted := t.wanted
	t.mu.Unlock()
	if wanted == t.registered {
		return
	}
	tell := t.unoffered
	if wanted {
		tell = t.offered
	}
	if err := tell(ctx); err != nil {
		if ctx.Err() == nil {
			t.server.log.Warn("semantic tokens cannot be turned on or off", zap.Error(err))
		}
		return
	}
	t.registered = wanted
}

// tokensID and tokensMethod name the offer to the client.
const (
	tokensID     = "rells-tokens"
	tokensMethod = "textDocument/semanticTokens" // stands for all three requests
)

func (t *tokens) offered(ctx context.Context) error {
	options := protocol.SemanticTokensRegistrationOptions{SemanticTokensOptions: *t.options()}
	scheme := "file"
	options.DocumentSelector = &protocol.DocumentSelector{&protocol.TextDocumentFilterLanguage{Language: "go", Scheme: &scheme}}
	raw, err := protocol.Marshal(&options)
	if err != nil {
		return err
	}
	return t.server.client.RegisterCapability(ctx, &protocol.RegistrationParams{Registrations: []protocol.Registration{{
		ID: tokensID, Method: tokensMethod, RegisterOptions: raw,
	}}})
}

func (t *tokens) unoffered(ctx context.Context) error {
	return t.server.client.UnregisterCapability(ctx, &protocol.UnregistrationParams{Unregisterations: []protocol.Unregistration{{
		ID: tokensID, Method: tokensMethod,
	}}})
}

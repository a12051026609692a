package wire

import (
	"github.com/go-json-experiment/json/jsontext"
	"go.lsp.dev/protocol"
)

// Source is the source of every diagnostic of ours.
const Source = "rells"

// CodeActionParams are the params of textDocument/codeAction, with only our own
// diagnostics in the context (those with the source [Source], their data as it
// was sent). Clients send those of every server along, and the protocol's types
// cannot hold them all.
type CodeActionParams struct {
	protocol.CodeActionParams
}

// UnmarshalJSON implements [encoding/json.Unmarshaler].
func (p *CodeActionParams) UnmarshalJSON(data []byte) error {
	m := members(data)
	context := members(m["context"])
	foreign := context["diagnostics"]
	if context != nil {
		context["diagnostics"] = jsontext.Value("[]")
		m["context"] = object(context)
	}
	if err := protocol.Unmarshal(object(m), &p.CodeActionParams); err != nil {
		return err
	}
	for _, raw := range elements(foreign) {
		if d, ok := ownDiagnostic(raw); ok {
			p.Context.Diagnostics = append(p.Context.Diagnostics, d)
		}
	}
	return nil
}

// ownDiagnostic reads raw if it is a diagnostic of ours.
func ownDiagnostic(raw jsontext.Value) (d protocol.Diagnostic, ok bool) {
	if source, _ := text(members(raw)["source"]); source != Source {
		return d, false
	}
	accept := func(v jsontext.Value) bool { return protocol.Unmarshal(v, &protocol.Diagnostic{}) == nil }
	kept := prune(raw, accept, func(string) {})
	return d, kept != nil && protocol.Unmarshal(kept, &d) == nil
}

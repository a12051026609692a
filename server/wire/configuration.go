package wire

import "github.com/go-json-experiment/json/jsontext"

// DidChangeConfigurationParams are the params of workspace/didChangeConfiguration.
// Whatever they are, they decode.
type DidChangeConfigurationParams struct {
	Settings jsontext.Value // as the client sent them; nil for none
}

// UnmarshalJSON implements [encoding/json.Unmarshaler].
func (p *DidChangeConfigurationParams) UnmarshalJSON(data []byte) error {
	p.Settings = members(data)["settings"].Clone()
	return nil
}

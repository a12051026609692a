package wire

import (
	"github.com/go-json-experiment/json/jsontext"
	"go.lsp.dev/protocol"
)

// InitializeParams are the params of initialize as far as they can be read: a
// member of an unexpected shape ("trace": null, "capabilities": []) counts as
// missing, for a client that cannot be initialized cannot be served at all.
type InitializeParams struct {
	protocol.InitializeParams

	// Folders are the folders of the workspace: workspaceFolders, or else rootUri,
	// or else rootPath. A client that opens a single file has none. An empty rootUri
	// or uri is no folder, and above all not the whole disk.
	Folders []Folder

	// Dropped are JSON pointers to what could not be read.
	Dropped []string
}

// UnmarshalJSON implements [encoding/json.Unmarshaler].
func (p *InitializeParams) UnmarshalJSON(data []byte) error {
	raw := jsontext.Value(data)
	if !raw.IsValid(lenientJSON) {
		return errParams
	}
	accept := func(v jsontext.Value) bool {
		return protocol.Unmarshal(v, &protocol.InitializeParams{}) == nil
	}
	m := members(raw)
	p.Folders = initialFolders(m)
	if _, err := readURI(m["rootUri"]); err != nil && m["rootUri"].Kind() == '"' {
		delete(m, "rootUri") // "" would decode as file:///
	}
	kept := prune(object(m), accept, func(path string) { p.Dropped = append(p.Dropped, path) })
	if kept == nil {
		kept = jsontext.Value("{}")
	}
	return protocol.Unmarshal(kept, &p.InitializeParams)
}

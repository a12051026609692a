package wire

import (
	"github.com/go-json-experiment/json/jsontext"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// InitializeParams are the params of initialize as far as they can be read: a
// member of an unexpected shape ("trace": null, "capabilities": []) counts as
// missing, for a client that cannot be initialized cannot be served at all.
type InitializeParams struct {
	protocol.InitializeParams
	Dropped []string // JSON pointers to what could not be read
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
	if root, _ := text(m["rootUri"]); root == "" {
		delete(m, "rootUri") // "" would decode as file:///, the whole disk
	}
	if m["initializationOptions"] != nil {
		m["initializationOptions"] = Settings(m["initializationOptions"])
	}
	kept := prune(object(m), accept, func(path string) { p.Dropped = append(p.Dropped, path) })
	if kept == nil {
		kept = jsontext.Value("{}")
	}
	return protocol.Unmarshal(kept, &p.InitializeParams)
}

// Folder is a folder of the workspace.
type Folder struct {
	Name string
	URI  uri.URI
	Path string // "" if it is not a local one; see [Path]
}

// Folders returns the workspace's folders: workspaceFolders, or else rootUri, or
// else rootPath. A client that opens a single file has none.
func (p *InitializeParams) Folders() []Folder {
	var folders []Folder
	list, _ := p.WorkspaceFolders.Get()
	for _, f := range list {
		folders = appendFolder(folders, f.Name, f.URI)
	}
	if folders == nil && p.RootURI != nil {
		folders = appendFolder(folders, "", *p.RootURI)
	}
	if path, ok := p.RootPath.Get(); folders == nil && ok && path != "" {
		folders = appendFolder(folders, "", uri.File(path))
	}
	return folders
}

func appendFolder(folders []Folder, name string, u uri.URI) []Folder {
	if u == "" {
		return folders
	}
	path, _ := Path(u)
	return append(folders, Folder{Name: name, URI: u, Path: path})
}

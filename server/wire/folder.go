package wire

import (
	"github.com/go-json-experiment/json/jsontext"
	"go.lsp.dev/uri"
)

// Folder is a folder of the workspace.
type Folder struct {
	Name string
	URI  DocumentURI
	Path string // "" if it is not a local one; see [Path]
}

// DidChangeWorkspaceFoldersParams are the params of
// workspace/didChangeWorkspaceFolders. What is not a URI is left out.
type DidChangeWorkspaceFoldersParams struct {
	Added, Removed []Folder
}

// UnmarshalJSON implements [encoding/json.Unmarshaler].
func (p *DidChangeWorkspaceFoldersParams) UnmarshalJSON(data []byte) error {
	event := members(members(data)["event"])
	if event == nil {
		return errParams
	}
	p.Added, p.Removed = readFolders(event["added"]), readFolders(event["removed"])
	return nil
}

// initialFolders returns the folders that the members of initialize name.
func initialFolders(m map[string]jsontext.Value) []Folder {
	if folders := readFolders(m["workspaceFolders"]); folders != nil {
		return folders
	}
	if u, err := readURI(m["rootUri"]); err == nil {
		return []Folder{newFolder("", u)}
	}
	if path, intact := text(m["rootPath"]); path != "" && intact {
		u := uri.File(path)
		return []Folder{newFolder("", DocumentURI{Key: u, Spelled: u})}
	}
	return nil
}

// readFolders reads an array of folders and leaves out those without a URI.
func readFolders(raw jsontext.Value) []Folder {
	var folders []Folder
	for _, element := range elements(raw) {
		m := members(element)
		if u, err := readURI(m["uri"]); err == nil {
			name, _ := text(m["name"])
			folders = append(folders, newFolder(name, u))
		}
	}
	return folders
}

func newFolder(name string, u DocumentURI) Folder {
	path, _ := u.Path()
	return Folder{Name: name, URI: u, Path: path}
}

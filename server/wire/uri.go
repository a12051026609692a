package wire

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"go.lsp.dev/uri"
)

// DocumentURI is the address of a document in two spellings. Key is the
// canonical one, in which every other message decodes, and identifies the
// document. Spelled is the client's own, such as "file:///a(b).go" for the key
// "file:///a%28b%29.go": answers and diagnostics must use it, for some clients
// compare text.
type DocumentURI struct {
	Key     uri.URI
	Spelled uri.URI
}

// readURI reads the member "uri" of an object. The result owns its bytes.
func readURI(raw jsontext.Value) (DocumentURI, error) {
	spelled, intact := text(members(raw)["uri"])
	if spelled == "" || !intact {
		return DocumentURI{}, fmt.Errorf("no readable uri in %.200q", raw)
	}
	key, err := uri.Parse(spelled)
	if err != nil {
		return DocumentURI{}, err
	}
	return DocumentURI{Key: uri.URI(strings.Clone(string(key))), Spelled: uri.URI(spelled)}, nil
}

// Path returns the path of u in the local file system. ok is false for what is
// not a local file and must not be taken for one: other schemes (git:/x.go has
// the path /x.go), files of other hosts, relative paths, and paths that are not
// UTF-8 or hold a zero byte, which no URI gives back unchanged.
func Path(u uri.URI) (path string, ok bool) {
	if !u.IsFile() {
		return "", false
	}
	switch strings.ToLower(u.Authority()) {
	case "":
	case "localhost":
		local, err := uri.From(uri.Components{Scheme: "file", Path: u.Path()})
		if err != nil {
			return "", false
		}
		u = local
	default:
		return "", false
	}
	path = u.FsPath()
	if !strings.HasPrefix(u.Path(), "/") || !utf8.ValidString(path) || strings.ContainsRune(path, 0) {
		return "", false
	}
	return path, true
}

package wire

import (
	"fmt"
	"net/url"
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

// readURI reads a JSON string as a URI. The result owns its bytes. A text without
// a scheme is none: the uri package would make file:/// of "", the whole disk.
func readURI(raw jsontext.Value) (DocumentURI, error) {
	spelled, intact := text(raw)
	if spelled == "" || !intact {
		return DocumentURI{}, fmt.Errorf("%.200q is not a uri", raw)
	}
	key, err := uri.ParseStrict(spelled)
	if err != nil {
		return DocumentURI{}, err
	}
	return DocumentURI{Key: uri.URI(strings.Clone(string(key))), Spelled: uri.URI(spelled)}, nil
}

// Path returns the path of the document in the local file system, as the
// function [Path] does. A path that is not UTF-8 ("file:///a%FF.go") is none: the
// canonical spelling is that of another file, whose name holds a percent sign.
func (u DocumentURI) Path() (path string, ok bool) {
	if plain, err := url.PathUnescape(string(u.Spelled)); err == nil && !utf8.ValidString(plain) {
		return "", false
	}
	return Path(u.Key)
}

// Path returns the path of u in the local file system. ok is false for what is
// not a local file and must not be taken for one: other schemes (git:/x.go has
// the path /x.go), files of other hosts, and paths with a zero byte.
func Path(u uri.URI) (path string, ok bool) {
	if !u.IsFile() {
		return "", false
	}
	switch authority := u.Authority(); {
	case strings.EqualFold(authority, "localhost"):
		local, err := uri.From(uri.Components{Scheme: "file", Path: u.Path()})
		if err != nil {
			return "", false
		}
		u = local
	case authority != "":
		return "", false
	}
	path = u.FsPath()
	return path, !strings.ContainsRune(path, 0)
}

package wire

import (
	"fmt"
	"net/url"
	"runtime"
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
	if authority := u.Authority(); !u.IsFile() || authority != "" && !strings.EqualFold(authority, "localhost") {
		return "", false
	}
	return localPath(u.Path(), runtime.GOOS == "windows")
}

// localPath is the path of a file URI in the notation of the operating system. On
// Windows it begins with a drive, in the upper case in which the environment and
// the system have it: the URIs of some clients say c:, those of others C:, or c%3A.
// Elsewhere /c:/x is a path like any other.
func localPath(path string, windows bool) (local string, ok bool) {
	if strings.ContainsRune(path, 0) || !strings.HasPrefix(path, "/") {
		return "", false
	}
	if !windows {
		return path, true
	}
	drive, rest, _ := strings.Cut(path[1:], ":")
	if len(drive) != 1 || !isLetter(drive[0]) || rest != "" && rest[0] != '/' && rest[0] != '\\' {
		return "", false
	}
	if rest == "" {
		rest = "/"
	}
	return strings.ToUpper(drive) + ":" + strings.ReplaceAll(rest, "/", `\`), true
}

func isLetter(b byte) bool { return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' }

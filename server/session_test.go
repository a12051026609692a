package server_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap/zaptest"

	"github.com/rells-dev/rells/server"
	"github.com/rells-dev/rells/server/wiretest"
)

// capable are the capabilities of a modern client that counts in UTF-16.
var capable = capableIn(protocol.PositionEncodingKindUTF16)

// capableIn are those of one that counts in another encoding.
func capableIn(encoding protocol.PositionEncodingKind) string {
	return strings.Replace(capabilities, "ENCODING", string(encoding), 1)
}

const capabilities = `{
	"general": {"positionEncodings": ["ENCODING"]},
	"window": {"workDoneProgress": true},
	"workspace": {"applyEdit": true, "workspaceEdit": {"documentChanges": true}},
	"textDocument": {
		"definition": {"linkSupport": true},
		"hover": {"contentFormat": ["plaintext"]},
		"rename": {"prepareSupport": true},
		"documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
		"semanticTokens": {
			"requests": {"full": {"delta": true}, "range": true}, "formats": ["relative"],
			"tokenTypes": ["type", "struct", "variable", "property", "enumMember", "keyword", "number", "decorator"],
			"tokenModifiers": ["declaration", "deprecated"]
		},
		"publishDiagnostics": {"relatedInformation": true, "versionSupport": true, "dataSupport": true},
		"codeAction": {
			"dataSupport": true, "resolveSupport": {"properties": ["edit"]},
			"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor.rewrite"]}}
		}
	}
}`

// session is a client with a workspace of its own, in front of a real server.
type session struct {
	*wiretest.Client
	t        *testing.T
	root     string // the one folder
	beacon   string // URI of a document outside of it, see settle
	beats    int32
	versions map[string]int32 // of open documents, by path in the workspace
	texts    map[string]string
	encoding protocol.PositionEncodingKind // "" for UTF-16
	offers   protocol.ServerCapabilities
}

// workspace writes files to a new folder. A workspace without go.mod gets one
// that requires GORM.
func workspace(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	if _, ok := files["go.mod"]; !ok {
		write(t, filepath.Join(root, "go.mod"), "module example.com/m\n\ngo 1.26\n\nrequire gorm.io/gorm v1.31.2\n")
	}
	for name, text := range files {
		write(t, filepath.Join(root, filepath.FromSlash(name)), text)
	}
	return root
}

// write puts a file in place in one step: who watches the disk never sees half of it.
func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+"~", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+"~", path); err != nil {
		t.Fatal(err)
	}
}

// start initializes a server on a workspace with the given files, and waits until it
// has published what is wrong with them.
func start(t *testing.T, files map[string]string, capabilities string, options server.Options) *session {
	t.Helper()
	s := launch(t, files, capabilities, options)
	s.settle()
	return s
}

// launch initializes a server, and waits for nothing.
func launch(t *testing.T, files map[string]string, capabilities string, options server.Options) *session {
	t.Helper()
	if options.Logger == nil {
		options.Logger = zaptest.NewLogger(t)
	}
	if options.Settle == 0 {
		options.Settle = time.Millisecond
	}
	s := &session{
		t:        t,
		root:     workspace(t, files),
		beacon:   string(uri.File(filepath.Join(t.TempDir(), "beacon.go"))),
		versions: map[string]int32{},
		texts:    map[string]string{},
	}
	for name, text := range files {
		s.texts[name] = text
	}
	s.Client = wiretest.Start(t, func(ctx context.Context, rw io.ReadWriter) (int, error) {
		return server.Serve(ctx, rw, options)
	})
	s.offers = s.Initialize(fmt.Sprintf(`{"processId": null, "capabilities": %s, "workspaceFolders": [{"name": "w", "uri": %q}]}`,
		capabilities, uri.File(s.root))).Capabilities
	t.Cleanup(func() {
		if code, err := s.Shutdown(); code != 0 || err != nil {
			t.Errorf("the server left with %d, %v", code, err)
		}
	})
	return s
}

// uri is the address of a file of the workspace.
func (s *session) uri(name string) string {
	return string(uri.File(filepath.Join(s.root, filepath.FromSlash(name))))
}

// settle waits until the server has published what all messages so far mean. A
// document of its own gets a new version, of which the server tells last.
func (s *session) settle() {
	s.t.Helper()
	s.beats++
	if s.beats == 1 {
		s.Client.Open(s.beacon, "go", s.beats, "package beacon\n")
	} else {
		s.Replace(s.beacon, s.beats, fmt.Sprintf("package beacon // %d\n", s.beats))
	}
	s.Diagnostics(s.beacon, s.beats)
}

// set gives a document a text: it is opened, or changed.
func (s *session) set(name, text string) {
	s.t.Helper()
	s.versions[name]++
	if s.versions[name] == 1 {
		s.Client.Open(s.uri(name), "go", 1, text)
	} else {
		s.Replace(s.uri(name), s.versions[name], text)
	}
	s.texts[name] = text
}

// found is one diagnostic, where it stands.
type found struct {
	at         location
	rule       string
	message    string
	diagnostic protocol.Diagnostic
}

// problems lists what the client shows now, by place.
func (s *session) problems() []found {
	s.t.Helper()
	var all []found
	for address, p := range s.Published() {
		if len(p.Diagnostics) == 0 {
			continue
		}
		name := s.name(address)
		for _, d := range p.Diagnostics {
			code, _ := d.Code.(protocol.String)
			message, _ := d.Message.(protocol.String)
			all = append(all, found{s.location(name, d.Range), string(code), string(message), d})
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].String() < all[j].String() })
	return all
}

func (f found) String() string { return fmt.Sprintf("%s: %s [%s]", f.at, f.message, f.rule) }

// name is the path in the workspace of an address.
func (s *session) name(address string) string {
	s.t.Helper()
	u, err := uri.Parse(address)
	if err != nil {
		s.t.Fatal(err)
	}
	rel, err := filepath.Rel(s.root, u.FsPath())
	if err != nil {
		s.t.Fatal(err)
	}
	return filepath.ToSlash(rel)
}

// location is a range of one line as the case writes it.
func (s *session) location(name string, r protocol.Range) location {
	s.t.Helper()
	text, ok := s.texts[name]
	if !ok {
		s.t.Fatalf("a range in %s, which is no file of the workspace", name)
	}
	start, end := s.offset(text, r.Start), s.offset(text, r.End)
	line := strings.LastIndexByte(text[:start], '\n') + 1
	return location{name, int(r.Start.Line) + 1, start - line, end - line}
}

// position is a place as the client sends it.
func (s *session) position(at location, character int) protocol.Position {
	line := strings.Split(s.texts[at.file], "\n")[at.line-1]
	return protocol.Position{
		Line:      uint32(at.line - 1),
		Character: uint32(s.units(line[:character])),
	}
}

// units is the length of a text in the units of the client.
func (s *session) units(text string) int {
	switch s.encoding {
	case protocol.PositionEncodingKindUTF8:
		return len(text)
	case protocol.PositionEncodingKindUTF32:
		return utf8.RuneCountInString(text)
	}
	return len(utf16.Encode([]rune(text)))
}

func (s *session) span(at location) protocol.Range {
	return protocol.Range{Start: s.position(at, at.start), End: s.position(at, at.end)}
}

// ask sends a request about a place.
func (s *session) ask(method string, at location, character int, more map[string]any, result any) {
	s.t.Helper()
	params := map[string]any{
		"textDocument": map[string]any{"uri": s.uri(at.file)},
		"position":     s.position(at, character),
	}
	for name, value := range more {
		params[name] = value
	}
	if err := s.Call(context.Background(), method, params, result); err != nil {
		s.t.Fatalf("%s: %s: %v", at, method, err)
	}
}

// offset is the byte offset of a position.
func (s *session) offset(text string, p protocol.Position) int {
	at := 0
	for range p.Line {
		at += strings.IndexByte(text[at:], '\n') + 1
	}
	for i := range text[at:] {
		if s.units(text[at:at+i]) >= int(p.Character) {
			return at + i
		}
	}
	return len(text)
}

// edited is a text with edits that do not overlap.
func (s *session) edited(text string, edits []protocol.TextEdit) string {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b protocol.TextEdit) int {
		return s.offset(text, b.Range.Start) - s.offset(text, a.Range.Start)
	})
	for _, e := range edits {
		text = text[:s.offset(text, e.Range.Start)] + e.NewText + text[s.offset(text, e.Range.End):]
	}
	return text
}

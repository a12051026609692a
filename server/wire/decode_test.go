package wire_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/rells-dev/rells/server/wire"
)

func TestChanges(t *testing.T) {
	span := func(line, character, endLine, endCharacter uint32) protocol.Range {
		return protocol.Range{
			Start: protocol.Position{Line: line, Character: character},
			End:   protocol.Position{Line: endLine, Character: endCharacter},
		}
	}
	var unreadable wire.Change
	whole := wire.Change{Kind: wire.ChangeWhole, Text: "x"}
	ranged := func(r protocol.Range) wire.Change { return wire.Change{Kind: wire.ChangeRange, Range: r, Text: "x"} }
	position := func(start string) string {
		return `{"range":{"start":` + start + `,"end":{"line":9,"character":0}},"text":"x"}`
	}
	for _, tt := range []struct {
		change string
		want   wire.Change
	}{
		{`{"text":"x"}`, whole},
		{`{"range":null,"text":"x"}`, whole},
		{`{"range":null,"rangeLength":3,"text":"x"}`, whole},
		{position(`{"line":1,"character":2}`), ranged(span(1, 2, 9, 0))},
		{position(`{"line":5.0,"character":2e0}`), ranged(span(5, 2, 9, 0))},
		{`{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"rangeLength":1.0,"text":"x"}`, ranged(span(0, 0, 0, 0))},
		{`{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"rangeLength":-7,"text":"x","new":1}`, ranged(span(0, 0, 0, 0))},

		{position(`{"line":-1,"character":0}`), unreadable},
		{position(`{"line":1.5,"character":0}`), unreadable},
		{position(`{"line":4294967296,"character":0}`), unreadable},
		{position(`{"line":1e400,"character":0}`), unreadable},
		{position(`{"line":"1","character":0}`), unreadable},
		{position(`{"line":null,"character":0}`), unreadable},
		{position(`{"line":1}`), unreadable},
		{position(`{"line":10,"character":0}`), unreadable}, // ends before it starts
		{position(`null`), unreadable},
		{`{"range":{},"text":"x"}`, unreadable},
		{`{"range":[],"text":"x"}`, unreadable},
		{`{"range":"","text":"x"}`, unreadable},
		{`{"range":false,"text":"x"}`, unreadable},
		{`{"text":null}`, unreadable},
		{`{}`, unreadable},
		{`1`, unreadable},

		{`{"text":"a\ud83d\ude00"}`, wire.Change{Kind: wire.ChangeWhole, Text: "a😀"}},
		{"{\"text\":\"a\xff\"}", wire.Change{Kind: wire.ChangeWhole, Text: "a\uFFFD", Mangled: true}},
		{`{"text":"a\ud83d"}`, wire.Change{Kind: wire.ChangeWhole, Text: "a\uFFFD", Mangled: true}},
		{`{"text":"a\ufffd"}`, wire.Change{Kind: wire.ChangeWhole, Text: "a\uFFFD"}},
	} {
		var p wire.DidChangeParams
		decode(t, `{"textDocument":{"uri":"file:///a","version":1},"contentChanges":[`+tt.change+`]}`, &p)
		if diff := cmp.Diff([]wire.Change{tt.want}, p.Changes); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.change, diff)
		}
	}
}

// A change that decodes without a version, or without changes, is not lost.
func TestChangeEnvelopes(t *testing.T) {
	unreadable := []wire.Change{{}}
	for _, tt := range []struct {
		params string
		want   wire.DidChangeParams
	}{
		{`{"textDocument":{"uri":"file:///a","version":3},"contentChanges":[]}`, wire.DidChangeParams{Version: 3, HasVersion: true}},
		{`{"textDocument":{"uri":"file:///a","version":null},"contentChanges":[]}`, wire.DidChangeParams{}},
		{`{"textDocument":{"uri":"file:///a"},"contentChanges":[]}`, wire.DidChangeParams{}},
		{`{"textDocument":{"uri":"file:///a"}}`, wire.DidChangeParams{Changes: unreadable}},
		{`{"textDocument":{"uri":"file:///a"},"contentChanges":{}}`, wire.DidChangeParams{Changes: unreadable}},
		{`{"textDocument":{"uri":"file:///a"},"contentChanges":null}`, wire.DidChangeParams{Changes: unreadable}},
	} {
		tt.want.URI = wire.DocumentURI{Key: "file:///a", Spelled: "file:///a"}
		var p wire.DidChangeParams
		decode(t, tt.params, &p)
		if diff := cmp.Diff(tt.want, p); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.params, diff)
		}
	}
	for _, params := range []string{`{}`, `1`, `{"textDocument":{"uri":""}}`, `{"textDocument":{"uri":"x.go"}}`, `{"textDocument":{"uri":null}}`} {
		if new(wire.DidChangeParams).UnmarshalJSON([]byte(params)) == nil {
			t.Errorf("%s names no document, and decodes", params)
		}
	}
}

func TestDidOpen(t *testing.T) {
	var p wire.DidOpenParams
	decode(t, `{"textDocument":{"uri":"file:///a(b).go","languageId":"","version":4,"text":"a\nb"}}`, &p)
	want := wire.DidOpenParams{
		URI:     wire.DocumentURI{Key: "file:///a%28b%29.go", Spelled: "file:///a(b).go"},
		Version: 4,
		Text:    "a\nb",
	}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	decode(t, "{\"textDocument\":{\"uri\":\"file:///a\",\"text\":\"\xff\"}}", &p)
	if !p.Mangled {
		t.Error("a text that is not UTF-8 is not marked")
	}
	if new(wire.DidOpenParams).UnmarshalJSON([]byte(`{"textDocument":{"uri":"file:///a","text":null}}`)) == nil {
		t.Error("a document without text decodes")
	}
}

func TestCodeActionKeepsOurDiagnosticsOnly(t *testing.T) {
	const at = `"range":{"start":{"line":1,"character":2},"end":{"line":1,"character":3}}`
	foreign := []string{
		`{` + at + `,"source":"x","code":1.0,"message":"m"}`,
		`{` + at + `,"source":"x","code":true,"message":"m"}`,
		`{` + at + `,"source":"x","code":{},"message":"m"}`,
		`{` + at + `,"source":"x","code":4294967296,"message":"m"}`,
		`{` + at + `,"severity":null,"message":"m"}`,
		`{` + at + `,"source":1}`,
		`{"source":["rells"]}`, `null`, `1`,
	}
	const ours = `{` + at + `,"source":"rells","severity":null,"code":"tag-syntax","message":"m","data":{"a":[1.0]}}`
	var p wire.CodeActionParams
	decode(t, `{"textDocument":{"uri":"file:///a"},`+at+`,"context":{"only":["quickfix"],"triggerKind":1,"diagnostics":[`+
		strings.Join(append(foreign, ours), ",")+`]}}`, &p)
	if len(p.Context.Diagnostics) != 1 {
		t.Fatalf("%d diagnostics were kept, want ours: %+v", len(p.Context.Diagnostics), p.Context.Diagnostics)
	}
	d := p.Context.Diagnostics[0]
	if d.Code != protocol.String("tag-syntax") || string(d.Data) != `{"a":[1.0]}` || d.Range.Start.Character != 2 {
		t.Errorf("our diagnostic is read as %+v", d)
	}
	if p.Range.Start.Line != 1 || p.TextDocument.URI != "file:///a" || len(p.Context.Only) != 1 {
		t.Errorf("the rest is read as %+v", p)
	}
	for _, params := range []string{`{"textDocument":{"uri":"file:///a"},` + at + `,"context":{}}`, `{"textDocument":{"uri":"file:///a"},` + at + `}`, `{}`} {
		decode(t, params, &wire.CodeActionParams{})
	}
	if new(wire.CodeActionParams).UnmarshalJSON([]byte(`{"range":{"start":{"line":-1}}}`)) == nil {
		t.Error("a range that cannot be read decodes")
	}
}

func TestInitializeTakesWhatItCan(t *testing.T) {
	for _, tt := range []struct {
		name, params string
		dropped      []string
		check        func(*wire.InitializeParams) bool
	}{
		{"null trace", `{"trace":null,"processId":7,"capabilities":{}}`, []string{"/trace"},
			func(p *wire.InitializeParams) bool { return *p.ProcessID == 7 }},
		{"capabilities []", `{"capabilities":[],"processId":7}`, []string{"/capabilities"},
			func(p *wire.InitializeParams) bool { return *p.ProcessID == 7 }},
		{"one bad capability", `{"capabilities":{"textDocument":{"hover":{"dynamicRegistration":1,"contentFormat":["markdown"]}},"window":{"workDoneProgress":true}}}`,
			[]string{"/capabilities/textDocument/hover/dynamicRegistration"},
			func(p *wire.InitializeParams) bool {
				return len(p.Capabilities.TextDocument.Hover.ContentFormat) == 1 && *p.Capabilities.Window.WorkDoneProgress
			}},
		{"empty options of Neovim", `{"initializationOptions":[],"capabilities":{}}`, nil,
			func(p *wire.InitializeParams) bool { return string(p.InitializationOptions) == "[]" }},
		{"options", `{"initializationOptions":{"a":1}}`, nil,
			func(p *wire.InitializeParams) bool { return string(p.InitializationOptions) == `{"a":1}` }},
		{"utf-16 only, as VS Code", `{"capabilities":{"general":{"positionEncodings":["utf-16"]}}}`, nil,
			func(p *wire.InitializeParams) bool {
				return cmp.Equal(p.Capabilities.General.PositionEncodings, []protocol.PositionEncodingKind{"utf-16"})
			}},
		{"fractional process", `{"processId":1.5}`, []string{"/processId"},
			func(p *wire.InitializeParams) bool { return p.ProcessID == nil }},
		{"client info null", `{"clientInfo":null}`, nil,
			func(p *wire.InitializeParams) bool { return p.ClientInfo.Name == "" }},
		//lint:ignore SA1019 clients still send it
		{"empty root", `{"rootUri":""}`, nil, func(p *wire.InitializeParams) bool { return p.RootURI == nil }},
		{"nothing", `{}`, nil, func(p *wire.InitializeParams) bool { return p.Folders == nil }},
		{"a number", `1`, nil, func(p *wire.InitializeParams) bool { return p.Folders == nil }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var p wire.InitializeParams
			decode(t, tt.params, &p)
			if !tt.check(&p) {
				t.Errorf("read as %+v", p.InitializeParams)
			}
			if diff := cmp.Diff(tt.dropped, p.Dropped); diff != "" {
				t.Errorf("dropped (-want +got):\n%s", diff)
			}
		})
	}
}

func TestInitializeFolders(t *testing.T) {
	local := func(name, path string) wire.Folder {
		return wire.Folder{Name: name, URI: wire.DocumentURI{Key: uri.File(path), Spelled: uri.File(path)}, Path: path}
	}
	for _, tt := range []struct {
		params string
		want   []wire.Folder
	}{
		{`{"rootUri":""}`, nil},
		{`{"rootUri":null,"rootPath":""}`, nil},
		{`{"rootUri":"","rootPath":"/w"}`, []wire.Folder{local("", "/w")}},
		{`{"rootUri":"file:///w"}`, []wire.Folder{local("", "/w")}},
		{`{"rootUri":"file:///w","rootPath":"/v"}`, []wire.Folder{local("", "/w")}},
		{`{"rootUri":7,"rootPath":"/v"}`, []wire.Folder{local("", "/v")}},
		{`{"rootUri":"file:///v","workspaceFolders":[{"uri":"file:///w","name":"w"},{"uri":"file:///x","name":"x"}]}`,
			[]wire.Folder{local("w", "/w"), local("x", "/x")}},
		{`{"rootUri":"file:///v","workspaceFolders":[]}`, []wire.Folder{local("", "/v")}},
		{`{"rootUri":"file:///v","workspaceFolders":null}`, []wire.Folder{local("", "/v")}},
		{`{"workspaceFolders":[{"uri":"a b:c","name":"bad"},{"uri":"","name":"empty"},{"uri":"file:///x","name":"x"}]}`,
			[]wire.Folder{local("x", "/x")}},
		{`{"workspaceFolders":[{"uri":"git:/x","name":"x"}]}`, []wire.Folder{{Name: "x", URI: wire.DocumentURI{Key: "git:/x", Spelled: "git:/x"}}}},
	} {
		var p wire.InitializeParams
		decode(t, tt.params, &p)
		if diff := cmp.Diff(tt.want, p.Folders); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.params, diff)
		}
	}
}

func TestFolderChanges(t *testing.T) {
	var p wire.DidChangeWorkspaceFoldersParams
	decode(t, `{"event":{"added":[{"uri":"","name":"empty"},{"uri":"file:///a(b)","name":"a"}],"removed":null}}`, &p)
	want := wire.DidChangeWorkspaceFoldersParams{Added: []wire.Folder{{
		Name: "a", URI: wire.DocumentURI{Key: "file:///a%28b%29", Spelled: "file:///a(b)"}, Path: "/a(b)",
	}}}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSettings takes whatever clients call settings; [] is Neovim's empty table.
func TestSettings(t *testing.T) {
	for in, want := range map[string]string{
		`{"settings":{"a":1}}`: `{"a":1}`, `{"settings":[]}`: `[]`, `{"settings":null}`: `null`, `{"settings":7}`: `7`, `{}`: ``, `[]`: ``, `null`: ``,
	} {
		p := wire.DidChangeConfigurationParams{Settings: []byte("before")}
		decode(t, in, &p)
		if string(p.Settings) != want {
			t.Errorf("%s is read as %s, want %s", in, p.Settings, want)
		}
	}
}

func TestPath(t *testing.T) {
	for _, tt := range []struct {
		uri  string
		path string // "" for none
	}{
		{"file:///a/b.go", "/a/b.go"},
		{"file:///a(b)+c.go", "/a(b)+c.go"},
		{"file:///a%20b%25.go", "/a b%.go"},
		{"file:///%E4%B8%96.go", "/世.go"},
		{"file://localhost/x", "/x"},
		{"file://server/share/x", ""},
		{"git:/x.go", ""},
		{"untitled:Untitled-1", ""},
		{"vscode-vfs://github/x.go", ""},
		{"file:///a%FFb.go", ""},
		{"file:///a%00b.go", ""},
		{"file:///a%25FFb.go", "/a%FFb.go"},
	} {
		var open wire.DidOpenParams
		decode(t, fmt.Sprintf(`{"textDocument":{"uri":%q,"text":""}}`, tt.uri), &open)
		if path, ok := open.URI.Path(); ok != (tt.path != "") || ok && path != tt.path {
			t.Errorf("the path of %s is %q, %v, want %q", tt.uri, path, ok, tt.path)
		}
	}
}

// What the types of this package keep of a message does not keep the message.
func TestURIsDoNotPinTheirMessage(t *testing.T) {
	kept := retained(t, func(message []byte) any {
		var open wire.DidOpenParams
		if err := open.UnmarshalJSON(message); err != nil {
			t.Fatal(err)
		}
		return open.URI
	})
	if kept > 1<<20 {
		t.Errorf("20 URIs keep %d bytes", kept)
	}
}

// decode reads params as the router does.
func decode(t *testing.T, params string, into interface{ UnmarshalJSON([]byte) error }) {
	t.Helper()
	if err := into.UnmarshalJSON([]byte(params)); err != nil {
		t.Errorf("%s: %v", params, err)
	}
}

// No value of a member makes initialize fail.
func TestInitializeNeverFails(t *testing.T) {
	values := []string{`null`, `true`, `0`, `-1`, `1.5`, `1e99`, `""`, `"x"`, `"\ud800"`, `[]`, `[null]`, `[[]]`, `{}`, `{"x":[{}]}`, `{"uri":1}`, `[{"uri":1}]`}
	for _, member := range []string{"processId", "clientInfo", "locale", "rootPath", "rootUri", "capabilities", "initializationOptions", "trace", "workspaceFolders", "workDoneToken", "unknown"} {
		for _, value := range values {
			var p wire.InitializeParams
			decode(t, fmt.Sprintf(`{%q:%s,"locale":"en"}`, member, value), &p)
			if member != "locale" && (p.Locale == nil || *p.Locale != "en") {
				t.Errorf("%s %s took other members along", member, value)
			}
		}
	}
}

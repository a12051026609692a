package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/rells-dev/rells/server"
)

const (
	off  = "[severity]\nback-populates-unknown = 'off'\n"
	hint = "[severity]\nback-populates-unknown = 'hint'\n"
)

// with is blog with a rells.toml.
func with(toml string) map[string]string {
	files := maps.Clone(blog)
	files["rells.toml"] = toml
	return files
}

// save writes a file of the workspace and tells of it.
func (s *session) save(name, text string) {
	s.t.Helper()
	write(s.t, filepath.Join(s.root, filepath.FromSlash(name)), text)
	s.texts[name] = text
	s.changed(name)
}

func TestSettingsFileAtRunTime(t *testing.T) {
	s := start(t, with(off), capable, server.Options{})
	s.expectRules("off at the start", "")
	s.save("rells.toml", hint)
	s.expectRules("a hint", "author.go "+problem)
	if got := s.problems()[0].diagnostic.Severity; got != protocol.DiagnosticSeverityHint {
		t.Errorf("the severity is %v", got)
	}
	s.save("rells.toml", off)
	s.expectRules("off again", "")
	s.save("rells.toml", "exclude = [")
	s.expectRules("while it is no TOML the last one counts", "rells.toml settings")
	if got := s.problems()[0].String(); got != "rells.toml:1:11: array is incomplete [settings]" {
		t.Errorf("the problem is %q", got)
	}
	s.save("rells.toml", "exclude = ['*.go']\n[severty]\n")
	s.expectRules("nothing is read, and one name is wrong", "rells.toml settings")
	if got := s.problems()[0]; got.message != "severty: no such setting (did you mean severity?)" || got.at != (location{"rells.toml", 2, 1, 8}) {
		t.Errorf("the problem is %s, %+v", got, got.at)
	}
	s.save("rells.toml", "")
	s.expectRules("nothing is set", "author.go "+problem)
	if shown := s.Notifications(protocol.MethodWindowShowMessage); len(shown) > 0 {
		t.Errorf("what stands in a file is shown besides: %s", shown[0].Params)
	}
}

// TestSettingsFileInTheEditor types in a rells.toml: it is checked at once, and
// counts when it is saved.
func TestSettingsFileInTheEditor(t *testing.T) {
	s := start(t, with(off), capable, server.Options{})
	s.set("rells.toml", "[severity]\nback-populates-unknow = 'off'\n")
	s.expectRules("a typo", "rells.toml settings")
	s.set("rells.toml", hint)
	s.expectRules("not yet saved", "")
	write(t, filepath.Join(s.root, "rells.toml"), hint)
	s.Notify(protocol.MethodTextDocumentDidSave, map[string]any{"textDocument": map[string]any{"uri": s.uri("rells.toml")}})
	s.expectRules("saved", "author.go "+problem)
	s.set("rells.toml", "x = 1\n")
	s.expectRules("another", "author.go "+problem+", rells.toml settings")
	s.Close(s.uri("rells.toml"))
	s.texts["rells.toml"] = hint
	s.expectRules("closed unsaved", "author.go "+problem)
}

// TestSettingsOnDisk has a client that cannot watch files.
func TestSettingsOnDisk(t *testing.T) {
	s := start(t, blog, capable, server.Options{})
	s.until("without a file", "author.go "+problem)
	write(t, filepath.Join(s.root, "rells.toml"), off)
	s.until("with one", "")
}

// initialized starts a server with more members of the params of initialize.
func initialized(t *testing.T, files map[string]string, capabilities, more string, prepare func(*session)) *session {
	t.Helper()
	s := &session{t: t, Client: connect(t), root: workspace(t, files), texts: maps.Clone(files), versions: map[string]int32{}}
	s.beacon = string(uri.File(filepath.Join(t.TempDir(), "beacon.go")))
	if prepare != nil {
		prepare(s)
	}
	s.offers = s.Initialize(fmt.Sprintf(`{"processId":null,"capabilities":%s,"workspaceFolders":[{"name":"w","uri":%q}]%s}`,
		capabilities, uri.File(s.root), more)).Capabilities
	t.Cleanup(func() {
		if code, err := s.Shutdown(); code != 0 || err != nil {
			t.Errorf("the server left with %d, %v", code, err)
		}
	})
	s.settle()
	return s
}

func (s *session) configure(settings string) {
	s.t.Helper()
	s.Notify(protocol.MethodWorkspaceDidChangeConfiguration, json.RawMessage(`{"settings":`+settings+`}`))
}

// shown are the messages that the client has been shown.
func (s *session) shown() string {
	var texts []string
	for _, n := range s.Notifications(protocol.MethodWindowShowMessage) {
		var p protocol.ShowMessageParams
		if err := protocol.Unmarshal(n.Params, &p); err != nil {
			s.t.Fatal(err)
		}
		texts = append(texts, p.Message)
	}
	return strings.Join(texts, "\n")
}

func TestInitializationOptions(t *testing.T) {
	toml := "[severity]\nback-populates-unknown = 'warning'\n"
	s := initialized(t, with(toml), capable, `,"initializationOptions":{"severity":{"back-populates-unknown":"off"}}`, nil)
	s.expectRules("off by the editor, over the file", "")
	// Neovim sends its settings, an empty table as an empty list, after that.
	for _, nothing := range []string{`[]`, `{}`, `null`, `{"rells":null}`, `{"rells":{"severity":[]}}`} {
		s.configure(nothing)
		s.expectRules(nothing, "")
	}
	s.Notify(protocol.MethodWorkspaceDidChangeConfiguration, nil)
	s.expectRules("no params", "")
	s.configure(`{"rells":{"severity":{"back-populates-unknown":"hint"}}}`)
	s.expectRules("a hint", "author.go "+problem)
	if got := s.problems()[0].diagnostic.Severity; got != protocol.DiagnosticSeverityHint {
		t.Errorf("the severity is %v", got)
	}
	s.configure(`{"rells":{"exclude":["author.go"]}}`)
	s.expectRules("excluded", "")
	if shown := s.shown(); shown != "" {
		t.Errorf("the client is shown %q", shown)
	}
}

func TestWrongSettingsOfTheEditor(t *testing.T) {
	for _, test := range []struct{ options, want string }{
		{`7`, "rells: in the settings of the editor: need an object, not 7"},
		{`{"severity":{"back-populates-unknown":"of"}}`,
			`rells: in the settings of the editor: severity.back-populates-unknown: "of" is none of off, hint, warning, error`},
		{`{"rells":{"gorm":{"table_prefx":"a"},"exclude":"x"}}`,
			"rells: in the settings of the editor: exclude: needs a list of texts, not \"x\"\n" +
				"rells: in the settings of the editor: gorm.table_prefx: no such setting (did you mean table_prefix?)"},
	} {
		s := initialized(t, blog, capable, `,"initializationOptions":`+test.options, nil)
		s.expectRules(test.options, "author.go "+problem)
		s.configure(test.options) // the same again
		s.save("rells.toml", hint)
		s.expectRules("later", "author.go "+problem)
		if got := s.shown(); got != test.want {
			t.Errorf("the client is shown %q, want %q", got, test.want)
		}
	}
}

const askable = `{"workspace":{"configuration":true,"didChangeConfiguration":{"dynamicRegistration":true}}}`

// TestPulledSettings has a client that is asked for its settings.
func TestPulledSettings(t *testing.T) {
	answer := make(chan string, 1)
	answer <- `{"severity":{"back-populates-unknown":"off"}}`
	var scopes []string
	registered := make(chan string, 1)
	s := initialized(t, blog, askable, "", func(s *session) {
		s.On(protocol.MethodClientRegisterCapability, func(_ context.Context, params jsonrpc2.RawMessage) (any, error) {
			registered <- string(params)
			return nil, nil
		})
		s.On(protocol.MethodWorkspaceConfiguration, func(_ context.Context, params jsonrpc2.RawMessage) (any, error) {
			var p protocol.ConfigurationParams
			if err := protocol.Unmarshal(params, &p); err != nil {
				return nil, err
			}
			text := <-answer
			var answers []json.RawMessage
			scopes = nil
			for _, item := range p.Items {
				if item.Section == nil || *item.Section != "rells" {
					t.Errorf("asked for the section %v", item.Section)
				}
				if item.ScopeURI != nil {
					scopes = append(scopes, string(*item.ScopeURI))
				}
				answers = append(answers, json.RawMessage(text))
			}
			return answers, nil
		})
	})
	if got := s.rules(); got != "" {
		t.Errorf("what is off from the start is shown first: %q", got)
	}
	if len(scopes) != 1 || scopes[0] != string(uri.File(s.root)) {
		t.Errorf("asked for %q", scopes)
	}
	if got := <-registered; !strings.Contains(got, `"section":"rells"`) {
		t.Errorf("registered %s", got)
	}
	answer <- `null`
	s.configure(`null`)
	s.until("nothing is set any more", "author.go "+problem)
	answer <- `{"exclude":["/author.go"]}`
	s.configure(`null`)
	s.until("excluded", "")
}

// TestSilentClient never answers when it is asked for settings.
func TestSilentClient(t *testing.T) {
	s := initialized(t, blog, askable, "", func(s *session) {
		s.On(protocol.MethodWorkspaceConfiguration, func(context.Context, jsonrpc2.RawMessage) (any, error) {
			<-t.Context().Done()
			return nil, nil
		})
	})
	s.expectRules("without an answer", "author.go "+problem)
	s.save("rells.toml", off)
	s.expectRules("the file counts", "")
}

// TestRefusingClient can be asked, and answers with an error.
func TestRefusingClient(t *testing.T) {
	s := initialized(t, with(hint), askable, "", func(s *session) {
		s.On(protocol.MethodWorkspaceConfiguration, func(context.Context, jsonrpc2.RawMessage) (any, error) {
			return nil, jsonrpc2.NewError(-32601, "no")
		})
	})
	s.expectRules("refused", "author.go "+problem)
}

// TestSettingsOfEveryFolder has two folders, of which one has a file.
func TestSettingsOfEveryFolder(t *testing.T) {
	other := workspace(t, with(off))
	s := start(t, blog, capable, server.Options{})
	folder := map[string]any{"name": "other", "uri": uri.File(other)}
	change := func(added, removed []any) {
		s.Notify(protocol.MethodWorkspaceDidChangeWorkspaceFolders, map[string]any{"event": map[string]any{"added": added, "removed": removed}})
	}
	change([]any{folder}, []any{})
	s.expectRules("off in the other alone", "author.go "+problem)
	address := string(uri.File(filepath.Join(other, "rells.toml")))
	write(t, filepath.Join(other, "rells.toml"), "x = 1\n")
	s.Notify(watchFiles, map[string]any{"changes": []any{map[string]any{"uri": address, "type": 2}}})
	if list := s.Diagnostics(address, -1); len(list) != 1 {
		t.Errorf("the problems of the other file are %v", list)
	}
	if list := s.Diagnostics(string(uri.File(filepath.Join(other, "author.go"))), -1); len(list) != 1 {
		t.Errorf("the problems of the other folder are %v", list)
	}
	change([]any{}, []any{folder})
	s.settle()
	if list := s.Diagnostics(address, -1); len(list) != 0 {
		t.Errorf("a folder that is gone has problems: %v", list)
	}
	s.expectRules("alone again", "author.go "+problem)
}

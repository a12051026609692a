package ask

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
)

// Editor is a language client that has opened a folder in rells, and is offered changes of
// what stands there. It makes none.
type Editor struct {
	dir  string
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	last int
}

// Diagnostic is a problem as editors show it; Raw is all of it.
type Diagnostic struct {
	Code    string          `json:"code"`
	Message string          `json:"message"`
	Range   json.RawMessage `json:"range"`
	Raw     json.RawMessage `json:"-"`
}

// Action is a change that is offered: the new texts of files, by their paths in the folder.
type Action struct {
	Title     string
	Preferred bool
	Texts     map[string]string
}

// Open starts rells as a language server of a folder.
func (r Rells) Open(dir string) (*Editor, error) {
	e := &Editor{dir: dir, cmd: exec.Command(string(r), "serve")}
	e.cmd.Stderr = os.Stderr
	var err error
	if e.in, err = e.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := e.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	e.out = bufio.NewReader(out)
	if err := e.cmd.Start(); err != nil {
		return nil, err
	}
	err = e.call("initialize", map[string]any{
		"processId": nil, "rootUri": e.uri(""),
		"capabilities": map[string]any{
			"general":   map[string]any{"positionEncodings": []string{"utf-8"}},
			"workspace": map[string]any{"diagnostics": map[string]any{"refreshSupport": true}, "workspaceEdit": map[string]any{"documentChanges": true}},
			"textDocument": map[string]any{
				"diagnostic": map[string]any{},
				"codeAction": map[string]any{"isPreferredSupport": true, "dataSupport": true, "codeActionLiteralSupport": map[string]any{
					"codeActionKind": map[string]any{"valueSet": []string{"quickfix", "refactor", "source"}}}},
			},
		},
	}, nil)
	if err != nil {
		return nil, err
	}
	return e, e.send(map[string]any{"method": "initialized", "params": map[string]any{}})
}

// Close ends the server.
func (e *Editor) Close() error {
	if err := e.call("shutdown", nil, nil); err != nil {
		return err
	}
	if err := e.send(map[string]any{"method": "exit"}); err != nil {
		return err
	}
	return e.cmd.Wait()
}

// Diagnostics lists the problems of a file.
func (e *Editor) Diagnostics(file string) ([]Diagnostic, error) {
	var report struct{ Items []json.RawMessage }
	if err := e.call("textDocument/diagnostic", map[string]any{"textDocument": map[string]any{"uri": e.uri(file)}}, &report); err != nil {
		return nil, err
	}
	list := make([]Diagnostic, len(report.Items))
	for i, raw := range report.Items {
		if err := json.Unmarshal(raw, &list[i]); err != nil {
			return nil, err
		}
		list[i].Raw = raw
	}
	return list, nil
}

// Fixes lists what is offered for a problem.
func (e *Editor) Fixes(file string, d Diagnostic) ([]Action, error) {
	return e.actions(file, d.Range, []json.RawMessage{d.Raw}, "quickfix")
}

// Refactorings lists what is offered at a place: line and byte column, from 1.
func (e *Editor) Refactorings(file string, line, column int) ([]Action, error) {
	at := fmt.Sprintf(`{"line":%d,"character":%d}`, line-1, column-1)
	return e.actions(file, json.RawMessage(`{"start":`+at+`,"end":`+at+`}`), []json.RawMessage{}, "refactor")
}

func (e *Editor) actions(file string, at json.RawMessage, diagnostics []json.RawMessage, kind string) ([]Action, error) {
	var offered []struct {
		Title       string
		IsPreferred bool
		Edit        struct {
			DocumentChanges []struct {
				TextDocument struct{ URI string }
				Edits        []textEdit
			}
		}
	}
	err := e.call("textDocument/codeAction", map[string]any{
		"textDocument": map[string]any{"uri": e.uri(file)}, "range": at,
		"context": map[string]any{"diagnostics": diagnostics, "only": []string{kind}},
	}, &offered)
	if err != nil {
		return nil, err
	}
	var list []Action
	for _, o := range offered {
		a := Action{Title: o.Title, Preferred: o.IsPreferred, Texts: map[string]string{}}
		for _, change := range o.Edit.DocumentChanges {
			u, err := url.Parse(change.TextDocument.URI)
			if err != nil {
				return nil, err
			}
			name, err := filepath.Rel(e.dir, u.Path)
			if err != nil {
				return nil, err
			}
			text, err := os.ReadFile(u.Path)
			if err != nil {
				return nil, err
			}
			a.Texts[name] = applied(string(text), change.Edits)
		}
		list = append(list, a)
	}
	return list, nil
}

// textEdit replaces a range of a text, in bytes of lines.
type textEdit struct {
	Range   struct{ Start, End struct{ Line, Character int } }
	NewText string
}

// applied is a text with edits, which do not overlap.
func applied(text string, edits []textEdit) string {
	starts := []int{0}
	for i := range text {
		if text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	slices.SortFunc(edits, func(a, b textEdit) int {
		if a.Range.Start.Line != b.Range.Start.Line {
			return b.Range.Start.Line - a.Range.Start.Line
		}
		return b.Range.Start.Character - a.Range.Start.Character
	})
	for _, edit := range edits { // the last comes first, so that offsets hold
		from := starts[edit.Range.Start.Line] + edit.Range.Start.Character
		to := starts[edit.Range.End.Line] + edit.Range.End.Character
		text = text[:from] + edit.NewText + text[to:]
	}
	return text
}

func (e *Editor) uri(file string) string {
	return (&url.URL{Scheme: "file", Path: filepath.Join(e.dir, file)}).String()
}

// call sends a request and waits for its result. What rells asks meanwhile is granted.
func (e *Editor) call(method string, params, result any) error {
	e.last++
	message := map[string]any{"id": e.last, "method": method}
	if params != nil {
		message["params"] = params
	}
	if err := e.send(message); err != nil {
		return err
	}
	for {
		var got struct {
			ID     json.RawMessage
			Method string
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if err := e.receive(&got); err != nil {
			return fmt.Errorf("%s: %w", method, err)
		}
		switch {
		case got.Method != "" && got.ID != nil:
			if err := e.send(map[string]any{"id": got.ID, "result": nil}); err != nil {
				return err
			}
		case got.Method != "" || string(got.ID) != strconv.Itoa(e.last):
		case got.Error != nil:
			return fmt.Errorf("%s: %s", method, got.Error.Message)
		case result == nil:
			return nil
		default:
			return json.Unmarshal(got.Result, result)
		}
	}
}

func (e *Editor) send(message map[string]any) error {
	message["jsonrpc"] = "2.0"
	body, err := json.Marshal(message)
	if err == nil {
		_, err = fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	return err
}

func (e *Editor) receive(message any) error {
	header, err := textproto.NewReader(e.out).ReadMIMEHeader()
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return err
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(e.out, body); err != nil {
		return err
	}
	return json.Unmarshal(body, message)
}

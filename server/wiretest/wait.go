package wiretest

import (
	"context"
	"strings"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// Initialize sends initialize and initialized, and returns the server's answer.
// params may be nil, a JSON text, or any value that encodes to one; nil stands
// for a client without a folder and without capabilities.
func (c *Client) Initialize(params any) *protocol.InitializeResult {
	c.t.Helper()
	switch p := params.(type) {
	case nil:
		params = jsonrpc2.RawMessage(`{"processId":null,"rootUri":null,"capabilities":{}}`)
	case string:
		params = jsonrpc2.RawMessage(p)
	}
	var result protocol.InitializeResult
	if err := c.Call(context.Background(), protocol.MethodInitialize, params, &result); err != nil {
		c.t.Fatalf("initialize: %v", err)
	}
	c.Notify(protocol.MethodInitialized, &protocol.InitializedParams{})
	return &result
}

// Shutdown sends shutdown and exit, and returns what the server returned.
func (c *Client) Shutdown() (code int, err error) {
	c.t.Helper()
	if err := c.Call(context.Background(), protocol.MethodShutdown, nil, nil); err != nil {
		c.t.Fatalf("shutdown: %v", err)
	}
	c.Notify(protocol.MethodExit, nil)
	return c.Exit()
}

// Open sends textDocument/didOpen. The URI goes out as it is spelled.
func (c *Client) Open(uri, language string, version int32, text string) {
	c.t.Helper()
	c.Notify(protocol.MethodTextDocumentDidOpen, document{"textDocument": document{
		"uri": uri, "languageId": language, "version": version, "text": text,
	}})
}

// Edit is one incremental change: the text between two positions, 0-based line
// and character in units of the negotiated encoding, is replaced.
type Edit struct {
	StartLine, StartCharacter, EndLine, EndCharacter uint32
	Text                                             string
}

// Change sends textDocument/didChange with edits that are applied in order.
func (c *Client) Change(uri string, version int32, edits ...Edit) {
	c.t.Helper()
	changes := make([]document, len(edits))
	for i, e := range edits {
		changes[i] = document{
			"range": document{
				"start": document{"line": e.StartLine, "character": e.StartCharacter},
				"end":   document{"line": e.EndLine, "character": e.EndCharacter},
			},
			"text": e.Text,
		}
	}
	c.change(uri, version, changes)
}

// Replace sends textDocument/didChange with a whole new text.
func (c *Client) Replace(uri string, version int32, text string) {
	c.t.Helper()
	c.change(uri, version, []document{{"text": text}})
}

func (c *Client) change(uri string, version int32, changes []document) {
	c.t.Helper()
	c.Notify(protocol.MethodTextDocumentDidChange, document{
		"textDocument":   document{"uri": uri, "version": version},
		"contentChanges": changes,
	})
}

// Close sends textDocument/didClose.
func (c *Client) Close(uri string) {
	c.t.Helper()
	c.Notify(protocol.MethodTextDocumentDidClose, document{"textDocument": document{"uri": uri}})
}

// document is a JSON object.
type document = map[string]any

// Notifications returns what the server has sent so far, in order; with methods,
// only those.
func (c *Client) Notifications(methods ...string) []Notification {
	c.mu.Lock()
	defer c.mu.Unlock()
	var some []Notification
	for _, n := range c.notifications {
		if len(methods) == 0 || strings.Contains(" "+strings.Join(methods, " ")+" ", " "+n.Method+" ") {
			some = append(some, n)
		}
	}
	return some
}

// Await waits for the first notification, from the beginning of the session,
// for which match is true. The test fails if there is none in time.
func (c *Client) Await(what string, match func(Notification) bool) Notification {
	c.t.Helper()
	var found Notification
	c.until(what, func() bool {
		for _, n := range c.notifications {
			if match(n) {
				found = n
				return true
			}
		}
		return false
	})
	return found
}

// Published is the newest textDocument/publishDiagnostics for a document.
type Published struct {
	URI         string // as the server spelled it
	Version     int32
	HasVersion  bool
	Diagnostics []protocol.Diagnostic
}

// Diagnostics waits until the server has published diagnostics for that version
// of the document, and returns the newest. A negative version takes any. The URI
// must be spelled as the server does.
func (c *Client) Diagnostics(uri string, version int32) []protocol.Diagnostic {
	c.t.Helper()
	var newest Published
	c.until("diagnostics for "+uri, func() (found bool) {
		newest, found = c.published(uri)
		return found && (version < 0 || newest.HasVersion && newest.Version >= version)
	})
	return newest.Diagnostics
}

// Published returns the newest diagnostics of every document, by URI, as they
// stand now.
func (c *Client) Published() map[string]Published {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := map[string]Published{}
	for _, n := range c.notifications {
		if p, ok := n.published(); ok {
			all[p.URI] = p
		}
	}
	return all
}

// published returns the newest publication for uri; c.mu is held.
func (c *Client) published(uri string) (Published, bool) {
	for i := len(c.notifications) - 1; i >= 0; i-- {
		if p, ok := c.notifications[i].published(); ok && p.URI == uri {
			return p, true
		}
	}
	return Published{}, false
}

func (n Notification) published() (Published, bool) {
	if n.Method != protocol.MethodTextDocumentPublishDiagnostics {
		return Published{}, false
	}
	var spelled struct {
		URI string `json:"uri"`
	}
	var p protocol.PublishDiagnosticsParams
	if protocol.Unmarshal(n.Params, &spelled) != nil || protocol.Unmarshal(n.Params, &p) != nil {
		return Published{}, false
	}
	version, has := p.Version.Get()
	return Published{URI: spelled.URI, Version: version, HasVersion: has, Diagnostics: p.Diagnostics}, true
}

// Stray waits for the n-th answer (from 0) whose id is null: what the server
// makes of a message in which it found no id.
func (c *Client) Stray(n int) *jsonrpc2.Response {
	c.t.Helper()
	var stray *jsonrpc2.Response
	c.until("an answer without id", func() bool {
		if len(c.strays) > n {
			stray = c.strays[n]
		}
		return stray != nil
	})
	return stray
}

// Answer waits for the answer to a request that was sent with [Client.Frame] or
// [Client.Raw]. Only answers to string ids are kept: Call uses numbers.
func (c *Client) Answer(id string) *jsonrpc2.Response {
	c.t.Helper()
	var answer *jsonrpc2.Response
	c.until("an answer to "+id, func() bool {
		answer = c.answers[id]
		return answer != nil
	})
	return answer
}

// until waits until done, which runs with c.mu held, is true.
func (c *Client) until(what string, done func() bool) {
	c.t.Helper()
	timeout := time.After(Patience)
	for {
		c.mu.Lock()
		ok, changed := done(), c.changed
		c.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-timeout:
			c.t.Fatalf("no %s in %v", what, Patience)
		}
	}
}

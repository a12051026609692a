package wire

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
	"go.lsp.dev/protocol"
)

// DidOpenParams are the params of textDocument/didOpen.
type DidOpenParams struct {
	URI        DocumentURI
	LanguageID string // may be "": Neovim started bare
	Version    int32  // 0 if the client sent none
	Text       string
	Mangled    bool // Text is not what the client has, which is not valid Unicode: offer no edits
}

// UnmarshalJSON implements [encoding/json.Unmarshaler].
func (p *DidOpenParams) UnmarshalJSON(data []byte) (err error) {
	m := members(members(data)["textDocument"])
	if p.URI, err = readURI(m["uri"]); err != nil {
		return err
	}
	if m["text"].Kind() != '"' {
		return errParams
	}
	var intact bool
	p.Text, intact = text(m["text"])
	p.Mangled = !intact
	p.LanguageID, _ = text(m["languageId"])
	p.Version, _ = integer(m["version"])
	return nil
}

// DidChangeParams are the params of textDocument/didChange. The changes are to
// be applied in order. As long as the URI can be read they decode, whatever the
// rest looks like.
type DidChangeParams struct {
	URI        DocumentURI
	Version    int32
	HasVersion bool // Version was sent; null and nothing are taken, though the protocol forbids them
	Changes    []Change
}

// Change is one change of a document's text.
type Change struct {
	Kind    ChangeKind
	Range   protocol.Range // what is replaced, if Kind is ChangeRange; in the negotiated encoding's units, unchecked
	Text    string
	Mangled bool // Text is not what the client has, which is not valid Unicode: offer no edits
}

// ChangeKind says what a [Change] does.
type ChangeKind uint8

const (
	// ChangeUnreadable is a change that cannot be read: after it, the server no
	// longer knows the text, until a ChangeWhole or a new didOpen.
	ChangeUnreadable ChangeKind = iota
	// ChangeRange replaces a range by a text.
	ChangeRange
	// ChangeWhole replaces the whole document.
	ChangeWhole
)

// UnmarshalJSON implements [encoding/json.Unmarshaler]. The protocol package's
// own decoding takes a change whose range it cannot read for a whole document.
func (p *DidChangeParams) UnmarshalJSON(data []byte) (err error) {
	m := members(data)
	document := members(m["textDocument"])
	if p.URI, err = readURI(document["uri"]); err != nil {
		return err
	}
	p.Version, p.HasVersion = integer(document["version"])
	if m["contentChanges"].Kind() != '[' {
		p.Changes = []Change{{Kind: ChangeUnreadable}}
		return nil
	}
	for _, raw := range elements(m["contentChanges"]) {
		p.Changes = append(p.Changes, readChange(raw))
	}
	return nil
}

// readChange reads one change. A missing or null range means the whole document;
// rangeLength, which is deprecated and says nothing new, is not looked at.
func readChange(raw jsontext.Value) Change {
	m := members(raw)
	if m["text"].Kind() != '"' {
		return Change{}
	}
	c := Change{Kind: ChangeWhole}
	var intact bool
	c.Text, intact = text(m["text"])
	c.Mangled = !intact
	if r := m["range"]; r != nil && r.Kind() != 'n' {
		var ok bool
		if c.Range, ok = readRange(r); !ok {
			return Change{}
		}
		c.Kind = ChangeRange
	}
	return c
}

func readRange(raw jsontext.Value) (r protocol.Range, ok bool) {
	m := members(raw)
	start, ok1 := readPosition(m["start"])
	end, ok2 := readPosition(m["end"])
	reversed := end.Line < start.Line || end.Line == start.Line && end.Character < start.Character
	return protocol.Range{Start: start, End: end}, ok1 && ok2 && !reversed
}

func readPosition(raw jsontext.Value) (p protocol.Position, ok bool) {
	m := members(raw)
	line, ok1 := integer(m["line"])
	character, ok2 := integer(m["character"])
	return protocol.Position{Line: uint32(line), Character: uint32(character)}, ok1 && ok2 && line >= 0 && character >= 0
}

// integer reads a 32-bit integer. 5.0 is one too: Lua writes floats that way.
func integer(raw jsontext.Value) (n int32, ok bool) {
	if raw.Kind() != '0' {
		return 0, false
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	n = int32(f)
	return n, err == nil && float64(n) == f
}

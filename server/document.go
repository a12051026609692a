package server

import (
	"bytes"
	"maps"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/server/wire"
)

// document is one version of a text that the editor owns. It is never modified.
type document struct {
	path    string  // absolute
	uri     uri.URI // as the client spells it
	version int32
	text    []byte
	// lost says that the text is not certain, because a change could not be read.
	// Until the editor sends the whole text again the disk counts, and nothing is
	// answered in the document.
	lost bool
	// mangled says that the editor's text is not valid Unicode, so that text is
	// not the same: it is read, but no edit is offered.
	mangled bool
}

// documents are the open documents by path. The map is never modified: whoever
// has it keeps one moment.
type documents map[string]*document

func (d documents) with(doc *document) documents {
	next := maps.Clone(d)
	if next == nil {
		next = documents{}
	}
	next[doc.path] = doc
	return next
}

func (d documents) without(path string) documents {
	next := maps.Clone(d)
	delete(next, path)
	return next
}

// uri is the address of a file: in the client's spelling if it is open.
func (d documents) uri(path string) uri.URI {
	if doc, ok := d[path]; ok {
		return doc.uri
	}
	return uri.File(path)
}

// change returns the document after the changes of one didChange, which are
// applied one after the other. Once one of them cannot be read, or lies outside
// of the text, the text is lost until a change that brings the whole of it.
func (d *document) change(p *wire.DidChangeParams, encoding protocol.PositionEncodingKind) *document {
	next := *d
	next.uri = p.URI.Spelled
	next.version++
	if p.HasVersion {
		next.version = p.Version
	}
	for _, c := range p.Changes {
		switch c.Kind {
		case wire.ChangeWhole:
			next.text, next.lost, next.mangled = []byte(c.Text), false, c.Mangled
		case wire.ChangeRange:
			next.replace(c, encoding)
		default:
			next.lost = true
		}
	}
	return &next
}

// replace applies a change of a range to a document that nobody else has yet.
func (d *document) replace(c wire.Change, encoding protocol.PositionEncodingKind) {
	m := newTextMap(d.text, encoding)
	if int64(c.Range.Start.Line) > int64(len(m.lines)) {
		d.lost = true // not this text: its lines end before the range begins
	}
	if d.lost {
		return
	}
	start, end := m.bytes(c.Range)
	d.text = slices.Concat(d.text[:start], []byte(c.Text), d.text[end:])
	d.mangled = d.mangled || c.Mangled
}

// same reports whether the document holds the text.
func (d *document) same(text []byte) bool { return !d.lost && bytes.Equal(d.text, text) }

// concerns reports whether the index, or the configuration, wants to know of a file of this name.
func concerns(path string) bool {
	return index.Concerns(path) || isSettings(path)
}

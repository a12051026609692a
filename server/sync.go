package server

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/server/wire"
)

// didOpen takes a document over from the disk. The language id is not looked
// at: editors that are started bare send none.
func (s *server) didOpen(_ context.Context, p *wire.DidOpenParams) error {
	s.begin()
	path, ok := wire.Path(p.URI.Key)
	if !ok || !concerns(path) {
		return nil
	}
	s.readAround(path)
	s.own(&document{
		path: path, uri: p.URI.Spelled, version: p.Version,
		text: []byte(p.Text), mangled: p.Mangled,
	})
	return nil
}

// didChange applies edits, in the order in which they came.
func (s *server) didChange(_ context.Context, p *wire.DidChangeParams) error {
	path, ok := wire.Path(p.URI.Key)
	if !ok || !concerns(path) {
		return nil
	}
	before, ok := s.open[path]
	if !ok {
		s.log.Warn("ignored a change of a document that is not open", zap.String("path", path))
		return nil
	}
	if p.HasVersion && p.Version <= before.version {
		s.log.Warn("the version of a document does not grow",
			zap.String("path", path), zap.Int32("from", before.version), zap.Int32("to", p.Version))
	}
	after := before.change(p, s.encoding)
	if after.lost && !before.lost {
		s.log.Warn("lost a document: a change of it cannot be read", zap.String("path", path))
	}
	s.own(after)
	return nil
}

// didSave brings the whole text, if the client sends it along, which finds a
// document that has been lost.
func (s *server) didSave(_ context.Context, p *protocol.DidSaveTextDocumentParams) error {
	path, ok := wire.Path(p.TextDocument.URI)
	if !ok || !concerns(path) {
		return nil
	}
	doc, open := s.open[path]
	if open && p.Text != nil && !doc.same([]byte(*p.Text)) && !strings.ContainsRune(*p.Text, '\uFFFD') {
		if !doc.lost {
			s.log.Warn("a saved document is not what its changes made of it", zap.String("path", path))
		}
		found := *doc
		found.text, found.lost, found.mangled = []byte(*p.Text), false, false
		s.own(&found)
	}
	s.feed.change(index.Change{Path: path, Kind: index.OnDisk}, s.open)
	return nil
}

// didClose gives a document back to the disk.
func (s *server) didClose(_ context.Context, p *protocol.DidCloseTextDocumentParams) error {
	path, ok := wire.Path(p.TextDocument.URI)
	if !ok {
		return nil
	}
	if _, ok := s.open[path]; !ok {
		return nil
	}
	s.open = s.open.without(path)
	s.feed.change(index.Change{Path: path, Kind: index.Closed}, s.open)
	return nil
}

// own makes doc the newest version of its document. The index has the text of
// the editor, or, as long as that is not certain, the disk's.
func (s *server) own(doc *document) {
	s.open = s.open.with(doc)
	change := index.Change{Path: doc.path, Kind: index.Edited, Text: doc.text, Version: doc.version}
	if doc.lost {
		change = index.Change{Path: doc.path, Kind: index.Closed}
	}
	s.feed.change(change, s.open)
}

// lost is told of a message that may have been an edit and could not be read:
// from then on no open document is certain.
func (s *server) lost(reason string) {
	s.log.Warn("lost the open documents", zap.String("reason", reason))
	for _, doc := range s.open {
		uncertain := *doc
		uncertain.lost = true
		s.own(&uncertain)
	}
}

package server

import (
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
	"github.com/rells-dev/rells/server/wire"
)

// spot is the place in a document that a request asks about.
type spot struct {
	path   string // absolute
	file   *index.File
	text   textMap
	offset int // bytes
}

// spotAt finds the place that a request asks about, false for a document that
// rells does not read, or whose text is not certain.
func (s *server) spotAt(w world, document uri.URI, position protocol.Position) (spot, bool) {
	path, ok := wire.Path(document)
	if !ok {
		return spot{}, false
	}
	if doc, open := w.open[path]; open && doc.lost {
		return spot{}, false
	}
	file, ok := w.File(path)
	if !ok {
		return spot{}, false
	}
	m := s.mapOf(file)
	return spot{path: path, file: file, text: m, offset: m.offset(position)}, true
}

// textOf is the map of a file's text, false for a file that the snapshot does
// not hold.
func (s *server) textOf(w world, path string) (textMap, bool) {
	file, ok := w.File(path)
	if !ok {
		return textMap{}, false
	}
	return s.mapOf(file), true
}

func (s *server) mapOf(file *index.File) textMap {
	if file.Facts == nil || len(file.Facts.Lines) == 0 {
		return newTextMap(file.Source, s.encoding)
	}
	return textMap{text: file.Source, lines: file.Facts.Lines, encoding: s.encoding}
}

// location is where a place is, for the client; false for a place in a file that
// the snapshot does not hold.
func (s *server) location(w world, place relation.Place) (protocol.Location, bool) {
	m, ok := s.textOf(w, place.File)
	if !ok {
		return protocol.Location{}, false
	}
	return protocol.Location{URI: w.open.uri(place.File), Range: m.span(place.Span)}, true
}

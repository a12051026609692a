package server

import (
	"bytes"
	"slices"
	"sort"
	"unicode/utf8"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/index/facts"
)

// pickEncoding is the unit in which both ends will count characters, of those that the
// client offers: bytes, which need no conversion, before UTF-16, which is also what a
// client that offers nothing means (LSP 3.17, "Position"). A client that needs all
// servers of a document to count alike gets UTF-16 if it can, as gopls always counts.
func pickEncoding(offered []protocol.PositionEncodingKind, alike bool) protocol.PositionEncodingKind {
	if alike && slices.Contains(offered, protocol.PositionEncodingKindUTF16) {
		return protocol.PositionEncodingKindUTF16
	}
	for _, encoding := range []protocol.PositionEncodingKind{
		protocol.PositionEncodingKindUTF8,
		protocol.PositionEncodingKindUTF16,
		protocol.PositionEncodingKindUTF32,
	} {
		if slices.Contains(offered, encoding) {
			return encoding
		}
	}
	return protocol.PositionEncodingKindUTF16
}

// textMap maps between 0-based byte offsets into one text and LSP positions
// (0-based lines, characters in the units of the encoding). It is the one place
// where the two meet.
//
// Both directions take anything and answer with the nearest place that exists.
// A line ends at \n; a \r before it belongs to the end of the line. A byte that
// is not part of valid UTF-8 counts as one character of one unit.
type textMap struct {
	text     []byte
	lines    []int32 // byte offset of the first byte of each line
	encoding protocol.PositionEncodingKind
}

// newTextMap is the map of a text whose lines nobody has counted yet.
func newTextMap(text []byte, encoding protocol.PositionEncodingKind) textMap {
	lines := append(make([]int32, 0, 1+bytes.Count(text, []byte{'\n'})), 0)
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '\n')
		if i < 0 {
			return textMap{text, lines, encoding}
		}
		at += i + 1
		lines = append(lines, int32(at))
	}
}

// position is the place of the byte offset. An offset inside a character gives
// the character's start.
func (m textMap) position(offset int) protocol.Position {
	offset = min(max(offset, 0), len(m.text))
	line := max(0, sort.Search(len(m.lines), func(i int) bool { return int(m.lines[i]) > offset })-1)
	start, _ := m.line(line)
	units := 0
	for at := start; at < offset; {
		size, width := m.measure(at)
		if at+size > offset {
			break
		}
		at += size
		units += width
	}
	return protocol.Position{Line: uint32(line), Character: uint32(units)}
}

// offset is the byte offset of the place. A place inside a character, between
// the halves of a surrogate pair, say, gives the character's start; one behind
// the end of its line gives that end, and one behind the last line the end of
// the text.
//
// The place between \r and \n exists too: it is where an editor that shows the
// \r as a character of the line puts what is typed behind it.
func (m textMap) offset(p protocol.Position) int {
	if int64(p.Line) >= int64(len(m.lines)) {
		return len(m.text)
	}
	start, end := m.line(int(p.Line))
	at, units := start, 0
	for at < end {
		size, width := m.measure(at)
		if units+width > int(p.Character) {
			return at
		}
		at += size
		units += width
	}
	if int64(p.Character) == int64(units)+1 && end < len(m.text) && m.text[end] == '\r' {
		return end + 1
	}
	return end
}

// line is the range of bytes of a line without what ends it.
func (m textMap) line(line int) (start, end int) {
	start, end = int(m.lines[line]), len(m.text)
	if line+1 < len(m.lines) {
		end = int(m.lines[line+1]) - 1
		if end > start && m.text[end-1] == '\r' {
			end--
		}
	}
	return start, end
}

// measure is the size in bytes of the character at the offset, and its width in
// units of the encoding.
func (m textMap) measure(at int) (size, width int) {
	if m.text[at] < utf8.RuneSelf {
		return 1, 1
	}
	r, size := utf8.DecodeRune(m.text[at:])
	switch {
	case r == utf8.RuneError && size <= 1:
		return 1, 1
	case m.encoding == protocol.PositionEncodingKindUTF8:
		return size, size
	case m.encoding == protocol.PositionEncodingKindUTF32 || r < 0x10000:
		return size, 1
	}
	return size, 2
}

// span is the LSP range of a span.
func (m textMap) span(s facts.Span) protocol.Range {
	return protocol.Range{Start: m.position(int(s.Start)), End: m.position(int(s.End))}
}

// bytes is the range of byte offsets that an LSP range covers.
func (m textMap) bytes(r protocol.Range) (start, end int) {
	start = m.offset(r.Start)
	return start, max(start, m.offset(r.End))
}
